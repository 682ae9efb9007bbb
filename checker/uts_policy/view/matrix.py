"""The responsibility matrix, from what the view `uts.view.matrix` answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import UsageError
from uts_policy.model.matrix import LETTERS, Matrix, MatrixBlock, MatrixRow, block_of
from uts_policy.model.nearest import nearest

EXPRESSION = "data.uts.view.matrix.answer"
"""What an engine is asked."""
JUDGED_BY: Mapping[str, Mapping[str, Any]] = {
    rule: {"level": "error", "parameters": {}}
    for rule in ("ownership/unassigned", "ownership/scope-gap", "ownership/multiple-accountable", "staffing/vacant")
}
"""The rules whose findings the view asks for: as `input.rules` names them, so that an engine loads them."""
NOWHERE = ""
"""The unit, or the vector, of a corpus that declares none."""
Piece: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixQuestion:
    """What to show: a unit with all below it, one vector, some criticalities (all where none); `by` unit or vector."""

    unit: str | None = None
    vector: str | None = None
    criticality: tuple[str, ...] = ()
    by: str = ""


def matrix_of(corpus: Corpus, said: Mapping[str, Any], question: MatrixQuestion) -> Matrix:
    """The matrix as the view judges it. Raises UsageError for a unit or vector that is not declared."""
    for section, name in (("units", question.unit), ("vectors", question.vector)):
        if name is not None and name not in corpus.data[section]:
            near = nearest(name, corpus.data[section])
            raise UsageError(f'no {section[:-1]} is called "{name}"', f'did you mean "{near}"?' if near else "")
    asked = {"unit": question.unit, "vector": question.vector, "criticality": ", ".join(question.criticality) or None}
    builder = _Builder(corpus.data, said, question)
    return Matrix(
        as_of=corpus.data["as_of"],
        by=question.by,
        filters={name: value for name, value in asked.items() if value is not None},
        blocks=tuple(block for block in builder.blocks() if block.rows),
    )


class _Builder:
    """One answer, cut as the question wants it."""

    def __init__(self, data: Mapping[str, Any], said: Mapping[str, Any], question: MatrixQuestion) -> None:
        self._data = data
        self._owners: Mapping[str, Mapping[str, Sequence[Piece]]] = said["owners"]
        self._unsound = said["unsound"]
        self._gaps, self._doubles = frozenset(said["gaps"]), frozenset(said["doubles"])
        self._vacant = frozenset(said["vacant"]) if _staffed(data) else frozenset[str]()
        self._question = question
        self._paths = {name: unit["path"] for name, unit in data["units"].items()}

    def blocks(self) -> Iterator[MatrixBlock]:
        asked = self._question
        match asked.by:
            case "unit":
                for unit in sorted(self._corners(), key=lambda name: self._paths.get(name, [])):
                    title = self._data["units"].get(unit, {}).get("name", "")
                    yield self._block(unit, title, unit, asked.vector, below=False)
            case "vector":
                for vector in sorted(self._data["vectors"]) if asked.vector is None else [asked.vector]:
                    title = self._data["vectors"][vector].get("title", "")
                    yield self._block(vector, title, asked.unit, vector)
            case _:
                yield self._block("", "", asked.unit, asked.vector)

    def _corners(self) -> Collection[str]:
        """The units at which some answer begins, of those that were asked for; and the one asked for itself."""
        found = {
            unit
            for codes in self._owners.values()
            for pieces in codes.values()
            for piece in pieces
            for unit in piece["units"]
        }
        top = self._question.unit
        return found if top is None else {unit for unit in found if top in self._paths.get(unit, ())} | {top}

    def _block(
        self, place: str, title: str, unit: str | None, vector: str | None, *, below: bool = True
    ) -> MatrixBlock:
        rows = [row for duty in self._owners if (row := self._row(duty, unit, vector, below=below)) is not None]
        return block_of(self._data["roles"], rows, self._vacant, place=place, title=title)

    def _row(self, duty: str, unit: str | None, vector: str | None, *, below: bool) -> MatrixRow | None:
        entry = self._data["responsibilities"][duty]
        if self._question.criticality and entry["criticality"] not in self._question.criticality:
            return None
        shown = {code: self._pieces(pieces, unit, vector, below=below) for code, pieces in self._owners[duty].items()}
        answers = shown.pop("A", ())
        if not answers:
            return None
        shown["A"] = answers
        words = tuple(sorted(self._unsound.get(duty, ())))
        holes = [piece for piece in answers if not piece["roles"]] if duty in self._gaps else []
        return MatrixRow(
            id=duty,
            statement=entry["statement"],
            criticality=entry["criticality"],
            cells=_cells(shown),
            gap=bool(holes),
            missing=tuple(sorted({name for piece in holes for name in piece["units"]} - {NOWHERE})),
            double=duty in self._doubles and any(len(piece["roles"]) > 1 for piece in answers),
            unsound=words if any(not piece["roles"] for piece in answers) else (),
        )

    def _pieces(self, pieces: Sequence[Piece], unit: str | None, vector: str | None, *, below: bool) -> Sequence[Piece]:
        """The pieces that hold in the unit (the nearest one above it decides), and in those below; for the vector."""
        if vector is not None:
            pieces = [piece for piece in pieces if vector in piece["vectors"]]
        if unit is None:
            return pieces
        for step in reversed(self._paths.get(unit, (unit,))):
            here = [piece for piece in pieces if step in piece["units"]]
            if here:
                break
        else:
            here = []
        if not below:
            return here
        inside = [piece for piece in pieces if any(self._inside(name, unit) for name in piece["units"])]
        return [*here, *(piece for piece in inside if piece not in here)]

    def _inside(self, name: str, unit: str) -> bool:
        return name != unit and unit in self._paths.get(name, ())


def _cells(shown: Mapping[str, Sequence[Piece]]) -> dict[str, str]:
    """The letters of each role: small where it has the code in some of the pieces only."""
    cells: dict[str, str] = {}
    for code in LETTERS:
        pieces = shown.get(code, ())
        for role in sorted({role for piece in pieces for role in piece["roles"]}):
            everywhere = all(role in piece["roles"] for piece in pieces)
            cells[role] = cells.get(role, "") + (code if everywhere else code.lower())
    return cells


def _staffed(data: Mapping[str, Any]) -> bool:
    """Whether anybody said who holds what: without that nobody is known to be missing."""
    return any(role["holders"] or role.get("vacancy") for role in data["roles"].values())
