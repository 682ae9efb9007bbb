"""Small words for people."""

from uts_policy.common import fields
from uts_policy.model.finding import AppliedWaiver
from uts_policy.model.matrix import MatrixTally

_PLURALS = {"person": "people"}
_SHORT = {"responsibility": "duty"}


def number(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def noun(section: str, count: int = 0, *, short: bool = False) -> str:
    """What people call so many entries of a section: `role`, `training modules`; `duties` if it is to be short."""
    one = fields.noun(section)
    one = _SHORT.get(one, one) if short else one
    if count == 1:
        return one
    return _PLURALS.get(one) or (f"{one[:-1]}ies" if one.endswith("y") else f"{one}s")


def counted(count: int, population: str) -> str:
    """`1 responsibility`, `2 responsibilities`; `2 trainees` of a population that is not a section."""
    if population not in fields.sections():
        return number(count, population.removesuffix("s"))
    return f"{count} {noun(population, count)}"


def tally_words(tally: MatrixTally) -> str:
    """`5 responsibilities, 3 roles; 1 without an accountable role for all or a part, …`, with a full stop."""
    wrong = [
        f"{tally.lacking} without an accountable role for all or a part",
        f"{tally.doubles} with more than one",
        *([f"{tally.unsound} with what is no role in its place"] if tally.unsound else ()),
        *([f"{tally.unheld} with one that nobody holds"] if tally.unheld else ()),
        *([f"{tally.unstated} with one whose holder is not stated"] if tally.unstated else ()),
    ]
    return f"{counted(tally.responsibilities, 'responsibilities')}, {number(tally.roles, 'role')}; {', '.join(wrong)}."


def standing(waiver: AppliedWaiver) -> str:
    """Why a finding has no effect: until when, by which waiver, who approved it, and for what reason."""
    return f'waived until {waiver.expires} by "{waiver.id}", approved by "{waiver.approved_by}": {waiver.reason}'
