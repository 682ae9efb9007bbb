"""What a view has to know about who holds what before it can say that nobody does."""

from collections.abc import Mapping


def staffing(*, staffed: bool) -> Mapping[str, bool]:
    """What `input.question` says where nobody declared who holds what: then nobody is known to be missing."""
    return {} if staffed else {"unstaffed": True}
