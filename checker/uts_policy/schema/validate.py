"""Is each document of declarations well formed? Problems with their place out."""

import re
from collections.abc import Mapping, Sequence

from uts_policy.model.document import Document, Source, Unread
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Problem
from uts_policy.schema import definitions
from uts_policy.schema.constraints import beyond
from uts_policy.schema.definitions import schema
from uts_policy.schema.faults import MISSING, UNKNOWN, Fault, accepts, faults, faults_of_declarations
from uts_policy.schema.messages import explain

_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_WRITTEN = re.compile(rf"{_STAND_IN}|\\u0*fffd", re.IGNORECASE)


def schema_problems(documents: Sequence[Document], sources: Mapping[str, Source]) -> tuple[Problem, ...]:
    """Every fault of the documents against the declarations schema, document by document, from top to bottom.

    `sources`, by path, are what messages quote. Raises NoVerdictError where the two validators disagree.
    """
    found: list[Problem] = []
    for document in documents:
        source = sources.get(document.path)
        problems = fitting("declarations", document, source)
        told = {problem.route for problem in problems}
        problems += [problem for problem in beyond(document, source) if problem.route not in told]
        problems = _once(document, problems)
        found += sorted(problems, key=lambda problem: (problem.location.span.line, problem.location.span.column))
    return tuple(found)


def _once(document: Document, problems: list[Problem]) -> list[Problem]:
    """What is written once and used through aliases is one defect, told where it is written."""
    first: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        *upper, last = problem.route or ("",)
        # NOTE: an alias is the very same object, so the mapping or list around a value tells where it was written.
        around = id(definitions.value_at(document.data, tuple(upper)))
        first.setdefault((around, last, problem.rule, problem.message), problem)
    return list(first.values())


def fitting(name: str, document: Document, source: Source | None) -> list[Problem]:
    """The faults of one document against the schema `name`; none where it fits.

    Raises NoVerdictError where the fast validator rejects the document and the explaining one sees nothing wrong:
    a rejection that nobody can explain is a fault of this program, and never a pass.
    """
    if accepts(name, document.data):
        return []
    found = faults_of_declarations(document.data) if name == "declarations" else faults(name, document.data)
    problems = explain(schema(name), [fault for fault in found if not _told(fault)], document, source)
    if not problems and not _holds_unread(document.data):
        raise NoVerdictError(
            f"{document.path}: document {document.index + 1} was rejected by one validator and accepted by the other",
            f"This is a fault of uts-policy: report it with the file. It is about the {name} schema.",
        )
    # NOTE: where an author wrote that character, it is a text like any other, and its faults are to be told. The file
    # is searched once, and not for each problem: it may hold as many of them as lines.
    if source is None or not problems or _WRITTEN.search(source.text) is not None:
        return problems
    return [each for each in problems if not _is_replaced(each, document)]


def _is_replaced(problem: Problem, document: Document) -> bool:
    """Whether a problem is about a text in which the loader has replaced a character, and said so."""
    if not problem.route:
        return False
    last = problem.route[-1]
    value = definitions.value_at(document.data, problem.route)
    return any(isinstance(text, str) and _STAND_IN in text for text in (last, value))


def _told(fault: Fault) -> bool:
    """Whether the loader has said already what is wrong there: with a value, not with the key before it."""
    return isinstance(fault.value, Unread) and fault.keyword not in {MISSING, UNKNOWN}


def _holds_unread(data: object) -> bool:
    """Whether some value in `data` could not be read: the fast validator takes none that holds one."""
    seen: set[int] = set()
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Unread):
            return True
        if isinstance(value, dict | list) and id(value) not in seen:
            seen.add(id(value))
            waiting.extend(value.values() if isinstance(value, dict) else value)
    return False


def check_document(name: str, document: Document, source: Source) -> tuple[Problem, ...]:
    """Every fault of a document against the schema `name`: config, baseline, scorecard.

    Raises NoVerdictError where the validators disagree.
    """
    return tuple(fitting(name, document, source))
