"""What a plain scalar means: the core schema of YAML 1.2 (section 10.3.2), as a table of our own.

Libraries differ here, and the differences bite: to YAML 1.1 `no` is false, `017` is 15 and `2026-01-02` a date.
"""

import math
import re
from typing import Any, Final, TypeAlias

from uts_policy.load.problems import Defects
from uts_policy.model.document import UNREAD
from uts_policy.model.place import Route

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


CORE: Final = "tag:yaml.org,2002:"

_LONGEST_NUMBER: Final = 30
"""Of a longer number, a message shows the beginning."""

_WORDS: Final = {
    "integer": ("beyond ±2^53, where integers lose digits", "Write a smaller number"),
    "infinite": ("no finite number", "Write digits, or take the value out"),
    "overflow": ("beyond what a number can hold", "Write a smaller number"),
}
"""By kind of UnusableNumberError: what is wrong with the number, and what to write."""

_FITS: Final[dict[str, tuple[type, ...]]] = {
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "null": (type(None),),
}


class Values:
    """Resolves the scalars of a file. `memo` maps plain ones to what they mean.

    Most words of a corpus come again: to look them up is faster than to resolve them, and one object for each saves a
    third of the memory.
    """

    __slots__ = ("_defects", "memo")

    def __init__(self, defects: Defects) -> None:
        self._defects = defects
        self.memo: dict[str, Scalar] = {}

    def plain(self, event: Any, route: Route) -> Scalar:  # noqa: ANN401 - events have no common type in the C parser
        """The value of a plain scalar, looked up or resolved; a number that no rule could read is reported."""
        text: str = event.value
        if text and text[0] not in OPENERS:
            self.memo[text] = text
            return text
        try:
            value = self.memo[text] = resolve(text)
        except UnusableNumberError as error:
            return self._unusable(event, error, route)
        return value

    def key(self, text: str) -> Scalar:
        """The same for a plain key; a number that cannot be read is reported with its text, as any number is."""
        try:
            value = self.memo[text] = resolve(text)
        except UnusableNumberError:
            return 0
        return value

    def tagged(self, event: Any, route: Route) -> Scalar:  # noqa: ANN401 - likewise
        """The value of a scalar that may have a tag: those of the core schema are obeyed, others reported."""
        tag: str | None = event.tag
        if tag is None:
            return str(event.value) if event.style else self.plain(event, route)
        name = tag.removeprefix(CORE)
        if tag == "!" or name == "str":
            return str(event.value)
        if name == tag or name not in _FITS:
            self._custom(event, tag, route)
            return str(event.value) if event.style else self.plain(event, route)
        try:
            value = resolve(event.value)
        except UnusableNumberError as error:
            return self._unusable(event, error, route)
        # NOTE: to Python a truth value is an integer; to YAML it is not.
        if not isinstance(value, _FITS[name]) or (isinstance(value, bool) and name != "bool"):
            message = f'the tag !!{name} does not fit "{event.value}"'
            self._defects.add(
                "yaml/tag", message, "Remove the tag.", self._tag_at(event), route=route, problem=f"!!{name}"
            )
            return UNREAD
        return float(value) if name == "float" and type(value) is int else value

    def check_collection_tag(self, event: Any, kind: str, route: Route) -> None:  # noqa: ANN401 - likewise
        """Report a tag on a list (`kind` seq) or mapping (map) that says anything else."""
        tag: str | None = event.tag
        if tag not in {None, "!", CORE + kind}:
            self._custom(event, str(tag), route)

    def _custom(self, event: Any, tag: str, route: Route) -> None:  # noqa: ANN401 - likewise
        shown = "!!" + tag.removeprefix(CORE) if tag.startswith(CORE) else tag
        self._defects.add(
            "yaml/tag",
            f"the tag {shown} means nothing here: declarations are plain YAML",
            "Remove the tag; where text is meant, put it in quotes.",
            self._tag_at(event),
            route=route,
            problem=shown,
        )

    def _tag_at(self, event: Any) -> tuple[int, int]:  # noqa: ANN401 - likewise
        """Where the tag of an event stands: the first of its words that is one."""
        start, end = stretch(event)
        written = self._defects.written(start, end)
        for word in written.split():
            if word.startswith("!"):
                begin = start + written.index(word)
                return begin, begin + len(word)
        return start, end

    def _unusable(self, event: Any, error: UnusableNumberError, route: Route) -> int:  # noqa: ANN401 - likewise
        """Report a number, and go on without: what else is wrong with the entry is to be said too."""
        long = len(event.value) > _LONGEST_NUMBER
        text = f"{event.value[:_LONGEST_NUMBER]}…" if long else event.value
        quote = "put it in quotes" if long else f'write "{text}"'
        message, remedy = _WORDS[error.kind]
        self._defects.add(
            "schema/value",
            f"{text} is {message}",
            f"{remedy}; where text is meant, {quote}.",
            stretch(event),
            route=route,
            problem="integer" if error.kind == "integer" else "infinite",  # part of the finding's identity
        )
        return UNREAD


def stretch(event: Any) -> tuple[int, int]:  # noqa: ANN401 - likewise
    """Where an event begins and ends, in code points from 0."""
    return event.start_mark.index, event.end_mark.index
