"""The page of a report: what stands on it, from the report alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from uts_policy.common.fields import sections
from uts_policy.common.tabulation import reported_matrix
from uts_policy.common.words import noun, number
from uts_policy.model.report import Report, Verdict
from uts_policy.model.rule import Level
from uts_policy.render.common.fold import causes
from uts_policy.render.common.summary import FACTS, OUTCOMES, fact_rows, grouped, outcome_rows, passed_over
from uts_policy.render.html.dates import timeline
from uts_policy.render.html.environment import rendered
from uts_policy.render.html.findings import STATES, busiest, by_owner, by_rule, top_causes
from uts_policy.render.html.units import chart, tree
from uts_policy.render.matrix.html import KINDS, MatrixSheet, sheet

TOP = 5
"""How many causes the first screen shows."""
BUSIEST = 8
"""How many owners the first screen shows."""
_NONE: Mapping[str, str] = MappingProxyType({})
_SHOWN = ("responsibilities", "roles", "units", "people", "authorities", "delegations", "directives", "incident_lines")
"""The sections that everybody counts first, in this order; the others follow in that of the corpus."""


def page(report: Report, digests: Mapping[str, str] = _NONE) -> str:
    """The whole page. `digests` are further ones for the first screen, by name: those of a bag's `results/`, say.

    The same report and digests give the same bytes.
    """
    groups = by_rule(report)
    owners = by_owner(report, groups)
    return rendered(
        "report.html",
        {
            "report": report,
            "title": report.organisation or "Who answers for what",
            "standing": _standing(report),
            "verdict": _verdict(report),
            "stamp": _stamp(report),
            "tone": _tone(report),
            "groups": groups,
            "owners": owners,
            "busiest": busiest(owners, BUSIEST),
            "chart": chart(report, groups),
            "causes": top_causes(report, groups, TOP),
            "cause_count": len(causes(report.findings)),
            "states": _present(STATES, {item.state for group in groups for item in group.items}),
            "levels": _present(Level, {item.finding.level for group in groups for item in group.items}),
            "digests": _digests(report) | dict(digests),
            "sections": tuple(_sections(report)),
            "not_assessed": tuple(grouped(report)),
            "outcomes": tuple(outcome_rows(report)),
            "outcome_heads": OUTCOMES,
            "facts": tuple(fact_rows(report)),
            "fact_heads": FACTS,
            "passed_over": tuple(passed_over(report.ignored)),
            "sheet": _sheet(report),
            "kinds": KINDS,
            "tree": tree(report, groups),
            "timeline": None if report.corpus is None else timeline(report.corpus, report.views),
        },
    )


def _sheet(report: Report) -> MatrixSheet | None:
    matrix = reported_matrix(report)
    if matrix is None or report.corpus is None:
        return None
    return sheet(matrix, {id_: unit["name"] for id_, unit in report.corpus.data["units"].items()})


def _present(words: Iterable[str], found: Collection[str]) -> tuple[str, ...]:
    """The words that occur, in their own order: a filter offers no other."""
    return tuple(str(word) for word in words if word in found)


def _standing(report: Report) -> str:
    """How things stand, in a sentence or two: errors, and duties that nobody answers for."""
    if not report.evaluated:
        return (
            "No rule was evaluated." if report.findings else "The declarations are well formed. No rule was evaluated."
        )
    counts = ((report.counts.error, "error"), (report.counts.warning, "warning"), (report.counts.note, "note"))
    nothing = "No finding that counts" if report.evaluated else "Nothing is wrong with their form"
    worst = next((number(count, level) for count, level in counts if count), nothing)
    return f"{worst}. {_unanswered(report)}".strip()


def _unanswered(report: Report) -> str:
    said = report.views.get("unanswered")
    if said is None or report.corpus is None or not report.corpus.data["responsibilities"]:
        return ""
    open_, silent = said["unanswered"], said["not_stated"]
    critical = sum(each["criticality"] == "critical" for each in open_.values())
    if critical:
        return f"Nobody answers for {critical} critical {noun('responsibilities', critical, short=True)}."
    if open_:
        return f"Nobody answers for {len(open_)} {noun('responsibilities', len(open_), short=True)}."
    if silent:
        duties = f"{len(silent)} {noun('responsibilities', len(silent), short=True)}"
        return f"Of {duties} it is not stated who holds the role that answers."
    return "No duty is unanswered."


def _stamp(report: Report) -> str:
    """The verdict in a word. A run that cannot fail has none: it reports."""
    if report.verdict is Verdict.PASS and report.threshold is None:
        return "Reported"
    return "Pass" if report.verdict is Verdict.PASS else "Fail"


def _verdict(report: Report) -> str:
    """The sentence that says what the verdict rests on."""
    if not report.evaluated:
        form = "cannot be read, or are not valid" if report.findings else "are well formed"
        return f"The declarations {form}. No rule was evaluated."
    if report.threshold is None:
        return "Findings do not change the verdict of this run (fail on: never)."
    failing = [finding for finding in report.findings if report.fails(finding)]
    kind = "error" if report.threshold is Level.ERROR else "finding"
    above = "" if kind == "error" else f" of level {report.threshold.value} or above"
    if not failing:
        return f"No {kind}{above}{_quiet(report)}."
    return f"{number(len(failing), kind)}{above}, from {number(len(causes(failing)), 'cause')}."


def _quiet(report: Report) -> str:
    """That there are findings which do not count, where there are: a pass rests on them too."""
    known = f"{report.counts.known} known from before" if report.counts.known else ""
    waived = f"{report.counts.waived} waived" if report.counts.waived else ""
    told = " and ".join(each for each in (known, waived) if each)
    return f" that counts; {told}" if told else ""


def _tone(report: Report) -> str:
    """Green is for what would have failed if something were wrong, and not for a run that could not fail."""
    if report.verdict is Verdict.FAIL:
        return "fail"
    return "pass" if report.evaluated and report.threshold is not None else "neutral"


def _digests(report: Report) -> dict[str, str]:
    digests = report.digests
    return {
        "inputs": digests.inputs,
        "policies": digests.policies,
        "schemas": digests.schemas,
        "config": digests.config,
    }


def _sections(report: Report) -> Iterator[str]:
    """`54 roles`, for each section that has entries."""
    if report.corpus is None:
        return
    for section in dict.fromkeys((*_SHOWN, *sections())):
        count = len(report.corpus.data[section])
        if count:
            yield f"{count:,} {noun(section, count)}"
