"""The matrix of a report: from the corpus that the rules saw and what they found, with no further question."""

from uts_policy.common.tabulation import DOUBLES, GAPS, RULES, VACANT, Judged, MatrixQuestion, tabulated
from uts_policy.model.matrix import Matrix
from uts_policy.model.report import Report
from uts_policy.render.matrix.from_report import InForce


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
    judged = Judged(
        owners=in_force.owners(),
        unsound=in_force.unsound(),
        gaps=frozenset().union(*(found.get(rule, ()) for rule in GAPS)),
        doubles=frozenset(found.get(DOUBLES, ())),
        vacant=frozenset(in_force.unheld() if VACANT in report.evaluated else ()),
        unjudged=tuple(rule for rule in RULES if rule not in report.evaluated),
    )
    return tabulated(data, judged, MatrixQuestion())
