"""Every entry of an organisation renamed, one at a time: findings, identities and waivers have to stay as they were.

`python -m tests.every_rename DIR AS_OF [N]` renames every unit, person, role and duty that DIR/declarations declares
(DIR itself, without such a directory), or N of them at random, in one process, and writes nothing below DIR.
`python -m tests.every_rename random N` does the same with N random organisations: all sections, five entries each.
"""

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from uts_policy.common.former_names import entries_of
from uts_policy.common.renaming import Renaming
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.load.read import to_source
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.rule import Profile
from uts_policy.pipeline.base import Base
from uts_policy.pipeline.check import _report
from uts_policy.pipeline.comparison import compare
from uts_policy.pipeline.inputs import read_declarations, read_policies, read_settings
from uts_policy.pipeline.move import MovedEntry, move
from uts_policy.pipeline.prepare import side_of
from uts_policy.pipeline.repair import _again
from uts_policy.pipeline.request import Policies, Request, Side

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
USUAL = ("units", "people", "roles", "responsibilities")
WITH_IDS = (
    *USUAL,
    *("authorities", "delegations", "directives", "obligations", "vectors", "training", "incidents", "incident_lines"),
    *("assessments", "vulnerabilities", "actions", "recommendations", "waivers"),
)


@dataclass(frozen=True)
class Organisation:
    """Declarations that were checked once."""

    request: Request
    policies: Policies
    engine: EmbeddedEngine
    side: Side
    evaluation: Evaluation
    report: Report

    def renamed(self, moved: MovedEntry) -> Side:
        """What would be read after a rename."""
        sources = {each.name: to_source(each.name, each.after) for each in moved.files}
        return side_of(self.request, self.policies, _again(self.request, self.side.declared, sources), None)


def checked(folder: Path, as_of: str) -> Organisation:
    """The organisation below `folder`, by every rule."""
    configuration = read_settings(None, folder)
    inside = folder / "declarations"
    settings = replace(configuration.settings, profile=Profile.STRICT, root=folder)
    request = Request(
        settings=settings,
        config=configuration.document,
        config_source=configuration.source,
        as_of=as_of,
        paths=(inside if inside.is_dir() else folder,),
    )
    policies, engine = read_policies(settings), EmbeddedEngine(timeout=300)
    side = side_of(request, policies, read_declarations(request), None)
    assert side.prepared is not None, side.problems
    evaluation = engine.evaluate(side.prepared.corpus, policies.rule_set)
    report = _report(side, side.prepared, evaluation, frozenset())
    return Organisation(request, policies, engine, side, evaluation, report)


def entries(organisation: Organisation, sections: Sequence[str] = USUAL) -> list[str]:
    """`section/id` of what can be renamed."""
    assert organisation.side.prepared is not None
    data = organisation.side.prepared.corpus.data
    return [f"{section}/{id_}" for section in sections for id_ in data[section]]


def differences(organisation: Organisation, entry: str, new: str) -> Iterator[str]:
    """What a rename changes besides the id: nothing, if all is well."""
    moved = move(organisation.request, organisation.policies, entry, new)
    head = organisation.renamed(moved)
    if head.prepared is None or organisation.side.prepared is None:
        yield f"invalid: {head.problems[0].message}"
        return
    evaluation = organisation.engine.evaluate(head.prepared.corpus, organisation.policies.rule_set)
    report = _report(head, head.prepared, evaluation, frozenset())
    section, _, old = entry.partition("/")
    renaming = Renaming({section: {old: new}}, entries_of(organisation.side.prepared.corpus.data))
    wanted = {_facts(each, renaming) for each in organisation.report.findings}
    got = {_facts(each, None) for each in report.findings}
    yield from (f"gone: {each}" for each in sorted(wanted - got))
    yield from (f"new: {each}" for each in sorted(got - wanted))
    comparison = compare(
        head, evaluation, Base(side=organisation.side, notices=(), settings=None), _Known(organisation)
    )
    fresh = {each.identity for each in report.findings if each.waiver is None} - (comparison.known - comparison.taken)
    yield from (f"not known: {each}" for each in sorted(fresh))
    yield from (f"weakens: {each.violation.message}" for each in comparison.compared.weakenings)


@dataclass(frozen=True)
class _Known:
    """An engine that was asked about the base before."""

    organisation: Organisation

    def evaluate(self, *_: object) -> Evaluation:
        return self.organisation.evaluation


def _facts(finding: Finding, renaming: Renaming | None) -> tuple[str, ...]:
    entry, key = finding.entry, finding.key
    if renaming is not None:
        entry, key = renaming.entry(entry), renaming.key(key)
    waiver = "" if finding.waiver is None else finding.waiver.id
    return finding.rule, entry, key, finding.identity, finding.level.value, waiver


def written(seed: int, folder: Path) -> Organisation:
    """A random organisation."""
    from tests.oracle.compare import random_case

    case = random_case(seed)
    (folder / "declarations").mkdir(parents=True)
    for name, text in case.files.items():
        (folder / "declarations" / name).write_text(text, encoding="utf-8")
    return checked(folder, case.as_of)


def told(organisation: Organisation, chosen: Sequence[str]) -> int:
    """Renames each, and prints what is not as it was. How many were not."""
    wrong = 0
    for number, entry in enumerate(chosen, start=1):
        if number % 100 == 0:
            print(f"{number} of {len(chosen)} renamed", flush=True)  # noqa: T201 - a command
        found = list(differences(organisation, entry, "an-id-that-is-new"))
        wrong += bool(found)
        for each in found:
            print(f"{entry}: {each}", flush=True)  # noqa: T201 - a command
    return wrong


def run(arguments: Sequence[str]) -> int:
    """Does what the arguments say; 1 where a rename changed more than an id."""
    if arguments[0] == "random":
        wrong = 0
        for seed in range(int(arguments[1])):
            with tempfile.TemporaryDirectory() as folder:
                organisation = written(seed, Path(folder))
                every = entries(organisation, WITH_IDS)
                some = random.Random(seed).sample(every, min(5, len(every)))  # noqa: S311 - a sample
                print(f"seed {seed}: {len(some)} of {len(every)}", flush=True)  # noqa: T201 - a command
                wrong += told(organisation, some)
        return bool(wrong)
    organisation = checked(Path(arguments[0]), arguments[1])
    every = entries(organisation)
    if len(arguments) > 2:
        every = random.Random(0).sample(every, int(arguments[2]))  # noqa: S311 - a sample
    wrong = told(organisation, every)
    print(f"{len(every)} renamed, {wrong} wrong; {len(organisation.report.findings)} findings")  # noqa: T201 - a command
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
