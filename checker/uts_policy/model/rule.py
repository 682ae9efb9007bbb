"""A rule as its METADATA describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """3 for an error, 1 for a note."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]


class Stricter(StrEnum):
    """What makes a check ask for more: a higher number, a lower one, a list with more on it."""

    HIGHER = "higher"
    LOWER = "lower"
    LONGER = "longer"


class Profile(StrEnum):
    """A named selection of rules; each holds the ones before it."""

    STARTER = "starter"
    STANDARD = "standard"
    STRICT = "strict"

    @property
    def rank(self) -> int:
        """0 for starter, 2 for strict."""
        return ("starter", "standard", "strict").index(self.value)


class FixKind(StrEnum):
    """What `uts-policy fix` can do about a finding. METADATA names it as `fix`; the host computes the change."""

    QUOTE = "quote"
    RESPELL = "respell"
    SPACE = "space"
    CALLED = "called"
    NEAREST = "nearest"
    SUCCESSOR = "successor"
    REMOVE = "remove"

    @property
    def safe(self) -> bool:
        """Whether nothing changes but the form: who answers, and what is excused, stays for a person to say."""
        return self in {FixKind.QUOTE, FixKind.RESPELL, FixKind.SPACE, FixKind.CALLED}

    @property
    def words(self) -> str:
        """What is done, for who reads about the rule."""
        does = {
            FixKind.QUOTE: "puts a number in quotes where text is wanted",
            FixKind.RESPELL: "spells a key as the data model does, if only one can be meant",
            FixKind.SPACE: "puts the space after a colon that makes a key and a value of one word",
            FixKind.CALLED: "writes the id of the only entry that has this title or name",
            FixKind.NEAREST: "writes the only id near",
            FixKind.SUCCESSOR: "writes the role that took over",
            FixKind.REMOVE: "takes the entry out",
        }[self]
        return f"`uts-policy fix{'' if self.safe else ' --unsafe'}` {does}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number, string or list that a configuration may change. `type` is a JSON Schema type name.

    `unit` is what it counts or names (days, roles), empty where nobody said so. `stricter` says which change of it asks
    for more; None where no order does, or nobody said so: then any change may weaken the check.
    """

    name: str
    type: str
    default: Any
    description: str
    minimum: int | None = None
    unit: str = ""
    stricter: Stricter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Where the expectation comes from: a source and what it says."""

    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of defect. `by` is "rego", or "host" for what loader, schemas and host find themselves.

    `subjects` are section names ("*" = every section): the rule's population; one of them must have an entry, and each
    of `sections`, else the rule is not assessed. `needs` are the facts without which it does not judge an entry: it
    says itself which entries it looks at, and which of them do not state what it needs. `waive` says when an exception
    is reasonable, empty where nobody said so. `fixed` rules can neither be waived nor lowered nor turned off. `file` is
    the policy file, POSIX, from the root of its policy directory. `fixes` are what `uts-policy fix` can do about it.
    """

    id: str
    level: Level
    profile: Profile
    title: str
    description: str
    effect: str
    remediation: str
    criteria: tuple[Criterion, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    by: str = "rego"
    fixed: bool = False
    file: str = ""
    builtin: bool = True
    waive: str = ""
    fixes: tuple[FixKind, ...] = ()

    @property
    def category(self) -> str:
        """The part before the slash."""
        return self.id.partition("/")[0]


def from_loader(rule: str) -> bool:
    """Whether the rule of this id is about the form of declarations: judged in every run, and before any other."""
    return rule.startswith(("yaml/", "schema/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedRule:
    """A rule that runs, after configuration, profile and command line. `parameters` are complete."""

    id: str
    level: Level
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAssessed:
    """A rule that was wanted and could not be judged, and why: neither a pass nor a finding."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rules run, and which would have if someone had declared what they judge. All sorted by rule id.

    `rules` are those for `input.rules`. `host` are those that the host judges itself and that are on; those that are
    `fixed`, and so always on, are among neither.
    """

    rules: tuple[SelectedRule, ...]
    not_assessed: tuple[NotAssessed, ...]
    host: tuple[SelectedRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """One Rego file. `path` is POSIX, from the root of its policy directory (`uts/lib/scope.rego`)."""

    path: str
    text: str
    builtin: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The policy files of a run without tests, sorted by path, and the digest that names exactly them."""

    files: tuple[PolicyFile, ...]
    digest: str
