"""Text of users made safe to show: nothing in it moves the cursor, hides, or turns the line around."""

import unicodedata
from collections.abc import Iterator

from wcwidth import wcswidth, wcwidth

TAB = 4
"""Columns between tab stops in an excerpt."""
_JOINERS = "\u200c\u200d"
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


def visible(text: str) -> str:
    """`text` with control characters as pictures (`␛`) and invisible ones by number (`<U+202E>`).

    Joiners stay where a script needs them; beside wide characters (emoji), where terminals disagree about the width of
    what is joined, they are shown.
    """
    if text.isprintable():
        return text
    return "".join(_shown(text, index) for index in range(len(text)))


def cells(line: str) -> Iterator[tuple[str, int]]:
    """What each character of a line looks like, and how many columns it takes: none for a combining mark."""
    column = 0
    for index, character in enumerate(line):
        if character == "\t":
            shown = " " * (TAB - column % TAB)
            wide = len(shown)
        else:
            shown = _shown(line, index)
            wide = max(wcwidth(shown), 0) if len(shown) == 1 else len(shown)
        column += wide
        yield shown, wide


def width(text: str) -> int:
    """The columns that text takes, once it is visible."""
    return len(text) if text.isascii() else max(wcswidth(text), 0)


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns`, broken at spaces only: an id is never cut. At least one line."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(joined) > columns:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


def _shown(text: str, index: int) -> str:
    character = text[index]
    if character.isprintable():
        return character
    category = unicodedata.category(character)
    if category == "Cc":
        return _PICTURES.get(ord(character)) or f"<U+{ord(character):04X}>"
    if category in {"Zs", "Co", "Cn"} or (character in _JOINERS and not _beside_wide(text, index)):
        return character
    return f"<U+{ord(character):04X}>"


def _beside_wide(text: str, index: int) -> bool:
    return any(wcwidth(neighbour) > 1 for neighbour in text[max(index - 1, 0) : index] + text[index + 1 : index + 2])
