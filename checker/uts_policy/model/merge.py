"""What came of a three-way merge of entries, for a person."""

from dataclasses import dataclass, field
from typing import Any

from uts_policy.model.place import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeConflict:
    """What both sides changed. `ours` is what people wrote, `theirs` what the importer would; None if it is gone."""

    entry: str
    field: str
    ours: Any
    theirs: Any
    location: Location


@dataclass(slots=True)
class MergeReport:
    """What a merge does to entries, by `section/id`; `changed` also has the field, its value before and after."""

    conflicts: list[MergeConflict] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[tuple[str, str, Any, Any]] = field(default_factory=list)
