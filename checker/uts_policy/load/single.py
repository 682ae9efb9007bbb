"""Files that hold one document and steer a run: the configuration, the baseline. A fault in one is a failure."""

from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem

_REMEDY = "Write each key with its value on a line of its own, as in `key: value`, without a dash before it."


def single_document(source: Source, what: str) -> Document:
    """The one document of a file, empty where it holds nothing; `what` names its kind ("a configuration").

    Raises UsageError, naming file, line and column, where it is no valid YAML or holds more than one document.
    """
    loaded = parse(source, (f"{what} is a mapping of keys to values", _REMEDY))
    if loaded.problems:
        raise fault(loaded.problems[0])
    if len(loaded.documents) > 1:
        span = loaded.documents[1].locate(()).span
        raise UsageError(
            f"{source.path}:{span.line}:{span.column}: a second document begins here, and {what} is one",
            "Put all keys into one document.",
        )
    return loaded.documents[0] if loaded.documents else parse(_empty(source)).documents[0]


def fault(problem: Problem) -> UsageError:
    """A problem of such a file, as the failure of the run that it is."""
    span = problem.location.span
    place = f"{problem.location.file}:{span.line}:{span.column}"
    return UsageError(f"{place}: {problem.message}", problem.remediation)


def _empty(source: Source) -> Source:
    """The same file as if it held one empty document: a file of comments alone is one without keys."""
    return Source(path=source.path, data=b"---\n", sha256=source.sha256, text="---\n")
