"""Documents into sections of normalised entries, each with its place."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uts_policy.common import fields
from uts_policy.common.former_names import declared_names, follow
from uts_policy.corpus.assignments import expand
from uts_policy.corpus.dates import Calendar, months_later
from uts_policy.corpus.entries import Written, bad_value, duplicates, gather
from uts_policy.corpus.normalise import Normaliser
from uts_policy.corpus.scopes import LEVELS, paths
from uts_policy.corpus.tables import SECTIONS, SHORT_FORMS
from uts_policy.model.corpus import LAST_DAY, Origin
from uts_policy.model.document import Document
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Every section, entries by id, ids sorted. `origins` and `details` are those of the corpus.

    `written` are the entries as their authors wrote them, assignments aside.

    `together` and `own_scope` are described at `assignments.Expanded`.
    """

    sections: dict[str, dict[str, dict[str, Any]]]
    origins: dict[tuple[str, str], Origin]
    written: dict[tuple[str, str], Mapping[str, Any]]
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
    written_by: dict[tuple[str, str], Mapping[str, Any]] = {}
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
            written_by[section, entry_id] = places[entry_id][0].data
            if len(places[entry_id]) > 1:
                problems += [problem for _, problem in duplicates(section, entry_id, places[entry_id])]
        if section == "responsibilities":
            duties = {entry_id: places[entry_id][0] for entry_id in sections[section]}
    scopes = {entry_id: entry["scope"] for entry_id, entry in sections["responsibilities"].items()}
    expanded = expand(gathered["assignments"], duties, scopes, normaliser)
    sections["assignments"] = expanded.entries
    _finish(sections, calendar)
    problems += _too_deep(sections["units"], gathered["units"])
    problems += _lost(declared_names(sections), gathered["moved"])
    return Merged(
        sections=sections,
        origins=origins | expanded.origins,
        written=written_by,
        details=expanded.details,
        together=expanded.together,
        own_scope=expanded.own_scope,
        problems=(*problems, *expanded.problems, *normaliser.problems),
    )


def _too_deep(units: Mapping[str, Mapping[str, Any]], written: Sequence[Written]) -> Iterator[Problem]:
    """The units that lie too deep by one: whoever lies below them is no second problem."""
    depth: dict[str, int] = {}
    for place in written:
        unit, above = place.data.get("id"), list[str]()
        while unit in units and unit not in depth and unit not in above:
            above.append(unit)
            unit = units[unit].get("parent")
        # NOTE: a loop of parents has no depth, and is told by a rule.
        start = depth.get(unit, LEVELS + 2 if unit in above else 0) if isinstance(unit, str) else 0
        for number, each in enumerate(reversed(above), start=1):
            depth[each] = start + number
        if depth.get(place.data.get("id", "")) == LEVELS + 1:
            yield bad_value(
                place,
                ("parent",),
                "depth",
                f'unit "{place.data["id"]}" has {LEVELS} units above it, and {LEVELS - 1} are the most',
                "Take out levels between that nobody answers for.",
            )


def _lost(declared: Collection[str], written: Sequence[Written]) -> Iterator[Problem]:
    """The moves from which no way leads on to an entry that is declared, or that change the section."""
    moves = {str(place.data.get("from")): str(place.data.get("to")) for place in written}
    for place in written:
        start, end = str(place.data.get("from")), str(place.data.get("to"))
        if start.partition("/")[0] != end.partition("/")[0]:
            yield bad_value(
                place,
                ("to",),
                "section",
                f'"{start}" moved to "{end}", of another section',
                "Name an entry of its own section.",
            )
        elif end not in declared and (last := follow(end, moves, declared)) not in declared:
            yield bad_value(
                place,
                ("to",),
                "moved",
                f'"{start}" moved to "{last}", which is not declared',
                "Name what it is called now, or take the move out where the entry is gone.",
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
