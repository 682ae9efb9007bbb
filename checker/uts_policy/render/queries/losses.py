"""What would be unanswered without each person: text and JSON."""

import json
from collections.abc import Iterator

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import counted
from uts_policy.model.supposition import Loss, Losses
from uts_policy.render.common.terminal import Paint
from uts_policy.render.interface import Style
from uts_policy.render.queries.supposition import critical_words, duty_lines
from uts_policy.render.queries.who import NOT_JUDGED

SCHEMA = "uts-policy/each-person/1"


def as_json(losses: Losses, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The ranking, with every duty."""
    whole = {
        "schema": SCHEMA,
        "as_of": losses.as_of,
        "already_unanswered": losses.already,
        "not_stated": losses.not_stated,
        "left_out": losses.left_out,
        "people": [
            {
                "person": each.person,
                "name": each.name,
                "critical": each.critical,
                "unanswered": list(each.unanswered),
            }
            for each in losses.people
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_text(losses: Losses, style: Style) -> str:
    """Those whose loss would leave something unanswered, with what; the others are counted."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(losses, style))


def _lines(losses: Losses, style: Style) -> Iterator[str]:
    paint = Paint(style)
    missed = [each for each in losses.people if each.unanswered]
    for each in missed:
        yield paint.file(visible(_headline(each)))
        for duty in each.unanswered:
            yield from duty_lines(duty, style)
        yield ""
    rest = len(losses.people) - len(missed)
    if rest:
        others = f"any of {rest} other people" if rest > 1 else "one other person"
        yield from wrap(f"Everything stays answered without {others}.", style.width)
    if losses.left_out:
        more = "person" if losses.left_out == 1 else "people"
        yield f"{losses.left_out} more {more} not shown (--top)."
    if not losses.people:
        yield "Nobody is stated to hold an accountable role."
    if losses.unjudged:
        yield from wrap(NOT_JUDGED, style.width)
    if losses.not_stated:
        yield from wrap(
            f"Of {counted(losses.not_stated, 'responsibilities')} it is not stated who holds an accountable role.",
            style.width,
        )
    if losses.already:
        verb = "is" if losses.already == 1 else "are"
        yield f"{counted(losses.already, 'responsibilities')} {verb} unanswered already."
    yield f"As of {losses.as_of} (UTC)."


def _headline(loss: Loss) -> str:
    name = f"{loss.name} ({loss.person})" if loss.name.casefold() not in {"", loss.person} else loss.person
    count = counted(len(loss.unanswered), "responsibilities")
    return f"Without {name}: {count} unanswered{critical_words(loss.unanswered)}"
