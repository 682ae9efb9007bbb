"""Both engines on the same random corpora: `python -m tests.parity N [FIRST]`, with N corpora from seed FIRST on.

A process for each processor takes a share of the seeds. Whole answers are compared: every finding with its message,
path, key and related places, what was evaluated, and what `data.main` makes of it. Only the order of findings may
differ. Of five corpora one has hostile text in it.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.conftest import find_tool
from tests.contract.servers import real_opa, write_rules
from tests.generate.emit import dump
from tests.generate.hostile import HOSTILE
from tests.generate.pools import seeded
from tests.generate.strategies import FREE
from tests.oracle.compare import Case, _declared, random_case
from uts_policy.corpus.build import serialise
from uts_policy.engine.embedded import policies as policy_frames
from uts_policy.engine.worker_process import converse
from uts_policy.load.configuration import settings_from
from uts_policy.pipeline import inputs, prepare
from uts_policy.pipeline.request import Prepared, Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BATCH = 100
"""Corpora for one worker of the embedded engine."""
LIMIT = 300.0
HOSTILE_EVERY = 5
SHOWN = 5
QUERY = '{"result": data.uts.main.result, "deny": data.main.deny, "warn": data.main.warn}'
Answer = dict[str, Any]


class InvalidCaseError(AssertionError):
    """The declarations of a case are not valid, so that there is no corpus."""


@dataclass(slots=True)
class Tally:
    """What was compared."""

    corpora: int = 0
    findings: int = 0
    spoke: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count what another process compared as well."""
        self.corpora += other.corpora
        self.findings += other.findings
        self.spoke += other.spoke


class Engines:
    """The built-in rules on both engines; `ask` puts corpora to both."""

    def __init__(self, url: str) -> None:
        self.settings = settings_from({}, root=Path("/"))
        self.policies = inputs.read_policies(self.settings)
        # Not by profile strict: there every fact would be complete.
        every = tuple((rule.id, rule.level) for rule in self.policies.catalogue if not rule.fixed)
        self.settings = replace(self.settings, levels=every)
        digest = json.dumps({"uts_ruleset": {"digest": self.policies.rule_set.digest}})
        self._frames = [*policy_frames(self.policies.rule_set.files), ("data", digest)]
        parts = urlsplit(url)
        self._server = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LIMIT)

    def close(self) -> None:
        """Hang up."""
        self._server.close()

    def embedded(self, corpora: Sequence[str]) -> list[Answer | str]:
        """The answers of one worker; its words where there is none."""
        frames = [*self._frames]
        for corpus in corpora:
            frames += [("input", corpus), ("query", QUERY)]
        answers = converse(frames, timeout=LIMIT)
        return [
            _ordered(json.loads(each.text)["result"][0]["expressions"][0]["value"]) if each.ok else each.text
            for each in answers
        ]

    def opa(self, corpora: Iterable[str]) -> Iterator[Answer | str]:
        """The answers of the server; its words where there is none."""
        for corpus in corpora:
            body = f'{{"query": {json.dumps(f"answer := {QUERY}")}, "input": {corpus}}}'
            self._server.request("POST", "/v1/query", body.encode())
            response = self._server.getresponse()
            text = response.read()
            answer = json.loads(text)
            found = response.status == http.client.OK and answer.get("result")
            yield _ordered(answer["result"][0]["answer"]) if found else text.decode()

    def corpus(self, case: Case) -> str:
        """The corpus of a case, with every rule that can be assessed, as JSON."""
        known = {rule.id for rule in self.policies.catalogue}
        parameters = {rule: one for rule, one in case.parameters.items() if rule in known}
        settings = replace(self.settings, rules=parameters, complete=case.complete)
        request = Request(settings=settings, config=None, as_of=case.as_of)
        prepared = prepare.prepare(request, self.policies, _declared(case))
        if not isinstance(prepared, Prepared):
            raise InvalidCaseError(case.name)
        return serialise(prepared.corpus.data)

    def differences(self, named: Mapping[str, str], tally: Tally) -> Iterator[str]:
        """What only one engine says of each corpus, in words; what was compared is added to `tally`."""
        corpora = list(named.values())
        for name, ours, theirs in zip(named, self.embedded(corpora), self.opa(corpora), strict=True):
            tally.corpora += 1
            if isinstance(ours, dict):
                tally.findings += len(ours["findings"])
                tally.spoke.update({json.loads(finding)["rule"] for finding in ours["findings"]})
            if ours != theirs:
                yield f"{name}: {_difference(ours, theirs)}"


