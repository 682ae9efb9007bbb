"""From faults to problems: where each stands in the file, and what to tell about it."""

from collections.abc import Iterable, Iterator
from typing import Any

from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route
from uts_policy.schema import definitions, messages
from uts_policy.schema.faults import MISSING, UNKNOWN, Fault
from uts_policy.schema.keys import MERGE_KEY, Advice, advise
from uts_policy.schema.source import written


def explain(
    root: definitions.Schema, found: Iterable[Fault], document: Document, source: Source | None
) -> list[Problem]:
    """One problem for each fault of `document` against the schema `root`.

    A key that is missing because its name is misspelled beside is told once, at the misspelled one.
    """
    every = list(found)
    advice = {fault.route: _advice(root, fault, document.data) for fault in every if fault.keyword == UNKNOWN}
    misspelled = {(route[:-1], each.meant) for route, each in advice.items()}
    return list(_problems(root, every, advice, misspelled, document, source))


def _advice(root: definitions.Schema, fault: Fault, data: Any) -> Advice:  # noqa: ANN401 - any JSON value
    return advise(root, fault.route, definitions.value_at(data, fault.route[:-1]))


def _problems(  # noqa: PLR0913, PLR0917 - the parts of one loop
    root: definitions.Schema,
    found: list[Fault],
    advice: dict[Route, Advice],
    misspelled: set[tuple[Route, str]],
    document: Document,
    source: Source | None,
) -> Iterator[Problem]:
    for fault in found:
        if fault.keyword == UNKNOWN:
            told = advice[fault.route]
            yield Problem(
                rule="schema/unknown-key",
                message=told.fact,
                remediation=told.remedy,
                location=document.locate_key(fault.route),
                document=document.index,
                route=fault.route,
            )
        elif fault.keyword == MISSING:
            # What a merge key was to bring is no second fault.
            if (fault.route, fault.key) not in misspelled and MERGE_KEY not in fault.value:
                yield _missing(root, fault, document)
        else:
            yield _value(root, fault, document, source)


def _missing(root: definitions.Schema, fault: Fault, document: Document) -> Problem:
    what = definitions.name(root, fault.route)
    called = fault.value.get("id")
    which = f'the {what} "{called}"' if isinstance(called, str) else f"this {what}"
    says = definitions.at(root, (*fault.route, fault.key)).get("description", "")
    return Problem(
        rule="schema/missing-key",
        message=f'{which} has no "{fault.key}"',
        remediation=f'Add "{fault.key}". {says}'.rstrip(),
        location=document.locate(fault.route),
        document=document.index,
        route=fault.route,
        problem=fault.key,
    )


def _value(root: definitions.Schema, fault: Fault, document: Document, source: Source | None) -> Problem:
    location = document.locate(fault.route)
    if fault.keyword == "type":
        rule = "schema/type"
        message, remedy = messages.wrong_type(root, fault, written(source, location.span))
    else:
        rule = "schema/value"
        message, remedy = messages.wrong_value(root, fault)
    return Problem(
        rule=rule,
        message=message,
        remediation=remedy,
        location=location,
        document=document.index,
        route=fault.route,
    )
