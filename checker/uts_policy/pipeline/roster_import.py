"""A staff list on its way into declarations: posts and holders, people by pseudonyms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from uts_policy.edit.merge import Entries, declared_entries
from uts_policy.edit.write import scalar
from uts_policy.exchange.roster.entries import KnownPosts, RosterEntries, entries_of
from uts_policy.exchange.roster.map import map_from, map_text
from uts_policy.exchange.roster.match import KnownPost, match_posts
from uts_policy.exchange.roster.read import read_rosters
from uts_policy.exchange.roster.words import PersonIds
from uts_policy.exchange.tables.read import read_file
from uts_policy.exchange.text import folded, words
from uts_policy.load.files import load
from uts_policy.model.document import Document
from uts_policy.model.errors import UsageError
from uts_policy.model.roster import RosterMap, RosterMoves, RosterReading
from uts_policy.pipeline.edits import Rewritten, declarations_text, require_sound
from uts_policy.pipeline.import_map import fault, import_name, map_data, map_of
from uts_policy.pipeline.import_merge import ImportMerge, declarations_in, merge_import, renamed_ids
from uts_policy.pipeline.import_record import ImportRecord, read_record, record_path

KIND: Final = "roster"
_SECTIONS: Final = {"units": "name", "people": "id", "roles": "title"}
"""The sections that an import writes, and the field by which an entry is known whose id was changed by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImport:
    """A reading and what it becomes: `file` with `text`, and `files`, in which posts were declared before.

    `differing`: what the list says otherwise than the declarations, which stay as they are. `people`: id, name and
    number of each person, which never go into the repository.
    """

    reading: RosterReading
    file: Path
    text: str
    files: tuple[Rewritten, ...]
    differing: tuple[str, ...]
    record: Path
    record_text: str
    map_text: str
    people: tuple[tuple[str, str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterUpdate:
    """A merge, the reading that it came from, and who came, went and moved."""

    reading: RosterReading
    merged: ImportMerge
    moves: RosterMoves
    people: tuple[tuple[str, str, str], ...] = field(repr=False)


def import_roster(
    files: Sequence[Path], *, out: Path, map_file: Path | None, key: bytes, with_names: bool = False
) -> RosterImport:
    """Reads staff lists into the entries of one file in `out`, and into roles that are declared; nothing is written.

    Raises UsageError for a file or a map that cannot be read, and for files without a staff list; NoVerdictError if
    what would be written is not well formed; EditRefusedError if a role cannot be changed in its file.
    """
    said_text = map_of(map_file)[1] if map_file else ""
    chosen = _map(*map_of(map_file)) if map_file else RosterMap()
    ids = PersonIds(key)
    loaded = load([out], root=out, exclude=(), config_file=None) if out.is_dir() else None
    if loaded is not None and loaded.problems:
        raise fault(loaded.problems[0])
    documents = loaded.documents if loaded is not None else ()
    reading = read_rosters([read_file(file) for file in files], chosen)
    _refuse_names(reading, said_text)
    made = entries_of(reading, chosen, _known(documents), ids, earlier={}, with_names=with_names)
    new, added, differing = _apart(made.sections, documents)
    name = import_name(files)
    _, rewritten = merge_import(out, loaded, {}, {"roles": added}, name) if loaded is not None and added else ((), ())
    text = declarations_text(new)
    require_sound(out / f"{name}.yaml", text)
    places = {entry["id"]: place for place, entry in enumerate(made.sections["roles"])}
    written = {**new, "roles": sorted([*new["roles"], *added], key=lambda entry: places[entry["id"]])}
    return RosterImport(
        reading=reading,
        file=out / f"{name}.yaml",
        text=text,
        files=rewritten,
        differing=differing,
        record=record_path(out, name),
        record_text=_record(files, said_text, written, made, reading, ids).text(),
        map_text=map_text(reading, made.sections["units"], [file.name for file in files], scalar, chosen),
        people=_people(reading, ids),
    )


def update_roster(  # noqa: PLR0913 - one argument an option
    files: Sequence[Path],
    *,
    out: Path,
    map_file: Path | None,
    key: bytes,
    with_names: bool = False,
    markers: bool = False,
) -> RosterUpdate:
    """Merges a later version of staff lists into the declarations in `out`; nothing is written.

    `markers`: conflicts become comments.

    Raises UsageError as `import_roster` does, and if no earlier import is recorded or it used another key;
    EditRefusedError if a change cannot be made in the text that people wrote.
    """
    place = record_path(out, import_name(files))
    record = read_record(place, KIND)
    ids = PersonIds(key)
    if record.key_check != ids.check:
        raise UsageError(
            "the earlier import used another key for pseudonyms: everybody would look like somebody else",
            "Name the key of that import with --pseudonym-key.",
        )
    map_name, said_text = map_of(map_file) if map_file else (str(place), record.map_text)
    chosen = _map(map_name, said_text) if said_text else RosterMap()
    loaded = declarations_in(out)
    renamed = {section: renamed_ids(section, name, record, loaded.documents) for section, name in _SECTIONS.items()}
    base = {section: _in_force(record.entries.get(section, ()), renamed) for section in _SECTIONS}
    reading = read_rosters([read_file(file) for file in files], chosen)
    _refuse_names(reading, said_text)
    before = [_known_post(id_, post, renamed["roles"]) for id_, post in record.duties.items()]
    matched = match_posts(reading.rows, before)
    known = _with_imported(_known(loaded.documents), base["units"])
    made = entries_of(reading, chosen, known, ids, earlier=matched.ids, with_names=with_names)
    new = {
        section: _imported(made.sections[section], base[section], loaded.documents, section) for section in _SECTIONS
    }
    report, rewritten = merge_import(out, loaded, base, new, import_name(files), markers=markers)
    merged = ImportMerge(
        report=report,
        files=rewritten,
        record=place,
        record_text=_record(files, said_text, new, made, reading, ids).text(),
        remarks=matched.remarks,
        is_marked=markers,
    )
    moves = _moves(base["roles"], new["roles"])
    return RosterUpdate(reading=reading, merged=merged, moves=moves, people=_people(reading, ids))


def refuse_open(reading: RosterReading, map_file: Path | None) -> None:
    """Raises UsageError for what the list leaves open, with the lines of a map that settle it."""
    if reading.questions:
        where = f'"{map_file}"' if map_file else "a map (--write-map MAP writes one, --map MAP reads it)"
        raise UsageError("; ".join(reading.questions), f"Say it in {where}. Nothing was written.")


def known_posts(units: Mapping[str, Mapping[str, Any]], roles: Mapping[str, Mapping[str, Any]]) -> KnownPosts:
    """The units and roles that are declared, each by id, by what a list calls them."""
    titles: dict[str, list[tuple[str, str]]] = {}
    for id_, role in roles.items():
        titles.setdefault(folded(str(role.get("title", ""))), []).append((id_, str(role.get("unit", ""))))
    tops = [(id_, str(unit.get("name", id_))) for id_, unit in units.items() if "parent" not in unit]
    return KnownPosts(
        units={folded(str(unit.get("name", ""))): id_ for id_, unit in units.items()},
        roles=titles,
        root=tops[0] if len(tops) == 1 else None,
    )


def _known(documents: Sequence[Document]) -> KnownPosts:
    units, roles = (
        {id_: each.data for id_, each in declared_entries(documents, section).items()} for section in ("units", "roles")
    )
    return known_posts(units, roles)


def _with_imported(known: KnownPosts, units: Entries) -> KnownPosts:
    """What is declared, with the names that units had in the list when they were imported."""
    names = {folded(str(unit["name"])): str(unit["id"]) for unit in units}
    root = known.root
    if units and "parent" not in units[0]:
        root = (str(units[0]["id"]), str(units[0]["name"]))
    elif units and (root is None or root[0] != units[0]["parent"]):
        root = (str(units[0]["parent"]), str(units[0]["parent"]))
    return replace(known, units={**known.units, **names}, root=root)


def read_roster_map(file: Path) -> RosterMap:
    """The map in a file. Raises UsageError, with file, line and column, for what is wrong in it."""
    return _map(*map_of(file))


def _map(name: str, text: str) -> RosterMap:
    return map_from(*map_data(name, text))


def _refuse_names(reading: RosterReading, map_text: str) -> None:
    """Raises UsageError if the map, which is kept in the repository, holds the name of somebody on the list."""
    said = set(words(map_text))
    named = [row.where for row in reading.rows if len(words(row.name)) > 1 and set(words(row.name)) <= said]
    if named:
        raise UsageError(
            f"the map holds the name of somebody on the list ({named[0]}), and it is kept in the repository",
            "Name the row by its address, as in `roles: {Staff!A4: {title: …}}`.",
        )


def _apart(
    sections: Mapping[str, list[dict[str, Any]]], documents: Sequence[Document]
) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]], tuple[str, ...]]:
    """What is new; what declared roles get that they do not state; and what they state otherwise, as sentences."""
    new: dict[str, list[dict[str, Any]]] = {}
    added, differing = [], []
    for section, entries in sections.items():
        declared = declared_entries(documents, section)
        new[section] = [entry for entry in entries if entry["id"] not in declared]
        for entry in entries:
            ours = declared.get(entry["id"])
            if ours is None or section != "roles":
                continue
            missing = {key: value for key, value in entry.items() if key not in ours.data}
            if missing:
                added.append({"id": entry["id"], **missing})
            for key, value in entry.items():
                if key in ours.data and ours.data[key] != value and key != "title":
                    at = ours.document.locate((*ours.route, key))
                    differing.append(
                        f"roles/{entry['id']}: {key} is declared otherwise ({at.file}:{at.span.line}), and stays"
                    )
    return new, added, tuple(differing)


