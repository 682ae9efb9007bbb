"""Values as YAML text, in a style that is given."""

import json
import re
from textwrap import wrap
from typing import Any, Final

# What a plain scalar may look like here: narrower than YAML has it, so that no reader takes it for anything else.
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w ./@*+()%~'\u2019\u2013-]|:(?=[^\s]))*")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_WORDS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ODD: Final = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
LONGEST_LINE: Final = 110
"""Columns of an entry that is written on one line."""
WIDTH: Final = 100
"""Characters of a text that stays on the line of its key."""
STEP: Final = 2
"""Columns by which a mapping or list of ours stands to the right of its key."""


def scalar(value: Any, *, quote: str = "", flow: bool = False) -> str:  # noqa: ANN401 - any scalar
    """A scalar on one line. `quote` is the wish: `'`, `"` or none; text that would be misread gets double quotes."""
    if value is None:
        return "null"
    if not isinstance(value, str):
        return json.dumps(value)
    if not quote and _is_plain(value, flow=flow):
        return value
    if quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return _ODD.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _is_plain(value: str, *, flow: bool) -> bool:
    if _DATE.fullmatch(value):
        return True
    plain = _PLAIN.fullmatch(value) is not None and value.isprintable() and value.lower() not in _WORDS
    return plain and value[-1] not in " :" and not (flow and ":" in value)


def _escaped(found: "re.Match[str]") -> str:
    return f"\\u{ord(found.group()):04x}"


def flow(value: Any, quote: str = "", key_quote: str = "") -> str:  # noqa: ANN401 - any data
    """A value on one line, lists in brackets and mappings in braces; `key_quote` is the wish for keys."""
    if isinstance(value, dict):
        inner = ", ".join(
            f"{scalar(key, quote=key_quote, flow=True)}: {flow(each, quote, key_quote)}" for key, each in value.items()
        )
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(each, quote, key_quote) for each in value)}]"
    return scalar(value, quote=quote if isinstance(value, str) else "", flow=True)


def block(value: Any, *, dash: int = STEP, quote: str = "") -> list[str]:  # noqa: ANN401 - any data
    """The lines of a value in block style, from column 1; what is on one line in any style is one line.

    A list stands `dash` columns to the right of its key. A list of scalars is written in brackets below a key.
    """
    if isinstance(value, dict) and value:
        lines = []
        for key, each in value.items():
            lines += under(f"{scalar(key)}:", each, dash=dash, quote=quote)
        return lines
    if isinstance(value, list) and value:
        return [line for each in value for line in item(each, dash=dash, quote=quote)]
    return [scalar(value, quote=quote if isinstance(value, str) else "") if _is_scalar(value) else flow(value)]


def under(key: str, value: Any, *, dash: int = STEP, quote: str = "") -> list[str]:  # noqa: ANN401 - any data
    """The lines of a key, which ends with its colon, and its value."""
    if isinstance(value, list) and all(map(_is_scalar, value)):
        return [f"{key} {flow(value, quote)}"]
    if isinstance(value, str) and not quote and (lines := text_lines(value)):
        return [f"{key} {'|-' if chr(10) in value else '>-'}", *(" " * STEP + line for line in lines)]
    if isinstance(value, list | dict) and value:
        pad = " " * (dash if isinstance(value, list) else STEP)
        return [key, *(pad + line for line in block(value, dash=dash, quote=quote))]
    return [f"{key} {block(value, quote=quote)[0]}"]


def text_lines(value: str) -> list[str]:
    """The lines of a text that is better read on several; empty for any other, and where YAML would change it."""
    lines = value.split("\n")
    if len(lines) > 1:
        return lines if all(map(_keeps, lines)) else []
    return wrap(value, WIDTH, break_on_hyphens=False) if len(value) > WIDTH and _keeps(value) else []


def _keeps(line: str) -> bool:
    """Whether a line of a block scalar comes back as it is, wherever it is folded at a space."""
    return line == line.strip() and line.isprintable() and "  " not in line and bool(line) and _ODD.search(line) is None


def item(value: Any, *, gap: int = 1, dash: int = STEP, quote: str = "") -> list[str]:  # noqa: ANN401 - any data
    """The lines of a list's item: a dash, `gap` spaces, and the value."""
    first, *rest = block(value, dash=dash, quote=quote)
    return [f"-{' ' * gap}{first}", *(" " * (gap + 1) + line for line in rest)]


def _is_scalar(value: Any) -> bool:  # noqa: ANN401 - any data
    return not isinstance(value, list | dict)
