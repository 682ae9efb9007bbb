"""Responsibilities that say the same in other spelling."""

import re
import unicodedata

from uts_policy.corpus.in_force import Section

# NOTE: \w holds the underscore, which is neither letter nor digit; and combining marks are not in \w.
_OTHER = re.compile(r"[\W_]+")


def same_statement(responsibilities: Section) -> list[list[str]]:
    """Groups of two or more ids, whatever their state. Statements compare case-folded, by letters and digits."""
    groups: dict[str, list[str]] = {}
    for entry_id, entry in responsibilities.items():
        groups.setdefault(_folded(str(entry.get("statement", ""))), []).append(entry_id)
    return sorted(group for text, group in groups.items() if text and len(group) > 1)


def _folded(text: str) -> str:
    # Case folding can undo NFKC and the other way round (a ligature in capitals), hence twice.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _OTHER.sub(" ", folded).strip()
