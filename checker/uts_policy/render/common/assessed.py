"""What was assessed of what, in rows for every format: the outcome of each rule, and the facts that are not stated."""

from collections.abc import Iterator

from uts_policy.common.facts import words
from uts_policy.model.report import Report

OUTCOMES = ("rule", "passed", "failed", "waived", "not assessed")
"""The heads of `outcome_rows`: how many entries a rule looked at, by what became of them."""
FACTS = ("not stated", "rules that wait for it", "which")
"""The heads of `fact_rows`."""
LISTED = 20
"""How many entries are named before the rest is counted."""


def outcome_rows(report: Report) -> Iterator[tuple[str, int, int, int, int]]:
    """A row for each rule that was evaluated, by id."""
    for rule, each in sorted(report.outcomes.items()):
        yield rule, each.passed, each.failed, each.waived, each.not_judged


def fact_rows(report: Report) -> Iterator[tuple[str, str, str]]:
    """A row for each fact that entries do not state, the one first that most judgements of entries wait for."""
    silent = {fact: each for fact, each in report.not_stated.items() if each.silent}
    weight = {fact: sum(report.blocked.get(fact, {}).values()) for fact in silent}
    for fact in sorted(silent, key=lambda fact: (-weight[fact], fact)):
        asked = silent[fact]
        waiting = report.blocked.get(fact, {})
        told = words(fact, len(asked.silent), asked.count)
        yield told, ", ".join(sorted(waiting)) or "none of this run", _which(asked.silent)


def _which(ids: tuple[str, ...]) -> str:
    more = len(ids) - LISTED
    return f"{', '.join(ids[:LISTED])} and {more} more" if more > 0 else ", ".join(ids)
