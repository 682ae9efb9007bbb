"""Are the files that steer a run well formed: configuration, baseline?"""

from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem
from uts_policy.schema.validate import fitting


def check_config(document: Document, source: Source) -> tuple[Problem, ...]:
    """Every fault of the configuration file against its schema. Raises NoVerdictError where the validators disagree."""
    return tuple(fitting("config", document, source))


def check_baseline(document: Document, source: Source) -> tuple[Problem, ...]:
    """Every fault of a baseline file against its schema. Raises NoVerdictError where the validators disagree."""
    return tuple(fitting("baseline", document, source))


def check_questions(document: Document, source: Source) -> tuple[Problem, ...]:
    """The same for a scorecard's questions."""
    return tuple(fitting("scorecard", document, source))
