"""Weakening by an id that was given to something else: what was known of the one is not known of the other."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from uts_policy.judge.identity import of_violation
from uts_policy.judge.waivers import entry_of
from uts_policy.judge.weakening.stance import WEAKENS, Weakening
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation

_TEXTS = ("statement", "title", "text", "name")
"""Where entries say what they are; of persons the name is not asked, for it may be a pseudonym."""
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "assignments": ("responsibility", "role"),
    "delegations": ("delegator", "delegate"),
    "incident_lines": ("incident",),
}
"""Which entries say so by what they refer to, where they have no text."""
_SHOWN = 60
"""Characters of a text that a message shows."""


def replaced_entries(base: Corpus, head: Corpus, entries: Collection[str]) -> Mapping[str, str]:
    """Those of `entries` (`section/id`) whose id stands for something else in `head`, each with the field that says so.

    An entry says something else where less than half of the words of its statement, title or text are those that it
    had: a duty that was only reworded is the same duty.
    """
    found: dict[str, str] = {}
    for entry in sorted(entries):
        section, _, identifier = entry.partition("/")
        before, after = (side.data.get(section, {}).get(identifier) for side in (base, head))
        if section != "people" and isinstance(before, dict) and isinstance(after, dict):
            field = _says_otherwise(section, before, after)
            if field:
                found[entry] = field
    return found


def taken_identities(violations: Collection[Violation], entries: Collection[str]) -> frozenset[str]:
    """The identities of the findings on `entries`."""
    return frozenset(
        of_violation(each.rule, entry_of(each), each.key) for each in violations if entry_of(each) in entries
    )


def by_identities(base: Corpus, head: Corpus, replaced: Mapping[str, str]) -> Iterator[Weakening]:
    """One for each entry of `replaced`."""
    for entry, field in replaced.items():
        section, _, identifier = entry.partition("/")
        before, after = (_shown(side.data[section][identifier].get(field)) for side in (base, head))
        path = (section, identifier, field)
        message = f'The id "{identifier}" of a known finding stands for something else now: {after}, before {before}.'
        violation = Violation(rule=WEAKENS, path=path, message=message, key="identity")
        yield Weakening(violation=violation, location=head.locate(path))


def _says_otherwise(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The field that shows that two entries of one id are two things; empty where they are the same."""
    old, new = _words(before), _words(after)
    if old:
        if len(old & new) * 2 >= len(new) and new:
            return ""
        return next((each for each in _TEXTS if each in after), next(each for each in _TEXTS if each in before))
    fields = _ABOUT.get(section, ())
    if fields and all(before.get(each) != after.get(each) for each in fields):
        return fields[0]
    return ""


def _words(entry: Mapping[str, Any]) -> set[str]:
    texts = (entry[each] for each in _TEXTS if isinstance(entry.get(each), str))
    return {word for text in texts for word in re.findall(r"\w+", text.casefold())}


def _shown(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    return f'"{text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"}"' if text else "nothing"
