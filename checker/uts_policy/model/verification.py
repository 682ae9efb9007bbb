"""What `evidence verify` found: four answers, each by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Of one part. `not checked` is never `ok`."""

    OK = "ok"
    REJECTED = "rejected"
    WARNING = "warning"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a part is not ok. `id` is a word for programs that stays; `path` a file in the bag, or empty."""

    id: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of integrity, signer, time and reconciliation. `facts` are what it is about, by name."""

    outcome: Outcome
    says: str
    reasons: tuple[Reason, ...] = ()
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The whole answer about one file. `digest` is the bag's, SHA-256 in hex, empty where there is none."""

    file: str
    digest: str
    parts: Mapping[str, Part]

    @property
    def rejected(self) -> bool:
        """Whether any part was rejected."""
        return any(part.outcome is Outcome.REJECTED for part in self.parts.values())
