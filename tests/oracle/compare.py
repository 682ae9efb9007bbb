"""Compares the checker with the oracle on random corpora: `python -m tests.oracle.compare N [FIRST_SEED]`.

Everything but the evaluation goes through the pipeline as a command would; evaluations share a worker, for starting one
and compiling all rules takes longer than a small corpus does.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.generate.declarations import random_declarations
from tests.generate.emit import dump, dump_files
from tests.generate.pools import AS_OFS, seeded
from tests.generate.repair import repair
from tests.oracle.catalogue import RULES, UNUSED, Verdict, verdict
from tests.oracle.in_force import FACTS, PARAMETERS
from uts_policy.engine.embedded import policies as policy_frames
from uts_policy.engine.result import RESULT, read_result
from uts_policy.engine.worker_process import converse
from uts_policy.judge.report import Assessment, report_assessed
from uts_policy.load.configuration import settings_from
from uts_policy.load.files import LoadedFiles
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.model.errors import UtsPolicyError
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.rule import Level
from uts_policy.pipeline import inputs, prepare
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request
from uts_policy.schema.validate import schema_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from tests.generate.repair import Declarations

BATCH = 100
"""Corpora for one worker."""

LIMIT = 120.0
ENGINE = EngineInfo(name="embedded", version="compared")


@dataclass(frozen=True)
class Case:
    """One corpus, as declarations and as the files they were written to, and what its organisation says is complete."""

    name: str
    as_of: str
    declarations: Declarations
    files: dict[str, str]
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    complete: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What only one side says about a rule. Each item is an entry and key, an entry not judged, or a sentence."""

    rule: str
    expected: tuple[str, ...]
    got: tuple[str, ...]


def random_case(seed: int) -> Case:
    """The corpus of that seed: in one file or several, on one of the dates that corpora are made for."""
    rng = seeded(seed)
    as_of = AS_OFS[0] if rng.random() < 0.7 else rng.choice(AS_OFS)
    declarations = random_declarations(rng, as_of)
    if seed % 9 == 0:
        declarations = repair(_with_bodies(declarations, rng))
    files = dump_files(declarations, rng) if rng.random() < 0.3 else {"all.yaml": dump(declarations, rng)}
    parameters = _random_parameters(rng) if rng.random() < 0.2 else {}
    return Case(
        name=f"seed {seed}",
        as_of=as_of,
        declarations=declarations,
        files=files,
        parameters=parameters,
        complete=_random_facts(rng),
    )


def _random_facts(rng: Random) -> tuple[str, ...]:
    """Facts that are complete: none, some, or all."""
    draw = rng.random()
    if draw < 0.4:
        return ()
    return ("all",) if draw < 0.6 else tuple(rng.sample(FACTS, rng.randint(1, len(FACTS) - 1)))


def _with_bodies(declarations: Declarations, rng: Random) -> Declarations:
    """The same, with bodies that are accountable and have no holders of their own, in units with chairs of any kind."""
    made = deepcopy(declarations)
    roles = {role["id"]: role for role in made.get("roles", ())}
    units = {unit["id"]: unit for unit in made.get("units", ())}
    written = [duty.get("accountable") for duty in made.get("responsibilities", ())]
    named = {one for each in written for one in (each if isinstance(each, list) else [each])} & roles.keys()
    for name in rng.sample(sorted(named), min(3, len(named))):
        roles[name]["collective"] = True
        for field_ in ("holders", "vacancy", "everyone"):
            roles[name].pop(field_, None)
        if rng.random() < 0.4:
            roles[name]["holders"] = []
        if rng.random() < 0.4:
            roles[name]["chair"] = rng.choice([*roles, "TBD", "ghost"])
        if roles[name]["unit"] in units and rng.random() < 0.8:
            units[roles[name]["unit"]]["chair"] = rng.choice([*roles, "TBD", "ghost"])
    return made


def _random_parameters(rng: Random) -> dict[str, dict[str, Any]]:
    """Other values than the defaults for some rules: near them, or small."""

    def other(value: Any) -> Any:
        if isinstance(value, list):
            return [*rng.sample(value, min(4, len(value))), "nobody"]
        if isinstance(value, str):
            return rng.choice(("commit-funds", "no-such-authority"))
        return rng.choice((max(1, value - 1), value + 1, 1, 2))

    return {
        rule: {name: other(value) for name, value in parameters.items()}
        for rule, parameters in PARAMETERS.items()
        if rng.random() < 0.4
    }


def _simpler(case: Case, declarations: Declarations) -> Case:
    """The same case with other declarations, in one file."""
    return replace(case, declarations=declarations, files={"all.yaml": dump(declarations)})


