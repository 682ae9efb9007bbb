"""What will start to fail, and on which day."""

from dataclasses import dataclass

from uts_policy.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A finding that begins to count on `day`, as it will be then.

    `roles` are those whose business it is on the day of the forecast, `units` where they sit.
    """

    day: str
    finding: Finding
    roles: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """From the day after `as_of` to `until`. `evaluated` are the days that were looked at; between, nothing changes.

    `starts` are sorted by day, then as a report sorts findings.
    """

    as_of: str
    until: str
    evaluated: tuple[str, ...]
    starts: tuple[Start, ...]
