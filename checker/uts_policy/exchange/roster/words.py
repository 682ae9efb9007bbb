"""What stands in a name's place (vacant, not disclosed, redacted, or somebody), and ids in place of names."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from uts_policy.exchange.roster.wording import HONORIFICS, POST_WORDS, STATUS_WORDS
from uts_policy.exchange.text import words
from uts_policy.model.roster import PersonState, PostState

_BLACK: Final = re.compile(r"[\u2588\u25a0\u2593*#_.?\-\u2013\u2014]{2,}|\?")
_X: Final = re.compile(r"x{1,}", re.IGNORECASE)
_BEHIND: Final = re.compile(r"\s*[(\[:;,/\u2013\u2014]\s*|\s+-\s+")
_ACTING: Final = re.compile(
    r"^(?:acting|interim|caretaker|kommissarische[rs]?)\s+|\s*[(\[](?:acting|interim|ad interim|a\.?i\.?|temporary"
    r"|kommissarisch|par interim|interino|interina|waarnemend|ff)[)\]]\s*|,?\s+(?:ad interim|a\.i\.)$",
    re.IGNORECASE,
)
_DIGITS: Final = 12
"""Hex digits of an id: two of 100,000 people share one in two of 100,000 lists."""

MEANINGS: Final[Mapping[str, PostState | PersonState]] = {
    state.value: state for state in (*PostState, *PersonState) if state is not PostState.HELD
}
"""What a map calls the meanings of words."""


def post_state(text: str, said: Mapping[str, str]) -> PostState | None:
    """What the text in a name's place says of the post; None if it is a name. `said` is the map's, by folded word."""
    found = _meaning(text, said, POST_WORDS)
    return found if isinstance(found, PostState) else None


def status(text: str, said: Mapping[str, str]) -> PostState | PersonState | None:
    """What a status says; None if nothing defines it."""
    return _meaning(text, said, STATUS_WORDS)


def _meaning(
    text: str, said: Mapping[str, str], known: Mapping[str, PostState | PersonState]
) -> PostState | PersonState | None:
    for part in (text, _BEHIND.split(text.strip(" ([])"))[0]):
        key = word_key(part)
        if key in said:
            return MEANINGS[said[key]]
        if key in known:
            return known[key]
    bare = text.strip()
    if not bare:
        return PostState.BLANK
    if _X.fullmatch(bare):
        return PostState.PLACEHOLDER
    if _BLACK.fullmatch(bare):
        return PostState.REDACTED if "\u2588" in bare or "\u25a0" in bare else PostState.NOT_STATED
    return None


def word_key(text: str) -> str:
    """A text as tables of words and a map have it."""
    return " ".join(words(text))


def without_acting(text: str) -> tuple[str, bool]:
    """A title or a name without *acting* or the like, and whether it had that."""
    bare = " ".join(_ACTING.sub(" ", text).split())
    return (bare, True) if bare and bare != " ".join(text.split()) else (text, False)


def name_key(text: str) -> str:
    """What tells a name from others, whichever part comes first: its words, sorted, without Mr, Dr and the like."""
    found = words(text)
    return " ".join(sorted(word for word in found if word not in HONORIFICS) or sorted(found))


@dataclass(frozen=True, slots=True)
class PersonIds:
    """Ids by a key, which is secret: the same person has the same id in every list."""

    key: bytes = field(repr=False)

    def of(self, person: str) -> str:
        """The id of a person, whom `person` tells from all others."""
        return f"p-{self._digits(f'person {person}')[:_DIGITS]}"

    @property
    def check(self) -> str:
        """What shows that a later import uses the same key, and says nothing of it."""
        return self._digits("check")[:_DIGITS]

    def _digits(self, text: str) -> str:
        return hmac.new(self.key, text.encode(), sha256).hexdigest()
