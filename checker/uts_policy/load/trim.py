"""A node's stretch of text without what is not the node: anchor and tag before it, blank lines after it."""

import re

# Anchors and tags, with the white space and comments that may stand between them and the node.
_PROPERTIES = re.compile(
    r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:\s+(?:#[^\r\n]*(?:\s+|$))*|$|(?=[,\]}])))+"
)
_BLANK = " \t\r\n"


def trimmed_start(text: str, begin: int, end: int) -> int:
    """Where the value of a node begins whose event begins at `begin` and whose value ends at `end`."""
    if text[begin : begin + 1] in {"&", "!"} and (properties := _PROPERTIES.match(text, begin, end)) is not None:
        begin = properties.end()
    return min(begin, end)


def trimmed_end(text: str, begin: int, end: int) -> int:
    """Where a scalar ends whose event reaches from `begin` to `end`.

    A block scalar's event reaches to the next node; its value ends at its last line that is not blank. Where nothing
    was written, that place is right after what calls for a value, not where the parser noticed.
    """
    last = _back(text, end, 0 if begin == end else begin)
    # Blanks at the end of a block scalar's last line are part of it.
    while begin < last < end and text[last] in " \t":
        last += 1
    return last


def _back(text: str, offset: int, lowest: int) -> int:
    """The offset after the last character before `offset` that is not blank."""
    while offset > lowest and text[offset - 1] in _BLANK:
        offset -= 1
    return offset
