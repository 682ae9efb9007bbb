"""What a role, a person or a unit answers for, as text: duties, powers, what it passed on, and what ends."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from uts_policy.common import fields
from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import counted, number
from uts_policy.model.answers import Who
from uts_policy.render.common.terminal import Paint, beside, listed, term
from uts_policy.render.interface import Style
from uts_policy.render.queries.chain import extent_words, following, holder_lines, power_lines, step

Mandate: TypeAlias = Mapping[str, Any]

HEADINGS = {
    "A": "Answers for",
    "R": "Does the work of",
    "S": "Supports",
    "C": "Is consulted about",
    "I": "Is informed about",
}
"""What a code makes of a role, before `3 responsibilities`."""
_NAMED = {"A": "accountable", "R": "responsible", "S": "supporting", "C": "consulted", "I": "informed"}
STATES = {
    "abolished": "abolished: nobody answers through this role",
    "placeholder": "a placeholder, not a role: nobody answers through it",
    "unknown": "not a declared role: nobody answers through it",
}
"""What is said of what is no living role."""
_PERSON = {"departed": "has left", "on-leave": "is on leave"}
_LABEL = 10


def titled(title: str, name: str) -> str:
    """`A Title (the-id)`; one of them if the other says no more."""
    return f"{title} ({name})" if title and title.casefold() != name else title or name


def subject_lines(subject: Mapping[str, Any], style: Style) -> Iterator[str]:
    """A block for a subject: itself, then each role through which it answers."""
    match subject["kind"]:
        case "person":
            yield from _person(subject, style)
        case "unit":
            yield from _unit(subject, style)
    for mandate in subject["roles"]:
        yield from _mandate(mandate, style)


def match_lines(who: Who, style: Style) -> Iterator[str]:
    """What a part of a title may mean, to choose from."""
    if not who.matches:
        return
    asked = visible(" ".join(who.question.subject.split()))
    yield from wrap(
        f'{len(who.matches)} entries have "{asked}" in their id or title. Ask about one of them:', style.width
    )
    for each in who.matches:
        words = titled(" ".join(each["title"].split()), each["id"])
        yield from beside(words, each["location"], style, lead=f"  {fields.noun(each['section']):<16}")


def _person(subject: Mapping[str, Any], style: Style) -> Iterator[str]:
    yield from beside(titled(subject["title"], subject["id"]), subject["location"], style)
    held = subject["holdings"]
    said = "Holds no role" if not held else f"Holds {number(len(held), 'role')}"
    state = _PERSON.get(subject["state"])
    yield f"{said}; {state}." if state else f"{said}."
    for each in held:
        role = next(mandate for mandate in subject["roles"] if mandate["role"] == each["role"])
        words = f"{titled(role['title'], each['role'])}, {each['kind']} {term(each)}"
        yield from step("holds", words, each["location"], style)
    yield ""


def _unit(subject: Mapping[str, Any], style: Style) -> Iterator[str]:
    yield from beside(titled(subject["title"], subject["id"]), subject["location"], style)
    archived = "" if subject["in_force"] else "Archived. "
    yield f"{archived}{number(len(subject['roles']), 'role') if subject['roles'] else 'No role'} of its own."
    parts = [titled(title, name) for name, title in subject["parts"].items()]
    if parts:
        yield from step("below it", listed(parts), None, style)
    yield ""


def _mandate(mandate: Mandate, style: Style) -> Iterator[str]:
    paint = Paint(style)
    title = titled(mandate.get("title", ""), mandate["role"])
    yield from beside(title, mandate.get("role_location"), style)
    if mandate["state"] in STATES:
        yield paint.caret(f"{STATES[mandate['state']][0].upper()}{STATES[mandate['state']][1:]}.")
    if "title" in mandate:
        yield from _post(mandate, style)
    yield ""
    yield from _duties(mandate, style)
    if mandate["powers"]:
        yield f"Powers ({len(mandate['powers'])})"
        for power in mandate["powers"]:
            yield from _power(power, style)
        yield ""
    yield from _rest(mandate, style)


def _post(mandate: Mandate, style: Style) -> Iterator[str]:
    post, titles = mandate["post"], mandate["titles"]
    yield from step("unit", titled(titles[post["unit"]], post["unit"]), None, style)
    for field, label in (("reports_to", "reports to"), ("replaced_by", "replaced by")):
        if field in post:
            yield from step(label, titled(titles[post[field]], post[field]), None, style)
    if mandate["state"] == "living":
        yield from holder_lines(mandate, style)
        followers = mandate["successors"]
        if not mandate["everyone"]:
            yield from step("next", following(mandate), followers[0]["location"] if followers else None, style)


def _duties(mandate: Mandate, style: Style) -> Iterator[str]:
    if not mandate["duties"]:
        yield from ("No duty names it.", "")
        return
    living = mandate["state"] == "living"
    if living and all(each["code"] != "A" for each in mandate["duties"]):
        yield from ("Answers for no responsibility.", "")
    for code, heading in HEADINGS.items():
        duties = [each for each in mandate["duties"] if each["code"] == code]
        if not duties:
            continue
        critical = sum(each["criticality"] == "critical" for each in duties)
        count = counted(len(duties), "responsibilities")
        words = heading if living else f"Is named as {_NAMED[code]} for"
        yield f"{words} {count}{_critical(critical, len(duties))}"
        for each in duties:
            yield from duty_lines(each, style)
        yield ""


def _critical(critical: int, of: int) -> str:
    if not critical:
        return ""
    return ", critical" if of == 1 else f", {critical} of them critical"


def duty_lines(duty: Mapping[str, Any], style: Style) -> Iterator[str]:
    """A duty with its criticality in front, and where and how long it is one."""
    statement = " ".join(duty["statement"].split()).removesuffix(".")
    extent = " ".join(part for part in (extent_words(duty["scope"]), term(duty)) if part)
    words = f"{titled(statement, duty['responsibility'])}{f'; {extent}' if extent else ''}"
    yield from beside(words, duty["location"], style, lead=f"  {duty['criticality']:<{_LABEL}}")


def _power(power: Mapping[str, Any], style: Style) -> Iterator[str]:
    pass_on = ", which it may pass on" if power["may_pass"] else "" if power["state"] == "held" else ","
    name = f"{titled(power['title'], power['authority'])}{pass_on}"
    label = "holds" if power["state"] == "held" else "needs"
    yield from power_lines(label, name, power, None, style)
    if power["needed"]:
        yield from step("  needed for", listed(power["needed"]), None, style)


def _rest(mandate: Mandate, style: Style) -> Iterator[str]:
    if mandate["passed_on"]:
        yield "Has passed on"
        for each in mandate["passed_on"]:
            role = titled(mandate["titles"].get(each["delegate"], ""), each["delegate"])
            gone = f", {STATES[each['state']].partition(':')[0]}" if each["state"] in STATES else ""
            words = f'{listed(each["authorities"])} to {role}{gone} by "{each["delegation"]}" {term(each)}'
            yield from step("", words, each["location"], style)
        yield ""
    if mandate["modules"]:
        yield "Training for this role"
        for each in mandate["modules"]:
            words = f"{titled(each['title'], each['module'])}{', mandatory' if each['mandatory'] else ''}"
            yield from step("", words, each["location"], style)
        yield ""
    if mandate["ends"]:
        yield "What ends"
        for each in mandate["ends"]:
            yield from beside(ending_words(each), each["location"], style, lead=f"  {each['on']}  ")
        yield ""


def ending_words(end: Mapping[str, Any]) -> str:
    """What ends, in words."""
    name = end["of"]
    return {
        "role": "the role is abolished on this day",
        "holding": f"last day of {name} in this role",
        "vacancy": "the deliberate vacancy",
        "assignment": f"its duty {name}",
        "authority": f"its own authority {name}",
        "delegation to it": f"what it has by delegation {name}",
        "delegation by it": f"what it passed on by delegation {name}",
    }[end["kind"]]
