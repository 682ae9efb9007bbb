"""The embedded engine: regorus, in a worker process of its own."""

import json
import math
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from uts_policy.common.fields import default_timeout
from uts_policy.common.rego import package_of, rule_package
from uts_policy.engine import canary
from uts_policy.engine.result import RESULT, OverLimitError, read_result, refuse_too_many, undefined
from uts_policy.engine.worker_process import MEMORY, WorkerAnswer, converse, version
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.rule import PolicyFile, RuleSet

NAME = "embedded"

_PLACE = re.compile(r"^--> (?P<place>.+:\d+:\d+)$", re.MULTILINE)
_WORDS = re.compile(r"^error: (?P<words>.+)$", re.MULTILINE)
# NOTE: the engine shows what a variable held, or all variables of a scope: declarations, with the people in them.
_DATA = re.compile(r" \(path \[.*|\.? Got `.*|\b(?:Object\(|Array\(|Set\(|String\(|Number\().*", re.DOTALL)
_BACKTRACE = "\n\nStack backtrace:"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedEngine:
    """Evaluates in a process that is started for each call and gone after it.

    `timeout` is in seconds and for each call; none goes on beyond `deadline`, a time of `time.monotonic`. `memory` is
    in bytes, for each process.
    """

    timeout: float = field(default_factory=default_timeout)
    deadline: float = math.inf
    memory: int = MEMORY

    def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
        """What rules find and views answer, as the corpus asks. Raises NoVerdictError rather than guess."""
        ends = min(self.deadline, time.monotonic() + self.timeout)
        try:
            return self.evaluate_each((corpus,), rule_set)[0]
        except OverLimitError as error:
            raise self._greedy(error, corpus, rule_set, ends) from error

    def evaluate_each(self, corpora: Sequence[Corpus], rule_set: RuleSet) -> tuple[Evaluation, ...]:
        """What `evaluate` says of each corpus, from one process; the time limit is as many times as long.

        All of them are judged by the rules that the first one names. Raises NoVerdictError rather than guess.
        """
        asked = _asked(corpora[0].data)
        frames = (frame for corpus in corpora for frame in _about(corpus.data, ("query", RESULT)))
        info = EngineInfo(name=NAME, version=version())
        found = []
        for corpus, answer in zip(corpora, self._ask(rule_set, asked, frames, len(corpora)), strict=True):
            if not answer.ok:
                raise self._culprit(answer, corpus, rule_set, asked)
            views = corpus.data.get("views", ())
            found.append(read_result(_value(answer), asked=asked, rule_set=rule_set, engine=info, views=views))
        return tuple(found)

    def profile_rules(self, corpus: Corpus, rule_set: RuleSet) -> Mapping[str, float]:
        """Seconds that each rule takes by itself, everything it needs included, so they add up to more than a run."""
        asked = _asked(corpus.data)
        queries = [("timed", f"{rule_package(rule)}.findings") for rule in asked]
        answers = self._ask(rule_set, asked, _about(corpus.data, *queries))
        for rule, answer in zip(asked, answers, strict=True):
            if not answer.ok:
                raise explain(answer, rule)
        return {rule: float(answer.text) for rule, answer in zip(asked, answers, strict=True)}

    def syntax(self, files: Sequence[PolicyFile]) -> str:
        """The syntax trees of `files`, as the engine's JSON. Raises NoVerdictError with file and line."""
        answers = self._converse([*policies(files), ("syntax", "")])
        if not answers[0].ok:
            raise explain(answers[0])
        return answers[0].text

    def _ask(
        self, rule_set: RuleSet, asked: Collection[str], frames: Iterable[tuple[str, str]], corpora: int = 1
    ) -> Sequence[WorkerAnswer]:
        """Put the canary and then `frames`, about so many corpora, to a fresh worker; the answers to `frames`."""
        # NOTE: nothing here may hold the frames: the text of a large corpus has to go once it is sent.
        every = chain(
            policies(_loaded(rule_set, {canary.RULE}, helpers=True)),
            [("data", json.dumps({"uts_ruleset": {"digest": rule_set.digest}}))],
            _about(canary.corpus(), ("query", RESULT)),
            policies(_loaded(rule_set, {*asked} - {canary.RULE}, helpers=False)),
            frames,
        )
        first, *rest = self._converse(every, corpora)
        for answer in (first, *rest[-1:]):
            if answer.refused:
                raise explain(answer)
        if not first.ok:
            raise explain(first)
        info = EngineInfo(name=NAME, version=version())
        canary.require_finding(
            read_result(_value(first), asked={canary.RULE}, rule_set=rule_set, engine=info),
        )
        return rest

    def _converse(self, frames: Iterable[tuple[str, str]], corpora: int = 1) -> Sequence[WorkerAnswer]:
        limit = self.timeout * corpora
        return converse(frames, timeout=min(limit, self.deadline - time.monotonic()), limit=limit, memory=self.memory)

    def _greedy(self, error: OverLimitError, corpus: Corpus, rule_set: RuleSet, ends: float) -> NoVerdictError:
        """The error, with the first of the user's own rules that goes over the limit by itself.

        Looked for in half of the time that is left until `ends`: where the search takes longer, no rule is named.
        """
        now = time.monotonic()
        alone = replace(self, deadline=now + (ends - now) / 2)
        packages = [package_of(file.text) for file in rule_set.files if not file.builtin]
        for rule in sorted({each.rule for each in packages if each} & corpus.data["rules"].keys()):
            try:
                query = ("query", f"{rule_package(rule)}.findings")
                [answer] = alone._ask(rule_set, [rule], _about(corpus.data, query))  # noqa: SLF001 - one of us
                refuse_too_many(answer.text.count('"message":'))
            except OverLimitError as own:
                return NoVerdictError(f"{rule}: {own.message}", own.hint)
            except NoVerdictError:
                return error
        return error

    def _culprit(self, answer: WorkerAnswer, corpus: Corpus, rule_set: RuleSet, asked: Sequence[str]) -> NoVerdictError:
        """The error to raise for a failed evaluation, with the first rule that fails by itself."""
        queries = [("query", f"{rule_package(rule)}.findings") for rule in asked]
        answers = self._ask(rule_set, asked, _about(corpus.data, *queries))
        for rule, single in zip(asked, answers, strict=False):
            if not single.ok:
                return explain(single, rule)
        return explain(answer)


