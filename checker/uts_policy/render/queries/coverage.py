"""Coverage as text and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from uts_policy.common.facts import FACTS
from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import counted, noun, number, unstated
from uts_policy.model.answers import Coverage, FactCoverage, NextStep
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/coverage/1"


def as_text(found: Coverage, style: Style) -> str:
    """For a terminal: declared, stated, judged, and what to write down next."""
    lines = [*_declared(found, style), "", *_stated(found, style), "", *_judged(found, style), ""]
    lines += [*_next(found, style), f"As of {found.as_of} (UTC).", ""]
    return "\n".join(lines)


def as_json(found: Coverage, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """For programs; keys as docs/guide/stated-and-not-stated.md lists them."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "uts-policy", "version": found.tool_version},
        "as_of": found.as_of,
        "declared": dict(found.declared),
        "facts": {each.fact: _fact(each) for each in found.facts},
        "rules": {
            rule: {
                "passed": each.passed,
                "failed": each.failed,
                "waived": each.waived,
                "not_judged": each.not_judged,
            }
            for rule, each in sorted(found.rules.items())
        },
        "not_assessed": [{"rule": each.rule, "reason": each.reason} for each in found.not_assessed],
        "next": [_step(each) for each in found.steps],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _fact(each: FactCoverage) -> dict[str, Any]:
    return {"asked": each.asked, "stated": each.stated, "complete": each.complete, "waiting": dict(each.waiting)}


def _step(step: NextStep) -> dict[str, Any]:
    what = {"fact": step.fact} if step.fact else {"section": step.section}
    return {**what, "rules": list(step.rules), "entries": step.entries}


def _declared(found: Coverage, style: Style) -> Iterator[str]:
    yield _heading("Declared", style)
    there = [counted(count, section) for section, count in found.declared.items() if count]
    absent = [noun(section) for section, count in found.declared.items() if not count]
    yield from _wrapped(f"{', '.join(there) or 'nothing'}.", style)
    if absent:
        yield from _wrapped(f"Nothing declared: {', '.join(absent)}.", style)


def _stated(found: Coverage, style: Style) -> Iterator[str]:
    yield _heading("Stated", style)
    rows = [
        (
            f"{each.stated} of {each.asked}{' (complete)' if each.complete else ''}",
            words_of(each.fact),
            f"{number(len(each.waiting), 'rule')} waiting" if each.waiting else "",
        )
        for each in found.facts
        if each.asked
    ]
    yield from _table(rows, style) if rows else ("  nothing is asked for yet",)


def words_of(fact: str) -> str:
    """The fact without a count: `who holds a role`."""
    told = FACTS[fact]
    one = noun(told.section, 1, short=True)
    article = "an" if one[0] in "aeiou" else "a"
    return " ".join(part for part in (told.before, article, one, told.after) if part)


def _judged(found: Coverage, style: Style) -> Iterator[str]:
    silent = {each.rule for each in found.not_assessed}
    assessed = {rule: each for rule, each in found.rules.items() if rule not in silent}
    total = len(assessed) + len(found.not_assessed)
    yield _heading(f"Assessed {len(assessed)} of {number(total, 'rule')}", style)
    rows = [("passed", "failed", "waived", "not assessed", "rule")]
    rows += [
        (str(each.passed), str(each.failed), str(each.waived), str(each.not_judged), rule)
        for rule, each in sorted(assessed.items())
    ]
    yield from _table(rows, style, right=4)
    reasons: dict[str, list[str]] = {}
    for each in found.not_assessed:
        reasons.setdefault(each.reason, []).append(each.rule)
    for reason, rules in reasons.items():
        yield from _wrapped(f"Not assessed, {reason}: {', '.join(rules)}.", style)


def _next(found: Coverage, style: Style) -> Iterator[str]:
    yield _heading("Write down next", style)
    if not found.steps:
        yield "  Nothing: every rule could assess every entry that it looks at."
    for position, step in enumerate(found.steps, start=1):
        yield from _wrapped(f"{position}. {advice(step, found)}", style)


def advice(step: NextStep, found: Coverage) -> str:
    """What to write down and what it is good for, as one sentence."""
    more = f"{number(len(step.rules), 'rule')} could then assess"
    if step.section:
        return f"`{step.section}`: {more} them."
    [asked] = [each for each in found.facts if each.fact == step.fact]
    unsaid = unstated(step.fact, asked.asked - asked.stated, asked.asked)
    entries = number(step.entries, "more entry") if step.entries == 1 else f"{step.entries} more entries"
    return f"{unsaid[0].upper()}{unsaid[1:]}: {FACTS[step.fact].write}. {more} {entries}."


def _heading(text: str, style: Style) -> str:
    return f"\x1b[1m{text}\x1b[0m" if style.color else text


def _wrapped(text: str, style: Style) -> Iterator[str]:
    first, *rest = wrap(visible(text), style.width - 4)
    yield f"  {first}"
    yield from (f"    {line}" for line in rest)


def _table(rows: Sequence[Sequence[str]], style: Style, *, right: int = 1) -> Iterable[str]:
    """Columns of one width each; the first `right` of them set to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column < right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells)}".rstrip()[: style.width]
