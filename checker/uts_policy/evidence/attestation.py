"""What is signed about a bag: in-toto's test result."""

from uts_policy.evidence.dsse import statement
from uts_policy.evidence.tables import rules_by_outcome
from uts_policy.model.report import Report, Verdict


def attestation(report: Report, digest: str, *, configuration: str) -> bytes:
    """The Statement. `digest` is the bag's, `configuration` that of `config/effective.json`.

    A rule that was not assessed is in none of the three lists: the lists cannot say it, and the bag does.
    """
    outcomes = list(rules_by_outcome(report))
    lists = {word: [rule for rule, outcome in outcomes if outcome == word] for word in ("passed", "warned", "failed")}
    result = "FAILED" if report.verdict is not Verdict.PASS else "WARNED" if lists["warned"] else "PASSED"
    return statement(
        digest,
        {
            "result": result,
            "configuration": [
                {"name": "data/config/effective.json", "digest": {"sha256": configuration}},
                {"name": "rule set", "digest": {"sha256": report.digests.policies}},
            ],
            "passedTests": lists["passed"],
            "warnedTests": lists["warned"],
            "failedTests": lists["failed"],
        },
    )
