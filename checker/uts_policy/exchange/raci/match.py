"""The duties and roles of a later file, matched with those of an earlier one, so that they keep their ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uts_policy.exchange.text import LIMIT, folded, likeness
from uts_policy.model.raci import MatrixReading

SAME_PATTERN: Final = 0.8
"""How many of its letters, from 0 to 1, two columns have to share to be one role that was renamed."""
_MOST_COMPARED: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDuty:
    """A duty of the earlier file: its id now, and what the file said of it. `codes`: by the id of a role."""

    id: str
    statement: str
    group: str
    key: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The id for each duty or title, and, in words, each match that was not exact, with its measure."""

    ids: Mapping[str, str]
    remarks: tuple[str, ...]


def match_duties(reading: MatrixReading, known: Sequence[KnownDuty]) -> Matched:
    """The ids of duties by their address (`where`): by statement and heading, number, statement, then likeness."""
    left = list(known)
    ids: dict[str, str] = {}
    remarks: list[str] = []
    open_ = list(reading.duties)
    for with_group in (True, False):
        by_words: dict[tuple[str, str], list[KnownDuty]] = {}
        for old in left:
            by_words.setdefault((folded(old.statement), old.group if with_group else ""), []).append(old)
        for duty in open_:
            same = by_words.get((folded(duty.statement), duty.group if with_group else ""))
            if same:
                ids[duty.where] = same.pop(0).id
        left = [old for each in by_words.values() for old in each]
        open_ = [duty for duty in open_ if duty.where not in ids]
    alike = sorted(
        (
            (likeness(duty.statement, old.statement) + 0.1 * (bool(duty.key) and duty.key == old.key), duty, old)
            for duty in open_[:_MOST_COMPARED]
            for old in left[:_MOST_COMPARED]
        ),
        key=lambda each: (-each[0], each[1].where, each[2].id),
    )
    for measure, duty, old in alike:
        if measure < LIMIT:
            break
        if duty.where not in ids and old.id not in ids.values():
            ids[duty.where] = old.id
            remarks.append(
                f'{duty.where}: "{duty.statement}" is taken for "{old.statement}" ({old.id}), reworded: '
                f"{min(measure, 1):.2f} alike, the limit is {LIMIT:.2f}."
            )
    return Matched(ids=ids, remarks=tuple(remarks))


def match_roles(
    reading: MatrixReading, known: Mapping[str, str], duties: Mapping[str, str], before: Sequence[KnownDuty]
) -> Matched:
    """The ids of roles by folded title: by title, then by the letters that a column shares with one that is gone.

    `known`: id by folded title of the earlier file; `duties`: ids by address, as `match_duties` gives them.
    """
    titles = {folded(role.title): role.title for role in reading.roles}
    ids = {title: known[title] for title in titles if title in known}
    gone = {id_: title for title, id_ in known.items() if title not in titles}
    remarks = []
    earlier = {duty.id: duty.codes for duty in before}
    for title, written in titles.items():
        if title in ids or not gone:
            continue
        mine = {duties[duty.where]: duty.codes.get(written, "") for duty in reading.duties if duty.where in duties}
        measures = {id_: _shared(mine, {duty: codes.get(id_, "") for duty, codes in earlier.items()}) for id_ in gone}
        measure, best = max((measure, id_) for id_, measure in measures.items())
        if measure >= SAME_PATTERN:
            ids[title] = best
            gone.pop(best)
            remarks.append(
                f'The column "{written}" is taken for the role "{best}", renamed: '
                f"{measure:.2f} of its letters are the same, the limit is {SAME_PATTERN:.2f}."
            )
    return Matched(ids=ids, remarks=tuple(remarks))


def _shared(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """How many of the duties in which either has letters give both the same ones, from 0 to 1."""
    both = [duty for duty in one if duty in other and (one[duty] or other[duty])]
    return sum(one[duty] == other[duty] for duty in both) / len(both) if both else 0.0
