"""Collects what is wrong with one file while it is parsed."""

from uts_policy.load.text import Lines
from uts_policy.model.finding import Problem, RelatedPlace
from uts_policy.model.place import Location, Route


class Defects:
    """Turns offsets into located problems. `base` is where the text being parsed begins in the file.

    `document` is the index of the document being parsed.
    """

    __slots__ = ("_file", "_lines", "base", "document", "found")

    def __init__(self, file: str, lines: Lines) -> None:
        self._file = file
        self._lines = lines
        self.base = 0
        self.document = 0
        self.found: list[Problem] = []

    def add(  # noqa: PLR0913 - a finding has this many parts
        self,
        rule: str,
        message: str,
        remedy: str,
        at: tuple[int, int],
        *,
        route: Route = (),
        problem: str = "",
        related: tuple[RelatedPlace, ...] = (),
    ) -> None:
        """Note a defect at a stretch of the text being parsed."""
        self.found.append(
            Problem(
                rule=rule,
                message=message,
                remediation=remedy,
                location=self.location(*at),
                document=self.document,
                route=route,
                problem=problem or message,
                related=related,
            )
        )

    def location(self, start: int, end: int) -> Location:
        """The place of a stretch of the text being parsed."""
        return Location(file=self._file, span=self._lines.span(self.base + start, self.base + end))
