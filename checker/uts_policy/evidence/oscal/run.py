"""What every document of one run draws from, and the pieces that they share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from uts_policy.evidence.oscal.names import NS, VERSION, moment, plain, uuid
from uts_policy.model.evidence import Population
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.scorecard import Scorecard

Part = dict[str, Any]
"""A JSON object of OSCAL's."""

CATALOG = "catalog.json"
PROFILE = "profile.json"
SECURITY_PLAN = "system-security-plan.json"
ASSESSMENT_PLAN = "assessment-plan.json"
RESULTS = "assessment-results.json"
POAM = "poam.json"

TOOL = uuid("component", "tool")
ENGINE = uuid("component", "engine")
PLATFORM = uuid("assessment-platform")
SYSTEM = uuid("component", "declarations")
"""The system that is assessed: the declarations themselves."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One check. `names` are the paths below `inputs/` of files that are not there under their own."""

    report: Report
    populations: Mapping[str, Population]
    scorecard: Scorecard | None
    names: Mapping[str, str]
    seed: str
    organisation: str

    @property
    def now(self) -> str:
        """The time of everything: the as-of date at midnight, so that the same check gives the same bytes."""
        return moment(self.report.as_of)

    def uuid(self, *parts: str) -> str:
        """The UUID of something that this run alone says."""
        return uuid(self.seed, *parts)

    def lasting(self, *parts: str) -> str:
        """The UUID of something that a later run may speak of again, and then calls the same."""
        return uuid(self.organisation, *parts)

    def input(self, file: str) -> str:
        """Where in the bag a file of the report lies."""
        return f"inputs/{self.names.get(file, file)}"

    @cached_property
    def assessed(self) -> frozenset[str]:
        """The rules that were judged. One that found something was, whatever else is said of it."""
        judged = {rule for rule, each in self.populations.items() if each.not_assessed is None}
        return frozenset(judged | {finding.rule for finding in self.report.findings})

    def open(self) -> Iterable[Finding]:
        """The findings that no waiver excuses, those known from before among them."""
        return (finding for finding in self.report.findings if finding.waiver is None)


def run_of(
    report: Report, populations: Sequence[Population], scorecard: Scorecard | None, names: Mapping[str, str]
) -> Run:
    """The same things in the order in which they are needed.

    The organisation is known by its topmost units: a rule's finding on an entry of the same id in another one is not
    the same risk.
    """
    digests, engine = report.digests, report.engine
    seed = (report.tool_version, engine.name, engine.version, report.as_of)
    units = {} if report.corpus is None else report.corpus.data["units"]
    return Run(
        report=report,
        populations={each.rule: each for each in populations},
        scorecard=scorecard,
        names=names,
        seed=uuid(*seed, digests.inputs, digests.policies, digests.schemas, digests.config),
        organisation=uuid("organisation", *sorted(id_ for id_, unit in units.items() if not unit.get("parent"))),
    )


def metadata(run: Run, title: str, **more: object) -> Part:
    """The head of a document."""
    stated = {"title": title, "last-modified": run.now, "version": run.report.as_of, "oscal-version": VERSION}
    return without_empty({**stated, **more})


def prop(name: str, value: object, **more: object) -> Part:
    """A property in our namespace."""
    return {"name": name, "ns": NS, "value": plain(str(value)), **more}


def props(**values: object) -> list[Part]:
    """Properties by name, `_` for `-`; without those that are None or empty text."""
    return [prop(name.replace("_", "-"), value) for name, value in values.items() if value is not None and value != ""]


def without_empty(part: Mapping[str, Any]) -> Part:
    """An object without keys that hold nothing: OSCAL has no empty lists."""
    return {key: value for key, value in part.items() if value not in (None, "", [], ())}


def origins() -> list[Part]:
    """Who says so: the tool."""
    return [{"actors": [{"type": "tool", "actor-uuid": TOOL}]}]


def assessment_assets(run: Run) -> Part:
    """What the assessment was done with."""
    report = run.report
    components = [_software(TOOL, "uts-policy", report.tool_version, "Judges declarations by rules.")]
    if report.engine.version:
        components.append(_software(ENGINE, report.engine.name, report.engine.version, "Evaluates the rules."))
    platform = {
        "uuid": PLATFORM,
        "title": "uts-policy",
        "uses-components": [{"component-uuid": each["uuid"]} for each in components],
    }
    return {"components": components, "assessment-platforms": [platform]}


def _software(component: str, title: str, version: str, description: str) -> Part:
    return {
        "uuid": component,
        "type": "software",
        "title": title,
        "description": description,
        "props": [{"name": "version", "value": plain(version)}],
        "status": {"state": "operational"},
    }
