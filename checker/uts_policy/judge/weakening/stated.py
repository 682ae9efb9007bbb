"""Weakening by what is no longer stated: a rule judges what was written down, so silence takes away what it judges."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from uts_policy.common.facts import FACTS
from uts_policy.common.fields import over
from uts_policy.common.words import noun
from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation

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
    for fact, words in FACTS.items():
        silenced = {*_silenced(fact, base.corpus, head.corpus), *_unasked(fact, base.corpus, head.corpus)}
        for identifier in sorted(silenced):
            told.add(fact)
            yield _unstated(words.section, identifier, words.stated_by, head.corpus)
    for identifier in _unreviewed(base.corpus, head.corpus):
        yield _unstated("assignments", identifier, "`reviewed_on`", head.corpus)
    for rule, reason in sorted(head.not_assessed.items()):
        known = head.catalogue[rule]
        if rule in base.assessed and told.isdisjoint({*known.needs, *known.subjects, *known.sections}):
            message = f'"{rule}" was assessed and is not any more: {reason}.'
            yield Weakening(violation=Violation(rule=WEAKENS, path=(RULES, rule), message=message), location=None)


def _silenced(fact: str, base: Corpus, head: Corpus) -> Iterator[str]:
    """The entries that stated a fact and, still there and asked, do not any more, unless it is said to be complete."""
    section = FACTS[fact].section
    entries = base.data[section]
    before = {_same_by(entries[each]) or each for each in base.facts[fact].stating}
    for identifier in head.data["not_stated"][fact]:
        if (_same_by(head.data[section][identifier]) or identifier) in before:
            yield identifier


def _unasked(fact: str, base: Corpus, head: Corpus) -> Iterator[str]:
    """The entries that stated a fact, are not asked for it any more though they go on, and do not state it either."""
    section = FACTS[fact].section
    if section not in ("roles", "assignments"):  # all others are asked as long as they go on
        return
    fields = set(FACTS[fact].fields)
    now = head.facts[fact]
    same = {_same_by(entry) or name: name for name, entry in head.data[section].items()}
    for identifier in base.facts[fact].stating:
        name = same.get(_same_by(base.data[section][identifier]) or identifier)
        if name is None or name in now.stating or name in now.silent or not _goes_on(section, name, head):
            continue
        if fields.isdisjoint(
            {*written(head, section, name), *(head.data[section][name] if section != "roles" else ())}
        ):
            yield name


def _goes_on(section: str, name: str, head: Corpus) -> bool:
    """Whether a role or an assignment is in force; of an assignment, with its role and its responsibility."""
    entry, as_of = head.data[section][name], head.data["as_of"]
    if section == "roles":
        return not ended("roles", entry, as_of)
    others = (("roles", entry["role"]), ("responsibilities", entry["responsibility"]))
    return entry["from"] <= as_of <= entry["to"] and all(
        other in head.data[of] and not ended(of, head.data[of][other], as_of) for of, other in others
    )


def _unreviewed(base: Corpus, head: Corpus) -> Iterator[str]:
    """The assignments that were reviewed, and no longer say when: no fact that is asked, and silence ends its rule."""
    before = {_same_by(each) for each in base.data["assignments"].values() if "reviewed_on" in each}
    for identifier, entry in head.data["assignments"].items():
        if _same_by(entry) in before and "reviewed_on" not in entry:
            yield identifier


def _same_by(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """What an assignment is the same by, whatever its id; empty for all else."""
    return (entry["responsibility"], entry["role"], entry["code"]) if "code" in entry else ()


def ended(section: str, entry: Mapping[str, Any], as_of: str) -> bool:
    """Whether an entry says that it is over on a day: of a role, the day that it names decides, else the status."""
    day = entry.get("abolished_on")
    return as_of >= str(day) if day is not None else entry.get("status") in over(section)


def written(corpus: Corpus, section: str, identifier: str) -> Mapping[str, Any]:
    """An entry as its author wrote it, without the defaults of what was not."""
    origin = corpus.origins.get((section, identifier))
    value: Any = None if origin is None else origin.document.data
    for step in () if origin is None else origin.route:
        value = value[step]
    return value if isinstance(value, Mapping) else {}


def _unstated(section: str, identifier: str, field: str, head: Corpus) -> Weakening:
    one = noun(section, 1, short=True).capitalize()
    message = f'{one} "{identifier}" no longer states {field}, so that is not assessed; it did before.'
    path = (section, identifier)
    return Weakening(
        violation=Violation(rule=WEAKENS, path=path, message=message, key=field.replace("`", "").replace(" or ", "/")),
        location=head.locate(path),
    )
