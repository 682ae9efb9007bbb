"""What a drawing shows: the answer of the view, cut to one unit and what lies below it."""

from collections.abc import Mapping
from typing import Any

from uts_policy.model.answers import Structure
from uts_policy.model.corpus import Corpus
from uts_policy.view.undeclared import undeclared

STRUCTURE = "data.uts.view.structure.answer"
"""What an engine is asked."""


def structure_of(corpus: Corpus, said: Mapping[str, Any], unit: str | None) -> Structure:
    """The whole, or a unit with all below it, the roles there and the lines that they command.

    Raises UsageError for a unit that is not declared.
    """
    paths = {name: entry["path"] for name, entry in corpus.data["units"].items()}
    if unit is not None and unit not in paths:
        raise undeclared(f'no unit is called "{unit}"', unit, paths)
    below = {name for name, path in paths.items() if unit is None or unit in path}
    roles = {name: role for name, role in said["roles"].items() if unit is None or role["unit"] in below}
    return Structure(
        as_of=corpus.data["as_of"],
        units={name: each for name, each in said["units"].items() if name in below},
        roles=roles,
        lines={name: line for name, line in said["lines"].items() if unit is None or line.get("command") in roles},
    )
