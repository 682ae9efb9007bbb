"""How one side lets itself be checked, and where that is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation
from uts_policy.model.place import Location, Route
from uts_policy.model.rule import Level, PolicyFile, Rule
from uts_policy.model.settings import Settings

WEAKENS = "change/weakens-check"
"""The rule that compares two sides, and is therefore decided here."""
CONFIGURATION = "configuration"
"""What stands for a section in the entries of findings about the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFile:
    """A file that the base read, that is still there, and is not read. `name` is what the base calls it."""

    name: str
    message: str
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One side. `levels` are of the rules that are on, `parameters` of all; `own` are the user's policies, by place.

    `reads` are the directories and files that were asked for, by absolute real path, POSIX, each with what reports call
    it. `left` are files that the other side read and this one does not. `assessed` are the rules that ran,
    `not_assessed` those that are on and had nothing to judge, each with the reason.
    `corpus` is None where the declarations are invalid. `written` gives the place of a key of the configuration.
    """

    settings: Settings
    catalogue: Mapping[str, Rule]
    levels: Mapping[str, Level]
    parameters: Mapping[str, Mapping[str, Any]]
    own: Mapping[str, PolicyFile]
    reads: Mapping[str, str]
    corpus: Corpus | None
    baseline: Baseline | None
    written: Callable[[Route], Location | None]
    left: tuple[LeftFile, ...] = ()
    assessed: frozenset[str] = frozenset()
    not_assessed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakening:
    """One way in which a change weakens the check, as a violation, and where it is written, if it is.

    A `grave` one is an error whatever the level of the rule: nothing is left to judge.
    """

    violation: Violation
    location: Location | None
    grave: bool = False


def left_behind(file: LeftFile) -> Weakening:
    """The weakening that a file stands for which is no longer read."""
    violation = Violation(rule=WEAKENS, path=(CONFIGURATION, "paths"), message=file.message, key=file.name)
    return Weakening(violation=violation, location=file.location)


def in_configuration(head: Stance, route: Route, key: str, message: str) -> Weakening:
    """A weakening by the configuration: `route` leads to it; `key` tells two of one key of the configuration apart."""
    path = (CONFIGURATION, *route)
    return Weakening(
        violation=Violation(rule=WEAKENS, path=path, message=message, key=key), location=head.written(route)
    )
