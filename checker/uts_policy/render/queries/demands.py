"""What an import of obligations read, for a person: what was taken, what was not, and the sum."""

from collections import Counter
from collections.abc import Iterator

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.obligations import DemandReading


def as_list(reading: DemandReading) -> str:
    """Everything that was looked at: a line for each, with a mark for what was taken."""
    lines = [*(f"+ {demand.ref or demand.where}: {_line(demand.text)}" for demand in reading.demands)]
    lines += [f"- {where}: {_line(text)} ({reason})" for where, text, reason in reading.left]
    return "".join(f"{visible(line)}\n" for line in [*lines, "", *_summary(reading)])


def as_summary(reading: DemandReading) -> str:
    """The title, and the sum."""
    return "".join(f"{visible(line)}\n" for line in _summary(reading))


def _summary(reading: DemandReading) -> Iterator[str]:
    yield reading.title
    reasons = Counter(reason for _, _, reason in reading.left)
    left = "".join(f" + {count} not taken ({reason})" for reason, count in sorted(reasons.items()))
    taken = number(len(reading.demands), "obligation")
    yield f"{number(reading.looked_at, reading.unit)} = {taken}{left or ' + 0 not taken'}"


def _line(text: str) -> str:
    return " ".join(text.split())
