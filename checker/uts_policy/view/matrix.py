"""The responsibility matrix, from what the view `uts.view.matrix` answers."""

from collections.abc import Mapping
from typing import Any

from uts_policy.common.tabulation import RULES, VACANT, Judged, MatrixQuestion, tabulated
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import UsageError
from uts_policy.model.matrix import Matrix
from uts_policy.view.undeclared import undeclared

EXPRESSION = "data.uts.view.matrix.answer"
"""What an engine is asked."""
JUDGED_BY: Mapping[str, Mapping[str, Any]] = {rule: {"level": "error", "parameters": {}} for rule in RULES}
"""The rules whose findings the view asks for: as `input.rules` names them, so that an engine loads them."""


def matrix_of(corpus: Corpus, said: Mapping[str, Any], question: MatrixQuestion, *, staffed: bool = True) -> Matrix:
    """The matrix as the view judges it. `staffed`: somebody declared who holds what.

    Raises UsageError for a unit or vector that is not there to be asked about.
    """
    for section, name in (("units", question.unit), ("vectors", question.vector)):
        if name is not None and name not in corpus.data[section]:
            raise undeclared(f'no {section[:-1]} is called "{name}"', name, corpus.data[section])
    if question.unit is not None and corpus.data["units"][question.unit]["status"] == "archived":
        raise UsageError(f'the unit "{question.unit}" is archived', "nothing is anybody's duty there any more")
    judged = Judged(
        owners=said["owners"],
        unsound=said["unsound"],
        gaps=frozenset(said["gaps"]),
        doubles=frozenset(said["doubles"]),
        vacant=frozenset(said["vacant"]),
        unjudged=() if staffed else (VACANT,),
    )
    return tabulated(corpus.data, judged, question)
