"""Answers of the views in `policies/uts/view`, with the place of each fact."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uts_policy.common.nearest import nearest
from uts_policy.common.tabulation import GAPS, JudgedMatrix, MatrixQuestion, tabulated
from uts_policy.model.answers import Question, Structure
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Criticality
from uts_policy.model.matrix import Matrix
from uts_policy.model.place import Location


def undeclared(message: str, wanted: str, known: Iterable[str]) -> UsageError:
    """The error, with the nearest of the ids that there are, or where to find them."""
    near = nearest(wanted, known, guessing=True)
    return UsageError(message, f'did you mean "{near}"?' if near else "`uts-policy corpus` shows all that is declared")


def staffing(*, staffed: bool) -> Mapping[str, bool]:
    """What `input.question` says where nobody declared who holds what: then nobody is known to be missing."""
    return {} if staffed else {"unstaffed": True}


PATH = "path"
"""The key under which a view names a route; `location` is put beside it. `x_path` gets `x_location`."""
_SUFFIX = f"_{PATH}"


def located(value: Any, corpus: Corpus) -> Any:  # noqa: ANN401 - JSON
    """`value` with a `location` beside every `path`, in mappings at any depth; None where nothing was written."""
    if isinstance(value, Mapping):
        found = {name: located(each, corpus) for name, each in value.items()}
        for name, each in value.items():
            if name == PATH or name.endswith(_SUFFIX):
                found[f"{name.removesuffix(PATH)}location"] = place(corpus.locate(tuple(each)))
        return found
    return [located(each, corpus) for each in value] if isinstance(value, list) else value


def place(location: Location | None) -> dict[str, Any] | None:
    """A location as JSON has it."""
    if location is None:
        return None
    span = location.span
    return {
        "file": location.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


WHO = "who"
"""The view that is asked, with `input.question` beside the corpus."""


def question_for(corpus: Corpus, question: Question, ids: Sequence[str], *, staffed: bool) -> dict[str, Any]:
    """The question about these responsibilities, as the view wants it. `staffed`: somebody declared who holds what.

    Raises UsageError where it names a unit or vector that is not declared.
    """
    asked: dict[str, Any] = {"responsibilities": list(ids), **staffing(staffed=staffed)}
    for name, section in (("unit", "units"), ("vector", "vectors")):
        wanted = getattr(question, name)
        if wanted is not None:
            if wanted not in corpus.data[section]:
                raise undeclared(f'no {name} is called "{wanted}"', wanted, corpus.data[section])
            asked[name] = wanted
    return asked


def answers_of(corpus: Corpus, said: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """What the view said of each responsibility, with places and the names of people."""
    answers = located(said["answers"], corpus)
    for answer in answers:
        for chain in answer["accountable"]:
            chain["names"] = names(chain, corpus)
    return tuple(answers)


def names(described: Mapping[str, Any], corpus: Corpus) -> dict[str, str]:
    """The declared names of the people of a described role, by id."""
    people = corpus.data["people"]
    ids = {holder["person"] for holder in described["holders"]}
    ids |= {person for each in (*described["successors"], *described["chair"]) for person in each["persons"]}
    return {each: people[each]["name"] for each in sorted(ids) if "name" in people.get(each, {})}


STRUCTURE = "structure"
"""The view that is asked."""


def structure_of(corpus: Corpus, said: Mapping[str, Any], unit: str | None) -> Structure:
    """The whole, or a unit with all below it, the roles there and the lines that they command.

    Raises UsageError for a unit that is not declared.
    """
    paths = {name: entry["path"] for name, entry in corpus.data["units"].items()}
    if unit is not None and unit not in paths:
        raise undeclared(f'no unit is called "{unit}"', unit, paths)
    below = {name for name, path in paths.items() if unit is None or unit in path}
    roles = {name: role for name, role in said["roles"].items() if unit is None or role["unit"] in below}
    return Structure(
        as_of=corpus.data["as_of"],
        units={name: each for name, each in said["units"].items() if name in below},
        roles=roles,
        lines={name: line for name, line in said["lines"].items() if unit is None or line.get("command") in roles},
    )


def matrix_of(corpus: Corpus, judged: JudgedMatrix, question: MatrixQuestion) -> Matrix:
    """The part of the matrix that is asked for.

    Raises UsageError for a unit or vector that is not there to be asked about.
    """
    for section, name in (("units", question.unit), ("vectors", question.vector)):
        if name is not None and name not in corpus.data[section]:
            raise undeclared(f'no {section[:-1]} is called "{name}"', name, corpus.data[section])
    if question.unit is not None and corpus.data["units"][question.unit]["status"] == "archived":
        raise UsageError(f'the unit "{question.unit}" is archived', "nothing is anybody's duty there any more")
    return tabulated(corpus.data, judged, question)


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
