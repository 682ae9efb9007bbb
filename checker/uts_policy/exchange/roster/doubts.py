"""What a staff list leaves open: rows that repeat, names that repeat, several holders of a post, names in titles."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from uts_policy.exchange.text import words
from uts_policy.model.roster import SAME_NAME, PostState, RosterMap, RosterRow

_SHOWN: Final = 3
_SHORTEST_NAME: Final = 4
"""Letters of a part of a name that is looked for in titles."""
_WHOLE: Final = 1.0
_NEAR: Final = 1e-6


def without_repeated(rows: Sequence[RosterRow], left: list[tuple[str, str]]) -> list[RosterRow]:
    """The rows, each once: one that says the same of the same person, or of the same post, goes to `left`."""
    first: dict[RosterRow, str] = {}
    kept = []
    for row in rows:
        plain = replace(row, where="", manager_where="")
        is_same = row.person or row.post
        if is_same and plain in first:
            left.append((row.where, f"the same as {first[plain]}"))
            continue
        first.setdefault(plain, row.where)
        kept.append(row)
    return kept


def ask_same_name(rows: Sequence[RosterRow], chosen: RosterMap, questions: list[str]) -> list[RosterRow]:
    """The rows with people told apart as the map says; a question if names repeat and neither it nor a number tells."""
    places: dict[str, list[RosterRow]] = {}
    for row in rows:
        if row.person and not row.number:
            places.setdefault(row.person, []).append(row)
    repeated = {person: found for person, found in places.items() if len(found) > 1}
    if not repeated or chosen.same_name == SAME_NAME[0]:
        return list(rows)
    if not chosen.same_name:
        listed = [" and ".join(row.where for row in found[:_SHOWN]) for found in repeated.values()]
        questions.append(
            f"the same name stands in several rows ({_cut(listed)}): say `same_name: one person`, "
            "or `same_name: different people`"
        )
        return list(rows)
    apart = {
        row.where: f"{person} {' '.join(row.key)} {number}"
        for person, found in repeated.items()
        for number, row in enumerate(found)
    }
    return [replace(row, person=apart.get(row.where, row.person)) for row in rows]


def sharers(rows: Sequence[RosterRow], chosen: RosterMap) -> frozenset[str]:
    """The addresses of rows that share one post: the map says so, or their shares are at most one post's."""
    return frozenset(
        row.where
        for found in _together(rows)
        if _is_shared(found, chosen) is True
        for row in found
        if row.state is PostState.HELD
    )


def ask_several(rows: Sequence[RosterRow], chosen: RosterMap, questions: list[str]) -> None:
    """A question for posts with several holders of which nothing says whether they share it."""
    open_ = [found for found in _together(rows) if _is_shared(found, chosen) is None]
    if open_:
        listed = [" and ".join(row.where for row in found[:_SHOWN]) for found in open_]
        questions.append(
            f"{len(open_)} {'post has' if len(open_) == 1 else 'posts have'} several holders ({_cut(listed)}): say "
            "`several: seats` if each holds a post of their own, or `several: job share`"
        )


def _together(rows: Sequence[RosterRow]) -> list[list[RosterRow]]:
    """The rows of each post that has several holders: by the post's number, else by its title and unit."""
    posts: dict[tuple[str, ...], list[RosterRow]] = {}
    for row in rows:
        if row.state is PostState.HELD:
            posts.setdefault((row.post,) if row.post else row.key, []).append(row)
    return [found for found in posts.values() if len({row.person for row in found}) > 1]


def _is_shared(found: Sequence[RosterRow], chosen: RosterMap) -> bool | None:
    """Whether several holders share one post; None if nothing says."""
    if chosen.several:
        return chosen.several == "job share"
    shares = [row.share for row in found]
    stated = [share for share in shares if share is not None]
    if len(stated) < len(found):
        return None
    if sum(stated) <= _WHOLE + _NEAR:
        return True
    return False if min(stated) > _WHOLE - _NEAR and not found[0].post else None


def names_in_titles(rows: Sequence[RosterRow], notes: list[str], questions: list[str]) -> None:
    """Asks about titles and units with the name of somebody on the list, and notes those with a part of one."""
    names: dict[str, set[frozenset[str]]] = {}
    for row in rows:
        name = frozenset(words(row.name))
        for word in name:
            names.setdefault(word, set()).add(name)
    parts = {word for word in names if len(word) >= _SHORTEST_NAME}
    whole, partly = [], []
    for row in rows:
        said = set(words(" ".join((row.title, *row.units))))
        if not said & parts:
            continue
        if any(len(name) > 1 and name <= said for word in said for name in names.get(word, ())):
            whole.append(row.where)
        else:
            partly.append(row.where)
    if whole:
        questions.append(
            f"the title or unit holds the name of somebody on the list ({_cut(whole)}): give the post another title in "
            f"the map, by its address, as in `roles: {{{whole[0]}: {{title: …}}}}`, or correct the list"
        )
    if partly:
        notes.append(
            f"{_cut(partly)}: a word of the title or unit is also a part of somebody's name. If it names a person, "
            f"give the post another title in the map, by its address, as in `roles: {{{partly[0]}: {{title: …}}}}`."
        )


def _cut(listed: Sequence[str]) -> str:
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return ", ".join(listed[:_SHOWN]) + more