def _imported(entries: Entries, base: Entries, documents: Sequence[Document], section: str) -> list[dict[str, Any]]:
    """The entries that are this import's; of roles that others declared, only what the import states of them."""
    before = {entry["id"]: entry for entry in base}
    declared = declared_entries(documents, section)
    found = []
    for entry in entries:
        ours = declared.get(entry["id"])
        if entry["id"] in before or ours is None:
            was = before.get(entry["id"], entry)
            is_ours = _SECTIONS[section] in was
            found.append({k: v for k, v in entry.items() if is_ours or k in was or k == "id" or _is_free(k, ours)})
        elif section == "roles":
            found.append({k: v for k, v in entry.items() if k == "id" or k not in ours.data})
    return found


def _is_free(key: str, ours: Any) -> bool:  # noqa: ANN401 - an entry as declared, or none
    return ours is None or key not in ours.data


def _record(  # noqa: PLR0913, PLR0917 - what was read, said, made, and by which key
    files: Sequence[Path],
    said: str,
    written: Mapping[str, Entries],
    made: RosterEntries,
    reading: RosterReading,
    ids: PersonIds,
) -> ImportRecord:
    posts: dict[str, dict[str, Any]] = {}
    for row in reading.rows:
        post = posts.setdefault(
            made.roles[row.key], {"where": row.where, "title": row.title, "units": list(row.units), "posts": []}
        )
        post["posts"] += [row.post] if row.post else []
    return ImportRecord(
        kind=KIND,
        sources=tuple(file.name for file in files),
        map_text=said,
        entries=written,
        duties=posts,
        key_check=ids.check,
    )


