"""The responsibility matrix as people edit it, and the record that lets it be taken back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from uts_policy.common.tabulation import MatrixQuestion
from uts_policy.corpus.in_force import current
from uts_policy.edit.write import scalar
from uts_policy.engine.interface import Engine
from uts_policy.exchange.raci.entries import entries_of
from uts_policy.exchange.raci.limits import limits_text
from uts_policy.exchange.raci.read import read_matrices
from uts_policy.exchange.tables.read import read_file
from uts_policy.exchange.text import folded
from uts_policy.judge.report import report_invalid
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.matrix import LETTERS
from uts_policy.model.raci import ExportedDuty, ExportedMatrix
from uts_policy.model.report import Report
from uts_policy.pipeline.import_map import import_name
from uts_policy.pipeline.import_record import ImportRecord, record_path
from uts_policy.pipeline.inputs import read_declarations
from uts_policy.pipeline.matrix_import import KIND, read_map, recorded_duties
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.queries import matrix_in
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request


def export_matrix(request: Request, policies: Policies, judge: Engine | None = None) -> ExportedMatrix | Report:
    """The duties that are active with the letters in force, in document order; the report if there is no corpus.

    With `judge` only the duties that the matrix marks: that engine says which. What holds for a part only, or for a
    time, has the mark of a note behind its letter.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    marked = None
    if judge is not None:
        judged = matrix_in(prepared.corpus, request, policies, judge, MatrixQuestion())
        marked = {row.id for block in judged.blocks for row in block.rows if row.marks}
    data = prepared.corpus.data
    notes: list[str] = []
    order = [id_ for id_ in _ids(declared, "responsibilities") if data["responsibilities"][id_]["status"] == "active"]
    duties = [_duty(data, id_, notes) for id_ in order if marked is None or id_ in marked]
    used = {role for duty in duties for role in duty.cells}
    return ExportedMatrix(
        roles=_titles(data["roles"], [role for role in _ids(declared, "roles") if role in used]),
        duties=tuple(duties),
        notes=tuple(notes),
        as_of=request.as_of,
        unit=next(((id_, str(unit["name"])) for id_, unit in data["units"].items() if "parent" not in unit), None),
    )


def export_record(exported: ExportedMatrix, file: Path, out: Path) -> tuple[Path, str]:
    """Where the record of an export lies, and its text: `import raci --update` merges the file with it.

    `file` is the matrix as it was written, `out` the directory of declarations. Raises UsageError if the libraries that
    read such a file are not installed; NoVerdictError if it does not say what was exported.
    """
    lines = ["partial: true", "roles:"]
    lines += [f"  {scalar(title)}: {{id: {scalar(id_)}}}" for id_, title in exported.roles.items()]
    if exported.unit is not None:
        lines.insert(0, f"unit: {{id: {scalar(exported.unit[0])}, name: {scalar(exported.unit[1])}}}")
    map_text = "".join(f"{line}\n" for line in lines)
    chosen = read_map(str(file), map_text)
    reading = read_matrices([read_file(file)], chosen)
    if [folded(duty.statement) for duty in reading.duties] != [folded(duty.statement) for duty in exported.duties]:
        raise NoVerdictError(
            f'"{file}" cannot be taken back: read again, it has other duties',
            "This is a fault of uts-policy: report it with the declarations.",
        )
    ids = {duty.where: known.id for duty, known in zip(reading.duties, exported.duties, strict=True)}
    entries = entries_of(reading, chosen, (), ids)
    record = ImportRecord(
        kind=KIND,
        sources=(file.name,),
        map_text=map_text,
        entries={
            "units": [],
            "roles": entries["roles"],
            "responsibilities": entries["responsibilities"],
            "assignments": entries.get("assignments", []),
        },
        duties=recorded_duties(reading, entries),
    )
    return record_path(out, import_name([file])), record.text()


def _ids(declared: Declared, section: str) -> list[str]:
    """The ids of a section in document order."""
    return [str(entry["id"]) for document in declared.files.documents for entry in document.data.get(section) or ()]


def _duty(data: Mapping[str, Any], id_: str, notes: list[str]) -> ExportedDuty:
    entry = data["responsibilities"][id_]
    limits: dict[str, dict[str, list[str]]] = {}
    for code, assignments in data["links"]["assignments"].get(id_, {}).items():
        for each in assignments:
            assignment = data["assignments"][each]
            role = assignment["role"]
            if role in data["roles"] and current(assignment, data["as_of"]):
                limits.setdefault(role, {}).setdefault(code, []).append(_limits(assignment, entry))
    cells = {role: "/".join(_letter(code, codes[code], notes) for code in LETTERS if code in codes)
             for role, codes in limits.items()}  # fmt: skip
    return ExportedDuty(id=id_, statement=entry["statement"], group=entry.get("group", ""), cells=cells)


def _letter(code: str, limits: Sequence[str], notes: list[str]) -> str:
    """The letter with the marks of what it is limited to; without, if it also holds for all."""
    if not all(limits):
        return code
    for note in limits:
        if note not in notes:
            notes.append(note)
    return code + "".join(f" ({number})" for number in sorted({notes.index(note) + 1 for note in limits}))


def _limits(assignment: Mapping[str, Any], duty: Mapping[str, Any]) -> str:
    """What an assignment is limited to, in words; empty if to nothing."""
    scope = assignment["scope"] if assignment["scope"] != duty["scope"] else {}
    return limits_text(
        {
            "scope": {kind: scope[kind] for kind in ("units", "vectors") if scope.get(kind)},
            "from": assignment["from"] if assignment["from"] != FIRST_DAY else "",
            "to": assignment["to"] if assignment["to"] != LAST_DAY else "",
            "overrides": assignment.get("overrides", False),
        }
    )


def _titles(roles: Mapping[str, Any], used: list[str]) -> dict[str, str]:
    """The title of each role, with its id behind it where another one has the same."""
    titles = {role: str(roles[role]["title"]) for role in used}
    counts = Counter(folded(title) for title in titles.values())
    return {role: f"{title} ({role})" if counts[folded(title)] > 1 else title for role, title in titles.items()}
