"""Hypothesis strategies over the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.generate.declarations import random_declarations
from tests.generate.hostile import hostile_strings
from tests.generate.pools import AS_OF, seeded

if TYPE_CHECKING:
    from tests.generate.repair import Declarations

FREE = {
    "units": ("name", "description", "kind"),
    "roles": ("title", "description"),
    "responsibilities": ("statement", "evidence", "group"),
    "delegations": ("limits", "instrument"),
    "directives": ("title", "topic"),
    "recommendations": ("text",),
}
"""Fields of free text that hostile strings go into."""


def declarations(as_of: str = AS_OF) -> st.SearchStrategy[Declarations]:
    """Random declarations by seed: fast, and a failing seed names its corpus."""
    return st.integers(0, 2**32).map(lambda seed: random_declarations(seeded(seed), as_of))


@st.composite
def hostile_declarations(draw: st.DrawFn, as_of: str = AS_OF) -> Declarations:
    """Random declarations with hostile text in fields that take any."""
    made = draw(declarations(as_of))
    for section, fields in FREE.items():
        for entry in made.get(section, ()):
            if draw(st.booleans()):
                entry[draw(st.sampled_from(fields))] = draw(_visible())
    _references(draw, made)
    return made


def _visible() -> st.SearchStrategy[str]:
    """With at least one letter or digit, as every text and reference must have something to see."""
    return hostile_strings().filter(lambda text: any(map(str.isalnum, text[:200])))


def _references(draw: st.DrawFn, made: Declarations) -> None:
    """References take any string of at most 200 characters too: there they end up in ids, paths and messages."""
    for entry in made.get("responsibilities", ())[:2]:
        entry["accountable"] = draw(_visible())[:200]
    for entry in [one for one in made.get("roles", ()) if "everyone" not in one][:1]:
        holder: dict[str, Any] = {"person": draw(_visible())[:200]}
        entry["holders"] = [holder]
