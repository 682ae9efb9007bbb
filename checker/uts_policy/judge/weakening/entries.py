"""Weakening by what is declared: an id that was given to something else, waivers, the baseline, empty sections.

What was known or waived of the one thing is not known or waived of the other.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from uts_policy.judge.identity import entry_of, in_corpus
from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening, in_configuration
from uts_policy.model.baseline import Baseline
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
_SHORT = 3
"""Words of a text that is so short that one word in common is half of what it says."""
_SHOWN = 60
"""Characters of a text that a message shows."""


def replaced_entries(base: Corpus, head: Corpus, entries: Collection[str]) -> Mapping[str, str]:
    """Those of `entries` (`section/id`) whose id stands for something else in `head`, each with the field that says so.

    An entry says something else where its statement, title or text and the one that it had share less than half of the
    words of the longer one: a duty that was only reworded is the same duty.
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


def void_waivers(base: Corpus, head: Corpus, entries: Collection[str]) -> frozenset[str]:
    """The waivers of `head` that hide findings on `entries` and were agreed, at the base, for what had these ids.

    One that comes with the change is told as such.
    """
    agreed = {_hides(each) for each in base.data["waivers"].values()}
    return frozenset(
        identifier
        for identifier, waiver in head.data["waivers"].items()
        if waiver["subject"] in entries and _hides(waiver) in agreed
    )


def taken_identities(head: Corpus, violations: Collection[Violation], entries: Collection[str]) -> frozenset[str]:
    """The identities of the findings of `head` on `entries`."""
    return frozenset(in_corpus(head, each) for each in violations if entry_of(each) in entries)


def by_identities(base: Corpus, head: Corpus, replaced: Mapping[str, str]) -> Iterator[Weakening]:
    """One for each entry of `replaced`."""
    for entry, field in replaced.items():
        section, _, identifier = entry.partition("/")
        before, after = (_shown(side.data[section][identifier].get(field)) for side in (base, head))
        path = (section, identifier, field)
        told = f'The id "{identifier}" of a known or waived finding stands for something else now'
        message = f"{told}: {after}, before {before}."
        violation = Violation(rule=WEAKENS, path=path, message=message, key="identity")
        yield Weakening(violation=violation, location=head.locate(path))


