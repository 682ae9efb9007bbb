"""Short ways to write a file down and to read what the loader says of it."""

from uts_policy.load.read import to_source
from uts_policy.load.yaml import Loaded, parse
from uts_policy.model.document import Source
from uts_policy.model.finding import Problem
from uts_policy.model.place import Span

NAME = "a.yaml"


def source(text: str | bytes) -> Source:
    """The file as it would be read."""
    made = to_source(NAME, text if isinstance(text, bytes) else text.encode())
    assert isinstance(made, Source)
    return made


def load_text(text: str | bytes) -> Loaded:
    """What the loader makes of a file with this content."""
    return parse(source(text))


def data(text: str | bytes) -> list:
    """The data of each document of a file without a problem."""
    loaded = load_text(text)
    assert loaded.problems == ()
    return [document.data for document in loaded.documents]


def place(span: Span) -> str:
    """A span in one word: `line:column-line:column`, end exclusive."""
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def said(problem: Problem) -> tuple[str, str, str]:
    """What a problem says: place, rule, message."""
    return place(problem.location.span), problem.rule, problem.message


def problems(text: str | bytes) -> list[tuple[str, str, str]]:
    """What is wrong with a file."""
    return [said(problem) for problem in load_text(text).problems]


def routes(value: object, route: tuple = ()):
    """Every route through data, the root's first."""
    yield route
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from routes(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from routes(inner, (*route, index))


def excerpt(text: str, span: Span) -> str:
    """What stands at a span, found by counting lines and columns and by nothing of the loader's."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    inner = lines[span.line : span.end_line - 1]
    return "\n".join([lines[span.line - 1][span.column - 1 :], *inner, lines[span.end_line - 1][: span.end_column - 1]])
