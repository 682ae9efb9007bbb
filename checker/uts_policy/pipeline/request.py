"""What the stages of the pipeline hand on, and what a command asks of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from uts_policy.load.files import LoadedFiles
from uts_policy.load.tree import CommitTree
from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem
from uts_policy.model.rule import PolicyFile, Rule, RuleSet, Selection
from uts_policy.model.settings import Settings
from uts_policy.redact.declarations import Redaction

STANDARD_INPUT = "-"
"""The path that means standard input."""
PLACEHOLDERS = ("ownership/placeholder-owner", "placeholders")
"""The rule, and its parameter, that hold the words which stand for nobody."""


def silent(_doing: str) -> None:
    """Nobody wants to know what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the configuration file says, and the file itself, where there is one."""

    settings: Settings
    document: Document | None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a command asks for. `paths` are as the user gave them; `include` and `exclude` are rule ids or globs.

    `as_of` is a full date. `stdin` is what standard input held, where one of the paths is `-`. `notify` is told, in
    words, what is being done. `redaction` hides people in all that is read. `config_source` is the configuration as it
    was read, to show lines of it. `environment` is the process's, for git.
    `views` are answered by the evaluation that finds what rules find: those that outputs show.
    `name` tells this set of declarations from others in one repository; None where its paths do.
    """

    settings: Settings
    config: Document | None
    as_of: str
    config_source: Source | None = None
    paths: tuple[Path, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    stdin: bytes | None = None
    notify: Callable[[str], None] = silent
    redaction: Redaction | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPolicy:
    """A policy file of the user's. `place` is what reports call it, `file` what the rule set holds."""

    place: str
    file: PolicyFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The rules of a run: catalogue, what an engine is given, and which of its files are the user's own."""

    catalogue: tuple[Rule, ...]
    rule_set: RuleSet
    own: tuple[OwnPolicy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was read, and everything that is wrong with its form."""

    files: LoadedFiles
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A corpus with the rules that run on it."""

    corpus: Corpus
    selection: Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What a run is compared with: the merge base of `revision` and HEAD.

    `start` is the working directory, `config` the configuration file that the command line names. `environment` is
    the process's, for git. `overlay` lays the command line over a configuration: what it says holds on both sides.
    With `fail_on_weakening` a change that weakens the check fails it, whatever the threshold.
    """

    revision: str
    start: Path
    config: str | None
    environment: Mapping[str, str]
    overlay: Callable[[Settings], Settings]
    fail_on_weakening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two sides that are compared, read and put together. Where it is invalid, `prepared` is None.

    `paths` are the directories and files that were asked for, absolute. `tree` is the commit that they were read from;
    None for the disk. `unread` are the identities in the baseline that must not be taken for fixed, since not all was
    read that it was made of.
    """

    request: Request
    policies: Policies
    declared: Declared
    prepared: Prepared | None
    problems: tuple[Problem, ...]
    paths: tuple[Path, ...]
    baseline: Baseline | None
    tree: CommitTree | None = None
    unread: frozenset[str] = frozenset()
