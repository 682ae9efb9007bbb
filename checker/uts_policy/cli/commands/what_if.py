"""`uts-policy what-if`: the consequences of a change that nobody has written down."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, asking_in_words, shape_option
from uts_policy.model.errors import UsageError
from uts_policy.model.supposition import Change, ChangeKind
from uts_policy.pipeline.request import STANDARD_INPUT

EACH = "each-person"
_OPERANDS = {
    ChangeKind.DEPARTS: ("PERSON",),
    ChangeKind.ABOLISH: ("ROLE",),
    ChangeKind.MERGE: ("UNIT", "INTO"),
    ChangeKind.RESCIND: ("DELEGATION",),
}
_DAY = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWords:
    """What the words say: changes, the day on which they take effect, whether each person is meant, and paths."""

    changes: tuple[Change, ...] = ()
    day: str | None = None
    each: bool = False
    paths: tuple[Path, ...] = ()


def read_words(words: Sequence[str]) -> ReadWords:
    """The changes in front, and after them the paths. Raises UsageError where they cannot be understood."""
    left = list(words)
    changes: list[Change] = []
    day, each = None, False
    while left and left[0] in {*ChangeKind, _DAY, EACH}:
        word = left.pop(0)
        if word == EACH:
            each = True
        elif word == _DAY:
            day = _date(left.pop(0) if left else "")
        else:
            kind = ChangeKind(word)
            wanted = _OPERANDS[kind]
            if len(left) < len(wanted):
                raise UsageError(f"`{word}` needs {' and '.join(wanted)}", f"write `{word} {' '.join(wanted)}`")
            operands = [left.pop(0) for _ in wanted]
            changes.append(Change(kind=kind, subject=operands[0], into=operands[1] if len(operands) > 1 else ""))
    if not (changes or day or each):
        known = "departs PERSON, abolish ROLE, merge UNIT INTO, rescind DELEGATION, on DATE, each-person"
        raise UsageError(f'"{left[0]}" is not a change', f"write one of: {known}; paths come after it")
    if each and (changes or day):
        raise UsageError(f"`{EACH}` stands alone: each person is supposed to be lost by themselves", f"write `{EACH}`")
    for path in left:
        if path != STANDARD_INPUT and not Path(path).exists():
            changes_known = ", ".join(f"`{kind}`" for kind in ChangeKind)
            raise UsageError(f'"{path}" is neither a change nor a path', f"changes are {changes_known} and `{_DAY}`")
    return ReadWords(changes=tuple(changes), day=day, each=each, paths=tuple(Path(path) for path in left))


def _date(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value or day == date.min:
        raise UsageError(f'"{value}" is not a date', "write YYYY-MM-DD after `on`, as in `on 2027-03-01`")
    return value


@click.command(
    "what-if",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy what-if departs p-0417",
        "uts-policy what-if departs p-0417 abolish data-broker-liaison on 2027-01-01",
        "uts-policy what-if each-person --top 10",
    ],
)
@click.argument("words", nargs=-1, required=True, metavar="CHANGE... [PATH]...")
@asking_in_words
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="With each-person: the first N people only.")
@shape_option("text", "json")
@click.pass_obj
def command(
    options: Globals,
    *,
    words: tuple[str, ...],
    choices: Choices,
    top: int | None,
    shape: str,
) -> int:
    """Show what would follow from a change: findings, and duties that nobody would answer for.

    CHANGE is `departs PERSON`, `abolish ROLE`, `merge UNIT INTO` or `rescind DELEGATION`; several can follow each
    other, and `on DATE` says when they take effect. `on DATE` alone shows what that day brings. `each-person` supposes
    the loss of everybody who holds an accountable role, one after the other. Nothing is written; the same rules judge.
    The exit code is 0, and 1 only where the declarations are invalid.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.progress import progress
    from uts_policy.cli.session import query_for
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import supposition

    asked = read_words(words)
    if top is not None and not asked.each:
        raise UsageError(f"--top is for `{EACH}`", f"leave it out, or ask `what-if {EACH}`")
    choices = replace(choices, paths=asked.paths)
    with progress(sys.stderr) as shown:
        query = query_for(options, choices, shown)
        about = query.request, query.policies, query.engine
        found = (
            supposition.each_person(*about, top)
            if asked.each
            else supposition.what_if(*about, asked.changes, asked.day)
        )
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    subject = "queries.losses" if asked.each else "queries.supposition"
    write(rendered(subject, shape, found, style_for(options.color)))
    return Exit.PASS
