"""A responsibility matrix on its way into declarations: read, mapped, written as a careful person would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from uts_policy.edit.write import scalar
from uts_policy.exchange.raci.entries import entries_of
from uts_policy.exchange.raci.map import map_from, map_text
from uts_policy.exchange.raci.read import read_matrices
from uts_policy.exchange.tables.read import read_file
from uts_policy.exchange.text import folded
from uts_policy.load.files import load
from uts_policy.model.document import Document
from uts_policy.model.errors import UsageError
from uts_policy.model.raci import MatrixMap, MatrixReading, RoleChoice
from uts_policy.pipeline.edits import declarations_text, require_sound
from uts_policy.pipeline.import_map import fault, import_name, map_data, map_of
from uts_policy.pipeline.import_record import ImportRecord, record_path

KIND: Final = "raci"
_ALWAYS: Final = frozenset({"units", "roles", "responsibilities"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixImport:
    """A reading and what it becomes: `file` with `text`, entries by section, and the map as `--write-map` gives it."""

    reading: MatrixReading
    entries: Mapping[str, Sequence[Mapping[str, Any]]]
    file: Path
    text: str
    map_text: str
    record: Path
    record_text: str


def import_matrix(files: Sequence[Path], *, out: Path, map_file: Path | None) -> MatrixImport:
    """Reads matrices into the entries of one file in `out`; nothing is written.

    Raises UsageError for a file or a map that cannot be read, for files without a matrix, and for a file in `out` that
    cannot be read; NoVerdictError if what would be written is not well formed.
    """
    chosen = read_map(*map_of(map_file)) if map_file else MatrixMap()
    foreign = [read_file(file) for file in files]
    known = declared_in(out)
    reading = read_matrices(foreign, with_known(chosen, known))
    entries = entries_of(reading, with_known(chosen, known), known.duties)
    kept = {
        "units": [each for each in entries["units"] if each["id"] not in known.units],
        "roles": [each for each in entries["roles"] if each["id"] not in known.roles.values()],
        "responsibilities": entries["responsibilities"],
        "assignments": entries.get("assignments", []),
        "vectors": [each for each in entries.get("vectors", []) if each["id"] not in known.vectors],
    }
    kept = {section: found for section, found in kept.items() if found or section in _ALWAYS}
    name = import_name(files)
    text = declarations_text(kept)
    require_sound(out / f"{name}.yaml", text)
    record = ImportRecord(
        kind=KIND,
        sources=tuple(file.name for file in files),
        map_text=map_of(map_file)[1] if map_file else "",
        entries=kept,
        duties=recorded_duties(reading, entries),
    )
    return MatrixImport(
        reading=reading,
        entries=kept,
        file=out / f"{name}.yaml",
        text=text,
        map_text=map_text(reading, entries, [file.name for file in files], scalar, chosen),
        record=record_path(out, name),
        record_text=record.text(),
    )


def recorded_duties(
    reading: MatrixReading, entries: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, dict[str, Any]]:
    """By the id of a duty, what the file said of it and where it stood: a later version is matched with that."""
    roles = {role.title: entry["id"] for role, entry in zip(reading.roles, entries["roles"], strict=False)}
    return {
        entry["id"]: {
            "where": duty.where,
            "statement": duty.statement,
            "group": duty.group,
            "key": duty.key,
            "codes": {roles[title]: codes for title, codes in duty.codes.items()},
        }
        for duty, entry in zip(reading.duties, entries["responsibilities"], strict=True)
    }


def refuse_open(reading: MatrixReading, map_file: Path | None) -> None:
    """Raises UsageError for what the files leave open, with the lines of a map that settle it."""
    unknown = [guess for guess in reading.codes if guess.codes is None]
    questions = list(reading.questions)
    if unknown:
        shown = unknown[:3]
        listed = ", ".join(f'"{each.word}" ({each.where}, {times(each.count)}; {each.reason})' for each in shown)
        more = f" and {len(unknown) - len(shown)} more" if len(unknown) > len(shown) else ""
        questions.insert(0, f"cells say what no legend defines: {listed}{more}")
    if questions:
        lines = ", ".join(f"{scalar(folded(each.word), flow=True)}: R" for each in unknown[:3])
        where = f'"{map_file}"' if map_file else "a map (--write-map MAP writes one, --map MAP reads it)"
        example = f", as in `codes: {{{lines}}}`, or none" if unknown else ""
        raise UsageError("; ".join(questions), f"Say what it means in {where}{example}. Nothing was written.")


def times(count: int) -> str:
    """`once`, `2 times`."""
    return "once" if count == 1 else f"{count} times"


def read_map(name: str, text: str) -> MatrixMap:
    """The map that a text holds. Raises UsageError, with file, line and column, for what is wrong in it."""
    return map_from(*map_data(name, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntries:
    """What is declared already. `roles`: id by folded title; `duties`: ids; `root`: the only root unit, if it is."""

    units: frozenset[str]
    roles: Mapping[str, str]
    duties: frozenset[str]
    vectors: frozenset[str]
    root: tuple[str, str] | None


def declared_in(out: Path) -> KnownEntries:
    """What the declarations in a directory hold. Raises UsageError for one that cannot be read."""
    loaded = load([out], root=out, exclude=(), config_file=None) if out.is_dir() else None
    if loaded is not None and loaded.problems:
        raise fault(loaded.problems[0])
    return known_entries(loaded.documents if loaded is not None else ())


def known_entries(documents: Sequence[Document]) -> KnownEntries:
    """What these documents declare."""
    entries: dict[str, list[dict[str, Any]]] = {"units": [], "roles": [], "responsibilities": [], "vectors": []}
    for document in documents:
        for section in entries:
            each = document.data.get(section)
            if isinstance(each, list):
                entries[section] += [entry for entry in each if isinstance(entry, dict)]
    roots = [entry for entry in entries["units"] if "parent" not in entry]
    return KnownEntries(
        units=_ids(entries["units"]),
        roles={
            folded(str(role["title"])): str(role["id"]) for role in entries["roles"] if {"id", "title"} <= role.keys()
        },
        duties=_ids(entries["responsibilities"]),
        vectors=_ids(entries["vectors"]),
        root=(str(roots[0]["id"]), str(roots[0]["name"]))
        if len(roots) == 1 and {"id", "name"} <= roots[0].keys()
        else None,
    )


def _ids(entries: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(entry["id"]) for entry in entries if "id" in entry)


def with_known(chosen: MatrixMap, known: KnownEntries) -> MatrixMap:
    """The map with what is declared already: a role keeps its id, and belongs to the one root unit that there is."""
    roles = dict(chosen.roles)
    for title, id_ in known.roles.items():
        choice = roles.get(title, RoleChoice())
        roles[title] = choice if choice.id else replace(choice, id=id_)
    unit = chosen.unit_id or chosen.unit_name or known.root is None
    if unit or known.root is None:
        return replace(chosen, roles=roles)
    return replace(chosen, roles=roles, unit_id=known.root[0], unit_name=known.root[1])
