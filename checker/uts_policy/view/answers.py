"""Who answers for a responsibility: the question as the view wants it, and its answer with the places of every fact."""

from collections.abc import Mapping
from typing import Any

from uts_policy.common.tabulation import VACANT
from uts_policy.model.answers import Question, Who
from uts_policy.model.corpus import Corpus
from uts_policy.view.located import located
from uts_policy.view.staffing import staffing
from uts_policy.view.undeclared import undeclared

EXPRESSION = "data.uts.view.who.answer"
"""What an engine is asked, with `input.question` beside the corpus."""


def question_for(corpus: Corpus, question: Question, *, staffed: bool) -> dict[str, Any]:
    """The corpus with the question in it. `staffed`: somebody declared who holds what.

    Raises UsageError where the question means no responsibility, or a unit or vector that is not declared.
    """
    asked: dict[str, Any] = {
        "responsibilities": _meant(corpus.data["responsibilities"], question.responsibility),
        **staffing(staffed=staffed),
    }
    for name, section in (("unit", "units"), ("vector", "vectors")):
        wanted = getattr(question, name)
        if wanted is not None:
            if wanted not in corpus.data[section]:
                raise undeclared(f'no {name} is called "{wanted}"', wanted, corpus.data[section])
            asked[name] = wanted
    return {**corpus.data, "question": asked}


def answered(corpus: Corpus, question: Question, said: Mapping[str, Any], *, staffed: bool) -> Who:
    """What the view said, with places. `staffed` as above."""
    return Who(
        as_of=corpus.data["as_of"],
        question=question,
        answers=tuple(located(said["answers"], corpus)),
        unjudged=() if staffed else (VACANT,),
    )


def _meant(responsibilities: Mapping[str, Mapping[str, Any]], wanted: str) -> list[str]:
    """The id itself where there is one, else all whose id or statement has the fragment in it, capitals aside."""
    if wanted in responsibilities:
        return [wanted]
    fragment = " ".join(wanted.split()).casefold()
    found = sorted(
        name
        for name, duty in responsibilities.items()
        if fragment and (fragment in " ".join(duty["statement"].split()).casefold() or fragment in name)
    )
    if not found:
        raise undeclared(
            f'no responsibility is called "{wanted}", or has that in its statement', wanted, responsibilities
        )
    return found
