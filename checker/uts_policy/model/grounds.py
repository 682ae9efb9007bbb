"""What a finding rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from uts_policy.model.document import Source
from uts_policy.model.finding import Finding
from uts_policy.model.place import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that was written, why it matters to the finding, and the entry (`section/id`) that says it."""

    why: str
    entry: str
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A finding, the facts that it rests on, and what decided besides: the day, the rule's parameters.

    `sources` are the files, for excerpts. `title` is the rule's.
    """

    as_of: str
    title: str
    finding: Finding
    facts: tuple[Fact, ...]
    parameters: Mapping[str, object]
    sources: Mapping[str, Source]
