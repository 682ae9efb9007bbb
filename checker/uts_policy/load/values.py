"""What a scalar event is worth: resolved by the core schema, by its tag, or reported."""

from typing import Any, Final

from uts_policy.load.defects import Defects
from uts_policy.load.scalars import OPENERS, Scalar, UnusableNumberError, resolve
from uts_policy.model.document import UNREAD
from uts_policy.model.place import Route

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
