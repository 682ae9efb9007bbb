"""A node's stretch of text without what is not the node: anchor and tag before it, blank lines after it."""

import re

# Anchors and tags, with the white space and comments that may stand between them and the node.
_PROPERTIES = re.compile(
    r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:\s+(?:#[^\r\n]*(?:\s+|$))*|$|(?=[,\]}])))+"
)
_BLANK = " \t\r\n"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the value alone, given those of its event.

    A block scalar's event reaches to the next node; its value ends at its last line that is not blank.
    """
    if text[start : start + 1] in {"&", "!"} and (properties := _PROPERTIES.match(text, start, end)) is not None:
        start = properties.end()
    if start == end:
        # Nothing was written: that place is right after what calls for a value, not where the parser noticed.
        start = end = _back(text, end, 0)
    elif text[end - 1] in _BLANK:
        last = _back(text, end, start)
        # Blanks at the end of that last line belong to it.
        while last < end and text[last] in " \t":
            last += 1
        end = last
    return start, end


def _back(text: str, offset: int, lowest: int) -> int:
    """The offset after the last character before `offset` that is not blank."""
    while offset > lowest and text[offset - 1] in _BLANK:
        offset -= 1
    return offset
