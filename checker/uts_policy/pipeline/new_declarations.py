"""Entries that an importer made, as a file of declarations."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from uts_policy.edit.write import flow, item
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.schema.validate import schema_problems

_WIDTH: Final = 110
"""Columns of an entry that is written on one line."""
_SHORT: Final = frozenset({"units", "roles", "people", "directives"})
"""Sections whose entries may stand on one line each."""


def declarations_text(entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Sections as YAML, as people write them: short entries on one line, others set apart by blank lines."""
    sections = []
    for section, found in entries.items():
        if not found:
            continue
        short = [f"  - {flow(dict(entry))}\n" for entry in found]
        if all(len(line) <= _WIDTH for line in short) and section in _SHORT:
            sections.append(f"{section}:\n{''.join(short)}")
        else:
            blocks = ("".join(f"  {line}\n" for line in item(dict(entry))) for entry in found)
            sections.append(f"{section}:\n" + "\n".join(blocks))
    return "\n".join(sections)


def require_sound(file: Path, text: str) -> None:
    """Raises NoVerdictError if a text of ours is not what a check takes for well formed."""
    data = text.encode()
    source = Source(path=str(file), data=data, sha256=sha256(data).hexdigest(), text=text)
    loaded = parse(source)
    problems = loaded.problems or schema_problems(loaded.documents, {source.path: source})
    if problems:
        problem = problems[0]
        raise NoVerdictError(
            f"what would be written is not well formed: {problem.location.span.line}: {problem.message}",
            "This is a fault of uts-policy: report it with the file.",
        )
