"""Answers of views with the place of each fact: a route in the corpus becomes a file, line and column."""

from collections.abc import Mapping
from typing import Any

from uts_policy.model.corpus import Corpus
from uts_policy.model.place import Location

PATH = "path"
"""The key under which a view names a route; `location` is put beside it. `x_path` gets `x_location`."""
_SUFFIX = f"_{PATH}"


def located(value: Any, corpus: Corpus) -> Any:  # noqa: ANN401 - JSON
    """`value` with a `location` beside every `path`, in mappings at any depth; None where nothing was written."""
    if isinstance(value, Mapping):
        found = {name: located(each, corpus) for name, each in value.items()}
        for name, each in value.items():
            if name == PATH or name.endswith(_SUFFIX):
                found[f"{name.removesuffix(PATH)}location"] = place(corpus.locate(tuple(each)))
        return found
    return [located(each, corpus) for each in value] if isinstance(value, list) else value


def place(location: Location | None) -> dict[str, Any] | None:
    """A location as JSON has it."""
    if location is None:
        return None
    span = location.span
    return {
        "file": location.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
