"""The known name that someone probably meant."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The name of `known` that is most like `name`; empty where none is like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only who errs pays for it

    return next(iter(get_close_matches(name, sorted(known), n=1)), "")
