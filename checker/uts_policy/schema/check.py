"""Is each document of declarations well formed? Problems with their place out."""

from collections.abc import Mapping, Sequence

from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Problem
from uts_policy.schema import shape
from uts_policy.schema.accept import accepts
from uts_policy.schema.beyond import beyond
from uts_policy.schema.explain import explain
from uts_policy.schema.faults import faults, faults_of_declarations
from uts_policy.schema.texts import schema


def check(documents: Sequence[Document], sources: Mapping[str, Source]) -> tuple[Problem, ...]:
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
        around = id(shape.value_at(document.data, tuple(upper)))
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
    problems = explain(schema(name), found, document, source)
    if not problems:
        raise NoVerdictError(
            f"{document.path}: document {document.index + 1} was rejected by one validator and accepted by the other",
            f"This is a fault of uts-policy: report it with the file. It is about the {name} schema.",
        )
    return problems
