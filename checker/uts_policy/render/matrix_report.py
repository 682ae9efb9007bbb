"""The matrix of a report: from the corpus that the rules saw and what they found, with no further question."""

from collections.abc import Mapping
from typing import Any

from uts_policy.model.finding import Finding
from uts_policy.model.matrix import LETTERS, Matrix, MatrixRow, block_of
from uts_policy.model.report import Report

_GAPS = frozenset({"ownership/unassigned", "ownership/scope-gap"})
_DOUBLE = "ownership/multiple-accountable"
_VACANT = "staffing/vacant"


def matrix_of(report: Report) -> Matrix | None:
    """The matrix that goes with a report; None where no rule was evaluated.

    Letters are those of assignments in force to living roles. The marks are the findings, waived ones too: a rule that
    was not evaluated marks nothing. What an override has replaced is not worked out here; `uts-policy matrix` asks.
    """
    if report.corpus is None:
        return None
    data = report.corpus.data
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, set()).add(_id(finding))
    living = frozenset(role for role, entry in data["roles"].items() if _living(entry, data["as_of"]))
    gaps = set().union(*(found.get(rule, set()) for rule in _GAPS))
    rows = [
        _row(data, duty, living, gap=duty in gaps, double=duty in found.get(_DOUBLE, set()))
        for duty, entry in data["responsibilities"].items()
        if entry["status"] == "active"
    ]
    return Matrix(as_of=report.as_of, blocks=(block_of(data["roles"], rows, found.get(_VACANT, set())),))


def _row(data: Mapping[str, Any], duty: str, living: frozenset[str], *, gap: bool, double: bool) -> MatrixRow:
    entry = data["responsibilities"][duty]
    held: Mapping[str, list[str]] = data["links"]["assignments"].get(duty, {})
    cells: dict[str, str] = {}
    for code in LETTERS:
        whole: dict[str, bool] = {}
        for each in held.get(code, ()):
            given = data["assignments"][each]
            if given["role"] in living and _current(given, data):
                whole[given["role"]] = whole.get(given["role"], False) or given["scope"] == entry["scope"]
        for role, all_of_it in sorted(whole.items()):
            cells[role] = cells.get(role, "") + (code if all_of_it else code.lower())
    words = {given["role"] for each in held.get("A", ()) if _current(given := data["assignments"][each], data)} - living
    return MatrixRow(
        id=duty,
        statement=entry["statement"],
        criticality=entry["criticality"],
        cells=cells,
        gap=gap,
        double=double,
        unsound=tuple(sorted(words)),
    )


def _living(role: Mapping[str, Any], as_of: str) -> bool:
    ended = role.get("abolished_on")
    return bool(as_of < ended if ended else role["status"] == "active")


def _current(entry: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    return bool(entry["from"] <= data["as_of"] <= entry["to"])


def _id(finding: Finding) -> str:
    return finding.entry.partition("/")[2]
