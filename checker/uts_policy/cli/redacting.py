"""What `--redact` needs: a key, and the words that stand for nobody."""

import os

from uts_policy.cli.output import say
from uts_policy.model.errors import UsageError
from uts_policy.model.settings import Settings
from uts_policy.pipeline.redaction import nobodies
from uts_policy.redact.declarations import Redaction
from uts_policy.redact.pseudonyms import Pseudonyms

KEY = "UTS_POLICY_REDACT_KEY"
"""Environment variable with the key: the same key gives the same pseudonyms."""
SHORTEST = 16
"""Characters of a key; whoever can guess it can try out every id."""


def redaction_for(settings: Settings) -> Redaction:
    """How one run hides people. Raises UsageError for a key that can be guessed."""
    said = os.environ.get(KEY, "")
    if said and len(said) < SHORTEST:
        raise UsageError(
            f"the key in {KEY} has {len(said)} characters, and whoever guesses it can try out every id",
            f"take at least {SHORTEST} at random, as from `openssl rand -hex 32`",
        )
    if not said:
        say(f"redacted by a key for this run alone; {KEY} gives the same pseudonyms every time")
    key = said.encode("utf-8", "surrogateescape") if said else os.urandom(32)
    return Redaction(pseudonyms=Pseudonyms(key=key), spared=nobodies(settings))


def refuse(*, redact: bool, why: str, hint: str) -> None:
    """Raises UsageError where a redacted output would be of no use."""
    if redact:
        raise UsageError(f"--redact makes no sense here: {why}", hint)
