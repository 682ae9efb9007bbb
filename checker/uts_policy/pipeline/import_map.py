"""What every import begins with: its name, the map that a person corrected, and errors of what is read for it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from uts_policy.exchange.text import id_words, slug
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route

_MAP: Final = ("a map is a mapping", "Write keys such as unit: and tables:.")


def import_name(files: Sequence[Path]) -> str:
    """What an import is called: its file of declarations, and its record."""
    return slug(id_words(files[0].stem), files[0].stem)


def map_of(file: Path) -> tuple[str, str]:
    """The name and the text of a map. Raises UsageError if it cannot be read."""
    try:
        return str(file), file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f'cannot read the map "{file}": {error}', "Check its name; a map is UTF-8.") from error


def map_data(name: str, text: str) -> tuple[Any, Callable[[Route], str]]:
    """What a map holds, and what gives `FILE:LINE:COLUMN` of a route in it. Raises UsageError if it is not YAML."""
    source = to_source(name, text.encode())
    if isinstance(source, Problem):
        raise fault(source)
    loaded = parse(source, _MAP)
    if loaded.problems:
        raise fault(loaded.problems[0])
    if len(loaded.documents) != 1:
        raise UsageError(f'"{name}" has {len(loaded.documents)} documents', "A map is one document.")
    [document] = loaded.documents

    def place(route: Route) -> str:
        location = document.locate_key(route)
        return f"{location.file}:{location.span.line}:{location.span.column}"

    return document.data, place


def fault(problem: Problem) -> UsageError:
    """The error for a problem of a file, with its place."""
    span = problem.location.span
    return UsageError(f"{problem.location.file}:{span.line}:{span.column}: {problem.message}", problem.remediation)
