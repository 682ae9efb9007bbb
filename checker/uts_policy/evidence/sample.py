"""Drawing a sample: some conclusions of each category, by a seed, the same on every machine and in every year."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uts_policy.model.evidence import Conclusion, Stratum

_ROTATION = (Conclusion.VIOLATION, Conclusion.PASS, Conclusion.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEntry:
    """What a rule was asked about, and the entries on which it found something. `entries` are `section/id`, sorted.

    `found` may hold what is no entry: a file. All other entries passed.
    """

    rule: str
    entries: Sequence[str]
    found: Mapping[str, Conclusion]

    @property
    def category(self) -> str:
        """The part before the slash."""
        return self.rule.partition("/")[0]

    def passed(self) -> int:
        """How many entries passed."""
        return len(self.entries) - len(self.found.keys() & set(self.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSample:
    """One conclusion of the sample."""

    rule: str
    entry: str
    conclusion: Conclusion


def draw(judged: Iterable[JudgedEntry], *, size: int, seed: int) -> tuple[tuple[DrawnSample, ...], tuple[Stratum, ...]]:
    """At most `size` conclusions, none twice, sorted by rule and entry; and the strata that they are from.

    A stratum is a category and a conclusion. The categories take turns, in an order that the seed decides; each gives
    a violation, a pass and a waived one in turn, as far as it has them, and every second begins with a pass. So no
    category with a population is left out of a sample that is as large as there are categories. Within a stratum each
    pair of rule and entry is as likely as any other.

    Chance is SHA-256 over seed, stratum and a counter: a library's generator may be another one some day.
    """
    pools: dict[str, dict[Conclusion, _Pool]] = defaultdict(dict)
    for category, conclusion, pool in _pools(judged, seed):
        pools[category][conclusion] = pool
    turns = [
        _turns(pools[category], start)
        for start, category in enumerate(sorted(pools, key=lambda each: (_chance(seed, each), each)))
    ]
    drawn: list[DrawnSample] = []
    while turns and len(drawn) < size:
        going = []
        for turn in turns:
            found = next(turn, None) if len(drawn) < size else None
            if found is not None:
                drawn.append(found)
                going.append(turn)
        turns = going
    strata = tuple(
        Stratum(category=category, conclusion=conclusion, population=pool.population, drawn=len(pool.taken))
        for category, by_conclusion in sorted(pools.items())
        for conclusion, pool in by_conclusion.items()
    )
    return tuple(sorted(drawn, key=lambda each: (each.rule, each.entry))), strata


class _Pool:
    """The pairs of one stratum, by number. Those that passed are too many to be written down."""

    def __init__(
        self, stream: tuple[int, str, str], conclusion: Conclusion, parts: Sequence[tuple[JudgedEntry, int]]
    ) -> None:
        self.population = sum(count for _, count in parts)
        self.taken: set[int] = set()
        self._stream = stream
        self._conclusion = conclusion
        self._parts = parts
        self._counter = 0

    def next(self) -> DrawnSample | None:
        """One that was not drawn before; None where there is none."""
        if len(self.taken) == self.population:
            return None
        number = self._number()
        while number in self.taken:
            number = self._number()
        self.taken.add(number)
        for judged, count in self._parts:
            if number < count:
                return DrawnSample(rule=judged.rule, entry=self._entry(judged, number), conclusion=self._conclusion)
            number -= count
        raise AssertionError("a number below the population lies in one of its parts")

    def _number(self) -> int:
        self._counter += 1
        return _chance(*self._stream, self._counter) % self.population

    def _entry(self, judged: JudgedEntry, number: int) -> str:
        if self._conclusion is Conclusion.PASS:
            return [entry for entry in judged.entries if entry not in judged.found][number]
        return sorted(entry for entry, found in judged.found.items() if found is self._conclusion)[number]


def _pools(judged: Iterable[JudgedEntry], seed: int) -> Iterator[tuple[str, Conclusion, _Pool]]:
    parts: dict[tuple[str, Conclusion], list[tuple[JudgedEntry, int]]] = defaultdict(list)
    for each in sorted(judged, key=lambda one: one.rule):
        counts = {Conclusion.PASS: each.passed()}
        for conclusion in each.found.values():
            counts[conclusion] = counts.get(conclusion, 0) + 1
        for conclusion, count in counts.items():
            if count:
                parts[each.category, conclusion].append((each, count))
    for category, conclusion in sorted(parts, key=lambda each: (each[0], _ROTATION.index(each[1]))):
        yield category, conclusion, _Pool((seed, category, conclusion.value), conclusion, parts[category, conclusion])


def _turns(pools: Mapping[Conclusion, _Pool], start: int) -> Iterator[DrawnSample]:
    """What a category gives, turn by turn, until it has nothing left."""
    rotation = _ROTATION if start % 2 == 0 else (_ROTATION[1], _ROTATION[0], _ROTATION[2])
    waiting = [pools[conclusion] for conclusion in rotation if conclusion in pools]
    while waiting:
        pool = waiting.pop(0)
        found = pool.next()
        if found is not None:
            yield found
            waiting.append(pool)


def _chance(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(":".join(map(str, parts)).encode()).digest())
