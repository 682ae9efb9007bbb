"""Text of users made safe to show: nothing in it moves the cursor, hides, turns the line around, or commands a CI."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

from uts_policy.common.invisible import described, unseen

_LEAD = re.compile(r"(?:[\s\ufeff]|\x1b\[[0-9;]*m)*(?=::)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What moves a cursor or begins an escape sequence; white space and ends of lines aside."""
_ANYWHERE = re.compile(r"##(?=\w{0,20}\[)")

Escapes: TypeAlias = tuple[str, str]
"""What a colon at the beginning of a line, and the two number signs, are written as."""

_TEXT: Escapes = ("\\:", "##\\")
_JSON: Escapes = ("\\u003a", "#\\u0023")
_MARKUP: Escapes = ("&#58;", "#&#35;")
_BY_SYNTAX = {"json": _JSON, "markup": _MARKUP}
COMMANDS = "commands"
"""What is commands itself. Those who write it keep what others wrote off the beginning of a line."""


def disarmed(text: str, syntax: str) -> str:
    r"""`text` with no command in it that a reader of logs, or a terminal, would obey.

    `syntax` is `json`, `markup`, COMMANDS, `text` or `plain`. JSON (and double-quoted YAML) and markup keep their
    meaning, since the escape is one of their own; in all other text a backslash stands in the way (`\::error::`,
    `##\[error]`), and control characters are pictures. What is shown as `text` has colours of its own: those who write
    it make what others wrote visible before.
    """
    colon, signs = _BY_SYNTAX.get(syntax, _TEXT)
    if "::" in text and syntax != COMMANDS:
        text = "".join(_without_lead(line, colon) for line in text.splitlines(keepends=True))
    if syntax != "text":
        text = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}" if syntax == "json" else picture(found[0]), text)
    return _ANYWHERE.sub(lambda _found: signs, text) if "##" in text else text


def _without_lead(line: str, colon: str) -> str:
    lead = _LEAD.match(line) if "::" in line else None
    return line if lead is None else f"{lead[0]}{colon}{line[lead.end() + 1 :]}"


TAB = 4
"""Columns between tab stops in an excerpt."""
_JOINERS = "\u200c\u200d"
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


def visible(text: str) -> str:
    """`text` with control characters as pictures (`␛`), and invisible ones and look-alikes as invisible.py names them.

    Joiners stay where a script needs them; beside wide characters (emoji), where terminals disagree about the width of
    what is joined, they are shown.
    """
    if text.isascii() and text.isprintable():
        return text
    places = unseen(text)
    return "".join(described(char) if index in places else _shown(text, index) for index, char in enumerate(text))


def picture(control: str) -> str:
    """`␛` for the escape character; by its number where there is no picture of a control character."""
    return _PICTURES.get(ord(control)) or f"<U+{ord(control):04X}>"


def cells(line: str) -> Iterator[tuple[str, int]]:
    """What each character of a line looks like, and how many columns it takes: none for a combining mark."""
    column = 0
    places = unseen(line)
    for index, character in enumerate(line):
        if " " <= character <= "~":  # nearly every character: an excerpt may be asked for thousands of times
            shown, wide = character, 1
        elif character == "\t":
            shown = " " * (TAB - column % TAB)
            wide = len(shown)
        else:
            # By its number alone: a line has room for few names, and the message above it has them.
            shown = f"<U+{ord(character):04X}>" if index in places else _shown(line, index)
            wide = _columns(shown)
        column += wide
        yield shown, wide


def width(text: str) -> int:
    """The columns that text takes, once it is visible."""
    return len(text) if text.isascii() else _columns(text)


def _columns(text: str) -> int:
    from wcwidth import wcswidth, wcwidth  # noqa: PLC0415 - `--help` needs no table of characters

    return max(wcwidth(text) if len(text) == 1 else wcswidth(text), 0)


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
        return picture(character)
    if category in {"Zs", "Co", "Cn"} or (character in _JOINERS and not _beside_wide(text, index)):
        return character
    return f"<U+{ord(character):04X}>"


def _beside_wide(text: str, index: int) -> bool:
    return any(_columns(neighbour) > 1 for neighbour in text[max(index - 1, 0) : index] + text[index + 1 : index + 2])
