"""Stating somebody never accuses another (data-model.md): what one entry says makes no finding about a second one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.generate.org import drop
from tests.generate.pools import PLACEHOLDERS, UNKNOWN, seeded
from tests.generate.stated import FIELDS
from tests.oracle.catalogue import Verdict, verdict
from tests.oracle.compare import BATCH, Case, Checker, _simpler, random_case
from tests.oracle.corpus import SHORT, as_list, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.generate.repair import Declarations

Judge = Callable[[Sequence[Case]], list[Verdict]]

RULES = frozenset(
    {
        "staffing/vacant",
        "ownership/no-performer",
        "workload/nobody-told",
        "continuity/no-successor",
        "continuity/shallow-succession",
        "authority/no-line-to-top",
        "ownership/unacknowledged",
        "incident/no-command",
        "authority/missing",
        "risk/unowned-action",
        "training/untrained",
    }
)


@dataclass(frozen=True)
class Statement:
    """Declarations with one more thing stated, the entries that get it, and of which findings it may be the reason."""

    kind: str
    declarations: Declarations
    entries: frozenset[str]
    excused: frozenset[tuple[str, str]] = frozenset()


def by_oracle(cases: Sequence[Case]) -> list[Verdict]:
    return [verdict(case.declarations, case.as_of, case.parameters, case.complete) for case in cases]


def by_checker(cases: Sequence[Case]) -> list[Verdict]:
    checker = Checker()
    said = [one for start in range(0, len(cases), BATCH) for one in checker.verdicts(cases[start : start + BATCH])]
    assert [one for one in said if isinstance(one, str)] == []
    return [one for one in said if isinstance(one, Verdict)]


def silent(case: Case, seed: int) -> Case:
    """Every other organisation states nothing of one fact, and says of none that it is complete."""
    made = deepcopy(case.declarations)
    section, fields = FIELDS[seed // 2 % len(FIELDS)]
    for entry in made.get(section, ()) if seed % 2 else ():
        drop(entry, *fields)
    if seed % 6 == 5:
        made.pop("training_records", None)
    return replace(_simpler(case, made), complete=() if seed % 2 else case.complete)


def statements(case: Case, rng: Random) -> Iterator[Statement]:
    """One of each kind, where there is an entry that can get it."""
    today = date.fromisoformat(case.as_of)
    for make in (holder, performer, consulted, informed, successor, superior, grant, record, acknowledgement):
        made = deepcopy(case.declarations)
        found = make(made, today, rng)
        if found is not None:
            entries, excused = found
            yield Statement(make.__name__, made, frozenset(entries), frozenset(excused))


def _pick(rng: Random, made: Declarations, section: str, fits: Callable[[Any], bool] = lambda _: True) -> Any:
    fitting = [entry for entry in made.get(section, ()) if fits(entry)]
    return rng.choice(fitting) if fitting else None


def _some_id(rng: Random, made: Declarations, section: str) -> str:
    return rng.choice([entry["id"] for entry in made.get(section, ())] or UNKNOWN)


def _days_ago(today: date, rng: Random) -> str:
    return (today - timedelta(days=rng.choice((0, 1, 400)))).isoformat()


def holder(made: Declarations, today: date, rng: Random) -> Any:
    role = _pick(rng, made, "roles", lambda one: not one.get("everyone"))
    if role is None:
        return None
    person = rng.choice((*[_some_id(rng, made, "people")] * 5, rng.choice(UNKNOWN), rng.choice(PLACEHOLDERS)))
    holding = {"person": person} | rng.choice(({}, {"from": _days_ago(today, rng)}, {"kind": "acting"}))
    role["holders"] = [*role.get("holders", ()), holding]
    return [f"roles/{role['id']}"], [("training/untrained", f"people/{person}")]


def _assigned(made: Declarations, rng: Random, field: str) -> Any:
    duty = _pick(rng, made, "responsibilities")
    if duty is None:
        return None
    role, code = _some_id(rng, made, "roles"), SHORT[field]
    written = [(one["responsibility"], one["role"]) for one in made.get("assignments", ())]
    if role in as_list(duty.get(field)) or (duty["id"], role) in written:
        return None
    if rng.random() < 0.5:
        duty[field] = [*as_list(duty.get(field)), role]
    else:
        made.setdefault("assignments", []).append({"responsibility": duty["id"], "role": role, "code": code})
    return [f"responsibilities/{duty['id']}"], []


def performer(made: Declarations, today: date, rng: Random) -> Any:
    return _assigned(made, rng, "responsible")


def consulted(made: Declarations, today: date, rng: Random) -> Any:
    return _assigned(made, rng, "consulted")


def informed(made: Declarations, today: date, rng: Random) -> Any:
    return _assigned(made, rng, "informed")


def successor(made: Declarations, today: date, rng: Random) -> Any:
    role = _pick(rng, made, "roles")
    if role is None:
        return None
    role["successors"] = list(dict.fromkeys([*role.get("successors", ()), _some_id(rng, made, "roles")]))
    return [f"roles/{role['id']}"], []


def superior(made: Declarations, today: date, rng: Random) -> Any:
    role = _pick(rng, made, "roles", lambda one: not one.get("reports_to"))
    if role is None:
        return None
    role["reports_to"] = _some_id(rng, made, "roles")
    above = {one["id"]: one.get("reports_to") or None for one in made["roles"]}
    through = set()
    for start in above:
        walked: list[str] = []
        here: str | None = start
        while here is not None and here not in walked:
            walked.append(here)
            here = above.get(here)
        if role["id"] in walked:
            through.add(start)
    return [f"roles/{role['id']}"], [("authority/no-line-to-top", f"roles/{one}") for one in through]


def grant(made: Declarations, today: date, rng: Random) -> Any:
    role = _pick(rng, made, "roles")
    if role is None:
        return None
    granted = {"authority": _some_id(rng, made, "authorities")}
    if rng.random() < 0.5:
        granted["source"] = "Act"
    role["authorities"] = [*role.get("authorities", ()), granted]
    name = role["id"]
    answers = [("authority/missing", f"responsibilities/{one}") for one in _answered_by(made, name)]
    owned = [one["id"] for one in made.get("actions", ()) if one.get("owner") == name]
    declared = [one["id"] for one in made.get("incident_lines", ()) if one.get("declare") == name]
    answers += [("risk/unowned-action", f"actions/{one}") for one in owned]
    answers += [("incident/no-command", f"incident_lines/{one}") for one in declared]
    return [f"roles/{name}"], answers


def _answered_by(made: Declarations, role: str) -> set[str]:
    short = {one["id"] for one in made.get("responsibilities", ()) if role in as_list(one.get("accountable"))}
    return short | {one["responsibility"] for one in made.get("assignments", ()) if one["role"] == role}


def record(made: Declarations, today: date, rng: Random) -> Any:
    person, module = _some_id(rng, made, "people"), _some_id(rng, made, "training")
    day = _days_ago(today, rng)
    taken = made.setdefault("training_records", [])
    if any((one["person"], one["module"]) == (person, module) for one in taken):
        return None
    taken.append({"person": person, "module": module, "completed_on": day})
    return [f"people/{person}"], []


def acknowledgement(made: Declarations, today: date, rng: Random) -> Any:
    assignment = _pick(rng, made, "assignments", lambda one: "acknowledged_on" not in one)
    if assignment is None:
        return None
    assignment["acknowledged_on"] = _days_ago(today, rng)
    corpus = read(made)
    siblings = [one for one, entry in corpus.entries["assignments"].items() if _written_as(entry, assignment)]
    return [f"assignments/{one}" for one in siblings], []


def _written_as(entry: dict[str, Any], assignment: dict[str, Any]) -> bool:
    return all(entry.get(name) == assignment.get(name) for name in ("id", "responsibility", "role")) and (
        "acknowledged_on" in entry
    )


@pytest.mark.parametrize(
    ("judge", "organisations"),
    [
        pytest.param(by_oracle, 80, id="oracle"),
        pytest.param(by_checker, 20, id="checker", marks=pytest.mark.slow),
    ],
)
def test_stating_accuses_nobody_else(judge: Judge, organisations: int) -> None:
    cases, stated = [], []
    for seed in range(organisations):
        case = silent(random_case(seed), seed)
        before = len(cases)
        cases.append(case)
        for one in statements(case, seeded(seed)):
            stated.append((before, len(cases), one))
            cases.append(_simpler(case, one.declarations))
    said = judge(cases)

    accused = [
        (cases[before].name, one.kind, sorted(one.entries), rule, entry, key)
        for before, after, one in stated
        for rule, entry, key in said[after].findings - said[before].findings
        if rule in RULES
        and entry in read(cases[before].declarations).names
        and entry not in one.entries
        and (rule, entry) not in one.excused
    ]
    kinds = Counter(one.kind for _, _, one in stated)
    assert accused == []
    assert len(kinds) == 9
    assert min(kinds.values()) > organisations / 3
