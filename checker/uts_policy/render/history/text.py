"""A history for a person: a curve in characters, and a line a moment."""

from collections.abc import Iterator, Sequence

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.history import History, Moment
from uts_policy.render.common.terminal import Paint
from uts_policy.render.interface import Style

_BARS = "▁▂▃▄▅▆▇█"
_PLAIN = "_.-=+*#@"
SHOWN = 24
"""Moments that have a line of their own, the latest ones."""


def render(history: History, style: Style) -> str:
    """Curves first; then the latest moments; then what is to be known of the others."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(history, style))


def _lines(history: History, style: Style) -> Iterator[str]:
    paint = Paint(style)
    moments = history.moments
    sound = [each for each in moments if not each.fault]
    if history.organisation:
        yield paint.file(visible(history.organisation))
    for label, values in (
        ("errors", [each.at("error") for each in sound]),
        ("warnings", [each.at("warning") for each in sound]),
        ("unanswered", [each.unanswered for each in sound]),
        ("stated", [each.share for each in sound]),
    ):
        if values:
            unit = " %" if label == "stated" else ""
            curve = sparkline(values, unicode=style.unicode)[-(style.width - 40) :]
            yield f"  {label:<12}{curve}  from {values[0]}{unit} to {values[-1]}{unit}"
    yield ""
    yield f"{'day':<12}{'errors':>8}{'warnings':>10}{'notes':>8}{'unanswered':>12}{'stated':>9}  commit"
    for each in moments[-SHOWN:]:
        yield _row(each)
    yield ""
    if len(moments) > SHOWN:
        yield f"{number(len(moments) - SHOWN, 'earlier moment')} not listed; --format csv has them all."
    faults = [each for each in moments if each.fault]
    for each in faults[-3:]:
        yield from wrap(visible(f"{each.day}, {each.commit[:8]}: invalid. {each.fault}"), style.width)
    if len(faults) > 3:  # noqa: PLR2004 - those above
        yield f"{number(len(faults) - 3, 'more moment')} invalid."
    yield from wrap(fixed_words(history), style.width)
    yield from wrap("Every moment is judged by today's rules, on its own day (UTC).", style.width)


def _row(moment: Moment) -> str:
    if moment.fault:
        return f"{moment.day:<12}{'invalid':>8}{'':>39}  {moment.commit[:8]}"
    counts = f"{moment.at('error'):>8}{moment.at('warning'):>10}{moment.at('note'):>8}{moment.unanswered:>12}"
    return f"{moment.day:<12}{counts}{moment.share:>7} %  {moment.commit[:8]}"


def fixed_words(history: History) -> str:
    """How long findings stood that were introduced and fixed meanwhile."""
    if history.median is None:
        return "No finding was both introduced and fixed meanwhile."
    days = f"{history.median:g}"
    return (
        f"{number(len(history.days_to_fix), 'finding')} introduced and fixed meanwhile, "
        f"after a median of {days} day{'' if days == '1' else 's'}."
    )


def sparkline(values: Sequence[int], *, unicode: bool) -> str:
    """A character for each value, from the lowest for 0 to the highest for the most."""
    signs, most = _BARS if unicode else _PLAIN, max(values, default=0)
    return "".join(signs[(len(signs) - 1) * value // most] if most else signs[0] for value in values)
