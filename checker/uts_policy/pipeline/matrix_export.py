"""Declarations as a matrix that people edit, and that `import raci` reads."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from uts_policy.corpus.in_force import current
from uts_policy.judge.report import report_invalid
from uts_policy.model.raci import ExportedDuty, ExportedMatrix
from uts_policy.model.report import Report
from uts_policy.pipeline.inputs import read_declarations
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request

_ORDER: Final = "ARSCI"
_BEGIN, _END = "0001-01-01", "9999-12-31"


def export_matrix(request: Request, policies: Policies, *, only_gaps: bool) -> ExportedMatrix | Report:
    """The duties that are active with the letters in force, in document order; the report if there is no corpus.

    `only_gaps` leaves out duties for which one role is accountable. What holds for a part only, or for a time, has the
    mark of a note behind its letter.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    data = prepared.corpus.data
    notes: list[str] = []
    order = [id_ for id_ in _ids(declared, "responsibilities") if data["responsibilities"][id_]["status"] == "active"]
    duties = [_duty(data, id_, notes) for id_ in order]
    if only_gaps:
        duties = [duty for duty in duties if sum("A" in cell for cell in duty.cells.values()) != 1]
    used = {role for duty in duties for role in duty.cells}
    return ExportedMatrix(
        roles=_titles(data["roles"], [role for role in _ids(declared, "roles") if role in used]),
        duties=tuple(duties),
        notes=tuple(notes),
        as_of=request.as_of,
    )


def _ids(declared: Declared, section: str) -> list[str]:
    """The ids of a section in document order."""
    return [str(entry["id"]) for document in declared.files.documents for entry in document.data.get(section) or ()]


def _duty(data: Mapping[str, Any], id_: str, notes: list[str]) -> ExportedDuty:
    entry = data["responsibilities"][id_]
    letters: dict[str, str] = {}
    marks: dict[str, list[int]] = {}
    for code, assignments in data["links"]["assignments"].get(id_, {}).items():
        for each in assignments:
            assignment = data["assignments"][each]
            role = assignment["role"]
            if role not in data["roles"] or not current(assignment, data["as_of"]):
                continue
            letters[role] = "".join(letter for letter in _ORDER if letter in letters.get(role, "") + code)
            note = _limits(assignment, entry)
            if note:
                if note not in notes:
                    notes.append(note)
                marks.setdefault(role, []).append(notes.index(note) + 1)
    cells = {
        role: "/".join(codes) + "".join(f" ({number})" for number in sorted(set(marks.get(role, ()))))
        for role, codes in letters.items()
    }
    return ExportedDuty(id=id_, statement=entry["statement"], group=entry.get("group", ""), cells=cells)


def _limits(assignment: Mapping[str, Any], duty: Mapping[str, Any]) -> str:
    """What an assignment is limited to, in words; empty if to nothing."""
    parts = []
    if assignment["scope"] != duty["scope"]:
        scope = assignment["scope"]
        parts += [f"only for {', '.join(scope[kind])}" for kind in ("units", "vectors") if scope.get(kind)]
    if assignment["from"] != _BEGIN:
        parts.append(f"from {assignment['from']}")
    if assignment["to"] != _END:
        parts.append(f"to {assignment['to']}")
    return ", ".join(parts)


def _titles(roles: Mapping[str, Any], used: list[str]) -> dict[str, str]:
    """The title of each role, with its id behind it where another one has the same."""
    titles = {role: str(roles[role]["title"]) for role in used}
    counts = Counter(title.casefold() for title in titles.values())
    return {role: f"{title} ({role})" if counts[title.casefold()] > 1 else title for role, title in titles.items()}
