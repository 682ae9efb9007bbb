"""All documents of a check, by their path in the bag."""

from collections.abc import Mapping, Sequence

from uts_policy.evidence.oscal.plans import assessment_plan, catalog, profile, security_plan
from uts_policy.evidence.oscal.poam import plan_of_action
from uts_policy.evidence.oscal.results import assessment_results
from uts_policy.evidence.oscal.run import ASSESSMENT_PLAN, CATALOG, POAM, PROFILE, RESULTS, SECURITY_PLAN, run_of
from uts_policy.model.evidence import Population
from uts_policy.model.report import Report
from uts_policy.model.scorecard import Scorecard


def oscal_files(
    report: Report,
    populations: Sequence[Population],
    scorecard: Scorecard | None = None,
    names: Mapping[str, str] | None = None,
) -> Mapping[str, bytes]:
    """Every file below `oscal/`, sorted by path: the same bytes for the same arguments.

    `names` are the paths below `inputs/` of those files of the report that the bag has under another name. Where
    nothing is open there is no `poam.json`: OSCAL knows no empty plan, and an item that says so would count as open.
    """
    run = run_of(report, populations, scorecard, names or {})
    files = {
        CATALOG: catalog(run),
        PROFILE: profile(run),
        SECURITY_PLAN: security_plan(run),
        ASSESSMENT_PLAN: assessment_plan(run),
        RESULTS: assessment_results(run),
    }
    findings = tuple(run.open())
    if findings:
        files[POAM] = plan_of_action(run, findings)
    return {f"oscal/{name}": files[name] for name in sorted(files)}