class Checker:
    """The checker's side: the whole pipeline in process, many corpora at a time. With `only`, that one rule."""

    def __init__(self, only: str = "", policies: Policies | None = None) -> None:
        self.settings = settings_from({}, root=Path("/"))
        self.policies = policies or inputs.read_policies(self.settings)
        # Not by profile strict: there every fact would be complete.
        every = tuple((rule.id, rule.level) for rule in self.policies.catalogue if not rule.fixed)
        self.settings = replace(self.settings, levels=(("*", None), (only, Level.ERROR)) if only else every)
        self.known = frozenset(rule.id for rule in self.policies.catalogue)
        self.rules = self.known & {*RULES, UNUSED}
        if only:
            self.rules &= {only}
        digest = json.dumps({"uts_ruleset": {"digest": self.policies.rule_set.digest}})
        self.frames = [*policy_frames(self.policies.rule_set.files), ("data", digest)]

    def verdicts(self, cases: Sequence[Case]) -> list[Verdict | str]:
        """What the checker says of each case; a sentence where it reaches no verdict."""
        said: list[Verdict | str] = ["not evaluated"] * len(cases)
        ready = []
        for number, case in enumerate(cases):
            parameters = {rule: one for rule, one in case.parameters.items() if rule in self.known}
            settings = replace(self.settings, rules=parameters, complete=case.complete)
            request = Request(settings=settings, config=None, as_of=case.as_of)
            try:
                declared = _declared(case)
                prepared = prepare.prepare(request, self.policies, declared)
            except UtsPolicyError as error:
                said[number] = error.message
                continue
            if isinstance(prepared, Prepared):
                ready.append((number, prepared, prepare.facts_of(request, self.policies, declared)))
            else:
                said[number] = "; ".join(f"{one.rule}: {one.message}" for one in prepared)
        frames = list(self.frames)
        for _, prepared, _ in ready:
            frames += [("input", json.dumps(prepared.corpus.data)), ("query", RESULT)]
        for (number, prepared, facts), answer in zip(ready, converse(frames, timeout=LIMIT), strict=True):
            try:
                said[number] = self._judged(prepared, facts, answer)
            except UtsPolicyError as error:
                said[number] = error.message
        return said

    def _judged(self, prepared: Prepared, facts: Any, answer: Any) -> Verdict | str:
        if not answer.ok:
            return str(answer.text)
        evaluation = read_result(
            json.loads(answer.text)["result"][0]["expressions"][0]["value"],
            asked=frozenset(prepared.corpus.data["rules"]),
            rule_set=self.policies.rule_set,
            engine=ENGINE,
        )
        assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
        report = report_assessed(facts, assessment)
        return Verdict(
            findings=frozenset((one.rule, one.entry, one.key) for one in report.findings),
            not_assessed=frozenset(one.rule for one in report.not_assessed),
            not_judged=frozenset((rule, entry) for rule, entries in report.not_judged.items() for entry in entries),
        )


def _declared(case: Case) -> Declared:
    sources = {name: to_source(name, text.encode()) for name, text in case.files.items()}
    loaded = [parse(source) for source in sources.values() if isinstance(source, Source)]
    documents = tuple(document for one in loaded for document in one.documents)
    problems = tuple(problem for one in loaded for problem in one.problems)
    known = {name: source for name, source in sources.items() if isinstance(source, Source)}
    files = LoadedFiles(sources=known, documents=documents, problems=problems, ignored={})
    return Declared(files=files, problems=(*problems, *schema_problems(documents, known)))


def differences(case: Case, said: Verdict | str, rules: frozenset[str]) -> Iterator[Difference]:
    """Where the checker and the oracle disagree, rule by rule."""
    if isinstance(said, str):
        yield Difference(rule="(no verdict)", expected=(), got=(said,))
        return
    expected = verdict(case.declarations, case.as_of, case.parameters, case.complete)
    for rule in sorted(rules):
        ours, theirs = _of(expected, rule), _of(said, rule)
        if ours != theirs:
            yield Difference(rule=rule, expected=tuple(sorted(ours - theirs)), got=tuple(sorted(theirs - ours)))


def _of(said: Verdict, rule: str) -> set[str]:
    """What is said about one rule: a rule that is not assessed has no findings, but entries that it could not judge."""
    found = {f"{entry}  key {key!r}" for name, entry, key in said.findings if name == rule}
    found |= {f"{entry}  not judged" for name, entry in said.not_judged if name == rule}
    return found | ({"not assessed"} if rule in said.not_assessed else set())


