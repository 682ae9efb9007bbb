"""One run as OSCAL names it: UUIDs from content, tokens, times, and text that is no markup."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

from uts_policy.model.answers import Scorecard
from uts_policy.model.evidence import Population
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report

NAMESPACE = uuid5(NAMESPACE_OID, "uts-policy OSCAL")
"""Under which every UUID of ours is made."""
NS = "urn:uts-policy:oscal"
"""The namespace of our properties."""
VERSION = "1.2.1"
"""Of OSCAL."""
_MARKUP = re.compile(r"[\\`*_~^<\[\]{}]")


def uuid(*parts: str) -> str:
    """A UUID of version 5 from what names the thing: the same parts always give the same."""
    return str(uuid5(NAMESPACE, json.dumps(parts)))


def token(kind: str, name: str) -> str:
    """An OSCAL token for one of ours: no two rules (`category/name`), questions or categories get the same."""
    return f"{kind}-{name.replace('/', '.')}"


def moment(day: str, *, last: bool = False) -> str:
    """A full date as the OSCAL time at which it begins or, with `last`, as its last second. UTC."""
    return f"{day}T{'23:59:59' if last else '00:00:00'}Z"


def plain(text: str) -> str:
    """Text as OSCAL's strings want it: one line, nothing that cannot be printed, never empty."""
    joined = " ".join(text.split())
    return "".join(each if each.isprintable() else "\ufffd" for each in joined) or "-"


def prose(text: str) -> str:
    """Text of users where OSCAL expects Markdown: one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\g<0>", plain(text))


def href(path: str) -> str:
    """A path in the bag as a reference from `oscal/`. All but letters, digits and `/-._~` is percent-encoded."""
    return f"../{quote(path.encode('utf-8', 'surrogatepass'), safe='/')}"


def encoded(root: str, body: Mapping[str, Any]) -> bytes:
    """A document, whose UUID is that of its content: what is changed is another. Two spaces, a line end."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    document = {root: {"uuid": uuid(root, digest), **body}}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


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
