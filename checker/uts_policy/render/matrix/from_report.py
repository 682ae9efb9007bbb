"""Who has each responsibility where, from the corpus alone: the pieces of `policies/uts/view/owners.rego`.

NOTE: this says what is in force, and judges nothing; the view says the same to whoever asks an engine, and a test holds
the two together. A report is made from one query, so it cannot ask a second one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uts_policy.common.tabulation import (
    DOUBLES,
    GAPS,
    NOWHERE,
    RULES,
    VACANT,
    JudgedMatrix,
    MatrixQuestion,
    Owners,
    Piece,
    tabulated,
)
from uts_policy.model.matrix import Matrix
from uts_policy.model.report import Report
from uts_policy.render.html.owners import current, living, serving


@dataclass(frozen=True, slots=True)
class _CoveredRegion:
    """The units, each with all below it, with the vectors; as `uts.lib.scope` has it."""

    units: frozenset[str]
    vectors: frozenset[str]

    @property
    def empty(self) -> bool:
        return not self.units or not self.vectors


class InForce:
    """The assignments in force of one corpus."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._paths = {id_: unit["path"] for id_, unit in data["units"].items()}
        self._open = frozenset(id_ for id_, unit in data["units"].items() if unit["status"] == "active")
        tops = {next(step for step in self._paths[id_] if step in self._open) for id_ in self._open}
        self._everything = _CoveredRegion(
            frozenset(tops if data["units"] else {NOWHERE}), frozenset(data["vectors"] or {NOWHERE})
        )
        self._living = frozenset(id_ for id_, role in data["roles"].items() if living(role, data["as_of"]))

    def owners(self) -> Owners:
        """{responsibility {code [piece]}} of the active ones. A code that nobody has is left out, A aside."""
        nobody: dict[str, list[str]] = {"A": []}
        return {
            duty: {
                code: list(self._pieces(duty, held, [each for each in held if self._role(each) in self._living]))
                for code, held in (nobody | self._held(duty)).items()
            }
            for duty, entry in self._data["responsibilities"].items()
            if entry["status"] == "active"
        }

    def unsound(self) -> Mapping[str, Sequence[Piece]]:
        """{responsibility [piece]}: what stands in the place of an accountable role and is none that lives.

        Words that reach nothing have a piece without place.
        """
        found: dict[str, Sequence[Piece]] = {}
        for duty, entry in self._data["responsibilities"].items():
            held = self._held(duty).get("A", ()) if entry["status"] == "active" else ()
            bad = [each for each in held if self._role(each) not in self._living]
            if bad:
                placed = list(self._pieces(duty, held, bad))
                named = {word for piece in placed for word in piece["roles"]}
                astray = sorted({self._role(each) for each in bad} - named)
                nowhere = [{"units": [], "vectors": [], "roles": astray}] if astray else []
                found[duty] = [*(placed if named else ()), *nowhere]
        return found

    def unheld(self) -> Collection[str]:
        """The accountable roles that nobody holds: vacant, or held by those only who have left or are nobody."""
        accountable = {
            self._role(each)
            for duty, entry in self._data["responsibilities"].items()
            if entry["status"] == "active"
            for each in self._held(duty).get("A", ())
        }
        return {role for role in accountable & self._living if not (self._manned(role) or self._chaired(role))}

    def _manned(self, role: str) -> bool:
        """Answers elsewhere, or is held by somebody who is declared and has not left."""
        entry, as_of = self._data["roles"][role], self._data["as_of"]
        return entry["external"] or any(
            current(holding, as_of) and serving(self._data["people"].get(holding["person"]), as_of)
            for holding in entry["holders"]
        )

    def _chaired(self, role: str) -> bool:
        """A collective whose unit has somebody in its chair."""
        entry = self._data["roles"][role]
        unit = self._data["units"].get(entry["unit"], {})
        chair = unit.get("chair") if entry["collective"] and unit.get("status") == "active" else None
        return chair in self._living and self._manned(str(chair))

    def _held(self, duty: str) -> dict[str, list[str]]:
        assignments, as_of = self._data["assignments"], self._data["as_of"]
        held = {
            code: [id_ for id_ in ids if current(assignments[id_], as_of)]
            for code, ids in self._data["links"]["assignments"].get(duty, {}).items()
        }
        return {code: ids for code, ids in held.items() if ids}

    def _role(self, id_: str) -> str:
        return str(self._data["assignments"][id_]["role"])

    def _pieces(self, duty: str, held: Sequence[str], shown: Sequence[str]) -> Iterator[Piece]:
        """Who has it where, of `shown`; `held` are all of that code."""
        scope = self._data["responsibilities"][duty]["scope"]
        whole = self._region(scope)
        if all(self._data["assignments"][each]["scope"] == scope for each in held):
            if not whole.empty:
                roles = sorted({self._role(each) for each in shown})
                yield {"units": sorted(whole.units), "vectors": sorted(whole.vectors), "roles": roles}
            return
        reach = {each: self._effective(each) for each in held}
        without = {each: self._without(each, reach) for each in shown}
        for corner in sorted(whole.units.union(*(region.units for region in reach.values()))):
            by_roles: dict[tuple[str, ...], list[str]] = {}
            for vector in sorted(whole.vectors):
                there = {
                    self._role(each)
                    for each in shown
                    if self._covers(reach[each], corner, vector)
                    and not any(self._covers(part, corner, vector) for part in without[each])
                }
                by_roles.setdefault(tuple(sorted(there)), []).append(vector)
            for found, vectors in sorted(by_roles.items()):
                yield {"units": [corner], "vectors": vectors, "roles": list(found)}

    def _without(self, id_: str, reach: Mapping[str, _CoveredRegion]) -> Sequence[_CoveredRegion]:
        """What others override of an assignment: their regions, where they lie strictly within its own."""
        return [
            part
            for other, part in reach.items()
            if other != id_
            and self._data["assignments"][other].get("overrides") is True
            and not part.empty
            and self._holds(reach[id_], part)
            and not self._holds(part, reach[id_])
        ]

    def _region(self, scope: Mapping[str, Sequence[str]]) -> _CoveredRegion:
        whole = self._everything
        units = frozenset(scope["units"]) & self._open if "units" in scope else whole.units
        vectors = (
            frozenset(scope["vectors"]) & frozenset(self._data["vectors"]) if "vectors" in scope else whole.vectors
        )
        return _CoveredRegion(units, vectors)

    def _effective(self, id_: str) -> _CoveredRegion:
        """The region of an assignment inside that of its responsibility."""
        given = self._data["assignments"][id_]
        duty = self._data["responsibilities"][given["responsibility"]]["scope"]
        one, other = self._region(given["scope"]), self._region(duty)
        if given["scope"] == duty or one == other:
            return other
        shared = {unit for unit in one.units if self._below(unit, other.units)}
        shared |= {unit for unit in other.units if self._below(unit, one.units)}
        return _CoveredRegion(frozenset(shared), one.vectors & other.vectors)

    def _holds(self, wide: _CoveredRegion, narrow: _CoveredRegion) -> bool:
        return narrow.vectors <= wide.vectors and all(self._below(unit, wide.units) for unit in narrow.units)

    def _covers(self, region: _CoveredRegion, unit: str, vector: str) -> bool:
        return vector in region.vectors and self._below(unit, region.units)

    def _below(self, unit: str, roots: frozenset[str]) -> bool:
        return any(step in roots for step in self._paths.get(unit, (unit,)))


def matrix_of(report: Report) -> Matrix | None:
    """The matrix that goes with a report, as `uts-policy matrix` shows it; None where no rule was evaluated.

    The marks are the findings, waived and known ones too; that nobody holds a role is read in the corpus. A rule that
    was not evaluated marks nothing and is named.
    """
    if report.corpus is None:
        return None
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, set()).add(finding.entry.partition("/")[2])
    data = report.corpus.data
    in_force = InForce(data)
    judged = JudgedMatrix(
        owners=in_force.owners(),
        unsound=in_force.unsound(),
        gaps=frozenset().union(*(found.get(rule, ()) for rule in GAPS)),
        doubles=frozenset(found.get(DOUBLES, ())),
        vacant=frozenset(in_force.unheld() if VACANT in report.evaluated else ()),
        unjudged=tuple(rule for rule in RULES if rule not in report.evaluated),
    )
    return tabulated(data, judged, MatrixQuestion())
