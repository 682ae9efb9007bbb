"""How a file and the declarations differ, for a person: a line for each difference, and the counts."""

from collections.abc import Iterator

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.reconciliation import DemandDifferences, RosterDifferences


def roster_lines(found: RosterDifferences) -> str:
    """People on one side only, posts that differ, posts on one side only."""
    return "".join(f"{visible(line)}\n" for line in _roster(found))


def demand_lines(found: DemandDifferences) -> str:
    """Statements that nothing covers, statements in other words, obligations that the text does not have."""
    return "".join(f"{visible(line)}\n" for line in _demands(found))


def _roster(found: RosterDifferences) -> Iterator[str]:
    yield from (
        f"on the list, holds no role: {person} ({title}, {where})" for person, title, where in found.without_role
    )
    yield from (
        f"holds a role, not on the list: {person} ({', '.join(roles)}, {place})"
        for person, roles, place in found.not_listed
    )
    for each in found.posts:
        sides = f"{_said(each.declared)} ({each.place}), on the list {_said(each.listed)} ({each.where})"
        yield f"differs: roles/{each.role}: {each.field}: declared {sides}"
    yield from (f"on the list, not declared: {title} ({where})" for title, where in found.undeclared)
    yield from (f"declared, not on the list: roles/{id_} ({place})" for id_, place in found.unlisted)
    people = f"{_people(found.listed_people)} on the list, {_people(found.declared_people)} in roles"
    if found.agree:
        yield f"The list and the declarations agree: {people}."
    else:
        yield (
            f"{people}: {len(found.without_role)} without a role, {len(found.not_listed)} not on the list; "
            f"{number(len(found.posts), 'difference')} in posts, {len(found.undeclared)} not declared, "
            f"{len(found.unlisted)} not on the list."
        )


def _said(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or "nobody"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _demands(found: DemandDifferences) -> Iterator[str]:
    yield from (f"not covered: {ref or where}: {_line(text)}" for ref, text, where in found.uncovered)
    yield from (
        f"reworded: obligations/{id_} ({place}), {measure:.2f} alike: {_line(text)}"
        for text, id_, place, measure in found.reworded
    )
    yield from (f"not in the text: obligations/{id_} ({place})" for id_, place in found.gone)
    covered = f"{found.covered} of {number(found.statements, 'statement')} covered"
    yield f"{covered}, {len(found.reworded)} in other words; {number(len(found.gone), 'obligation')} not in the text."


def _line(text: str) -> str:
    return " ".join(text.split())
