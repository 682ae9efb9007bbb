"""Demands as entries: a directive, and an obligation for each, which nobody answers for yet."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from uts_policy.exchange.ids import unique_ids
from uts_policy.exchange.text import id_words, slug
from uts_policy.model.obligations import DemandReading

_LONGEST_TITLE = 32
_NONE: Mapping[int, str] = MappingProxyType({})


def entries_of(
    reading: DemandReading, directive: str, taken: Collection[str], known: Mapping[int, str] = _NONE
) -> Mapping[str, list[dict[str, Any]]]:
    """The entries by section. `directive`: the id of the directive; `taken`: ids of other obligations.

    `known`: the id of a demand that has one, by its place among the demands.
    """
    new = [place for place in range(len(reading.demands)) if place not in known]
    texts = [(reading.demands[place].key or reading.demands[place].text, reading.demands[place].ref) for place in new]
    ids = {**known, **dict(zip(new, unique_ids(texts, {*taken, *known.values()}), strict=True))}
    obligations = []
    for place, demand in enumerate(reading.demands):
        entry = {"id": ids[place], "directive": directive}
        if demand.ref:
            entry["ref"] = demand.ref
        obligations.append({**entry, "text": demand.text})
    title = {"id": directive, "title": reading.title, "source": reading.file}
    return {"directives": [title], "obligations": obligations}


def directive_id(reading: DemandReading) -> str:
    """The id of the directive: its title, cut."""
    return slug(id_words(reading.title), reading.title, _LONGEST_TITLE)
