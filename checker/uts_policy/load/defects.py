"""Collects what is wrong with one file while it is parsed."""

from uts_policy.load.text import Lines
from uts_policy.model.finding import Problem, RelatedPlace
from uts_policy.model.place import Location, Route, Span

_SHOWN = 60


class Defects:
    """Turns offsets into located problems. `base` is where the text being parsed begins in the file.

    `document` is the index of the document being parsed.
    """

    __slots__ = ("_file", "_lines", "_text", "base", "document", "found")

    def __init__(self, file: str, text: str, lines: Lines) -> None:
        self._file = file
        self._text = text
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
        span = self.location(*at).span
        self.note(rule, message, remedy, span, route=route, problem=problem, related=related)

    def note(  # noqa: PLR0913 - likewise
        self,
        rule: str,
        message: str,
        remedy: str,
        span: Span,
        *,
        route: Route = (),
        problem: str = "",
        related: tuple[RelatedPlace, ...] = (),
    ) -> None:
        """Note a defect at a span of the file."""
        self.found.append(
            Problem(
                rule=rule,
                message=message,
                remediation=remedy,
                location=Location(file=self._file, span=span),
                document=self.document,
                route=route,
                problem=problem or message,
                related=related,
            )
        )

    def location(self, start: int, end: int) -> Location:
        """The place of a stretch of the text being parsed."""
        return Location(file=self._file, span=self._lines.span(self.base + start, self.base + end))

    def written(self, start: int, end: int) -> str:
        """A stretch of the text being parsed, cut short where it is long."""
        start += self.base
        text = self._text[start : min(self.base + end, start + _SHOWN)]
        return text if start + len(text) >= self.base + end else text + "…"
