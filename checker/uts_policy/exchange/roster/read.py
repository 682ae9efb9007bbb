"""Files of grids into posts and who holds them: every row is taken, or listed with the reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from uts_policy.exchange.roster.columns import RosterLayout, find_list
from uts_policy.exchange.roster.dates import date_order, is_serial, read_date
from uts_policy.exchange.roster.doubts import ask_same_name, ask_several, names_in_titles, without_repeated
from uts_policy.exchange.roster.managers import posts_above
from uts_policy.exchange.roster.wording import RosterUse
from uts_policy.exchange.roster.words import name_key, post_state, status, without_acting, word_key
from uts_policy.exchange.sheet import hidden_parts, sheet_of
from uts_policy.exchange.text import folded
from uts_policy.model.errors import UsageError
from uts_policy.model.grid import ForeignFile
from uts_policy.model.raci import RoleChoice
from uts_policy.model.roster import PersonState, PostState, RosterMap, RosterReading, RosterRow, WordGuess

_OFTEN: Final = 0.5
_DATES: Final = (RosterUse.BEGIN, RosterUse.END, RosterUse.LEFT)


@dataclass(slots=True)
class Found:
    """What the reading gathers on its way."""

    rows: list[RosterRow] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    words: dict[str, WordGuess] = field(default_factory=dict)
    order: str = ""

    def word(self, text: str, meaning: str, where: str) -> None:
        """Counts a word that stands for something else than a name."""
        key = word_key(text) or text.strip()
        known = self.words.get(key, WordGuess(word=text.strip(), meaning=meaning, count=0, where=where))
        self.words[key] = replace(known, count=known.count + 1)


def read_rosters(files: Sequence[ForeignFile], chosen: RosterMap) -> RosterReading:
    """Everything that the files state of posts and people.

    Raises UsageError, with the next step, if they hold no staff list, or the map does not fit.
    """
    lists = [each for file in files for each in _lists(file, chosen)]
    if not lists:
        names = ", ".join(f'"{file.file}"' for file in files)
        raise UsageError(
            f"no staff list in {names}: no row has a head for posts (such as Job title) and one for who holds them",
            "Write these heads above the columns, or name the columns in a map, as in "
            "`tables: [{at: Sheet1!A3, columns: {A: person, B: post}}]`.",
        )
    found = Found(notes=[f'"{file.file}": {note}' for file in files for note in file.notes])
    found.notes += [note for file in files if not chosen.hidden for note in hidden_parts(file)]
    kept = [each for each in lists if each.at not in chosen.skipped]
    found.order = _order(kept, chosen, found)
    looked_at = sum(_read_list(each, chosen, found) for each in kept)
    rows = without_repeated(found.rows, found.left)
    rows = ask_same_name(rows, chosen, found.questions)
    ask_several(rows, chosen, found.questions)
    names_in_titles(rows, found.notes, found.questions)
    return RosterReading(
        rows=tuple(rows),
        left=tuple(found.left),
        looked_at=looked_at,
        tables=tuple(each.guess() for each in lists),
        words=tuple(found.words.values()),
        reports_to=posts_above(rows, found.notes),
        notes=tuple(found.notes),
        questions=tuple(found.questions),
        date_order=found.order,
    )


def _lists(file: ForeignFile, chosen: RosterMap) -> Iterator[RosterLayout]:
    for grid in file.grids:
        if grid.hidden and not chosen.hidden:
            continue
        found = find_list(sheet_of(grid, hidden=chosen.hidden), chosen)
        if found is not None:
            yield found


def _order(lists: Sequence[RosterLayout], chosen: RosterMap, found: Found) -> str:
    """In which order the dates of all lists are; a question if nothing says."""
    texts = [
        (layout.sheet.text(row, column.number), layout.sheet.address((row, column.number)))
        for layout in lists
        for use in _DATES
        for column in layout.of(use)
        for row in layout.body
    ]
    if chosen.dates:
        return chosen.dates
    order, is_open = date_order(text for text, _ in texts)
    serials = [where for text, where in texts if is_serial(text)]
    if serials:
        found.notes.append(f"{len(serials)} dates are numbers, first at {serials[0]}: Excel counts days so.")
    if is_open and not order:
        where = next(where for text, where in texts if date_order([text])[1])
        found.questions.append(
            f"dates can be read in two ways, as at {where}: say `dates: day first` or `dates: month first`"
        )
    return order


def _read_list(layout: RosterLayout, chosen: RosterMap, found: Found) -> int:
    """Reads the rows of a list; how many were looked at."""
    levels = [column.number for column in layout.of(RosterUse.UNIT)]
    filled = _filled_down(layout, levels, found)
    heading = ""
    count = 0
    for row in layout.body:
        texts = layout.sheet.row(row)
        where = layout.sheet.address((row, min(texts)))
        count += 1
        if dict(texts) == dict(layout.sheet.row(layout.header)):
            found.left.append((where, "the header again"))
            continue
        if len({layout.sheet.anchor((row, column)) for column in texts}) == 1:
            if levels or layout.text(row, RosterUse.TITLE):
                found.left.append((where, "only one cell has text"))
            else:
                heading = next(iter(texts.values()))
                found.left.append((where, "heading, taken for the unit of the rows below it"))
            continue
        units = _path(filled.get((row, column), "") for column in levels)
        post = _post(layout, row, where, units or ((heading,) if heading else ()), chosen, found)
        if post is not None:
            found.rows.append(post)
    return count


def _path(levels: Iterable[str]) -> tuple[str, ...]:
    """The units from the top; a level that repeats the one above it is the same unit."""
    path: list[str] = []
    for text in levels:
        if text and (not path or folded(path[-1]) != folded(text)):
            path.append(text)
    return tuple(path)


def _filled_down(layout: RosterLayout, levels: Sequence[int], found: Found) -> Mapping[tuple[int, int], str]:
    """The unit of each row by column: what stands there, or, where it is written once for several rows, above."""
    filled: dict[tuple[int, int], str] = {}
    for column in levels:
        texts = {row: layout.sheet.text(row, column) for row in layout.body}
        rows = [row for row in texts if len(layout.sheet.row(row)) > 1]
        stated = [row for row in rows if texts[row]]
        once = bool(stated) and rows[0] == stated[0] and len(stated) <= len(rows) * _OFTEN
        above = ""
        for row in rows:
            above = texts[row] or (above if once else "")
            if post_state(above, {}) is None:
                filled[row, column] = above
        if once:
            found.notes.append(
                f"{layout.sheet.address((rows[0], column))}: units are written once for the rows below them."
            )
    return filled


def _post(  # noqa: PLR0913, PLR0917 - a row, where it is, and what is gathered
    layout: RosterLayout, row: int, where: str, units: tuple[str, ...], chosen: RosterMap, found: Found
) -> RosterRow | None:
    post = _real(layout.text(row, RosterUse.POST), chosen)
    title, acting = without_acting(layout.text(row, RosterUse.TITLE))
    if post_state(title, chosen.words) is not None:
        if not post:
            found.left.append((where, "no title of a post"))
            return None
        title = f"Post {post}"
    choice = chosen.roles.get(folded(title)) or chosen.roles.get(folded(where)) or RoleChoice()
    if choice.skip:
        found.left.append((where, "the map skips this post"))
        return None
    name = layout.text(row, RosterUse.PERSON)
    parts = [layout.text(row, use) for use in (RosterUse.GIVEN_NAME, RosterUse.SURNAME)]
    if any(parts):
        name = " ".join(dict.fromkeys(part for part in parts if part))
    name, acting_name = without_acting(name)
    number = _real(layout.text(row, RosterUse.NUMBER), chosen)
    named = post_state(name, chosen.words)
    is_known = bool(number) and named in {PostState.BLANK, PostState.NOT_STATED, PostState.REDACTED}
    state = PostState.HELD if named is None or is_known else named
    if named is not None and named is not PostState.BLANK:
        found.word(name, named.value, where)
    state, person_state = _status(layout, row, state, chosen, found)
    dates = _dates(layout, row, found)
    is_held = state is PostState.HELD
    return RosterRow(
        where=where,
        title=choice.title or title,
        state=state,
        units=units,
        person=(number.casefold() or name_key(name)) if is_held else "",
        name=name if is_held else "",
        number=number if is_held else "",
        post=post.casefold(),
        manager=layout.text(row, RosterUse.MANAGER),
        manager_where=layout.where(row, RosterUse.MANAGER) if layout.of(RosterUse.MANAGER) else "",
        begin=dates[RosterUse.BEGIN],
        end=dates[RosterUse.END],
        left=dates[RosterUse.LEFT],
        share=_share(layout, row, found),
        status=PersonState.ACTING if acting or acting_name else person_state,
    )


def _real(text: str, chosen: RosterMap) -> str:
    """A number of a person or post; empty if something else stands in its place."""
    return "" if post_state(text, chosen.words) is not None else text


def _status(
    layout: RosterLayout, row: int, state: PostState, chosen: RosterMap, found: Found
) -> tuple[PostState, PersonState]:
    """The state of a post and of its holder by the column of the status, which goes first."""
    text = layout.text(row, RosterUse.STATUS)
    if not text:
        return state, PersonState.ACTIVE
    where = layout.where(row, RosterUse.STATUS)
    said = status(text, chosen.words)
    if said is None:
        found.notes.append(f"{where}: the status is not known, and not read. Say what it means under `words`.")
        return state, PersonState.ACTIVE
    found.word(text, said.value, where)
    if isinstance(said, PersonState):
        return state, said
    if state is PostState.HELD and said is not PostState.ELIMINATED:
        if said in {PostState.VACANT, PostState.REDACTED}:
            found.questions.append(
                f"{where}: the status says {said.value}, and somebody is named in the row: correct one of the two"
            )
        return state, PersonState.ACTIVE
    return said, PersonState.ACTIVE


def _dates(layout: RosterLayout, row: int, found: Found) -> dict[RosterUse, str]:
    dates = {}
    for use in _DATES:
        text = layout.text(row, use)
        read = read_date(text, found.order) if text else ""
        if read is None and post_state(text, {}) is None:
            found.notes.append(f"{layout.where(row, use)}: this is not a date, and not read.")
        dates[use] = read or ""
    return dates


def _share(layout: RosterLayout, row: int, found: Found) -> float | None:
    text = layout.text(row, RosterUse.SHARE).replace(",", ".").replace(" ", "")
    if not text:
        return None
    try:
        share = float(text.rstrip("%"))
    except ValueError:
        found.notes.append(f"{layout.where(row, RosterUse.SHARE)}: this is not a share, and not read.")
        return None
    share = share / 100 if text.endswith("%") or share > 2 else share  # noqa: PLR2004 - nobody has so many posts
    return share if 0 <= share <= 1 else None