def policies(files: Iterable[PolicyFile]) -> Iterator[tuple[str, str]]:
    """The worker's frames for policy files."""
    for file in files:
        yield ("policy", f"{file.path}\n{file.text}")


def said_by(answer: WorkerAnswer) -> str:
    """An error in one line: file, line and column, and the engine's words, without backtrace or data."""
    said = answer.text.partition(_BACKTRACE)[0]
    place, words = _PLACE.search(said), _WORDS.search(said)
    text = _DATA.sub("", words["words"] if words else " ".join(said.split()))
    return f"{place['place']}: {text}" if place else text


def explain(answer: WorkerAnswer, rule: str = "") -> NoVerdictError:
    """What to raise for an answer that is an error, naming the rule that gave it where that is known."""
    what = f"{rule} could not be evaluated: " if rule else ""
    return NoVerdictError(f"{what}{said_by(answer)}", "Repair the policy; `uts-policy test` runs its tests.")


def value_of(answer: WorkerAnswer) -> Any:  # noqa: ANN401 - JSON
    """The value in an answer to a query; None where it is undefined."""
    rows = json.loads(answer.text).get("result", [])
    return rows[0]["expressions"][-1]["value"] if rows else None


def _loaded(rule_set: RuleSet, rules: Collection[str], *, helpers: bool) -> Iterator[PolicyFile]:
    """The files of these rules, and of everything that is no rule where `helpers` says so.

    NOTE: to look at one rule through `data.uts.rules[category][name]` this engine evaluates all that are loaded, with
    their errors and their time: so those that are off are not, and the others come when the canary has been found.
    """
    for file in rule_set.files:
        package = package_of(file.text)
        rule = package.rule if package else ""
        if rule in rules or (helpers and not rule):
            yield file


def _about(data: Mapping[str, Any], *queries: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The worker's frames for queries about a corpus."""
    yield ("input", _dump(data))
    yield from queries


def _asked(data: Mapping[str, Any]) -> list[str]:
    return sorted(data["rules"])


def _dump(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _value(answer: WorkerAnswer) -> Any:  # noqa: ANN401 - JSON
    """The value of RESULT in an answer; NoVerdictError where it is undefined or null."""
    # NOTE: before it is parsed: as objects of Python it takes ten times the memory. Within a text of JSON, the
    # quotes of a key are escaped, so nothing but keys is counted.
    refuse_too_many(answer.text.count('"message":'))
    value = value_of(answer)
    if value is None:
        raise undefined(RESULT)
    return value
