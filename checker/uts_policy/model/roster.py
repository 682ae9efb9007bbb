"""What was read from a staff list, before it becomes entries.

NOTE: names and staff numbers of people are held here in memory; what is written or shown has pseudonyms or addresses.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from uts_policy.model.raci import ColumnGuess, RoleChoice


class PostState(Enum):
    """What a row says of the post's holder; the values are what a map calls them."""

    HELD = "held"
    VACANT = "vacant"
    NOT_STATED = "not stated"
    BLANK = "blank"
    REDACTED = "redacted"
    ELIMINATED = "eliminated"
    PLACEHOLDER = "placeholder"


class PersonState(Enum):
    """What a status says of a person; the values are what a map calls them."""

    ACTIVE = "active"
    ON_LEAVE = "on leave"
    DEPARTED = "departed"
    ACTING = "acting"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """A post, and who holds it. `units`: its units from the top; dates are full and ISO, empty if not stated.

    `person`: what tells the holder from all others, empty if nobody is named; `manager`: as the file writes it.
    `left` is the last day of somebody who left. `share` is from 0 to 1.
    """

    where: str
    title: str
    state: PostState
    units: tuple[str, ...] = ()
    person: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    post: str = ""
    manager: str = field(default="", repr=False)
    manager_where: str = ""
    begin: str = ""
    end: str = ""
    left: str = ""
    share: float | None = None
    status: PersonState = PersonState.ACTIVE

    @property
    def key(self) -> tuple[str, ...]:
        """What tells its role from the others: its units and its title, folded."""
        return (*(each.casefold() for each in self.units), self.title.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTable:
    """A list that was found: where, and how its columns were taken."""

    at: str
    area: str
    rows: int
    columns: tuple[ColumnGuess, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordGuess:
    """What a word in a name's or a status' place was taken for; `meaning` is a value of one of the two states."""

    word: str
    meaning: str
    count: int
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterReading:
    """Everything that was read. `left`: rows that were not taken, each with its address and the reason.

    `reports_to`: by the key of a role, that of the role above it. `notes` are sentences for a person, `questions` stop
    the import.
    """

    rows: tuple[RosterRow, ...]
    left: tuple[tuple[str, str], ...]
    looked_at: int
    tables: tuple[RosterTable, ...]
    words: tuple[WordGuess, ...]
    reports_to: Mapping[tuple[str, ...], tuple[str, ...]]
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    date_order: str = ""

    @property
    def states(self) -> Mapping[PostState, int]:
        """How many rows are in each state."""
        return Counter(row.state for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMap:
    """A person's word on what the list leaves open; empty: nothing is said.

    `words` by folded word; `columns` by the address of a list's first cell, then by letter; `skipped`: lists that are
    not read; `roles` by folded title. `dates`, `several` and `same_name` are one of the two words of theirs below.
    """

    unit_id: str = ""
    unit_name: str = ""
    hidden: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    several: str = ""
    same_name: str = ""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    roles: Mapping[str, RoleChoice] = field(default_factory=dict)


DATE_ORDERS = ("day first", "month first")
"""How 3/4/2026 is read."""
SEVERAL = ("seats", "job share")
"""What several holders of one post are."""
SAME_NAME = ("one person", "different people")
"""What two rows with the same name are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMoves:
    """Who came, went and moved between two versions of a list: pseudonyms, and the ids of roles before and after."""

    joiners: tuple[tuple[str, tuple[str, ...]], ...] = ()
    leavers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    movers: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
