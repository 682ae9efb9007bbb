"""Small words for people."""

from uts_policy.model.finding import AppliedWaiver


def number(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def standing(waiver: AppliedWaiver) -> str:
    """Why a finding has no effect: until when, by which waiver, who approved it, and for what reason."""
    return f'waived until {waiver.expires} by "{waiver.id}", approved by "{waiver.approved_by}": {waiver.reason}'
