"""A scorecard's file of questions, read like any declaration; its shape is checked by its schema."""

from pathlib import Path

from uts_policy.load.discover import FoundFile
from uts_policy.load.read import read
from uts_policy.model.document import Source
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem


def read_questions(path: Path, name: str) -> Source:
    """The bytes of a file of questions, which messages call `name`. Raises UsageError where it cannot be read."""
    source = read(FoundFile(path=path, name=name))
    if isinstance(source, Problem):
        raise UsageError(f"{name}: {source.message}", source.remediation)
    return source
