"""How alike two texts are, so that one that was reworded is known again."""

from difflib import SequenceMatcher
from typing import Final

from uts_policy.exchange.text import folded, id_words

LIMIT: Final = 0.7
"""How alike, from 0 to 1, two texts have to be to be one that was reworded."""


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how many words two statements share, in any order, or how alike their letters run."""
    mine, others = set(id_words(one)), set(id_words(other))
    shared = 2 * len(mine & others) / max(len(mine) + len(others), 1)
    return max(shared, SequenceMatcher(None, folded(one), folded(other), autojunk=False).ratio())
