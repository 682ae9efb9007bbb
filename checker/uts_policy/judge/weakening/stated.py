"""Weakening by what is no longer stated: a rule judges what was written down, so silence takes away what it judges."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class _StatedFact:
    """Something that an entry says of itself by one of `fields`, or a duty by assignments with one of `codes`."""

    section: str
    fields: tuple[str, ...]
    codes: tuple[str, ...] = ()


_FACTS = (
    _StatedFact(section="roles", fields=("holders", "vacancy")),
    _StatedFact(section="roles", fields=("successors",)),
    _StatedFact(section="roles", fields=("reports_to",)),
    _StatedFact(section="roles", fields=("authorities",)),
    _StatedFact(section="responsibilities", fields=("responsible",), codes=("R",)),
    _StatedFact(section="responsibilities", fields=("consulted", "informed"), codes=("C", "I")),
    _StatedFact(section="assignments", fields=("acknowledged_on",)),
    _StatedFact(section="assignments", fields=("reviewed_on",)),
    _StatedFact(section="incident_lines", fields=("escalate_to",)),
)
"""What rules judge where it is stated, and pass over where it is not."""
_WORDS = {
    "roles": "Role",
    "responsibilities": "Responsibility",
    "assignments": "Assignment",
    "incident_lines": "Incident line",
}
_GOING_ON = frozenset({"active", "in-force", "under-review", "draft", "open", "unresolved"})
"""Every status of an entry that is not over."""
RULES = "rules"
"""What stands for a section in the entries of findings about a rule that is no longer assessed."""


def by_facts(base: Stance, head: Stance, emptied: Collection[str]) -> Iterator[Weakening]:
    """One for each fact that an entry stated at the base and, still in force, does not state any more.

    Then one for each rule that was assessed on the base, is still on, and is not assessed any more for a reason that
    nothing else tells: `emptied` are the sections of which it is told that nothing is in them now.
    """
    if base.corpus is None or head.corpus is None:
        return
    told = {*emptied, "waivers"}  # a waiver less hides less
    for fact in _FACTS:
        for identifier in _silenced(fact, base.corpus, head.corpus):
            told.update(f"{fact.section}.{field}" for field in fact.fields)
            yield _unstated(fact, identifier, head.corpus)
    for rule, reason in sorted(head.not_assessed.items()):
        known = head.catalogue[rule]
        facts = {need.partition("=")[0] for need in known.needs}
        sections = {fact.partition(".")[0] for fact in facts} | set(known.subjects)
        if rule in base.assessed and told.isdisjoint(facts | sections):
            message = f'"{rule}" was assessed and is not any more: {reason}.'
            yield Weakening(violation=Violation(rule=WEAKENS, path=(RULES, rule), message=message), location=None)


def _silenced(fact: _StatedFact, base: Corpus, head: Corpus) -> Iterator[str]:
    before = {_same_by(base.data[fact.section][each]) or each for each in _stating(fact, base)}
    now = _stating(fact, head)
    for identifier, entry in sorted(head.data[fact.section].items()):
        # What has ended says no more of itself: that it has ended is what `diff` tells.
        stated = (_same_by(entry) or identifier) in before
        if stated and identifier not in now and not ended(entry, head.data["as_of"]):
            yield identifier


def _same_by(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """What an assignment is the same by, whatever its id; empty for all else."""
    return (entry["responsibility"], entry["role"], entry["code"]) if "code" in entry else ()


def ended(entry: Mapping[str, Any], as_of: str) -> bool:
    """Whether an entry says that it is over on a day: of a role, the day that it names decides, else the status."""
    day = entry.get("abolished_on")
    return as_of >= str(day) if day is not None else entry.get("status", "active") not in _GOING_ON


def _stating(fact: _StatedFact, corpus: Corpus) -> frozenset[str]:
    """The entries that state a fact; an empty list states that there is none."""
    found = {
        identifier
        for identifier in corpus.data[fact.section]
        if any(written(corpus, fact.section, identifier).get(field) is not None for field in fact.fields)
    }
    assignments: Mapping[str, Mapping[str, Any]] = corpus.data["assignments"] if fact.codes else {}
    return frozenset(found | {each["responsibility"] for each in assignments.values() if each["code"] in fact.codes})


def written(corpus: Corpus, section: str, identifier: str) -> Mapping[str, Any]:
    """An entry as its author wrote it, without the defaults of what was not."""
    origin = corpus.origins.get((section, identifier))
    value: Any = None if origin is None else origin.document.data
    for step in () if origin is None else origin.route:
        value = value[step]
    return value if isinstance(value, Mapping) else {}


def _unstated(fact: _StatedFact, identifier: str, head: Corpus) -> Weakening:
    fields = " or ".join(f"`{each}`" for each in fact.fields)
    message = f'{_WORDS[fact.section]} "{identifier}" no longer states {fields}, so that is not judged; it did before.'
    path = (fact.section, identifier)
    return Weakening(
        violation=Violation(rule=WEAKENS, path=path, message=message, key="/".join(fact.fields)),
        location=head.locate(path),
    )