def _ordered(value: Answer) -> Answer:
    """The answer with its sets in an order of their own, and each finding as text."""
    result = value["result"]
    listed = {"findings": result["findings"], "deny": value["deny"], "warn": value["warn"]}
    texts = {name: sorted(json.dumps(each, sort_keys=True) for each in items) for name, items in listed.items()}
    return {**{key: one for key, one in result.items() if key != "findings"}, **texts}


def _difference(ours: Answer | str, theirs: Answer | str) -> str:
    if isinstance(ours, str) or isinstance(theirs, str):
        return f"embedded: {str(ours)[:500]}\n  opa: {str(theirs)[:500]}"
    lines = [key for key in ours if ours[key] != theirs[key]]
    for key in ("findings", "deny", "warn"):
        lines += [f"  only embedded: {each}" for each in ours[key] if each not in theirs[key]][:SHOWN]
        lines += [f"  only opa: {each}" for each in theirs[key] if each not in ours[key]][:SHOWN]
    return "\n".join(lines)


def case_of(seed: int) -> Case:
    """The random corpus of that seed, with hostile text where its turn has come."""
    case = random_case(seed)
    if seed % HOSTILE_EVERY:
        return case
    rng = seeded(seed)
    declarations = json.loads(json.dumps(case.declarations))
    for section, fields in FREE.items():
        for entry in declarations.get(section, ()):
            if rng.random() < 0.5:
                entry[rng.choice(fields)] = rng.choice(HOSTILE)
    for entry in declarations.get("responsibilities", ())[:2]:
        entry["accountable"] = rng.choice(HOSTILE)[:200]
    for entry in [one for one in declarations.get("roles", ()) if "everyone" not in one][:1]:
        entry["holders"] = [{"person": rng.choice(HOSTILE)[:200]}]
    return replace(case, declarations=declarations, files={"all.yaml": dump(declarations)})


@contextmanager
def engines(opa: str) -> Iterator[Engines]:
    """Both engines, the real OPA being a server that lives as long as the block."""
    with TemporaryDirectory() as folder:
        rules = write_rules(Path(folder), inputs.read_policies(settings_from({}, root=Path("/"))).rule_set)
        with real_opa(opa, rules) as server:
            both = Engines(server.url)
            try:
                yield both
            finally:
                both.close()


def compare(both: Engines, seeds: range, tally: Tally) -> Iterator[str]:
    """Differences on the corpora of these seeds."""
    for start in range(0, len(seeds), BATCH):
        named = {}
        for seed in seeds[start : start + BATCH]:
            try:
                named[f"seed {seed}"] = both.corpus(case_of(seed))
            except InvalidCaseError as refused:
                # Random text may make an id that the schema refuses: then there is no corpus to compare.
                sys.stderr.write(f"left out, not valid: {refused}\n")
        yield from both.differences(named, tally)


def _share(opa: str, seeds: range) -> tuple[list[str], Tally]:
    """The differences on these seeds, and what was compared: the share of one process, which has engines of its own."""
    tally = Tally()
    with engines(opa) as both:
        return list(compare(both, seeds, tally)), tally


def main(arguments: Sequence[str]) -> int:
    """Compare, and print how much was compared and each difference."""
    count = int(arguments[0]) if arguments else 1000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    opa = find_tool("opa")
    if opa is None:
        sys.exit("no opa: `make tools` builds it")
    shares = min(os.cpu_count() or 1, count)
    every = [range(first + number, first + count, shares) for number in range(shares)]
    tally, differing = Tally(), 0
    with ProcessPoolExecutor(shares) as pool:
        for found, compared in pool.map(partial(_share, opa), every):
            tally.add(compared)
            differing += len(found)
            print(*found, sep="\n", end="\n" * bool(found))  # noqa: T201 - a command
    print(  # noqa: T201 - a command
        f"{tally.corpora} corpora and {tally.findings} findings of {len(tally.spoke)} rules compared; "
        + (f"{differing} corpora differ" if differing else "all the same")
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
