"""Small words for people."""

from uts_policy.model.finding import AppliedWaiver
from uts_policy.model.matrix import MatrixTally

_ONE = {"people": "person", "training": "training"}


def number(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def counted(count: int, population: str) -> str:
    """`1 responsibility`, `2 responsibilities`, of a population of a scorecard."""
    one = population.removesuffix("ies") + "y" if population.endswith("ies") else population.removesuffix("s")
    return f"{count} {_ONE.get(population, one) if count == 1 else population}"


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
