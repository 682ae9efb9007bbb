"""What a directive demands, on its way into declarations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from uts_policy.exchange.obligations.entries import directive_id, entries_of
from uts_policy.exchange.obligations.listed import read_lists
from uts_policy.exchange.obligations.oscal import read_catalog
from uts_policy.exchange.obligations.prose import read_prose
from uts_policy.exchange.tables.read import LARGEST, read_file
from uts_policy.exchange.text import id_words, slug
from uts_policy.load.files import load
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.grid import Paragraph
from uts_policy.model.obligations import DemandReading
from uts_policy.pipeline.edits import declarations_text, require_sound
from uts_policy.pipeline.import_map import fault

_OSCAL: Final = {".json", ".yaml", ".yml", ".xml"}
_KIND: Final = ("an OSCAL catalogue is a mapping", "Import a file with the key `catalog`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationImport:
    """A reading and what it becomes: `file` with `text`."""

    reading: DemandReading
    entries: Mapping[str, Sequence[Mapping[str, Any]]]
    file: Path
    text: str


def import_obligations(file: Path, *, out: Path) -> ObligationImport:
    """Reads what a text demands into the entries of one file in `out`; nothing is written.

    Raises UsageError, with the next step, for a file that cannot be read or demands nothing.
    """
    reading = read_demands(file)
    if not reading.demands:
        raise UsageError(
            f'"{file}" demands nothing: {reading.looked_at} {reading.unit}s were looked at',
            "A list needs columns headed ref and text; in prose, sentences count that say shall or must.",
        )
    known = _declared(out)
    directive = directive_id(reading)
    if directive in known["directives"]:
        raise UsageError(
            f'the directive "{directive}" is declared in "{out}" already', "Remove it there, or name another directory."
        )
    entries = entries_of(reading, directive, known["obligations"])
    path = out / f"{slug(id_words(file.stem), file.stem)}.yaml"
    text = declarations_text(entries)
    require_sound(path, text)
    return ObligationImport(reading=reading, entries=entries, file=path, text=text)


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
        raise UsageError(
            f'"{file}" is OSCAL in XML', "Convert it to JSON (`oscal-cli convert --to=json`), and import that."
        )
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
