"""Known findings that have got worse in a measure of their own, which the places that they relate do not show.

A wider duty that nobody answers for, a longer gap between two terms, less power than before, another delegate, other
roles that are all accountable. What is measured is data of both sides, never the words of a message.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation

Scope: TypeAlias = Mapping[str, Any]

_UNCLAIMED = frozenset({"ownership/unassigned", "ownership/no-performer", "incident/no-command"})


def worse(base: tuple[Corpus, Violation], head: tuple[Corpus, Violation]) -> tuple[str, ...]:
    """What makes the finding of the head worse than the same one of the base: entries, as `section/id`, or fields."""
    (before, was), (now, violation) = base, head
    section, entry = str(violation.path[0]), str(violation.path[1])
    found: set[str] = set()
    if violation.rule in _UNCLAIMED:
        found = _wider(_scopes(now, section, entry), now, _scopes(before, section, entry), before, f"{section}/{entry}")
    elif violation.rule == "authority/too-narrow":
        found = _less_power(before, now, violation)
    elif violation.rule == "ownership/term-gap" and _days(now, violation) > _days(before, was):
        found = {f"assignments/{each.path[1]}" for each in violation.related}
    elif violation.rule == "ownership/multiple-accountable":
        found = _other_roles(before, was, now, violation)
    elif violation.rule == "ownership/placeholder-owner" and _fields(violation) - _fields(was):
        found = {f"{section}/{entry}/{each}" for each in _fields(violation) - _fields(was)}
    elif section == "delegations":
        found = _more_delegated(before, now, entry)
    return tuple(sorted(found))


def _fields(violation: Violation) -> set[str]:
    """The fields of the entry in which the words of a finding stand."""
    paths = (violation.path, *(each.path for each in violation.related))
    return {str(field) for _, _, field, *_ in (path for path in paths if path[2:])}


def _less_power(base: Corpus, head: Corpus, violation: Violation) -> set[str]:
    """Where a role has lost a part of what it held of an authority, or has come to answer for more without it."""
    role, _, authority = violation.key.partition("/")
    before, now = (side.data["links"]["grants"].get(role, {}).get(authority, ()) for side in (base, head))
    found = _wider(before, base, now, head, f"authorities/{authority}")
    for each in violation.related:
        one = str(each.path[1])
        scopes = [_scopes(side, "assignments", one) for side in (head, base)]
        if all(scopes):
            found |= _wider(scopes[0], head, scopes[1], base, f"assignments/{one}")
    return found


def _other_roles(base: Corpus, was: Violation, head: Corpus, violation: Violation) -> set[str]:
    before, now = _roles(base, was), _roles(head, violation)
    added = {each for each in now - before if each in base.data["roles"]}
    # As many roles that are new as are gone are the same by another id.
    new = {each for each in now - before if each not in base.data["roles"]}
    gone = {each for each in before - now if each not in head.data["roles"]}
    added |= new if len(new) > len(gone) else set()
    return {f"roles/{each}" for each in added}


def _roles(corpus: Corpus, violation: Violation) -> set[str]:
    return {corpus.data["assignments"][each.path[1]]["role"] for each in violation.related}


def _more_delegated(base: Corpus, head: Corpus, entry: str) -> set[str]:
    before, now = (side.data["delegations"][entry] for side in (base, head))
    found = set()
    if before["delegate"] != now["delegate"] and before["delegate"] in head.data["roles"]:
        found.add(f"roles/{now['delegate']}")
    if now["to"] > before["to"]:
        found.add(f"delegations/{entry}")
    return found | _wider([now["scope"]], head, [before["scope"]], base, f"delegations/{entry}")


def _days(corpus: Corpus, violation: Violation) -> int:
    """How many days lie between the two assignments that a gap of terms is between."""
    ending, beginning = (corpus.data["assignments"][each.path[1]] for each in violation.related)
    days: Mapping[str, int] = corpus.data["days"]
    return days[beginning["from"]] - days[ending["to"]]


def _scopes(corpus: Corpus, section: str, entry: str) -> Sequence[Scope]:
    found = corpus.data[section].get(entry)
    return () if found is None else (found["scope"],)


def _wider(now: Iterable[Scope], side: Corpus, before: Sequence[Scope], other: Corpus, whole: str) -> set[str]:
    """What of `now`, as `side` has it, is in none of the scopes of `before`; `whole` where no unit or vector is named.

    A unit that `other` does not have is not looked at: it is new, or has another id.
    """
    found = set()
    for scope in now:
        for unit in scope.get("units", side.data["links"]["root_units"]):
            if unit not in other.data["units"]:
                continue
            above = {*side.data["units"][unit]["path"], *other.data["units"][unit]["path"]}
            for vector in scope.get("vectors", [*side.data["vectors"]] or [None]):
                if not any(_covers(each, above, vector) for each in before):
                    narrow = [f"units/{unit}"] if "units" in scope else []
                    narrow += [f"vectors/{vector}"] if "vectors" in scope else []
                    found |= set(narrow) or {whole}
    return found


def _covers(scope: Scope, above: Collection[str], vector: str | None) -> bool:
    units = "units" not in scope or not set(above).isdisjoint(scope["units"])
    return units and ("vectors" not in scope or vector in scope["vectors"])
