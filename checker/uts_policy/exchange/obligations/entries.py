"""Demands as entries: a directive, and an obligation for each, which nobody answers for yet."""

from collections.abc import Collection, Mapping
from typing import Any

from uts_policy.exchange.ids import unique_ids
from uts_policy.exchange.text import id_words, slug
from uts_policy.model.obligations import DemandReading

_LONGEST_TITLE = 32


def entries_of(reading: DemandReading, directive: str, taken: Collection[str]) -> Mapping[str, list[dict[str, Any]]]:
    """The entries by section. `directive`: the id of the directive; `taken`: ids of other obligations."""
    texts = [(demand.key or demand.text, demand.ref) for demand in reading.demands]
    ids = unique_ids(texts, taken)
    obligations = []
    for id_, demand in zip(ids, reading.demands, strict=True):
        entry = {"id": id_, "directive": directive}
        if demand.ref:
            entry["ref"] = demand.ref
        obligations.append({**entry, "text": demand.text})
    title = {"id": directive, "title": reading.title, "source": reading.file}
    return {"directives": [title], "obligations": obligations}


def directive_id(reading: DemandReading) -> str:
    """The id of the directive: its title, cut."""
    return slug(id_words(reading.title), reading.title, _LONGEST_TITLE)
