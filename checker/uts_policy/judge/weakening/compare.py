"""All weakenings of a change."""

from collections.abc import Mapping

from uts_policy.judge.identity import entry_of
from uts_policy.judge.lineage import by_claims
from uts_policy.judge.weakening.entries import by_exceptions, by_identities, emptied_sections
from uts_policy.judge.weakening.policies import by_policies
from uts_policy.judge.weakening.restraints import by_restraints
from uts_policy.judge.weakening.settings import by_settings
from uts_policy.judge.weakening.stance import Stance, Weakening
from uts_policy.judge.weakening.stated import by_facts


def weakenings(
    base: Stance,
    head: Stance,
    sections: tuple[str, ...],
    replaced: Mapping[str, str],
    claims: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[Weakening, ...]:
    """What `head` has weakened, compared with `base`.

    Sorted by entry and key, each of which is there once. `sections` are the names of all sections, `replaced` the
    entries with a known finding whose id stands for something else now, `claims` those that take the first name of
    another one.
    """
    ways = (
        by_settings(base, head),
        by_exceptions(base, head, sections),
        by_facts(base, head, emptied_sections(base, head, sections)),
        by_restraints(base, head),
        by_policies(base, head),
        by_identities(base.corpus, head.corpus, replaced) if base.corpus and head.corpus else (),
        by_claims(head.corpus, claims) if head.corpus and claims else (),
    )
    found = {(entry_of(each.violation), each.violation.key): each for way in ways for each in way}
    return tuple(found[each] for each in sorted(found))
