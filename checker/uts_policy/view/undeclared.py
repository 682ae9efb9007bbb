"""What is told to whoever asks about something that nobody declared."""

from collections.abc import Iterable

from uts_policy.common.nearest import nearest
from uts_policy.model.errors import UsageError


def undeclared(message: str, wanted: str, known: Iterable[str]) -> UsageError:
    """The error, with the nearest of the ids that there are, or where to find them."""
    near = nearest(wanted, known, guessing=True)
    return UsageError(message, f'did you mean "{near}"?' if near else "`uts-policy corpus` shows all that is declared")
