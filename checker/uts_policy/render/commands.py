"""Commands that a CI system reads from a log, made harmless wherever they come from.

GitHub Actions obeys a line that begins with `::` (after white space) and, anywhere in a line, `##[…]`; Azure Pipelines
obeys `##vso[…]` and `##[…]`, TeamCity `##teamcity[…]`. A title or the name of a file can hold any of them, and text is
wrapped, so every output passes through here on its way to bytes, whatever the command or the format.
"""

import re
from typing import TypeAlias

_LEAD = re.compile(r"(?:[\s\ufeff]|\x1b\[[0-9;]*m)*(?=::)")
_ANYWHERE = re.compile(r"##(?=\w{0,20}\[)")

Escapes: TypeAlias = tuple[str, str]
"""What a colon at the beginning of a line, and the two number signs, are written as."""

_TEXT: Escapes = ("\\:", "##\\")
_JSON: Escapes = ("\\u003a", "#\\u0023")
_MARKUP: Escapes = ("&#58;", "#&#35;")
_BY_SHAPE = {
    "json": _JSON,
    "sarif": _JSON,
    "sarif-upload": _JSON,
    "gitlab": _JSON,
    "yaml": _JSON,  # double-quoted scalars, which share these escapes
    "html": _MARKUP,
    "junit": _MARKUP,
}
OWN_COMMANDS = frozenset({"github"})
"""Formats that are commands. Their module keeps what others wrote off the beginning of a line."""


def disarmed(text: str, shape: str) -> str:
    r"""`text` with no command in it that a reader of logs would obey.

    `shape` is the name of its format: JSON and markup keep their meaning, since the escape is one of their own; in all
    other text a backslash stands in the way (`\::error::`, `##\[error]`).
    """
    colon, signs = _BY_SHAPE.get(shape, _TEXT)
    if "::" in text and shape not in OWN_COMMANDS:
        text = "".join(_without_lead(line, colon) for line in text.splitlines(keepends=True))
    return _ANYWHERE.sub(lambda _found: signs, text) if "##" in text else text


def _without_lead(line: str, colon: str) -> str:
    lead = _LEAD.match(line) if "::" in line else None
    return line if lead is None else f"{lead[0]}{colon}{line[lead.end() + 1 :]}"
