"""One file of a bag's payload."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file below `data/`. `path` is POSIX, from there: `results/findings.json`."""

    path: str
    data: bytes
