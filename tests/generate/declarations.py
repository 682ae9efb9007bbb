"""THE generator of random corpora: for the comparison of engines, for the oracle and for the benches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.generate.fields import OPTIONAL, SECTIONS, makers, random_entry
from tests.generate.mutations import MUTATIONS
from tests.generate.org import Org, drop
from tests.generate.organisation import organisation
from tests.generate.pools import AS_OF, Context
from tests.generate.renamed import rename
from tests.generate.repair import Declarations, repair
from tests.generate.stated import leave_unstated

if TYPE_CHECKING:
    from random import Random

FEWEST, MOST = 8, 24
"""How many mutations a corpus gets; each rule must be reached by some, and left alone by others."""


def random_declarations(rng: Random, as_of: str = AS_OF) -> Declarations:
    """Declarations by section, valid against the schema, with defects of all kinds near `as_of`.

    Most start from a sound organisation; one in eight is made of random entries alone.
    """
    context = Context(rng=rng, as_of=date.fromisoformat(as_of))
    made = _from_nothing(context) if context.chance(0.125) else _mutated(context)
    if context.chance(0.5):
        leave_unstated(context, made)
    made = repair(made)
    if context.chance(0.15):
        rename(context, made)
    return made


def _mutated(context: Context) -> Declarations:
    declarations = organisation(context)
    for section in SECTIONS:
        if section not in {"units", "roles", "responsibilities"} and context.chance(0.04):
            declarations.pop(section, None)
    org = Org(declarations, context)
    for change in context.rng.sample(MUTATIONS, context.rng.randint(FEWEST, MOST)):
        change(org)
    for _ in range(context.rng.randint(0, 5)):
        _disturb(org)
    return declarations


def _from_nothing(context: Context) -> Declarations:
    declarations: Declarations = {}
    likely = context.pick((0.15, 0.3, 0.5))
    for section in SECTIONS:
        if context.chance(0.8):
            count = context.rng.randint(1, 5)
            declarations[section] = [random_entry(context, section, likely) for _ in range(count)]
    return declarations


def _disturb(org: Org) -> None:
    """Any field of any entry: taken away, or given another value; now and then a new entry."""
    context = org.c
    section = context.pick([one for one in org.declarations if org.declarations[one]] or ["units"])
    if context.chance(0.25):
        org.declarations.setdefault(section, []).append(random_entry(context, section))
        return
    entry = org.any(section)
    if context.chance(0.3):
        drop(entry, context.pick([*OPTIONAL[section], "description"]))
        return
    fields = makers(section)
    name = context.pick(list(fields))
    entry[name] = fields[name](context)