def smallest(checker: Checker, case: Case, rule: str) -> tuple[Case, Difference]:
    """The case with everything taken away that the difference in `rule` does not need."""
    alone = Checker(rule, checker.policies) if rule in RULES else checker
    found = _in_rule(alone, [case], rule)[0]
    if found is None:
        alone = checker
        found = _in_rule(alone, [case], rule)[0]
    assert found is not None
    case, changed = _simpler(case, case.declarations), True
    while changed:
        changed = False
        candidates = [_simpler(case, one) for one in _smaller(case.declarations)]
        for start in range(0, len(candidates), BATCH):
            some = candidates[start : start + BATCH]
            hits = [
                (one, hit) for one, hit in zip(some, _in_rule(alone, some, rule), strict=True) if _alike(hit, found)
            ]
            if hits:
                (case, found), changed = hits[0], True
                break
    return case, found


def _alike(one: Difference | None, other: Difference) -> bool:
    """A difference for the same reason: where there was no verdict, with words that begin alike."""
    return one is not None and (
        one.rule in RULES or [said[:30] for said in one.got] == [said[:30] for said in other.got]
    )


def _in_rule(checker: Checker, cases: Sequence[Case], rule: str) -> list[Difference | None]:
    return [
        next((one for one in differences(case, said, checker.rules) if one.rule == rule), None)
        for case, said in zip(cases, checker.verdicts(cases), strict=True)
    ]


def _smaller(declarations: Declarations) -> Iterator[Declarations]:
    """Each section, then entry, then field, then item of a list taken away, one at a time."""
    for section in declarations:
        if len(declarations) > 1:
            yield {name: entries for name, entries in declarations.items() if name != section}
    for section, entries in declarations.items():
        for number in range(len(entries)):
            if len(entries) > 1:
                yield declarations | {section: entries[:number] + entries[number + 1 :]}
    for section, entries in declarations.items():
        for number, entry in enumerate(entries):
            for less in _less(entry):
                yield declarations | {section: [*entries[:number], less, *entries[number + 1 :]]}


NEEDED = frozenset({"id", "name", "title", "statement", "text", "date", "unit", "code", "role"})


def _less(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in NEEDED:
                yield {name: kept for name, kept in value.items() if name != key}
            yield from (value | {key: less} for less in _less(one))
    elif isinstance(value, list) and len(value) > 1:
        for number, one in enumerate(value):
            yield value[:number] + value[number + 1 :]
            yield from ([*value[:number], less, *value[number + 1 :]] for less in _less(one))


def compare(checker: Checker, seeds: range) -> tuple[int, Counter[str], dict[str, tuple[Case, int]]]:
    """How many findings and entries not judged were compared, in how many corpora each rule spoke, and what differs.

    By rule, a case that differs and the number of cases that do.
    """
    compared = 0
    spoke: Counter[str] = Counter()
    differing: dict[str, tuple[Case, int]] = {}
    for start in range(seeds.start, seeds.stop, BATCH):
        cases = [random_case(seed) for seed in seeds[start - seeds.start : start - seeds.start + BATCH]]
        for case, said in zip(cases, checker.verdicts(cases), strict=True):
            if isinstance(said, Verdict):
                compared += len(said.findings) + len(said.not_judged)
                spoke.update({rule for rule, _, _ in said.findings})
            for one in differences(case, said, checker.rules):
                first, count = differing.get(one.rule, (case, 0))
                differing[one.rule] = (min(first, case, key=_size), count + 1)
    return compared, spoke, differing


def _size(case: Case) -> int:
    return len(json.dumps(case.declarations))


def explain(checker: Checker, rule: str, case: Case, count: int) -> str:
    """A difference with its smallest corpus, for a person to decide who is right."""
    small, found = smallest(checker, case, rule)
    said = [f"  only the oracle:  {one}" for one in found.expected]
    said += [f"  only the checker: {one}" for one in found.got]
    lines = [f"{rule}: {count} corpora differ; {case.name} made smaller, as of {case.as_of}:", *said]
    if case.parameters:
        lines.append(f"  with parameters {json.dumps(case.parameters)}")
    if case.complete:
        lines.append(f"  complete: {', '.join(case.complete)}")
    return "\n".join((*lines, *(f"    {line}" for line in dump(repair(small.declarations)).splitlines())))


def main(arguments: Sequence[str]) -> int:
    """Compare as many corpora as the first argument says, from the seed that the second says (0)."""
    count = int(arguments[0]) if arguments else 1000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    checker = Checker()
    compared, _, differing = compare(checker, range(first, first + count))
    for rule, (case, number) in sorted(differing.items()):
        print(explain(checker, rule, case, number), end="\n\n")  # noqa: T201 - a command
    print(f"{count} corpora with {compared} findings and entries not judged compared", end="")  # noqa: T201
    print(f"; {len(differing)} rules differ" if differing else ", all the same")  # noqa: T201
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
