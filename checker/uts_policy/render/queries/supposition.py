"""What would follow from a change: the duties that nobody would answer for, and the findings; text and JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import counted, number
from uts_policy.model.finding import Finding
from uts_policy.model.supposition import Standing, Supposition
from uts_policy.render.common.fold import Fold, by_urgency, fold
from uts_policy.render.common.terminal import Paint, beside, listed
from uts_policy.render.interface import Style
from uts_policy.render.report.json import finding_data

SCHEMA = "uts-policy/what-if/1"
WHY = {
    "unassigned": "no role is accountable",
    "partly": "no role is accountable for a part of it",
    "vacant": "nobody holds {roles}",
}
"""Why nobody answers for a duty, by the word of the view."""
_LABEL = 10
_INDENT = "  "


def as_json(supposition: Supposition, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The whole: both sides counted, and all that is on one of them only."""
    whole = {
        "schema": SCHEMA,
        "as_of": supposition.as_of,
        "base_day": supposition.base_day,
        "changes": list(supposition.words),
        "before": _side(supposition.before),
        "after": _side(supposition.after),
        "unanswered": list(supposition.unanswered),
        "answered": list(supposition.answered),
        "introduced": [finding_data(each) for each in by_urgency(supposition.introduced)],
        "gone": [finding_data(each) for each in by_urgency(supposition.gone)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _side(standing: Standing) -> dict[str, Any]:
    counts = standing.report.counts
    return {
        "counts": {"error": counts.error, "warning": counts.warning, "note": counts.note},
        "unanswered": sorted(standing.unanswered),
        "not_stated": list(standing.not_stated),
    }


def as_text(supposition: Supposition, style: Style) -> str:
    """Duties first, the most critical before others; then findings, those to fix first before others."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(supposition, style))


def _lines(found: Supposition, style: Style) -> Iterator[str]:
    paint = Paint(style)
    supposed = f"If {listed(list(found.words))} on {found.as_of}:" if found.words else f"On {found.as_of}, unchanged:"
    yield from wrap(visible(supposed), style.width)
    yield ""
    yield paint.file(_headline(found))
    for duty in found.unanswered:
        yield from duty_lines(duty, style)
    already = len(found.before.unanswered) - len(found.answered)
    if already:
        verb = "is" if already == 1 else "are"
        yield from wrap(f"{counted(already, 'responsibilities')} {verb} unanswered already.", style.width)
    if found.not_stated:
        count = len(found.not_stated)
        yield from wrap(
            f"Of {counted(count, 'responsibilities')} it is not stated who holds an accountable role.", style.width
        )
    yield ""
    if found.introduced:
        yield paint.file(f"{number(len(found.introduced), 'finding')} would follow")
        for group in fold(by_urgency(found.introduced)):
            yield from _finding(group, style, paint)
        yield ""
    else:
        yield from ("No finding would follow.", "")
    if found.gone:
        yield paint.file(f"{number(len(found.gone), 'finding')} would be gone")
        for group in fold(by_urgency(found.gone)):
            yield from _finding(group, style, paint)
        yield ""
    yield from wrap(f"Compared with the declarations as they are, on {found.base_day} (UTC).", style.width)


def _headline(found: Supposition) -> str:
    if not found.unanswered:
        return "No responsibility would become unanswered."
    count = counted(len(found.unanswered), "responsibilities")
    return f"{count} would become unanswered{critical_words(found.unanswered)}"


def critical_words(duties: Sequence[Mapping[str, Any]]) -> str:
    """`, 2 of them critical`; empty if none is."""
    critical = sum(each["criticality"] == "critical" for each in duties)
    if not critical:
        return ""
    return ", critical" if len(duties) == 1 else f", {critical} of them critical"


def duty_lines(duty: Mapping[str, Any], style: Style, lead: str = _INDENT) -> Iterator[str]:
    """An unanswered duty: how critical, what, and why."""
    why = WHY[duty["why"]].format(roles=listed([f'"{role}"' for role in duty["roles"]], "or"))
    statement = " ".join(duty["statement"].split()).removesuffix(".")
    text = f"{statement} ({duty['id']}): {why}"
    yield from beside(text, duty["location"], style, lead=f"{lead}{duty['criticality']:<{_LABEL}}")


def _finding(group: Fold, style: Style, paint: Paint) -> Iterator[str]:
    finding = group.first
    more = f" (and {number(len(group.others), 'more place')})" if group.others else ""
    yield f"{_INDENT}{paint.level(finding.level, finding)}  {paint.rule(visible(finding.rule))}"
    yield from beside(f"{_sentence(finding)}{more}", _place([finding]), style, lead=_INDENT * 2)


def _sentence(finding: Finding) -> str:
    return " ".join(finding.message.split())


def _place(findings: Iterable[Finding]) -> dict[str, Any] | None:
    place = next((each.location for each in findings), None)
    return None if place is None else {"file": place.file, "line": place.span.line}
