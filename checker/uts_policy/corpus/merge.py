"""Documents into sections of normalised entries, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uts_policy.common import fields
from uts_policy.corpus.assignments import expand
from uts_policy.corpus.dates import Calendar, months_later
from uts_policy.corpus.entries import Written, duplicates, gather
from uts_policy.corpus.normalise import Normaliser
from uts_policy.corpus.scopes import paths
from uts_policy.corpus.tables import LAST_DAY, SECTIONS, SHORT_FORMS
from uts_policy.model.corpus import Origin
from uts_policy.model.document import Document
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Every section, entries by id, ids sorted. `origins` and `details` are those of the corpus.

    `together` and `own_scope` are described at `assignments.Expanded`.
    """

    sections: dict[str, dict[str, dict[str, Any]]]
    origins: dict[tuple[str, str], Origin]
    details: dict[Route, Origin]
    together: dict[str, list[str]]
    own_scope: list[str]
    problems: tuple[Problem, ...]


def merge(documents: Sequence[Document], calendar: Calendar) -> Merged:
    """Every declared entry. Where an id is declared twice, the first one stands, and a problem says so."""
    gathered = gather(documents)
    normaliser = Normaliser(calendar)
    problems: list[Problem] = []
    sections: dict[str, dict[str, dict[str, Any]]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    duties: dict[str, Written] = {}
    for section, shape in SECTIONS.items():
        if section == "assignments":
            continue
        found: dict[str, dict[str, Any]] = {}
        places: dict[str, list[Written]] = {}
        for written in gathered[section]:
            entry = normaliser.entry(written, shape)
            entry_id = _name(section, entry)
            if entry_id is None:
                continue
            places.setdefault(entry_id, []).append(written)
            found.setdefault(entry_id, entry)
        sections[section] = {entry_id: found[entry_id] for entry_id in sorted(found)}
        for entry_id in sections[section]:
            origins[section, entry_id] = places[entry_id][0].origin
            if len(places[entry_id]) > 1:
                problems += [problem for _, problem in duplicates(section, entry_id, places[entry_id])]
        if section == "responsibilities":
            duties = {entry_id: places[entry_id][0] for entry_id in sections[section]}
    scopes = {entry_id: entry["scope"] for entry_id, entry in sections["responsibilities"].items()}
    expanded = expand(gathered["assignments"], duties, scopes, normaliser)
    sections["assignments"] = expanded.entries
    _finish(sections, calendar)
    return Merged(
        sections=sections,
        origins=origins | expanded.origins,
        details=expanded.details,
        together=expanded.together,
        own_scope=expanded.own_scope,
        problems=(*problems, *expanded.problems, *normaliser.problems),
    )


def _name(section: str, entry: dict[str, Any]) -> str | None:
    """The id of an entry, which is made of its fields where the section has none."""
    made_of = fields.made_of(section)
    if made_of:
        parts = [entry.get(each.name) for each in made_of]
        texts = [part for part in parts if isinstance(part, str)]
        if len(texts) < len(parts):
            return None
        entry["id"] = "/".join(texts)
    name = entry.get("id")
    return name if isinstance(name, str) else None


def _finish(sections: dict[str, dict[str, dict[str, Any]]], calendar: Calendar) -> None:
    """What needs more than one entry: paths of units, expiry of training records, short forms taken out."""
    for unit, path in paths(sections["units"]).items():
        sections["units"][unit]["path"] = path
    for duty in sections["responsibilities"].values():
        for key in SHORT_FORMS:
            duty.pop(key, None)
    for record in sections["training_records"].values():
        if "expires_on" not in record:
            record["expires_on"] = _expiry(record, sections["training"], calendar)


def _expiry(record: Mapping[str, Any], modules: Mapping[str, Any], calendar: Calendar) -> str:
    months = modules.get(record["module"], {}).get("valid_months")
    if type(months) is not int or months < 0:
        return LAST_DAY
    return calendar.full(months_later(record["completed_on"], months), last=False) or LAST_DAY
