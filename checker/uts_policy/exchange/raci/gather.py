"""What a reading gathers on its way through the tables of a file."""

from dataclasses import dataclass, field, replace

from uts_policy.exchange.raci.codes import Vocabulary
from uts_policy.exchange.raci.layout import MatrixLayout
from uts_policy.exchange.raci.notes import Footnotes
from uts_policy.exchange.text import folded
from uts_policy.model.grid import ForeignFile, Spot
from uts_policy.model.raci import CodeGuess, MatrixDuty, MatrixRole


@dataclass(slots=True, kw_only=True)
class FoundTable:
    """A matrix with what surrounds it. `block`: its place in the file; `headings`: those above it, from the top."""

    layout: MatrixLayout
    file: ForeignFile
    block: int
    headings: tuple[str, ...]
    notes: Footnotes


@dataclass(slots=True)
class Gathered:
    """What the reading gathers on its way."""

    vocabulary: Vocabulary
    roles: dict[str, MatrixRole] = field(default_factory=dict)
    duties: list[MatrixDuty] = field(default_factory=list)
    uses: dict[tuple[str, str, Spot], tuple[str, bool]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    words: dict[str, CodeGuess] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    posts: set[str] = field(default_factory=set)

    def note(self, text: str) -> None:
        """Keeps a sentence for a person, once."""
        if text not in self.notes:
            self.notes.append(text)

    def use(self, table: FoundTable, spot: Spot, use: str, *, is_read: bool = True) -> None:
        """Writes down what a cell was read as, or why it was not."""
        sheet = table.layout.sheet
        self.uses[table.file.file, sheet.grid.name, sheet.spot(sheet.anchor(spot))] = (use, is_read)


def add_role(found: Gathered, role: MatrixRole) -> None:
    """Keeps a role, once for each title."""
    known = found.roles.setdefault(folded(role.title), role)
    if role.description and not known.description:
        found.roles[folded(role.title)] = replace(known, description=role.description)
