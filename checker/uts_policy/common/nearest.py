"""The known word that is most like an unknown one."""

from bisect import bisect_left
from collections.abc import Iterable

from uts_policy.common.invisible import as_read

_SHORT, _LONG = 5, 12
_FAR = 1000
_AFTER_ALL = "\U0010ffff"


def nearest(word: str, choices: Iterable[str], *, guessing: bool = False) -> str | None:
    """The choice that differs from `word` in the fewest letters, or None where all differ in too many.

    One letter too many, missing, wrong, or swapped with its neighbour is one difference; capitals, `_` or a space
    for `-`, and characters that look alike, are none. Up to 1 difference is allowed in words of up to 4 letters, 2 up
    to 11, 3 beyond, and always fewer than the word has letters; with `guessing`, where a wrong guess does no harm, also
    up to three in eight letters. Of equally near choices the first in code point order is taken.
    """
    wanted = _plain(word)
    size = len(wanted)
    allowed = min(1 if size < _SHORT else 2 if size < _LONG else 3, size - 1)
    if guessing:
        allowed = max(allowed, size * 3 // 8)
    ordered = sorted(choice for choice in choices if abs(len(choice) - size) <= allowed)
    longest = max(map(len, ordered), default=0)
    best: str | None = None
    # The choices are read like a dictionary: rows of the distance table are kept for the letters that a choice shares
    # with the one before, and where a beginning is already too far off, all that begin so are passed over.
    rows = [_first_row(size, allowed)]
    letters = ""
    position = 0
    while position < len(ordered) and allowed >= 0:
        choice = ordered[position]
        depth = _shared(letters, choice)
        del rows[depth + 1 :]
        while depth < len(choice) and _least(rows, size, longest) <= allowed:
            rows.append(_next_row(rows, wanted, choice, allowed))
            depth += 1
        letters = choice[:depth]
        if depth == len(choice) and rows[depth][-1] <= allowed:
            best, allowed = choice, rows[depth][-1] - 1
        if depth and _least(rows, size, longest) > allowed:
            position = bisect_left(ordered, letters + _AFTER_ALL, position + 1)
        else:
            position += 1
    return best


def _plain(word: str) -> str:
    return as_read(word).strip().lower().replace("_", "-").replace(" ", "-")


def _shared(one: str, other: str) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _first_row(size: int, allowed: int) -> list[int]:
    return [index if index <= allowed else _FAR for index in range(size + 1)]


def _next_row(rows: list[list[int]], wanted: str, choice: str, allowed: int) -> list[int]:
    """The differences between the next letters of `choice` and every beginning of `wanted` of about their length."""
    depth = len(rows)
    letter = choice[depth - 1].lower()
    above = rows[-1]
    row = [_FAR] * len(above)
    first = max(depth - allowed, 0)
    if first == 0:
        row[0] = depth
    for index in range(max(first, 1), min(depth + allowed, len(wanted)) + 1):
        other = wanted[index - 1]
        least = above[index - 1] if other == letter else 1 + min(above[index - 1], above[index], row[index - 1])
        if depth > 1 and index > 1 and letter == wanted[index - 2] and choice[depth - 2].lower() == other:
            least = min(least, rows[-2][index - 2] + 1)
        row[index] = least
    return row


def _least(rows: list[list[int]], size: int, longest: int) -> int:
    """How many differences there are at least, however a choice goes on that is no longer than the longest one."""
    depth = len(rows) - 1
    excess = size - (longest - depth)
    return min((cell + max(excess - index, 0) for index, cell in enumerate(rows[-1]) if cell < _FAR), default=_FAR)
