"""Keyed pseudonyms: HMAC-SHA-256 over the kind and the text, so that nobody without the key can try ids out."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from uts_policy.model.errors import NoVerdictError

DIGITS = 16
"""Hex digits of a pseudonym: with a hundred thousand people two agree once in four thousand million keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonyms:
    """The pseudonyms of one key, and whom those that were given stand for."""

    key: bytes
    given: dict[str, str] = field(default_factory=dict)

    def id(self, person: str) -> str:
        """What stands for the id of a person: an id as well."""
        return self._given(f"person-{self.digest('id', person)[:DIGITS]}", person)

    def name(self, name: str) -> str:
        """What stands for the name of a person."""
        return self._given(f"Person {self.digest('name', name)[:DIGITS]}", name)

    def digest(self, kind: str, text: str) -> str:
        """64 hex digits that only the key tells from chance."""
        message = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self.key, message, sha256).hexdigest()

    def revealed(self, text: str) -> str:
        """A path of ids, parted by `/`, with the ids in place of their pseudonyms."""
        return "/".join(self.given.get(part, part) for part in text.split("/"))

    def _given(self, pseudonym: str, text: str) -> str:
        if self.given.setdefault(pseudonym, text) != text:
            raise NoVerdictError(
                "two people would have one pseudonym with this key", "set another UTS_POLICY_REDACT_KEY"
            )
        return pseudonym
