"""Answers of the views in `policies/uts/view`, with the place of each fact."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from uts_policy.common.nearest import nearest
from uts_policy.common.tabulation import VACANT, JudgedMatrix, MatrixQuestion, tabulated
from uts_policy.model.answers import Question, Structure, Who
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import UsageError
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


def question_for(corpus: Corpus, question: Question, *, staffed: bool) -> dict[str, Any]:
    """The question as the view wants it. `staffed`: somebody declared who holds what.

    Raises UsageError where the question means no responsibility, or a unit or vector that is not declared.
    """
    asked: dict[str, Any] = {
        "responsibilities": _meant(corpus.data, question.responsibility),
        **staffing(staffed=staffed),
    }
    for name, section in (("unit", "units"), ("vector", "vectors")):
        wanted = getattr(question, name)
        if wanted is not None:
            if wanted not in corpus.data[section]:
                raise undeclared(f'no {name} is called "{wanted}"', wanted, corpus.data[section])
            asked[name] = wanted
    return asked


def answered(corpus: Corpus, question: Question, said: Mapping[str, Any], *, staffed: bool) -> Who:
    """What the view said, with places. `staffed` as above."""
    return Who(
        as_of=corpus.data["as_of"],
        question=question,
        answers=tuple(_with_names(located(said["answers"], corpus), corpus)),
        unjudged=() if staffed else (VACANT,),
    )


def _with_names(answers: list[dict[str, Any]], corpus: Corpus) -> Iterator[dict[str, Any]]:
    """The answers with the declared `names` of the people of each chain, by id."""
    people = corpus.data["people"]
    for answer in answers:
        for chain in answer["accountable"]:
            ids = {holder["person"] for holder in chain["holders"]}
            ids |= {person for each in (*chain["successors"], *chain["chair"]) for person in each["persons"]}
            chain["names"] = {each: people[each]["name"] for each in sorted(ids) if "name" in people.get(each, {})}
        yield answer


def _meant(data: Mapping[str, Any], wanted: str) -> list[str]:
    """The id itself where there is one, else all whose id or statement has the fragment in it, capitals aside."""
    responsibilities = data["responsibilities"]
    if wanted in responsibilities:
        return [wanted]
    fragment = " ".join(wanted.split()).casefold()
    found = sorted(
        name
        for name, duty in responsibilities.items()
        if fragment and (fragment in " ".join(duty["statement"].split()).casefold() or fragment in name)
    )
    if found:
        return found
    message = f'no responsibility is called "{wanted}", or has that in its statement'
    if nearest(wanted, responsibilities, guessing=True) is None:
        for section in ("roles", "units"):
            near = nearest(wanted, data[section])
            if near is not None:
                hint = f'the {section[:-1]} "{near}" is declared; `who` takes a responsibility, by its id or its words'
                raise UsageError(message, hint)
    raise undeclared(message, wanted, responsibilities)


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
