"""Strings that break careless code: for messages, ids' neighbours, escaping and engines alike."""

from __future__ import annotations

from hypothesis import strategies as st

HOSTILE = (
    "\U0001d518\U0001d517\U0001d516 🛰 👩‍👩‍👧",
    "quote \" and ' and ` and \\",
    "two\nlines\r\nthree\ttabs",
    "nul-free \x01\x1b[31m bell\x07",
    "\u0085 next \u2028 line \u2029 paragraph",
    "right \u202e to left \u200f עברית",
    "BOM \ufeff inside",
    "{{ template }} ${{ github }} %(x)s %s {0}",
    "=1+1",
    "@mention ::error file=x::y",
    "</script><b>&amp;",
    "İıſßΣς K",
    "- # : ? | > & * ! % @",
    "true",
    "007",
    "2026-06-15",
    "a" * 5000,
    "\U0010fffd \ue000 \ufffd",
    "a/b//c",
)


def hostile_strings(max_size: int = 40) -> st.SearchStrategy[str]:
    """Any text that YAML can carry (no lone surrogate, no NUL), the known troublemakers among it."""
    alphabet = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")
    return st.sampled_from(HOSTILE) | st.text(alphabet, min_size=1, max_size=max_size)
