"""Each rule by itself on both engines: how its work grows with the corpus."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.bench import corpora, opa
from tests.bench.measure import run
from tests.bench.rows import LINEAR, PROGRAM, exponent, printed, stage
from tests.bench.table import Row, at_most, seconds
from tests.conftest import find_tool
from tests.generate.pools import AS_OF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.bench.opa import Work

    Times = Mapping[int, float]

NOISE = 0.004
"""Seconds below which a rule's time says nothing."""
TIMES, AGAIN = 2, 8
"""How often a rule is asked for its least time, and how often once more where that grows too fast."""
SHOWN = 3
"""Rules in the table where none is beyond the target."""


def by_rule(sizes: Sequence[int], work: Path) -> Iterator[Row]:
    """The steepest rules, and all that are beyond the target."""
    corpus = {roles: _corpus(roles, work) for roles in sizes}
    embedded = [{roles: _embedded(corpus[roles]) for roles in sizes} for _ in range(2)]
    rules = [*embedded[0][sizes[0]]]
    span = f"{len(rules)} rules by themselves on %s, {sizes[0]:,} to {sizes[-1]:,} roles"
    times = {rule: {roles: min(each[roles][rule] for each in embedded) for roles in sizes} for rule in rules}
    yield from _steepest(f"{span % 'embedded'}, seconds", {rule: _loud(times[rule]) for rule in rules})
    binary = find_tool("opa")
    if binary is not None:
        yield from _on_opa(span % "OPA", rules, {roles: _bundle(roles, work) for roles in sizes}, binary)


def _on_opa(span: str, rules: Collection[str], bundles: Mapping[int, Path], binary: str) -> Iterator[Row]:
    """Steps say whether a rule walks too much. They miss what grows within a step, so time counts as well: how many
    times the `LOOKUP` of the same corpus a rule takes, since a larger corpus makes everything dearer to reach.
    """

    def ask(some: Collection[str], times: int) -> dict[int, dict[str, Work]]:
        return {roles: opa.profile(binary, file, some, file.parent, times=times) for roles, file in bundles.items()}

    found = ask(rules, TIMES)
    again = [rule for rule in rules if (times := _relative(found, rule)) and 1 + exponent(times) > LINEAR]
    second = ask(again, AGAIN) if again else {}
    for roles, each in second.items():
        found[roles] |= {rule: found[roles][rule] | work for rule, work in each.items()}
    steps = {rule: {roles: float(found[roles][rule].steps) for roles in found} for rule in rules}
    yield from _steepest(f"{span}, steps of evaluation", steps, whole=True)
    lookups = {roles: min(work.lookup for work in each.values()) for roles, each in found.items()}
    bare = f"one look-up for each assignment: {_listed(lookups)}, exponent {exponent(lookups):.2f}"
    times = {rule: _relative(found, rule) for rule in rules}
    yield from _steepest(f"{span}, seconds over those of a look-up", times, against=bare, beside=1)


def _relative(found: Mapping[int, Mapping[str, Work]], rule: str) -> Times:
    spent = {roles: each[rule] for roles, each in found.items() if each[rule].seconds >= NOISE}
    return {roles: work.seconds / work.lookup for roles, work in spent.items()} if len(spent) > 1 else {}


def _loud(times: Times) -> Times:
    return {roles: time for roles, time in times.items() if time >= NOISE}


def _steepest(
    what: str, found: Mapping[str, Times], *, against: str = "", beside: int = 0, whole: bool = False
) -> Iterator[Row]:
    """`beside`: what the exponent of the unit is that `found` is counted in."""
    growing = [(beside + exponent(times), rule, times) for rule, times in found.items() if len(times) > 1]
    steep = sorted(growing, reverse=True, key=lambda each: each[:2])
    over = sum(power > LINEAR for power, _, _ in steep)
    for number, (power, rule, times) in enumerate(steep[: max(SHOWN, over)]):
        measured = ", ".join(f"{value:,.0f}" for value in times.values()) if whole else _listed(times, bare=beside > 0)
        name = f"{what}: {rule}" if number == 0 else f"... {rule}"
        ratio, target, met = at_most(LINEAR, power, unit="")
        yield Row(name, measured, against if number == 0 else "", ratio, target, met)


def _listed(times: Times, *, bare: bool = False) -> str:
    return ", ".join(f"{value:.2f}" if bare else seconds(value) for value in times.values())


def _embedded(text: Path) -> dict[str, float]:
    return dict(json.loads(run(stage("profile", text)).output))


def _corpus(roles: int, work: Path) -> Path:
    return printed(corpora.sound(roles, work / f"sound-{roles}"), work, "--profile", "strict")


def _bundle(roles: int, work: Path) -> Path:
    file = work / f"bundle-{roles}.tar.gz"
    run(
        [
            PROGRAM,
            "bundle",
            "--with-corpus",
            "--profile",
            "strict",
            "--as-of",
            AS_OF,
            work / f"sound-{roles}",
            "-o",
            file,
        ]
    )
    return file
