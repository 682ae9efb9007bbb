"""The statements of a text, matched with obligations that are declared or were imported."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from uts_policy.exchange.text import LIMIT, folded, likeness
from uts_policy.model.obligations import Demand

_MOST_COMPARED: Final = 400
_NEARLY: Final = 0.99
"""The most that texts are alike that are not the same."""


def match_demands(
    demands: Sequence[Demand], obligations: Mapping[str, Mapping[str, Any]]
) -> dict[int, tuple[str, float]]:
    """By the place of a statement, the id of the obligation that covers it, and how alike they are, from 0 to 1."""
    left = dict(obligations)
    found: dict[int, tuple[str, float]] = {}
    for with_ref in (True, False):
        by_words: dict[tuple[str, str], list[str]] = {}
        for id_, obligation in left.items():
            ref = folded(str(obligation.get("ref", ""))) if with_ref else ""
            by_words.setdefault((_plain(str(obligation["text"])), ref), []).append(id_)
        for place, demand in enumerate(demands):
            same = by_words.get((_plain(demand.text), folded(demand.ref) if with_ref else ""))
            if place not in found and same:
                found[place] = (same.pop(0), 1.0)
                left.pop(found[place][0])
    open_ = [place for place in range(len(demands)) if place not in found][:_MOST_COMPARED]
    alike = sorted(
        (
            (_alike(demands[place], obligation), -place, id_)
            for place in open_
            for id_, obligation in list(left.items())[:_MOST_COMPARED]
        ),
        reverse=True,
    )
    for measure, place, id_ in alike:
        if measure >= LIMIT and -place not in found and id_ in left:
            words = likeness(demands[-place].text, str(left.pop(id_)["text"]))
            found[-place] = (id_, min(words, _NEARLY))
    return found


def _alike(demand: Demand, obligation: Mapping[str, Any]) -> float:
    """How alike the words are; the same place makes it a little more."""
    same_place = bool(demand.ref) and folded(demand.ref) == folded(str(obligation.get("ref", "")))
    return likeness(demand.text, str(obligation["text"])) + 0.1 * same_place


def _plain(text: str) -> str:
    return " ".join(folded(text).split())
