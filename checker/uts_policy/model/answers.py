"""The question who answers for a responsibility, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`responsibility` is an id or a fragment of statements; `unit` and `vector` are ids; None: all there are."""

    responsibility: str
    unit: str | None = None
    vector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The answers to a question, one for each responsibility that it means, as `uts.view.who` gives them.

    Beside every `path` stands its `location`, beside every `x_path` its `x_location`. `unjudged` are rules that had
    nothing to judge by and that would make somebody nobody.
    """

    as_of: str
    question: Question
    answers: tuple[Mapping[str, Any], ...]
    unjudged: tuple[str, ...] = ()
