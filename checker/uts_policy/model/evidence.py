"""Two bags laid over each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from uts_policy.model.difference import OwnerChange, Rename
from uts_policy.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class BagSide:
    """One bag: the file as the user calls it, the bag's digest (SHA-256, hex), the day and the verdict."""

    name: str
    digest: str
    as_of: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """Something that a check was done with and that differs: what it is, before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule that has its say in one bag only. `reason` says why not in the other, as far as that bag says so."""

    rule: str
    begins: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BagDifference:
    """What changed between two bags. All lists are sorted.

    `opened` are there now and no waiver hides them, `closed` are there no more, though their rule was judged.
    `waived`: a waiver hides them now that did not before; `uncovered`: one did, and does no more. `unjudged` are gone
    because nobody looked: their rule was not judged this time. `same` counts those on both sides that are none of
    these. `owners` is None where owners could not be compared; `notices` say why. `titles` are those of roles.
    """

    before: BagSide
    after: BagSide
    circumstances: tuple[Circumstance, ...]
    files: tuple[Circumstance, ...]
    rules: tuple[RuleChange, ...]
    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    uncovered: tuple[Finding, ...]
    unjudged: tuple[Finding, ...]
    same: int
    owners: tuple[OwnerChange, ...] | None
    renames: tuple[Rename, ...]
    titles: Mapping[str, str]
    notices: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        findings = (self.opened, self.closed, self.waived, self.uncovered, self.unjudged)
        return not any((self.circumstances, self.files, self.rules, *findings, self.owners, self.renames, self.notices))
