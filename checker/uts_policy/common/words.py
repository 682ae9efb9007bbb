"""Small words for people."""

from collections.abc import Collection

from uts_policy.common import fields
from uts_policy.common.facts import FACTS
from uts_policy.model.finding import AppliedWaiver
from uts_policy.model.matrix import MatrixTally

_PLURALS = {"person": "people"}
_PLURAL_VERBS = {
    "reports": "report",
    "holds": "hold",
    "escalates": "escalate",
    "has completed": "have completed",
    "is acknowledged": "are acknowledged",
}
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


def unstated(fact: str, count: int, of: int) -> str:
    """`who holds 19 of 35 roles`: that so many of all entries do not state a fact."""
    told = FACTS[fact]
    after = told.after if count == 1 else _PLURAL_VERBS.get(told.after, told.after)
    return " ".join(
        part for part in (told.before, f"{count} of {of} {noun(told.section, of, short=True)}", after) if part
    )


def reason(facts: Collection[str], looked_at: int) -> str:
    """Why a rule that looked at so many entries judged none of them, by the facts that they do not state."""
    told = [_short(fact) for fact in FACTS if fact in facts]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    entries = "the one entry could not" if looked_at == 1 else f"none of the {looked_at} entries could"
    return f"it is not stated {listed}, so {entries} be assessed"


def _short(fact: str) -> str:
    told = FACTS[fact]
    after = _PLURAL_VERBS.get(told.after, told.after)
    return " ".join(part for part in (told.before, f"the {noun(told.section, short=True)}", after) if part)


_ABSENT = {
    "vacant": "that nobody holds",
    "vacancy": "that is deliberately vacant",
    "invalid": "that has no valid holder",
}


def tally_words(tally: MatrixTally) -> str:
    """`5 responsibilities, 3 roles; 1 without an accountable role for all or a part, …`, with a full stop."""
    wrong = [
        f"{tally.lacking} without an accountable role for all or a part",
        f"{tally.doubles} with more than one",
        *([f"{tally.unsound} with what is no role in its place"] if tally.unsound else ()),
        *(f"{count} with one {_ABSENT[why]}" for why, count in tally.absent.items() if count),
        *([f"{tally.unstated} with one whose holder is not stated"] if tally.unstated else ()),
    ]
    return f"{counted(tally.responsibilities, 'responsibilities')}, {number(tally.roles, 'role')}; {', '.join(wrong)}."


def standing(waiver: AppliedWaiver) -> str:
    """Why a finding has no effect: until when, by which waiver, who approved it, and for what reason."""
    return f'waived until {waiver.expires} by "{waiver.id}", approved by "{waiver.approved_by}": {waiver.reason}'
