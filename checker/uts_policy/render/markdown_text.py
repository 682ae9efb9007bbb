"""Text of users in Markdown: nothing in it is markup, calls somebody, or leaves its cell."""

import re

from uts_policy.common.sanitise import visible

_MARKUP = re.compile(r"[\\`*_\[\]~$]")
_LEAD = re.compile(r"\A(?:\d{1,9}(?=[.)])|(?=[-+=#]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})
_CALLS = re.compile(r"@|#(?=\d)")
_NOTHING = "\N{ZERO WIDTH SPACE}"
LONGEST = 500
"""Characters of one text: a table is for reading, and the JSON report has the whole."""


def escaped(text: str) -> str:
    """`text` in one line, as it is read, for a table cell, a list item or a heading.

    NOTE: a mention is looked for in the finished page, where no escape is left, so an invisible space stands behind
    each `@`, and behind `#` before a number.
    """
    shown = visible(text).strip()
    if len(shown) > LONGEST:
        shown = f"{shown[:LONGEST]}…"
    calm = _CALLS.sub(lambda found: found[0] + _NOTHING, shown)
    return _LEAD.sub(r"\g<0>\\", _MARKUP.sub(r"\\\g<0>", calm)).translate(_ENTITIES)
