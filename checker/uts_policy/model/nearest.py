"""The known word that is most like an unknown one."""

from bisect import bisect_left
from collections.abc import Iterable

_SHORT, _LONG = 5, 12
_AFTER_ALL = "\U0010ffff"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that differs from `word` in the fewest letters, or None where all differ in too many.

    One letter too many, missing, wrong, or swapped with its neighbour is one difference; capitals, and `_` or a space
    for `-`, are none. Up to 1 difference is allowed in words of up to 4 letters, 2 up to 11, 3 beyond, and always
    fewer than the word has letters. Of equally near choices the first in code point order is taken.
    """
    wanted = _plain(word)
    allowed = min(1 if len(wanted) < _SHORT else 2 if len(wanted) < _LONG else 3, len(wanted) - 1)
    ordered = sorted(choices)
    best: str | None = None
    # The choices are read like a dictionary: rows of the distance table are kept for the letters that a choice shares
    # with the one before, and where a beginning is already too far off, all that begin so are passed over.
    rows = [list(range(len(wanted) + 1))]
    letters = ""
    position = 0
    while position < len(ordered) and allowed >= 0:
        choice = ordered[position]
        depth = _shared(letters, choice)
        del rows[depth + 1 :]
        while depth < len(choice) and min(rows[depth]) <= allowed:
            rows.append(_next_row(rows, wanted, choice, depth))
            depth += 1
        letters = choice[:depth]
        if depth == len(choice) and rows[depth][-1] <= allowed:
            best, allowed = choice, rows[depth][-1] - 1
        if min(rows[depth]) > allowed and depth:
            position = bisect_left(ordered, letters + _AFTER_ALL, position + 1)
        else:
            position += 1
    return best


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def _shared(one: str, other: str) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _next_row(rows: list[list[int]], wanted: str, choice: str, depth: int) -> list[int]:
    """The differences between choice[:depth + 1] and every beginning of `wanted`."""
    letter = choice[depth].lower()
    above = rows[depth]
    row = [depth + 1]
    for index, other in enumerate(wanted):
        least = above[index] if other == letter else 1 + min(above[index], above[index + 1], row[index])
        if depth and index and letter == wanted[index - 1] and choice[depth - 1].lower() == other:
            least = min(least, rows[depth - 1][index - 1] + 1)
        row.append(least)
    return row
