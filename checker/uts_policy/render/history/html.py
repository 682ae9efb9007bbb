"""A history as a page: curves, each with its table behind."""

from dataclasses import dataclass

from uts_policy.model.history import History, Moment
from uts_policy.render.history.text import fixed_words
from uts_policy.render.html.environment import rendered
from uts_policy.render.interface import Style

_WIDE, _HIGH, _LEFT, _BELOW = 720, 160, 40, 20
"""Pixels of a plot, and what its axes take of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A curve: its title, the points of its line, the dots, and the greatest value, which is at the top."""

    title: str
    unit: str
    points: str
    dots: tuple[tuple[float, float], ...]
    most: int
    last: int


def render(history: History, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """A page like the report's. The same history gives the same bytes."""
    sound = [each for each in history.moments if not each.fault]
    plots = (
        _plot("Errors", "", sound, [each.at("error") for each in sound]),
        _plot("Unanswered responsibilities", "", sound, [each.unanswered for each in sound]),
        _plot("Stated of what could be", " %", sound, [each.share for each in sound]),
    )
    return rendered(
        "history.html",
        {
            "history": history,
            "plots": plots if sound else (),
            "sound": sound,
            "fixed": fixed_words(history),
            "size": (_WIDE, _HIGH, _LEFT, _BELOW),
        },
    )


def _plot(title: str, unit: str, moments: list[Moment], values: list[int]) -> Plot:
    """The moments stand at equal distances, for each is a month or a week after the one before."""
    most = max(values, default=0)
    step = (_WIDE - _LEFT - 10) / max(len(moments) - 1, 1)
    room = _HIGH - _BELOW - 10
    dots = tuple(
        (round(_LEFT + place * step, 1), round(10 + room * (1 - value / most) if most else 10 + room, 1))
        for place, value in enumerate(values)
    )
    points = " ".join(f"{x},{y}" for x, y in dots)
    return Plot(title=title, unit=unit, points=points, dots=dots, most=most, last=values[-1] if values else 0)
