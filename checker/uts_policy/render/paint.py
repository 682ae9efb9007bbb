"""Colours and drawn characters, or none."""

from uts_policy.model.finding import Finding
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style

_LEVEL = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.NOTE: "1;36"}
_DIM = "2"
_BOLD = "1"


class Paint:
    """Wraps text in the escape sequences of a terminal where the style has colour, and leaves it alone elsewhere."""

    def __init__(self, style: Style) -> None:
        self._color = style.color
        self._bar = "│" if style.unicode else "|"
        self.ellipsis = "…" if style.unicode else "..."
        self.nothing = "·" if style.unicode else "."

    def file(self, text: str) -> str:
        """The name of a file that findings stand below."""
        return self._in(text, _BOLD)

    def level(self, text: str, finding: Finding) -> str:
        """A level, in its colour where it counts."""
        return self._in(text, _LEVEL[finding.level] if finding.counts else _DIM)

    def rule(self, text: str) -> str:
        """A rule id."""
        return self._in(text, _DIM)

    def caret(self, text: str) -> str:
        """What points at the offending character."""
        return self._in(text, _LEVEL[Level.ERROR])

    def gutter(self, number: str = "") -> str:
        """The margin left of an excerpt: a line number or nothing, and a bar."""
        return self._in(f"{number:>7} {self._bar}", _DIM)

    def _in(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._color and text else text
