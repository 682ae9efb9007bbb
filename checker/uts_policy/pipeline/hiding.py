"""A baseline where people have pseudonyms: it was written with their ids, and has to fit all the same."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from uts_policy.judge.identity import of_violation
from uts_policy.judge.waivers import entry_of
from uts_policy.load.redaction import Names, hidden_identity, pseudonym
from uts_policy.model.baseline import Baseline
from uts_policy.model.evaluation import Evaluation
from uts_policy.pipeline.values import Declared

_BY_PERSON = ("people", "training_records")


def hidden(baseline: Baseline | None, declared: Declared) -> Baseline | None:
    """The baseline with identities that nobody can guess a person from, and without its messages.

    Both sides of a comparison get the same ones, so what has grown is still told.
    """
    names = declared.names
    if baseline is None or names is None:
        return baseline
    entries = tuple(
        replace(each, id=hidden_identity(each.id, names.key), entry=_entry(each.entry, names), message="")
        for each in baseline.entries
    )
    places = {hidden_identity(identity, names.key): place for identity, place in baseline.places.items()}
    return replace(baseline, entries=entries, places=places)


def fitting(baseline: Baseline | None, declared: Declared, evaluation: Evaluation) -> Baseline | None:
    """A hidden baseline with the identities that its findings have now, as far as they are found."""
    if baseline is None or declared.names is None:
        return baseline
    now = dict(_now(evaluation, declared.names))
    entries = tuple(replace(each, id=now.get(each.id, each.id)) for each in baseline.entries)
    places = {now.get(identity, identity): place for identity, place in baseline.places.items()}
    return replace(baseline, entries=entries, places=places)


def _now(evaluation: Evaluation, names: Names) -> Iterable[tuple[str, str]]:
    """Hidden identity of what was found, as it was before anybody was hidden, and its identity now."""
    back: Mapping[str, str] = {pseudonym: identifier for identifier, pseudonym in names.by_id.items()}
    for violation in evaluation.violations:
        entry = entry_of(violation)
        before = of_violation(violation.rule, _restored(entry, back), _restored(violation.key, back))
        yield hidden_identity(before, names.key), of_violation(violation.rule, entry, violation.key)


def _restored(text: str, back: Mapping[str, str]) -> str:
    return "/".join(back.get(part, part) for part in text.split("/"))


def _entry(entry: str, names: Names) -> str:
    section, *rest = entry.split("/")
    if section in _BY_PERSON and rest:
        rest[0] = names.by_id.get(rest[0], pseudonym(rest[0], names.key))
    return "/".join((section, *rest))
