"""Which entry of a head was which entry of its base: the one with the same first name, by the records of `moved`.

Where no entry of the head has that first name, the records that only the head has say what became of the entry.

What an author says of former names is not believed where it would hand the findings or waivers of one entry to another:
where the base declares both, or where several became one.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from uts_policy.common.facts import FACTS
from uts_policy.common.fields import made_of
from uts_policy.common.former_names import declared_names, entries_of, first_named, follow
from uts_policy.common.renaming import Renames, Renaming
from uts_policy.judge.identity import entry_of
from uts_policy.judge.weakening.stance import WEAKENS, Weakening
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """`renames` are the ids of the base that have another one at the head, by section.

    `refused` are the former names (`section/id`) that the head gives to entries without being believed.
    """

    renames: Renames
    refused: frozenset[str]


def lineage(base: Corpus, head: Corpus) -> Lineage:
    """What became of the entries of `base`."""
    before, after = _moves(base), _moves(head)
    if not before and not after:
        return Lineage(renames={}, refused=frozenset())
    there, here = declared_names(entries_of(base.data)), declared_names(entries_of(head.data))
    new = {start: end for start, end in after.items() if before.get(start) != end}
    known_by = {first_named(head.data, name, "")[0]: name for name in here}
    images: dict[str, str] = {}
    for name in there:
        heir = known_by.get(first_named(base.data, name, "")[0])
        if heir is not None and made_of(name.partition("/")[0]) and heir not in after.values():
            heir = None  # an id made of others follows them
        if heir is None and name in new:
            heir = follow(name, new, here)
        if heir is not None and heir != name and heir in here:
            images[name] = heir
    refused = set[str]()
    while True:
        crowded = Counter(images.values())
        wrong = {one for one, two in images.items() if (two in there and two not in images) or crowded[two] > 1}
        if not wrong:
            break
        refused |= wrong
        # Every record that leads to such an entry gives it a name that is not believed.
        refused |= {one for one in new if follow(one, new, here) in {images[each] for each in wrong}}
        images = {one: two for one, two in images.items() if one not in wrong}
    renames: dict[str, dict[str, str]] = {}
    for one, two in sorted(images.items()):
        section, _, id_ = one.partition("/")
        renames.setdefault(section, {})[id_] = two.partition("/")[2]
    return Lineage(renames=renames, refused=frozenset(refused))


def _moves(corpus: Corpus) -> dict[str, str]:
    return {str(each["from"]): str(each["to"]) for each in corpus.data["moved"].values()}


def renamed(base: Corpus, renaming: Renaming) -> Corpus:
    """The base with the ids that its entries have at the head: in its sections, origins, facts and waivers in force."""
    if not renaming.renames:
        return base

    def now(section: str, id_: str) -> str:
        return renaming.entry(f"{section}/{id_}").partition("/")[2]

    links: Mapping[str, Any] = base.data["links"]
    waived = {
        rule: {renaming.entry(entry): waivers for entry, waivers in by_entry.items()}
        for rule, by_entry in links["waived"].items()
    }
    own = [now("assignments", each) for each in links["own_scope"]]
    data = {**base.data, **renaming.entries(), "links": {**links, "waived": waived, "own_scope": own}}
    origins = {(section, now(section, id_)): origin for (section, id_), origin in base.origins.items()}
    facts = {
        fact: replace(
            each,
            silent=tuple(sorted(now(FACTS[fact].section, id_) for id_ in each.silent)),
            stating=frozenset(now(FACTS[fact].section, id_) for id_ in each.stating),
        )
        for fact, each in base.facts.items()
    }
    return replace(base, data=data, origins=origins, details={}, facts=facts)


def claimed(
    base: Corpus, head: Corpus, renaming: Renaming, violations: Collection[Violation]
) -> Mapping[str, tuple[str, str]]:
    """The entries of `violations` by whose first name findings of the base know another entry.

    Each with that name and the id that the other entry had at the base.
    """
    if not base.data["moved"] and not head.data["moved"]:
        return {}
    owners: dict[str, str] = {}
    for section, entries in base.data.items():
        if section in base.data["links"]["first_names"] or section in head.data["links"]["first_names"]:
            owners |= {first_named(base.data, f"{section}/{id_}", "")[0]: f"{section}/{id_}" for id_ in entries}
    found: dict[str, tuple[str, str]] = {}
    for entry in {entry_of(each) for each in violations}:
        first = first_named(head.data, entry, "")[0]
        owner = owners.get(first)
        if owner is not None and renaming.entry(owner) != entry:
            found[entry] = (first, owner)
    return found


def by_claims(head: Corpus, claims: Mapping[str, tuple[str, str]]) -> Iterator[Weakening]:
    """One weakening for each entry that takes the findings of another one."""
    for entry, (first, owner) in sorted(claims.items()):
        section, _, id_ = entry.partition("/")
        message = f'"{entry}" is said to have been called "{first}", and that was "{owner}": it is another entry.'
        violation = Violation(rule=WEAKENS, path=(section, id_), message=message, key="moved")
        yield Weakening(violation=violation, location=head.locate((section, id_)))
