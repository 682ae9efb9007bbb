"""What an import of a staff list read, for a person: each row by its address, and the sum that adds up. No names."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.roster import PostState, RosterMoves, RosterReading, RosterRow
from uts_policy.render.report.csv import cell

_MOST_LISTED = 10


def as_list(reading: RosterReading) -> str:
    """The whole reading: a line for each row, with its post and what is said of its holder."""
    above = {row.key: row.title for row in reading.rows}
    lines = [_line(row, above.get(reading.reports_to.get(row.key, ()), "")) for row in reading.rows]
    return "".join(f"{visible(line)}\n" for line in (*lines, "", *_summary(reading)))


def as_summary(reading: RosterReading) -> str:
    """How many there are of what, what each column was taken for, and the sum."""
    return "".join(f"{visible(line)}\n" for line in _summary(reading))


def as_moves(moves: RosterMoves) -> str:
    """A line for each person who came, went or moved, by pseudonym."""
    lines = [f"joined: {person} ({', '.join(roles)})" for person, roles in moves.joiners]
    lines += [f"left: {person} ({', '.join(roles)})" for person, roles in moves.leavers]
    lines += [f"moved: {person}: {', '.join(was)} → {', '.join(now)}" for person, was, now in moves.movers]
    return "".join(f"{visible(line)}\n" for line in lines)


def names_table(people: Sequence[tuple[str, str, str]]) -> str:
    """Who is who, as CSV; no cell becomes a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "name", "staff number"])
    writer.writerows([cell(value) for value in person] for person in people)
    return text.getvalue()


def _line(row: RosterRow, above: str) -> str:
    dates = " ".join(
        part for word, day in (("from", row.begin), ("to", row.end or row.left)) for part in (word, day) if day
    )
    parts = [row.state.value, dates, f"reports to {above}" if above else ""]
    place = f" ({' / '.join(row.units)})" if row.units else ""
    return f"{row.where}  {row.title}{place}: {', '.join(filter(None, parts))}"


def _summary(reading: RosterReading) -> Iterator[str]:
    for table in reading.tables:
        taken = ", ".join(
            f"{column.letter} {column.use}" for column in table.columns if column.use not in {"not read", "personal"}
        )
        yield f"{table.area}: {taken}"
        for use in ("personal", "not read"):
            letters = [column.letter for column in table.columns if column.use == use]
            if letters:
                yield f"  {use}{', never written' if use == 'personal' else ''}: {', '.join(letters)}"
    people = len({row.person for row in reading.rows if row.person})
    posts = len({row.key for row in reading.rows})
    yield f"{number(posts, 'role')}, {'1 person' if people == 1 else f'{people} people'}"
    states = reading.states
    parts = [f"{states[state]} {state.value}" for state in PostState if states[state]]
    yield f"{number(reading.looked_at, 'row')} = {' + '.join([*parts, f'{len(reading.left)} not taken'])}"
    reasons = Counter(reason for _, reason in reading.left)
    for reason in reasons:
        places = [where for where, each in reading.left if each == reason]
        more = f" and {len(places) - _MOST_LISTED} more" if len(places) > _MOST_LISTED else ""
        yield f"  {reason}: {', '.join(places[:_MOST_LISTED])}{more}"
    yield from reading.notes
