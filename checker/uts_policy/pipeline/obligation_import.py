"""What a directive demands, on its way into declarations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from uts_policy.exchange.obligations.entries import directive_id, entries_of
from uts_policy.exchange.obligations.listed import read_lists
from uts_policy.exchange.obligations.match import match_demands
from uts_policy.exchange.obligations.oscal import read_catalog
from uts_policy.exchange.obligations.prose import read_prose
from uts_policy.exchange.tables.read import LARGEST, read_catalog_xml, read_file
from uts_policy.exchange.text import LIMIT
from uts_policy.load.files import load
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.grid import Paragraph
from uts_policy.model.obligations import DemandReading
from uts_policy.pipeline.edits import declarations_text, require_sound
from uts_policy.pipeline.import_map import fault, import_name
from uts_policy.pipeline.import_merge import ImportMerge, declarations_in, merge_import, renamed_ids
from uts_policy.pipeline.import_record import ImportRecord, read_record, record_path

_OSCAL: Final = {".json", ".yaml", ".yml", ".xml"}
KIND: Final = "obligations"
_SECTIONS: Final = {"directives": "title", "obligations": "text"}
"""The sections that an import writes, and the field by which an entry is known whose id was changed by hand."""
_KIND: Final = ("an OSCAL catalogue is a mapping", "Import a file with the key `catalog`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationImport:
    """Readings, one for each file, and what they become: `file` with `text`, and the record of the import."""

    readings: tuple[DemandReading, ...]
    file: Path
    text: str
    record: Path
    record_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationUpdate:
    """A merge, and the readings that it came from."""

    readings: tuple[DemandReading, ...]
    merged: ImportMerge


def import_obligations(files: Sequence[Path], *, out: Path) -> ObligationImport:
    """Reads what texts demand into the entries of one file in `out`; nothing is written.

    Raises UsageError, with the next step, for a file that cannot be read or demands nothing.
    """
    known = _declared(out)
    directives, obligations = set(known["directives"]), set(known["obligations"])
    entries: dict[str, list[dict[str, Any]]] = {"directives": [], "obligations": []}
    readings = []
    for file in files:
        reading = _read(file)
        directive = directive_id(reading)
        if directive in directives:
            raise UsageError(
                f'the directive "{directive}" is declared in "{out}" already',
                "Merge a later version into it with --update, remove it there, or name another directory.",
            )
        made = entries_of(reading, directive, obligations)
        directives.add(directive)
        obligations |= {entry["id"] for entry in made["obligations"]}
        for section, found in made.items():
            entries[section] += found
        readings.append(reading)
    path = out / f"{import_name(files)}.yaml"
    text = declarations_text(entries)
    require_sound(path, text)
    return ObligationImport(
        readings=tuple(readings),
        file=path,
        text=text,
        record=record_path(out, import_name(files)),
        record_text=_record(files, entries).text(),
    )


def update_obligations(files: Sequence[Path], *, out: Path, markers: bool = False) -> ObligationUpdate:
    """Merges what later versions of texts demand into the declarations in `out`; nothing is written.

    `markers`: conflicts become comments.

    Raises UsageError as `import_obligations` does, and if no earlier import is recorded; EditRefusedError if a change
    cannot be made in the text that people wrote.
    """
    place = record_path(out, import_name(files))
    record = read_record(place, KIND)
    loaded = declarations_in(out)
    renamed = {section: renamed_ids(section, name, record, loaded.documents) for section, name in _SECTIONS.items()}
    base = {
        section: [_in_force(entry, section, renamed) for entry in record.entries.get(section, ())]
        for section in _SECTIONS
    }
    known = _declared(out)
    new: dict[str, list[dict[str, Any]]] = {"directives": [], "obligations": []}
    readings, remarks = [], []
    before = {entry["id"]: entry for entry in base["obligations"]}
    for number, file in enumerate(files):
        reading = _read(file)
        directive = _earlier_directive(base["directives"], file, number) or directive_id(reading)
        mine = {id_: entry for id_, entry in before.items() if entry["directive"] == directive}
        matched = match_demands(reading.demands, mine)
        remarks += [
            f'{reading.demands[place].where}: "{reading.demands[place].text}" is taken for {id_}, reworded: '
            f"{measure:.2f} alike, the limit is {LIMIT:.2f}."
            for place, (id_, measure) in sorted(matched.items())
            if measure < 1
        ]
        taken = {*known["obligations"], *before, *(entry["id"] for entry in new["obligations"])}
        made = entries_of(reading, directive, taken, {place: id_ for place, (id_, _) in matched.items()})
        for section, found in made.items():
            new[section] += found
        readings.append(reading)
    report, rewritten = merge_import(out, loaded, base, new, import_name(files), markers=markers)
    merged = ImportMerge(
        report=report,
        files=rewritten,
        record=place,
        record_text=_record(files, new).text(),
        remarks=tuple(remarks),
        is_marked=markers,
    )
    return ObligationUpdate(readings=tuple(readings), merged=merged)


def _earlier_directive(directives: Sequence[Mapping[str, Any]], file: Path, number: int) -> str:
    """The directive that came from a file of this name, else from the one at its place; empty if there is none."""
    same = [str(entry["id"]) for entry in directives if entry.get("source") == file.name]
    return same[0] if same else str(directives[number]["id"]) if number < len(directives) else ""


def _in_force(entry: Mapping[str, Any], section: str, renamed: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """An entry as it was imported, by the ids that it and its directive have now."""
    now = {**entry, "id": renamed[section].get(entry["id"], entry["id"])}
    if "directive" in entry:
        now["directive"] = renamed["directives"].get(entry["directive"], entry["directive"])
    return now


def _record(files: Sequence[Path], entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> ImportRecord:
    return ImportRecord(kind=KIND, sources=tuple(file.name for file in files), map_text="", entries=entries, duties={})


def _read(file: Path) -> DemandReading:
    """What a text demands. Raises UsageError, with the next step, if that is nothing."""
    reading = read_demands(file)
    if not reading.demands:
        raise UsageError(
            f'"{file}" demands nothing: {reading.looked_at} {reading.unit}s were looked at',
            "A list needs columns headed ref and text; in prose, sentences count that say shall or must.",
        )
    return reading


def read_demands(file: Path) -> DemandReading:
    """What a text demands. Raises UsageError, with the next step, for a file that cannot be read."""
    if file.suffix.lower() in _OSCAL:
        return read_catalog(_data(file), file.name)
    foreign = read_file(file)
    demands, left, count = read_lists(foreign)
    unit = "row"
    if not demands:
        demands, left, count = read_prose(foreign)
        unit = "sentence"
    headings = [block for block in foreign.blocks if isinstance(block, Paragraph) and block.level == 1]
    title = headings[0].text if len(headings) == 1 else file.stem
    return DemandReading(
        title=title, file=file.name, demands=tuple(demands), left=tuple(left), looked_at=count, unit=unit
    )


def _data(file: Path) -> Any:  # noqa: ANN401 - what JSON or YAML holds
    ending = file.suffix.lower()
    if ending == ".xml":
        return read_catalog_xml(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f'cannot read "{file}": {error.strerror or error}', "Check the name of the file.") from error
    if len(data) > LARGEST:
        raise UsageError(f'"{file}" is larger than {LARGEST // 2**20} MiB', "Import a part of the catalogue.")
    if ending == ".json":
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise UsageError(f'"{file}" is not JSON: {error}', "Check that it was saved whole.") from error
    source = to_source(str(file), data)
    if isinstance(source, Problem):
        raise fault(source)
    loaded = parse(source, _KIND)
    if loaded.problems:
        raise fault(loaded.problems[0])
    return loaded.documents[0].data if loaded.documents else None


def _declared(out: Path) -> dict[str, frozenset[str]]:
    """The ids of the directives and obligations in a directory. Raises UsageError for a file that cannot be read."""
    loaded = load([out], root=out, exclude=(), config_file=None) if out.is_dir() else None
    if loaded is not None and loaded.problems:
        raise fault(loaded.problems[0])
    documents = loaded.documents if loaded is not None else ()
    return {
        section: frozenset(
            str(entry["id"])
            for document in documents
            for entry in document.data.get(section) or ()
            if isinstance(entry, dict) and "id" in entry
        )
        for section in ("directives", "obligations")
    }
