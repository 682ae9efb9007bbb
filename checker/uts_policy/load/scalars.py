"""What a plain scalar means: the core schema of YAML 1.2 (section 10.3.2), as a table of our own.

Libraries differ here, and the differences bite: to YAML 1.1 `no` is false, `017` is 15 and `2026-01-02` a date.
"""

import math
import re
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

MAX_INTEGER = 2**53
"""Integers beyond this lose digits in every reader that keeps numbers as doubles, JSON's among them."""

OPENERS = frozenset("0123456789+-.nNtTfF~")
"""What a plain scalar begins with that may be something else than a string; the rest needs no look."""

WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

_NUMBER = re.compile(
    r"(?P<decimal>[-+]?[0-9]+)"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hexadecimal>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)

# Longer ones are beyond MAX_INTEGER whatever their digits; Python refuses to convert very long ones at all.
_MAX_DIGITS = {"decimal": 17, "octal": 19, "hexadecimal": 15}
_BASE = {"decimal": 10, "octal": 8, "hexadecimal": 16}


class UnusableNumberError(ValueError):
    """A number that JSON, and so every rule, cannot hold. `kind` is `infinite`, `overflow` or `integer`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def resolve(text: str) -> Scalar:
    """The value of a plain scalar without a tag. Raises UnusableNumberError for `.inf`, `.nan` and huge numbers."""
    if text in WORDS:
        return WORDS[text]
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    kind = found.lastgroup or ""
    if kind in _BASE:
        return _integer(found.group(kind), kind)
    if kind == "endless":
        raise UnusableNumberError("infinite")
    number = float(text)
    if math.isinf(number):
        raise UnusableNumberError("overflow")
    return number


def _integer(digits: str, kind: str) -> int:
    sign = -1 if digits.startswith("-") else 1
    significant = digits.lstrip("+-").lstrip("0") or "0"
    if len(significant) > _MAX_DIGITS[kind]:
        raise UnusableNumberError("integer")
    number = int(significant, _BASE[kind])
    if number > MAX_INTEGER:
        raise UnusableNumberError("integer")
    return sign * number
