"""Whom a post reports to: who or what the list names there, found among its own rows."""

from collections.abc import Mapping, Sequence

from uts_policy.exchange.roster.words import name_key, post_state
from uts_policy.exchange.text import folded
from uts_policy.model.roster import PostState, RosterRow

_Key = tuple[str, ...]
_SHOWN = 3


def posts_above(rows: Sequence[RosterRow], notes: list[str]) -> dict[_Key, _Key]:
    """By the key of a role, that of the role that it reports to; what cannot be written goes to `notes`.

    A role that reports to itself, and a loop, are noted and kept: the file states them, and the check finds them.
    """
    by_number, by_post, by_name, by_title = _indexes(rows)
    above: dict[_Key, dict[_Key, list[str]]] = {}
    unknown: list[str] = []
    several: list[str] = []
    placeholders: list[str] = []
    for row in rows:
        text = row.manager
        if not text or row.state is PostState.ELIMINATED:
            continue
        found = next(
            (
                keys
                for index, key in (
                    (by_post, text.casefold()),
                    (by_number, text.casefold()),
                    (by_name, name_key(text)),
                    (by_title, folded(text)),
                )
                if (keys := index.get(key))
            ),
            None,
        )
        if found is None:
            (unknown if post_state(text, {}) is None else placeholders).append(row.manager_where)
            continue
        near = [key for key in found if key[:-1] == row.key[:-1]] if len(found) > 1 else found
        if len(near) != 1:
            several.append(row.manager_where)
            continue
        above.setdefault(row.key, {}).setdefault(near[0], []).append(row.manager_where)
    _note(notes, unknown, "what stands there is neither a person nor a post of the list, so `reports_to` is left out")
    _note(notes, placeholders, "a placeholder stands there (such as XX), so `reports_to` is left out")
    _note(notes, several, "who stands there holds several posts, so `reports_to` is left out")
    apart = [places for places in above.values() if len(places) > 1]
    _note(
        notes,
        [each[0] for places in apart for each in places.values()],
        "holders of one post report to different posts, so `reports_to` is left out",
    )
    stated = {key: next(iter(places)) for key, places in above.items() if len(places) == 1}
    _note_loops(stated, above, notes)
    return stated


def _indexes(rows: Sequence[RosterRow]) -> tuple[dict[str, list[_Key]], ...]:
    indexes: tuple[dict[str, list[_Key]], ...] = ({}, {}, {}, {})
    for row in rows:
        names = (row.number.casefold(), row.post, name_key(row.name) if row.name else "", folded(row.title))
        for index, name in zip(indexes, names, strict=True):
            if name and row.key not in index.setdefault(name, []):
                index[name].append(row.key)
    return indexes


def _note_loops(stated: Mapping[_Key, _Key], above: Mapping[_Key, Mapping[_Key, list[str]]], notes: list[str]) -> None:
    seen: set[_Key] = set()
    for start in stated:
        chain: list[_Key] = []
        key = start
        while key in stated and key not in chain and key not in seen:
            chain.append(key)
            key = stated[key]
        if key in chain:
            loop = chain[chain.index(key) :]
            places = [above[each][stated[each]][0] for each in loop]
            what = "a post reports to itself" if len(loop) == 1 else f"{len(loop)} posts report to each other in a loop"
            _note(notes, places, f"{what}; it is written as the list states it, and the check reports it")
        seen.update(chain)


def _note(notes: list[str], places: Sequence[str], what: str) -> None:
    if places:
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        notes.append(f"{', '.join(places[:_SHOWN])}{more}: {what}.")
