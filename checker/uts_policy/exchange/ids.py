"""Ids for what a file names: readable, deterministic, and told apart by context rather than by a number."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from uts_policy.exchange.text import LONGEST_ID, id_words, slug

_KEPT_IN_FRONT: Final = 3
_LONGEST_WITH_CONTEXT: Final = 80


def unique_ids(
    texts: Sequence[tuple[str, str]], taken: Collection[str] = (), *, whole: bool = False
) -> tuple[str, ...]:
    """An id for each (text, context), in order; none is in `taken`.

    Texts whose ids would be the same differ by the words that they do not share, else by their context, and only where
    that is the same too by a number. `whole`: small words such as *of* stay.
    """
    used = set(taken)
    ids = [slug(id_words(text, whole=whole), text) for text, _ in texts]
    for same in _clashes(ids, used):
        for place, id_ in _by_own_words([(place, texts[place][0]) for place in same]):
            ids[place] = id_
    for same in _clashes(ids, used):
        contexts = {place: slug(id_words(texts[place][1]), texts[place][1], 24) for place in same}
        if len(set(contexts.values())) > 1:
            for place in same:
                ids[place] = f"{ids[place]}-{contexts[place]}" if texts[place][1] else ids[place]
    found: list[str] = []
    for id_ in ids:
        number, unique = 1, id_
        while unique in used:
            number += 1
            unique = f"{id_}-{number}"
        used.add(unique)
        found.append(unique)
    return tuple(found)


def _clashes(ids: Sequence[str], used: Collection[str]) -> list[list[int]]:
    places: dict[str, list[int]] = {}
    for place, id_ in enumerate(ids):
        places.setdefault(id_, []).append(place)
    return [same for id_, same in places.items() if len(same) > 1 or id_ in used]


def _by_own_words(texts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Ids of the first words that all have, and of the words that not all have."""
    words = {place: id_words(text) for place, text in texts}
    different = {tuple(each) for each in words.values()}
    counts = Counter(word for each in different for word in set(each))
    shared = {word for word, count in counts.items() if count == len(different)}
    found = []
    for place, text in texts:
        front = words[place][:_KEPT_IN_FRONT]
        own = [word for word in words[place][_KEPT_IN_FRONT:] if word not in shared]
        parts = [*front, *own] if own else words[place]
        found.append((place, slug(parts, text, _LONGEST_WITH_CONTEXT if len(different) > 1 else LONGEST_ID)))
    return found
