"""What a change means: two sets of declarations on one day, and everything that differs between them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

from uts_policy.model.finding import Finding
from uts_policy.model.place import Location

NOTHING_TO_TELL = "<!-- uts-policy: nothing to tell -->"
"""The first line of the Markdown where nothing changes: a comment that said more before is then resolved."""


_SEAL = re.compile(r"<!-- uts-policy: written by diff; name=(?P<name>\S*) sha256=(?P<digest>[0-9a-f]{64}) -->")


def sealed(markdown: str, name: str) -> str:
    """Markdown with a last line that says it is what `diff` wrote, of which set of declarations, and its digest.

    It keeps accidents out, and nobody who means harm: anybody can compute it.
    """
    quoted = quote(name, safe="/+")
    markdown = markdown if markdown.endswith("\n") else f"{markdown}\n"
    return f"{markdown}<!-- uts-policy: written by diff; name={quoted} sha256={_digest(markdown, quoted)} -->\n"


def unsealed(text: str) -> tuple[str, str] | None:
    """The Markdown that `sealed` was given, and the name; None where the text is not what it wrote, line ends aside."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    found = _SEAL.fullmatch(lines[-1].strip())
    markdown = "".join(f"{line}\n" for line in lines[:-1])
    if found is None or found["digest"] != _digest(markdown, found["name"]):
        return None
    return markdown, unquote(found["name"])


def _digest(markdown: str, name: str) -> str:
    return sha256(f"{name}\n{markdown.strip()}".encode("utf-8", "backslashreplace")).hexdigest()


class OwnerKind(StrEnum):
    """What becomes of a duty's owner. `new` and `ended`: the duty itself comes or goes, with its owner or without."""

    LOST = "lost"
    MOVED = "moved"
    GAINED = "gained"
    NEW = "new"
    ENDED = "ended"


class EntryKind(StrEnum):
    """What becomes of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One of the two: how the user calls it (`main`, `the work tree`), and the commit, empty where it is none."""

    name: str
    commit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChange:
    """Who answers for a responsibility, before and after, in the same words for a set of places.

    `units` are the tops of the subtrees, `vectors` those concerned; empty: wherever the duty is. `before` and `after`
    are role ids, sorted. `instead`: what stands afterwards where an owner should, and is no living role. `location` is
    where to act.
    """

    responsibility: str
    statement: str
    kind: OwnerKind
    units: tuple[str, ...]
    vectors: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    instead: tuple[str, ...]
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """Roles that take or give up another part in a duty than answering for it. `code` is one of R S C I."""

    responsibility: str
    code: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerChange:
    """A role gains, loses or has in other places or for another term an authority, by itself or by delegation."""

    role: str
    authority: str
    kind: EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderChange:
    """Persons who come to hold a role, and who no longer do."""

    role: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of an entry. None: it was not there, or is not any more."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry that is new, gone or says something else. `fields` are those of a changed one."""

    section: str
    id: str
    title: str
    kind: EntryKind
    fields: tuple[FieldChange, ...]
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """An entry that got another id: `recorded` in `moved`, or one id gone, one come and the rest alike."""

    section: str
    before: str
    after: str
    location: Location | None
    recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a role is to be asked: a word for what happens to it ("gains", "loses" …), what, and in which entry."""

    change: str
    what: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A role whose yes the change needs. `gone`: it is there no longer, so its superior answers for it."""

    role: str
    title: str
    gone: bool
    superior: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that a change means, on the day `as_of`: sorted lists, in which a renamed id is the new one.

    `weakens`: each way in which the change loosens the check. `known`: findings that are on both sides. `titles` are
    those of roles, by id. `name` tells these declarations from others of one repository.
    """

    tool_version: str
    as_of: str
    base: Compared
    head: Compared
    owners: tuple[OwnerChange, ...]
    parts: tuple[PartChange, ...]
    holders: tuple[HolderChange, ...]
    powers: tuple[PowerChange, ...]
    entries: tuple[EntryChange, ...]
    renames: tuple[Rename, ...]
    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    known: tuple[Finding, ...]
    weakens: tuple[Finding, ...]
    approvals: tuple[Approval, ...]
    titles: Mapping[str, str]
    notices: tuple[str, ...] = ()
    name: str = ""

    @property
    def weakened(self) -> bool:
        """Whether the change loosens the check in a way that no waiver of the base excuses."""
        return any(each.counts for each in self.weakens)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        told = (self.owners, self.parts, self.holders, self.powers, self.entries, self.renames)
        return not any((*told, self.opened, self.closed, self.weakens))
