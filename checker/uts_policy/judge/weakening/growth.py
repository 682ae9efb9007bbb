"""Findings that were there before and concern more now: an empty chair that gets more duties, a gap that widens.

Identities say which finding it is, not how much it covers. That is compared as data, never by the words of a message.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from uts_policy.judge.identity import entry_of, in_corpus
from uts_policy.judge.waivers import applied
from uts_policy.judge.weakening.stance import WEAKENS, Weakening
from uts_policy.judge.weakening.worse import worse
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation
from uts_policy.model.place import Route

_EMPTY_CHAIRS = frozenset(
    {
        "staffing/vacant",
        "staffing/vacancy-lapsed",
        "staffing/departed-holder",
        "ownership/placeholder-owner",
        "reference/unknown",
    }
)
"""Rules by which nobody sits in a role, or in a unit's chair: what they find concerns every duty that is answered for
from there."""
_GAPS = frozenset({"ownership/scope-gap", "incident/no-line"})
"""Rules that relate what is left out, units and vectors, and besides what covers a part: more of that is no harm."""
_ASIDE = frozenset({"ownership/unassigned", "ownership/no-performer", "ownership/term-gap"})
"""Rules that relate examples and what covers a part, which say nothing about how much is found: see `worse`."""
_EACH = ("units", "vectors", "responsibilities")
"""Sections of which each entry that is added counts; of others only a larger number does."""
_NAMED = 5
"""How many additions a notice names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A finding of the head and what it concerns besides what it concerned at the base, as `section/id`."""

    violation: Violation
    added: tuple[str, ...]

    @property
    def notice(self) -> str:
        """The growth in words."""
        told = f'"{self.violation.rule}" on "{entry_of(self.violation)}" was there before and concerns more now'
        return f"{told}, so it is new: {self.shown}."

    @property
    def shown(self) -> str:
        """What has been added, the first of it by name."""
        shown = ", ".join(f'"{each}"' for each in self.added[:_NAMED])
        more = f" and {len(self.added) - _NAMED} more" if len(self.added) > _NAMED else ""
        return f"{shown}{more}"


def grown(base: tuple[Corpus, Iterable[Violation]], head: tuple[Corpus, Iterable[Violation]]) -> Mapping[str, Growth]:
    """The findings of both sides that concern more at the head, by identity. The base has the ids of the head."""
    before = {in_corpus(head[0], each): each for each in base[1]}
    found: dict[str, Growth] = {}
    for violation in head[1]:
        identity = in_corpus(head[0], violation)
        known = before.get(identity)
        if known is None:
            continue
        one, other = (base[0], known), (head[0], violation)
        added = _added(one, other) or worse(one, other)
        if added:
            found[identity] = Growth(violation=violation, added=added)
    return found


def by_waived(head: Corpus, growths: Iterable[Growth]) -> Iterator[Weakening]:
    """One for each finding that concerns more than before and is waived: nobody agreed to that much."""
    for each in growths:
        rule, entry, key = each.violation.rule, entry_of(each.violation), each.violation.key
        waiver = applied(head, rule, entry, key)
        if waiver is not None:
            told = f'"{rule}" on "{entry}" is waived by "{waiver.id}" and concerns more than when that was agreed'
            path = each.violation.path[:2]
            message = f"{told}: {each.shown}."
            yield Weakening(
                violation=Violation(rule=WEAKENS, path=path, message=message, key=f"{rule}/{key}".rstrip("/")),
                location=head.locate(path),
            )


def _added(base: tuple[Corpus, Violation], head: tuple[Corpus, Violation]) -> tuple[str, ...]:
    before, now = _concerned(*base), _concerned(*head)
    gone = Counter(each[0] for each in before - now if not _has(head[0], each))
    added = {each for each in now - before if not _held(each, before, base[0], head[0])}
    # As many entries that are new as are gone of their section are the same by another id.
    new = Counter(each[0] for each in added if not _has(base[0], each))
    added = {each for each in added if _has(base[0], each) or new[each[0]] > gone[each[0]]}
    if head[1].rule in _GAPS:
        added |= _all_of(before, now, head[0])
    counted = {each for each in added if each[0] in _EACH}
    if len(now) > len(before):
        counted |= {each for each in added if each[0] not in _EACH}
    return tuple(sorted({f"{each[0]}/{each[1]}" for each in counted}))


def _all_of(before: Collection[Route], now: Collection[Route], head: Corpus) -> set[Route]:
    """What a gap has come to hold where it names no unit, or no vector, any more: all of them."""
    sections = {str(each[0]) for each in before} - {str(each[0]) for each in now}
    every: set[Route] = {(section, str(each)) for section in sections for each in head.data[section]}
    return every - set(before)


def _concerned(corpus: Corpus, violation: Violation) -> frozenset[Route]:
    """What a finding is about besides its own entry."""
    if violation.rule in _ASIDE:
        return frozenset()
    places = {each.path for each in violation.related}
    if violation.rule in _GAPS:
        places = {each for each in places if each[0] in ("units", "vectors")}
    if violation.rule in _EMPTY_CHAIRS:  # by duty, and not by the assignments that it may relate as well
        places = {each for each in places if each[0] != "assignments"}
        places |= {("responsibilities", duty) for role in _seats(corpus, violation) for duty in _duties(corpus, role)}
    return frozenset(places)


def _seats(corpus: Corpus, violation: Violation) -> Collection[str]:
    """The roles in which nobody sits by a finding: its own, or the bodies of a unit that have no other chair."""
    section, entry, *field = map(str, violation.path)
    if section == "roles" and (violation.rule != "reference/unknown" or field[:1] in (["holders"], ["chair"])):
        return [entry]
    if section == "units" and field[:1] == ["chair"]:
        roles = corpus.data["roles"].items()
        return [name for name, role in roles if role["unit"] == entry and role["collective"] and "chair" not in role]
    return []


def _duties(corpus: Corpus, role: str) -> Collection[str]:
    """What a role answers for on the day of the check."""
    today = corpus.data["as_of"]
    return {
        each["responsibility"]
        for each in corpus.data["assignments"].values()
        if each["role"] == role and each["code"] == "A" and each["from"] <= today <= each["to"]
    }


def _has(corpus: Corpus, place: Route) -> bool:
    return place[1] in corpus.data.get(str(place[0]), {})


def _held(place: Route, before: Collection[Route], base: Corpus, head: Corpus) -> bool:
    """Whether a part of a gap was in it before: a unit by being below another one, anything where all of it was."""
    section = place[0]
    if section not in ("units", "vectors"):
        return False
    same = [each for each in before if each[0] == section]
    if not same:
        return True
    if section == "vectors":
        return False
    side = base if _has(base, place) else head
    above = {("units", step) for step in side.data["units"].get(place[1], {}).get("path", ())}
    return not above.isdisjoint(same)
