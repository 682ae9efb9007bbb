"""What was read from a text that demands something, before it becomes entries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that somebody shall do: its place in the text, in the text's own words. `key`: an id of the file's."""

    ref: str
    text: str
    where: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandReading:
    """A text. `left`: what was looked at and not taken, each with its place and the reason."""

    title: str
    file: str
    demands: tuple[Demand, ...]
    left: tuple[tuple[str, str, str], ...]
    looked_at: int
    unit: str
    """What was looked at: controls, rows or sentences."""
