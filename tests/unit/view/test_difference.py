"""What a change means, on random corpora: nothing of nothing, a rename of a rename, and the reverse of the reverse."""

import json
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from tests.generate.asked import prepared
from tests.oracle.compare import Case, Checker, _simpler, random_case
from uts_policy.engine.worker_process import converse
from uts_policy.model.difference import Compared, Difference, OwnerKind
from uts_policy.view.difference import VIEW, JudgedSide, difference

pytestmark = pytest.mark.slow

CORPORA = 60
AS_OF = "2026-06-15"
FREE_TEXT = {"title", "name", "statement", "text", "description", "reason", "topic", "tags", "rule"}
RENAMED = ("units", "roles", "responsibilities", "vectors", "authorities", "people", "directives")
REVERSE = {
    OwnerKind.LOST: OwnerKind.GAINED,
    OwnerKind.GAINED: OwnerKind.LOST,
    OwnerKind.MOVED: OwnerKind.MOVED,
    OwnerKind.NEW: OwnerKind.ENDED,
    OwnerKind.ENDED: OwnerKind.NEW,
}


def swapped(value: Any, old: str, new: str) -> Any:
    """Declarations with an id replaced wherever it stands by itself or as a part of a path of ids."""
    if isinstance(value, dict):
        return {key: each if key in FREE_TEXT else swapped(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [swapped(each, old, new) for each in value]
    return "/".join(new if part == old else part for part in value.split("/")) if isinstance(value, str) else value


def rename(case: Case, seed: int) -> tuple[str, str, Case] | None:
    """A section, an id that no other section has, and the case with that id renamed."""
    declared = case.declarations
    ids = Counter(each["id"] for entries in declared.values() for each in entries if "id" in each)
    choices = [
        (section, each["id"]) for section in RENAMED for each in declared.get(section, ()) if ids[each["id"]] == 1
    ]
    if not choices:
        return None
    section, id_ = choices[seed % len(choices)]
    return section, id_, _simpler(case, swapped(deepcopy(declared), id_, f"{id_}-now"))


@pytest.fixture(scope="module")
def sides() -> list[tuple[str, str, JudgedSide, JudgedSide]]:
    """Section and id that are renamed, and both sides, without findings."""
    checker = Checker()
    frames, made = list(checker.frames), []
    for seed in range(CORPORA):
        case = replace(random_case(seed), as_of=AS_OF, parameters={})
        changed = rename(case, seed)
        before = prepared(case, checker)
        after = None if changed is None else prepared(changed[2], checker)
        if changed is None or before is None or after is None:
            continue
        made.append((changed[0], changed[1], before.corpus, after.corpus))
        for corpus in (before.corpus, after.corpus):
            frames += [("input", json.dumps(corpus.data)), ("query", f"data.uts.view.{VIEW}.answer")]
    answers = [json.loads(each.text)["result"][0]["expressions"][0]["value"] for each in converse(frames, timeout=300)]
    return [
        (section, id_, judged(before, answers[2 * number]), judged(after, answers[2 * number + 1]))
        for number, (section, id_, before, after) in enumerate(made)
    ]


def judged(corpus: Any, answer: Any) -> JudgedSide:
    return JudgedSide(compared=Compared(name="a side"), corpus=corpus, answer=answer, findings=())


def between(before: JudgedSide, after: JudgedSide) -> Difference:
    return difference(before, after, tool_version="0")


def test_a_side_and_itself_differ_in_nothing(sides: list[tuple[str, str, JudgedSide, JudgedSide]]) -> None:
    assert all(between(side, side).empty for _, _, *both in sides for side in both)


def test_a_rename_is_told_and_nothing_else(sides: list[tuple[str, str, JudgedSide, JudgedSide]]) -> None:
    assert len(sides) > CORPORA / 2
    for section, id_, before, after in sides:
        found = between(before, after)
        assert [(each.section, each.before, each.after) for each in found.renames] == [(section, id_, f"{id_}-now")]
        assert replace(found, renames=()).empty, (section, id_, found)


def test_the_reverse_of_a_change_is_the_reverse_of_what_it_means(
    sides: list[tuple[str, str, JudgedSide, JudgedSide]],
) -> None:
    told = 0
    for number, (_, _, before, _) in enumerate(sides):
        other = sides[(number + 1) % len(sides)][2]
        there, back = between(before, other), between(other, before)
        if not there.renames:
            told += len(there.owners)
            forward = {(REVERSE[each.kind], each.responsibility, each.before, each.after) for each in there.owners}
            assert forward == {(each.kind, each.responsibility, each.after, each.before) for each in back.owners}
    assert told > CORPORA
