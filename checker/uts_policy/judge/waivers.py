"""Waivers: which finding is hidden by which, and which hide nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uts_policy.common.former_names import first_named
from uts_policy.common.nearest import nearest
from uts_policy.judge.identity import entry_of
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import AppliedWaiver, Violation

UNUSED = "waivers/unused"
"""The one rule that looks at findings and not at declarations, and is therefore decided here."""


def applied(
    corpus: Corpus, rule: str, entry: str, key: str, void: Collection[str] = frozenset()
) -> AppliedWaiver | None:
    """The waiver that hides the effect of `rule` on `entry` (`section/id`): of several, the one that lasts longest.

    Only waivers in force are among the corpus' links. One with a `key` hides the finding with that key alone. `void`
    are the ids of waivers that hide nothing here, whatever they say.
    """
    fitting = [
        (identifier, waiver)
        for identifier, waiver in _in_force(corpus, rule, entry)
        if identifier not in void and ("key" not in waiver or _same_key(corpus, waiver["key"], key))
    ]
    if not fitting:
        return None
    identifier, waiver = max(fitting, key=lambda pair: (pair[1]["expires"], pair[0]))
    return AppliedWaiver(
        id=identifier, reason=waiver["reason"], approved_by=waiver["approved_by"], expires=waiver["expires"]
    )


def unused(
    corpus: Corpus,
    violations: Collection[Violation],
    evaluated: Collection[str],
    known_rules: Collection[str],
    not_judged: Collection[tuple[str, str]],
) -> tuple[Violation, ...]:
    """One violation of `waivers/unused` for each waiver in force that matches no finding.

    A waiver of a rule that was not evaluated is not judged: nobody knows; nor is one of an entry that the rule could
    not judge (`not_judged`, pairs of rule and `section/id`), unless it is for a key. `known_rules` is the whole
    catalogue; a waiver of a rule outside it, or of a host rule that cannot be waived, matches nothing and never will.
    Waivers of `waivers/unused` itself come last, since what they hide is only known by then.
    """
    judged = _Judged(corpus=corpus, evaluated=evaluated, known_rules=known_rules, not_judged=not_judged)
    first = tuple(_unmatched(judged, violations, of_unused=False))
    return first + tuple(_unmatched(judged, first, of_unused=True))


def written_within(corpus: Corpus, entries: Collection[str], having: Collection[str]) -> tuple[str, ...]:
    """Those of `having` that are written within one of `entries`, in order: assignments, within a responsibility.

    A waiver that names the one hides no finding on the other. All are `section/id`.
    """
    origins = [corpus.origins.get(_parted(entry)) for entry in entries]
    places = {(each.document.path, each.document.index, each.route) for each in origins if each is not None}
    inside = []
    for entry in sorted({*having} - {*entries}):
        at = corpus.origins.get(_parted(entry))
        above = (
            [] if at is None else [(at.document.path, at.document.index, at.route[:n]) for n in range(len(at.route))]
        )
        if not places.isdisjoint(above):
            inside.append(entry)
    return tuple(inside)


def _in_short(inside: Sequence[str]) -> str:
    if not inside:
        return ""
    more = f" and {len(inside) - 1} more" if len(inside) > 1 else ""
    return f'; what is written in it in short has one, on "{inside[0]}"{more}'


def to_come(corpus: Corpus) -> tuple[str, ...]:
    """A sentence for each waiver that is approved on a day to come, and so hides nothing yet."""
    as_of = corpus.data["as_of"]
    return tuple(
        f'Waiver "{identifier}" has no effect before {waiver["approved_on"]}, the day of its approval.'
        for identifier, waiver in sorted(corpus.data["waivers"].items())
        if as_of < waiver["approved_on"] <= waiver["expires"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What the rules looked at."""

    corpus: Corpus
    evaluated: Collection[str]
    known_rules: Collection[str]
    not_judged: Collection[tuple[str, str]]


def _unmatched(judged: _Judged, violations: Iterable[Violation], *, of_unused: bool) -> Iterable[Violation]:
    found: dict[tuple[str, str], set[str]] = {}
    for violation in violations:
        found.setdefault((violation.rule, entry_of(violation)), set()).add(violation.key)
    data = judged.corpus.data
    for identifier, entries in sorted(data["links"]["excused"].items()):
        waiver = data["waivers"][identifier]
        rule = waiver["rule"]
        decided = rule in judged.evaluated or rule not in judged.known_rules or rule.startswith(("yaml/", "schema/"))
        if not decided or (rule == UNUSED) is not of_unused or waiver["approved_on"] > data["as_of"]:
            continue
        keys = {key for entry in entries for key in found.get((rule, entry), ())}
        if "key" not in waiver and any((rule, entry) in judged.not_judged for entry in entries):
            continue
        if not any("key" not in waiver or _same_key(judged.corpus, waiver["key"], key) for key in keys):
            field, message = _explained(identifier, waiver, entries, judged.known_rules, keys)
            if field == "subject":
                having = {entry for of, entry in found if of == rule}
                message += _in_short(written_within(judged.corpus, entries, having))
            yield Violation(rule=UNUSED, path=("waivers", identifier, field), message=message)


def _parted(entry: str) -> tuple[str, str]:
    section, _, name = entry.partition("/")
    return section, name


def _same_key(corpus: Corpus, written: str, key: str) -> bool:
    """Whether a waiver means a finding's key: what it names may have another id by now."""
    return written == key or first_named(corpus.data, "", written) == first_named(corpus.data, "", key)


def _in_force(corpus: Corpus, rule: str, entry: str) -> list[tuple[str, Mapping[str, Any]]]:
    waivers = corpus.data["waivers"]
    return [
        (identifier, waivers[identifier]) for identifier in corpus.data["links"]["waived"].get(rule, {}).get(entry, ())
    ]


def _explained(
    identifier: str,
    waiver: Mapping[str, Any],
    entries: Collection[str],
    known_rules: Collection[str],
    keys: Collection[str],
) -> tuple[str, str]:
    """The field of the waiver that does not fit, and what is wrong with it."""
    rule, subject = waiver["rule"], waiver["subject"]
    start = f'Waiver "{identifier}" hides nothing:'
    if rule.startswith(("yaml/", "schema/")):
        return "rule", f'{start} "{rule}" cannot be waived'
    if rule not in known_rules:
        near = nearest(rule, known_rules, guessing=True)
        suggestion = f'; did you mean "{near}"?' if near else ""
        return "rule", f'{start} there is no rule "{rule}"{suggestion}'
    if not entries:
        return "subject", f'{start} no entry matches "{subject}"'
    if "key" in waiver and keys:
        return "key", f'{start} "{rule}" has no finding on "{subject}" with the key "{waiver["key"]}"'
    return "subject", f'{start} "{rule}" has no finding on "{subject}"'