def _says_otherwise(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The field that shows that two entries of one id are two things; empty where they are the same."""
    old, new = _words(before), _words(after)
    if old:
        if len(old & new) >= _enough(max(len(old), len(new))):
            return ""
        return next((each for each in _TEXTS if each in after), next(each for each in _TEXTS if each in before))
    fields = _ABOUT.get(section, ())
    if fields and all(before.get(each) != after.get(each) for each in fields):
        return fields[0]
    return ""


def _enough(words: int) -> int:
    """How many words of the longer text both must have: half of them; of three, one is enough."""
    return 1 if words <= _SHORT else (words + 1) // 2


def _words(entry: Mapping[str, Any]) -> set[str]:
    texts = (entry[each] for each in _TEXTS if isinstance(entry.get(each), str))
    return {word for text in texts for word in re.findall(r"\w+", text.casefold())}


def _shown(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    return f'"{text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"}"' if text else "nothing"


BASELINE = "baseline"
"""What stands for a section in the entries of findings about the baseline."""


def by_exceptions(base: Stance, head: Stance, sections: tuple[str, ...]) -> Iterator[Weakening]:
    """Every weakening by what is declared. `sections` are the names of all sections."""
    if base.corpus is not None and head.corpus is not None:
        yield from _by_waivers(base.corpus, head.corpus)
        for section in emptied_sections(base, head, sections):
            yield _emptied(section, len(base.corpus.data[section]))
    yield from _by_baseline(base, head)


def emptied_sections(base: Stance, head: Stance, sections: tuple[str, ...]) -> tuple[str, ...]:
    """The sections in which nothing is declared any more; a waiver less hides less."""
    if base.corpus is None or head.corpus is None:
        return ()
    before, after = base.corpus.data, head.corpus.data
    return tuple(each for each in sections if each != "waivers" and before[each] and not after[each])


def _by_waivers(base: Corpus, head: Corpus) -> Iterator[Weakening]:
    before: Mapping[str, Mapping[str, Any]] = base.data["waivers"]
    for identifier, waiver in sorted(head.data["waivers"].items()):
        alike = [each for each in before.values() if _hides(each) == _hides(waiver)]
        wide = [each for each in alike if "key" not in each]
        as_wide = wide if "key" not in waiver else [each for each in alike if each.get("key") in (None, waiver["key"])]
        about = f'"{waiver["rule"]}" on "{waiver["subject"]}"'
        if not alike:
            yield _waiver(head, identifier, "rule", f'Waiver "{identifier}" is new: it hides {about}.')
        elif not as_wide and "key" not in waiver:
            message = f'Waiver "{identifier}" has lost its key: it hides every finding of {about}.'
            yield _waiver(head, identifier, "", message, key="key")
        elif not as_wide:
            message = f'Waiver "{identifier}" hides another finding than before of {about}.'
            yield _waiver(head, identifier, "key", message)
        elif waiver["expires"] > max(each["expires"] for each in as_wide):
            last = max(each["expires"] for each in as_wide)
            message = f'Waiver "{identifier}" is extended from {last} to {waiver["expires"]}: it hides {about}.'
            yield _waiver(head, identifier, "expires", message)
        elif waiver["approved_on"] < min(each["approved_on"] for each in as_wide):
            message = f'Waiver "{identifier}" begins earlier, on {waiver["approved_on"]}: it hides {about}.'
            yield _waiver(head, identifier, "approved_on", message)
        elif not _spanned(waiver, as_wide):
            message = f'Waiver "{identifier}" also holds between two that were agreed: it hides {about}.'
            yield _waiver(head, identifier, "", message, key="between")


def _spanned(waiver: Mapping[str, Any], agreed: Collection[Mapping[str, Any]]) -> bool:
    """Whether one or the other of `agreed` holds on each day on which `waiver` does."""
    first = date.fromisoformat(waiver["approved_on"])
    for each in sorted(agreed, key=lambda one: str(one["approved_on"])):
        if date.fromisoformat(each["approved_on"]) <= first <= date.fromisoformat(each["expires"]):
            if each["expires"] >= waiver["expires"]:
                return True
            first = date.fromisoformat(each["expires"]) + timedelta(days=1)
    return False


def _hides(waiver: Mapping[str, Any]) -> tuple[str, str]:
    return waiver["rule"], waiver["subject"]


def _waiver(head: Corpus, identifier: str, field: str, message: str, key: str = "") -> Weakening:
    path = ("waivers", identifier, field) if field else ("waivers", identifier)
    violation = Violation(rule=WEAKENS, path=path, message=message, key=key or field)
    return Weakening(violation=violation, location=head.locate(path))


def _emptied(section: str, count: int) -> Weakening:
    entries = "the one entry that was there is" if count == 1 else f"all {count} entries that were there are"
    message = f'Section "{section}" is empty now, {entries} gone: its rules are not assessed.'
    violation = Violation(rule=WEAKENS, path=(section, "*"), message=message)
    return Weakening(violation=violation, location=None, grave=section == "responsibilities")


def _by_baseline(base: Stance, head: Stance) -> Iterator[Weakening]:
    if head.baseline is None or not head.baseline.entries:
        return
    if base.baseline is None:
        count = len(head.baseline.entries)
        findings = "1 finding" if count == 1 else f"{count} findings"
        message = f'A baseline is new: "{head.baseline.file}" makes {findings} known.'
        yield in_configuration(head, ("baseline",), "", message)
        return
    yield from _grown(base.baseline, head.baseline)


def _grown(base: Baseline, head: Baseline) -> Iterator[Weakening]:
    before = base.identities
    for entry in head.entries:
        if entry.id not in before:
            message = f'The baseline has grown: "{entry.rule}" on "{entry.entry}" is known now.'
            violation = Violation(rule=WEAKENS, path=(BASELINE, entry.id), message=message)
            yield Weakening(violation=violation, location=head.places[entry.id])
