"""Weakening by exceptions: waivers, the baseline, sections that nobody fills any more."""

from collections.abc import Iterator, Mapping
from typing import Any

from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening, in_configuration
from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation

BASELINE = "baseline"
"""What stands for a section in the entries of findings about the baseline."""


def by_exceptions(base: Stance, head: Stance, sections: tuple[str, ...]) -> Iterator[Weakening]:
    """Every weakening by what is declared. `sections` are the names of all sections."""
    if base.corpus is not None and head.corpus is not None:
        yield from _by_waivers(base.corpus, head.corpus)
        for section in sections:
            if section != "waivers" and base.corpus.data[section] and not head.corpus.data[section]:
                yield _emptied(section, len(base.corpus.data[section]))
    yield from _by_baseline(base, head)


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


def _hides(waiver: Mapping[str, Any]) -> tuple[str, str]:
    return waiver["rule"], waiver["subject"]


def _waiver(head: Corpus, identifier: str, field: str, message: str, key: str = "") -> Weakening:
    path = ("waivers", identifier, field) if field else ("waivers", identifier)
    violation = Violation(rule=WEAKENS, path=path, message=message, key=key or field)
    return Weakening(violation=violation, location=head.locate(path))


def _emptied(section: str, count: int) -> Weakening:
    entries = "the one entry that was there is" if count == 1 else f"all {count} entries that were there are"
    message = f'Section "{section}" is empty now, {entries} gone: its rules are not assessed.'
    return Weakening(violation=Violation(rule=WEAKENS, path=(section, "*"), message=message), location=None)


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
