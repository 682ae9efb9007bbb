"""From a bag to a sample: cards with what was concluded, and the facts to conclude it again by hand."""

from collections import defaultdict
from collections.abc import Iterator

from uts_policy import __version__
from uts_policy.common import fields
from uts_policy.evidence.sample import DrawnSample, JudgedEntry, draw
from uts_policy.model.answers import Fact
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evidence import Card, Conclusion, Sample
from uts_policy.model.finding import Finding
from uts_policy.pipeline.evidence.bag import Opened
from uts_policy.view.grounds import Surroundings, stated

MOST = 40
"""How many facts a card has. A unit that hundreds of entries name would fill a book."""


def sample(bag: Opened, *, size: int, seed: int) -> Sample:
    """At most `size` cards. Nothing in the bag is run: findings are those that it states, facts are read again.

    Raises NoVerdictError where the bag does not hold what a bag of ours holds.
    """
    drawn, strata = draw(_judged(bag), size=size, seed=seed)
    found = _found(bag)
    surroundings = None if bag.corpus is None else Surroundings(bag.corpus)
    return Sample(
        bag=bag.digest,
        as_of=bag.results.as_of,
        tool_version=__version__,
        seed=seed,
        size=size,
        strata=strata,
        cards=tuple(_card(bag, each, tuple(found[each.rule].get(each.entry, ())), surroundings) for each in drawn),
        sources=bag.sources,
    )


def _judged(bag: Opened) -> Iterator[JudgedEntry]:
    """Every rule that had its say, with the entries that it is about and those on which it found something."""
    found = _found(bag)
    entries: dict[tuple[str, ...], tuple[str, ...]] = {}
    for rule in bag.catalogue.values():
        if bag.results.judged(rule.id):
            sections = fields.population(rule.subjects)
            if sections not in entries:
                entries[sections] = () if bag.corpus is None else tuple(_entries(bag.corpus, sections))
            # NOTE: a rule that needs a fact says which entries it has judged; it looked at no others.
            chosen = bag.results.judged_entries.get(rule.id, entries[sections])
            unjudged = len(bag.results.not_judged.get(rule.id, ()))
            _refuse_other_count(bag, rule.id, len(chosen) + unjudged)
            yield JudgedEntry(
                rule=rule.id,
                entries=chosen,
                found={entry: _conclusion(findings) for entry, findings in found[rule.id].items()},
            )


def _refuse_other_count(bag: Opened, rule: str, counted: int) -> None:
    """Raises NoVerdictError where the bag counted other entries than there are: a sample would be of another whole."""
    stated = bag.entries.get(rule)
    if stated != counted:
        raise NoVerdictError(
            f"{bag.name}: {rule} was asked about {stated} entries, and there are {counted}",
            f"Use version {bag.results.tool_version}, which made the bag.",
        )


def _entries(corpus: Corpus, sections: tuple[str, ...]) -> list[str]:
    return sorted(f"{section}/{name}" for section in sections for name in corpus.data[section])


def _found(bag: Opened) -> dict[str, dict[str, list[Finding]]]:
    """The findings by rule and entry; by file where they are about none. Places are as the files lie in the bag."""
    found: defaultdict[str, dict[str, list[Finding]]] = defaultdict(dict)
    for finding in map(bag.named, bag.results.findings):
        place = finding.location
        entry = finding.entry or ("" if place is None else place.file)
        found[finding.rule].setdefault(entry, []).append(finding)
    return found


def _conclusion(findings: list[Finding]) -> Conclusion:
    return Conclusion.WAIVED if all(each.waiver is not None for each in findings) else Conclusion.VIOLATION


def _card(bag: Opened, drawn: DrawnSample, findings: tuple[Finding, ...], surroundings: Surroundings | None) -> Card:
    rule = bag.catalogue[drawn.rule]
    facts = _facts(bag, drawn.entry, findings, surroundings)
    return Card(
        rule=rule.id,
        title=rule.title,
        about=rule.description,
        parameters=bag.parameters(rule),
        entry=drawn.entry,
        conclusion=drawn.conclusion,
        findings=findings,
        facts=facts[:MOST],
        more=max(0, len(facts) - MOST),
    )


def _facts(
    bag: Opened, entry: str, findings: tuple[Finding, ...], surroundings: Surroundings | None
) -> tuple[Fact, ...]:
    """Every place that bears on it, those of the findings first."""
    section, _, name = entry.partition("/")
    if surroundings is not None and bag.corpus is not None and name in bag.corpus.data.get(section, {}):
        return surroundings.of(section, name, findings)
    return tuple(dict.fromkeys(fact for finding in findings for fact in stated(finding)))
