"""The baseline: findings that were there when it was made, each with the reason why it may stay for now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from uts_policy.model.document import Source
from uts_policy.model.place import Location

BASELINE_NAME = "uts-policy-baseline.yaml"
"""What a baseline is called where nobody names it. Discovery passes such a file over, as it does the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineEntry:
    """One finding that is known. `id` is its identity; rule, entry and message say what it was, for people.

    `accepted` is the full date on which it was taken into the baseline. `file` is where it stood then, relative to the
    root; empty where that was not noted.
    """

    id: str
    rule: str
    entry: str
    message: str
    reason: str
    accepted: str
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A baseline file. `places` says where each entry stands in it, by identity; `source` is what was read, if any.

    `paths` are the files and directories that it was made of, relative to the root; none where that was not noted.
    """

    file: str
    entries: tuple[BaselineEntry, ...]
    places: Mapping[str, Location] = field(default_factory=dict)
    source: Source | None = None
    paths: tuple[str, ...] = ()

    @property
    def identities(self) -> frozenset[str]:
        """The identities of all findings that it knows."""
        return frozenset(entry.id for entry in self.entries)
