"""What an importer last wrote, kept beside the declarations: the base of the next merge."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from uts_policy.common.boundary import work_tree
from uts_policy.model.errors import UsageError

_SCHEMA: Final = "uts-policy/import/1"
_FOLDER: Final = ".uts-policy/imports"
_CONFIGURATION: Final = "uts-policy.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One import. `entries` by section as they were written; `duties`: by id, what the file said and where it stood.

    `sources` are the names of the files, `map_text` the map that was used, empty if none was. `key_check` shows, of a
    staff list, whether a later import uses the same key for pseudonyms.
    """

    kind: str
    sources: tuple[str, ...]
    map_text: str
    entries: Mapping[str, Sequence[Mapping[str, Any]]]
    duties: Mapping[str, Mapping[str, Any]]
    key_check: str = ""

    def text(self) -> str:
        """The record as JSON that a person can read and git can compare."""
        data = {
            "schema": _SCHEMA,
            "kind": self.kind,
            "sources": self.sources,
            "map": self.map_text,
            "entries": self.entries,
            "duties": self.duties,
        }
        if self.key_check:
            data["key_check"] = self.key_check
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def record_path(out: Path, name: str) -> Path:
    """Where the record of an import into `out` lies: beside the configuration, at the top of git, else above `out`."""
    top = work_tree(out if out.is_dir() else out.parent)
    absolute = out.absolute()
    configured = next((each for each in (absolute, *absolute.parents) if (each / _CONFIGURATION).is_file()), None)
    root = configured or top or absolute.parent
    return root / _FOLDER / f"{name}.json"


def read_record(file: Path, kind: str) -> ImportRecord:
    """The record in a file. Raises UsageError if there is none, or it is not one of this kind."""
    try:
        data = json.loads(file.read_bytes())
    except FileNotFoundError:
        others = sorted(each.stem for each in file.parent.glob("*.json"))
        known = (
            f"Recorded are: {', '.join(others)}. If this is a later version of one, give it that name. "
            if others
            else ""
        )
        raise UsageError(
            f'no import is recorded in "{file}"',
            f"{known}Import without --update first; --update merges a later version.",
        ) from None
    except (OSError, ValueError) as error:
        raise UsageError(
            f'cannot read the record of the last import, "{file}": {error}', "Restore it from git."
        ) from error
    if not isinstance(data, dict) or (data.get("schema"), data.get("kind")) != (_SCHEMA, kind):
        raise UsageError(f'"{file}" is not the record of an import of this kind', "Restore it from git.")
    return ImportRecord(
        kind=kind,
        sources=tuple(data["sources"]),
        map_text=data["map"],
        entries=data["entries"],
        duties=data["duties"],
        key_check=data.get("key_check", ""),
    )
