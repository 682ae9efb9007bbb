"""The duties that nobody answers for, as `uts.view.unanswered` says: with their places, the most critical first."""

from collections.abc import Iterable, Mapping
from typing import Any

from uts_policy.common.tabulation import GAPS
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Criticality
from uts_policy.view.answers import located

UNANSWERED = "unanswered"
"""The view."""
DECIDING = {rule: {"level": "error", "parameters": {}} for rule in GAPS}
"""The rules that decide with it, as a corpus selects them."""


def unanswered_in(corpus: Corpus, said: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """By responsibility: its `id`, why nobody answers, criticality, statement, accountable roles, and its place."""
    return {name: {"id": name, **each} for name, each in located(said["unanswered"], corpus).items()}


def by_criticality(duties: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The most critical first, then by id."""
    return tuple(sorted(duties, key=lambda each: (-Criticality(each["criticality"]).rank, each["id"])))
