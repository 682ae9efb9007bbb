"""From who has what where to a matrix."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from uts_policy.model.matrix import LETTERS, Matrix, MatrixBlock, MatrixRow, block_of
from uts_policy.model.report import Report

VIEW = "matrix"
"""The view that says who has what where, and what is marked."""
GAPS = ("ownership/unassigned", "ownership/scope-gap")
DOUBLES = "ownership/multiple-accountable"
VACANT = "staffing/vacant"
RULES = (*GAPS, DOUBLES, VACANT)
"""The rules whose findings are the marks."""
NOWHERE = ""
"""The unit, or the vector, of a corpus that declares none."""
NO_PLACE = "its scope names no unit or vector in force"
"""The title of the block of what holds nowhere."""
Piece: TypeAlias = Mapping[str, Any]
Owners: TypeAlias = Mapping[str, Mapping[str, Sequence[Piece]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixQuestion:
    """What to show: a unit with all below it, one vector, some criticalities (all where none); `by` unit or vector."""

    unit: str | None = None
    vector: str | None = None
    criticality: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMatrix:
    """Who has what, and what the rules find.

    `owners` and `unsound` are those of `uts.view.owners`. `gaps` and `doubles` are responsibilities, `absences` the
    accountable roles in which nobody can act, with the reason, `unstated` those whose holders are not stated.
    """

    owners: Owners
    unsound: Mapping[str, Sequence[Piece]]
    gaps: frozenset[str]
    doubles: frozenset[str]
    absences: Mapping[str, str]
    unstated: frozenset[str] = frozenset()
    unjudged: tuple[str, ...] = ()


def judged(said: Mapping[str, Any], evaluated: Collection[str]) -> JudgedMatrix:
    """What the view said; a rule that was not evaluated marks nothing and is named."""
    return JudgedMatrix(
        owners=said["owners"],
        unsound=said["unsound"],
        gaps=frozenset(said["gaps"]),
        doubles=frozenset(said["doubles"]),
        absences=said["vacant"],
        unstated=frozenset(said["unstated"]),
        unjudged=tuple(rule for rule in RULES if rule not in evaluated),
    )


def reported_matrix(report: Report) -> Matrix | None:
    """The matrix that goes with a report, as `uts-policy matrix` shows it; None where no rule was evaluated."""
    if report.corpus is None:
        return None
    return tabulated(report.corpus.data, judged(report.views[VIEW], report.evaluated), MatrixQuestion())


def tabulated(data: Mapping[str, Any], judged: JudgedMatrix, question: MatrixQuestion) -> Matrix:
    """The matrix of a corpus (`data`). A unit or vector of the question must be declared."""
    asked = {"unit": question.unit, "vector": question.vector, "criticality": ", ".join(question.criticality) or None}
    blocks = tuple(block for block in _Builder(data, judged, question).blocks() if block.rows)
    return Matrix(
        as_of=data["as_of"],
        by=question.by,
        filters={name: value for name, value in asked.items() if value is not None},
        blocks=blocks,
        unstated=judged.unstated,
        unjudged=judged.unjudged if blocks else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """Where one looks: a unit, with what is below it where `below`, and a vector; None: all."""

    unit: str | None = None
    vector: str | None = None
    below: bool = True


class _Builder:
    """One answer, cut as the question wants it."""

    def __init__(self, data: Mapping[str, Any], judged: JudgedMatrix, question: MatrixQuestion) -> None:
        self._data, self._judged, self._question = data, judged, question
        self._paths = {name: unit["path"] for name, unit in data["units"].items()}
        self._vectors = frozenset(data["vectors"])

    def blocks(self) -> Iterator[MatrixBlock]:
        asked = self._question
        match asked.by:
            case "unit":
                for unit in sorted(self._corners(), key=lambda name: self._paths.get(name, [])):
                    title = self._data["units"].get(unit, {}).get("name", "")
                    yield self._block(_Window(unit=unit, vector=asked.vector, below=False), unit, title)
            case "vector":
                for vector in sorted(self._vectors) if asked.vector is None else [asked.vector]:
                    title = self._data["vectors"][vector].get("title", "")
                    yield self._block(_Window(unit=asked.unit, vector=vector), vector, title)
            case _:
                yield self._block(_Window(unit=asked.unit, vector=asked.vector))
                return
        if asked.unit is None and asked.vector is None:
            yield self._block(_Window(), title=NO_PLACE, lost=True)

    def _corners(self) -> Collection[str]:
        """The units at which some answer begins, of those that were asked for; and the one asked for itself."""
        pieces = (piece for codes in self._judged.owners.values() for each in codes.values() for piece in each)
        found = {unit for piece in pieces for unit in piece["units"]}
        top = self._question.unit
        return found if top is None else {unit for unit in found if top in self._paths.get(unit, ())} | {top}

    def _block(self, window: _Window, place: str = "", title: str = "", *, lost: bool = False) -> MatrixBlock:
        """What is in a window; where `lost`, only what has no place at all."""
        duties = [duty for duty, pieces in self._judged.owners.items() if not lost or not pieces["A"]]
        rows = [row for duty in duties if (row := self._row(duty, window)) is not None]
        roles, absences = self._data["roles"], self._judged.absences
        return block_of(roles, rows, absences, place=place, title=title, paths=self._paths)

    def _row(self, duty: str, window: _Window) -> MatrixRow | None:
        entry = self._data["responsibilities"][duty]
        if self._question.criticality and entry["criticality"] not in self._question.criticality:
            return None
        every = self._judged.owners[duty]
        shown = {code: self._pieces(pieces, window) for code, pieces in every.items()}
        answers = shown.get("A", ())
        # NOTE: a scope of nothing has no place to be asked about. Among all it is shown: it may be what is wrong.
        nowhere = window == _Window() and not every["A"]
        if not answers and not nowhere:
            return None
        holes = [piece for piece in answers if not piece["roles"]]
        gap = duty in self._judged.gaps and (bool(holes) or nowhere)
        unsound = _roles(self._pieces(self._judged.unsound.get(duty, ()), window))
        twice = [piece for piece in answers if len(piece["roles"]) > 1] if duty in self._judged.doubles else []
        return MatrixRow(
            id=duty,
            statement=entry["statement"],
            criticality=entry["criticality"],
            cells=_cells(shown),
            units=tuple(entry["scope"].get("units", ())),
            vectors=tuple(entry["scope"].get("vectors", ())),
            gap=gap,
            missing=tuple(self._places(answers, window)) if gap else (),
            doubled=_roles(twice),
            unsound=unsound,
            unsound_only=bool(unsound) and (bool(holes) or nowhere),
        )

    def _places(self, answers: Sequence[Piece], window: _Window) -> Iterator[str]:
        """Where nobody is accountable, in words; none where that is everywhere that one looks."""
        if not any(piece["roles"] for piece in answers):
            return
        corners: dict[str, set[str]] = {}
        open_: dict[str, set[str]] = {}
        for piece in answers:
            vectors = set(piece["vectors"]) if window.vector is None else {window.vector}
            for name in self._clipped(piece["units"], window.unit):
                corners.setdefault(name, set()).update(vectors)
                open_.setdefault(name, set()).update(set() if piece["roles"] else vectors)
        for name, vectors in sorted(open_.items()):
            if not vectors or open_.get(self._next_above(name, corners) or "") == vectors:
                continue
            but = [other for other in corners if window.below and self._inside(other, name) and open_[other] != vectors]
            outermost = sorted(other for other in but if not any(self._inside(other, each) for each in but))
            words = [name, *([f"except {', '.join(outermost)}"] if outermost else [])]
            if vectors != corners[name]:
                words.append(f"for {', '.join(sorted(vectors))}")
            if words != [NOWHERE]:
                yield " ".join(words).strip()

    def _clipped(self, units: Iterable[str], unit: str | None) -> Iterator[str]:
        """The units of a piece as far as the one asked for reaches: itself where it lies below one of them."""
        for name in units:
            if unit is None or self._inside(name, unit):
                yield name
            elif name == unit or name in self._paths.get(unit, ()):
                yield unit

    def _next_above(self, name: str, corners: Collection[str]) -> str | None:
        return next((step for step in reversed(self._paths.get(name, ())[:-1]) if step in corners), None)

    def _pieces(self, pieces: Sequence[Piece], window: _Window) -> Sequence[Piece]:
        """The pieces that hold in the unit (the nearest one above it decides), and in those below; for the vector."""
        if window.vector is not None:
            pieces = [piece for piece in pieces if window.vector in piece["vectors"]]
        unit = window.unit
        if unit is None:
            return pieces
        for step in reversed(self._paths.get(unit, (unit,))):
            here = [piece for piece in pieces if step in piece["units"]]
            if here:
                break
        else:
            here = []
        if not window.below:
            return here
        inside = [piece for piece in pieces if any(self._inside(name, unit) for name in piece["units"])]
        return [*here, *(piece for piece in inside if piece not in here)]

    def _inside(self, name: str, unit: str) -> bool:
        return name != unit and unit in self._paths.get(name, ())


def _roles(pieces: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(sorted({role for piece in pieces for role in piece["roles"]}))


def _cells(shown: Mapping[str, Sequence[Piece]]) -> dict[str, str]:
    """The letters of each role: small where it has the code in some of the pieces only."""
    cells: dict[str, str] = {}
    for code in LETTERS:
        pieces = shown.get(code, ())
        for role in sorted({role for piece in pieces for role in piece["roles"]}):
            everywhere = all(role in piece["roles"] for piece in pieces)
            cells[role] = cells.get(role, "") + (code if everywhere else code.lower())
    return cells
