"""How a file and the declarations differ, when nothing is to be written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDifference:
    """A field of a role that the list states otherwise. `declared` and `listed` are ids; empty if there is none.

    `place` is in the declarations, `where` an address in the list.
    """

    role: str
    field: str
    declared: tuple[str, ...]
    listed: tuple[str, ...]
    place: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDifferences:
    """People by pseudonym, roles by id.

    `without_role`: on the list and without a role, each with the title and the address there; `not_listed`: with a role
    and not on the list, each with its roles and a place; `undeclared`: posts of the list that no role stands for, with
    their address; `unlisted`: roles that the list does not have, with their place.
    """

    without_role: tuple[tuple[str, str, str], ...]
    not_listed: tuple[tuple[str, tuple[str, ...], str], ...]
    posts: tuple[PostDifference, ...]
    undeclared: tuple[tuple[str, str], ...]
    unlisted: tuple[tuple[str, str], ...]
    listed_people: int
    declared_people: int

    @property
    def agree(self) -> bool:
        """Whether the list and the declarations say the same."""
        return not (self.without_role or self.not_listed or self.posts or self.undeclared or self.unlisted)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandDifferences:
    """Statements of a text against obligations.

    `uncovered`: those that no obligation covers, each with its `ref` and its address or heading; `reworded`: those that
    an obligation covers in other words, with its id, its place and how alike they are; `gone`: obligations of the same
    directives that the text does not have any more, with their place. `covered` counts the statements that are covered.
    """

    uncovered: tuple[tuple[str, str, str], ...]
    reworded: tuple[tuple[str, str, str, float], ...]
    gone: tuple[tuple[str, str], ...]
    covered: int
    statements: int

    @property
    def agree(self) -> bool:
        """Whether each statement is covered as it stands, and no obligation is left over."""
        return not (self.uncovered or self.reworded or self.gone)
