"""The rules of `reporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.words import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


@rule("reporting/no-description", ("roles",), words=["TBD", "none"])
def no_description(w: World) -> Iterator[Finding]:
    """A role in force with a description that says nothing."""
    words = w.parameter("reporting/no-description", "words")
    for role, entry in w.roles.items():
        if w.living(role) and entry.get("description") in words:
            yield f"roles/{role}", ""
