"""Ids for people, made with a key: without it they say nothing about who somebody is."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

KEY_BYTES: Final = 32
_DIGITS: Final = 12
"""Hex digits of an id: two of 100,000 people share one in two of 100,000 lists."""


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