def _in_force(entries: Entries, renamed: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Entries as they were imported, by the ids that they and what they name have now."""
    own = {**renamed["units"], **renamed["roles"], **renamed["people"]}
    found = []
    for entry in entries:
        now = dict(entry)
        for key, table in (("id", own), ("unit", renamed["units"]), ("parent", renamed["units"]),
                           ("reports_to", renamed["roles"])):  # fmt: skip
            if key in now:
                now[key] = table.get(now[key], now[key])
        found.append(now)
    return found


def _known_post(id_: str, post: Mapping[str, Any], renamed: Mapping[str, str]) -> KnownPost:
    return KnownPost(
        id=renamed.get(id_, id_), title=post["title"], units=tuple(post["units"]), posts=frozenset(post["posts"])
    )


def _people(reading: RosterReading, ids: PersonIds) -> tuple[tuple[str, str, str], ...]:
    found = {row.person: (ids.of(row.person), row.name, row.number) for row in reading.rows if row.person}
    return tuple(found.values())


def _moves(before: Entries, after: Entries) -> RosterMoves:
    was, now = _posts_of(before), _posts_of(after)
    return RosterMoves(
        joiners=tuple((person, roles) for person, roles in now.items() if person not in was),
        leavers=tuple((person, roles) for person, roles in was.items() if person not in now),
        movers=tuple(
            (person, roles, now[person]) for person, roles in was.items() if set(now.get(person, roles)) != set(roles)
        ),
    )


def _posts_of(roles: Entries) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for role in roles:
        for holder in role.get("holders", ()):
            found[holder["person"]] = (*found.get(holder["person"], ()), role["id"])
    return found
