"""Random corpora put to a view and to the rules, in one worker of the embedded engine."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.generate.repair import repair
from tests.oracle.compare import Case, Checker, _declared, _simpler, random_case
from uts_policy.common.tabulation import VACANT
from uts_policy.engine.result import RESULT
from uts_policy.engine.worker_process import converse
from uts_policy.model.corpus import Corpus
from uts_policy.pipeline import prepare
from uts_policy.pipeline.request import Prepared, Request
from uts_policy.view.answers import staffing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One corpus, what a view says of it, and what the rules find: (rule, entry, key)."""

    name: str
    corpus: Corpus
    answer: Any
    findings: frozenset[tuple[str, str, str]]
    evaluated: frozenset[str]


def stirred(seed: int) -> Case:
    """The corpus of that seed, with a placeholder that answers, or with every grant and delegation lapsed."""
    case = random_case(seed)
    made = deepcopy(case.declarations)
    if seed % 5 == 0:
        for duty in made.get("responsibilities", [])[:2]:
            duty["accountable"] = "TBD"
    if seed % 5 == 1:
        day = (date.fromisoformat(case.as_of) - timedelta(days=1)).isoformat()
        grants = [grant for role in made.get("roles", ()) for grant in role.get("authorities", ())]
        for each in (*grants, *made.get("delegations", ())):
            each["to"] = day
    return _simpler(case, repair(made))


def prepared(case: Case, checker: Checker) -> Prepared | None:
    """The corpus of a case; None where its declarations are invalid."""
    request = Request(settings=checker.settings, config=None, as_of=case.as_of)
    made = prepare.prepare(request, checker.policies, _declared(case))
    return made if isinstance(made, Prepared) else None


def about_all(corpus: Corpus) -> dict[str, Any]:
    """The question about every responsibility, role, person and unit."""
    return {section: sorted(corpus.data[section]) for section in ("responsibilities", "roles", "people", "units")}


def ask(view: str, seeds: Iterable[int], question: Callable[[Corpus], Mapping[str, Any]] = about_all) -> list[Asked]:
    """The answer of `view` for the corpus of each seed, where `question` says what is asked of it.

    From the evaluation that finds what rules find, as in a run.
    """
    checker = Checker()
    frames, made = list(checker.frames), []
    for seed in seeds:
        case = stirred(seed)
        found = prepared(case, checker)
        if found is None:
            continue
        made.append((case.name, found))
        asked = {**question(found.corpus), **staffing(staffed=VACANT in found.corpus.data["rules"])}
        text = json.dumps({**found.corpus.data, "question": asked, "views": [view]})
        frames += [("input", text), ("query", RESULT)]
    answers = [json.loads(each.text)["result"][0]["expressions"][0]["value"] for each in converse(frames, timeout=300)]
    return [
        Asked(
            name=name,
            corpus=found.corpus,
            answer=answers[number]["views"][view],
            findings=frozenset(
                (each["rule"], f"{each['path'][0]}/{each['path'][1]}", each.get("key", ""))
                for each in answers[number]["findings"]
            ),
            evaluated=frozenset(answers[number]["evaluated"]),
        )
        for number, (name, found) in enumerate(made)
    ]
