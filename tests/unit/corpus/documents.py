"""Declarations as the loader hands them on, for the tests of the corpus."""

from hashlib import sha256
from textwrap import dedent
from typing import Any

from uts_policy.corpus.build import Built, build
from uts_policy.load.yaml import parse
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.place import START, Route, Span

AS_OF = "2026-06-15"
OPEN = {"from": "0001-01-01", "to": "9999-12-31"}


def documents(text: str, path: str = "a.yaml") -> tuple[Document, ...]:
    """The documents of one file, with the positions that the real loader finds."""
    data = dedent(text).encode()
    loaded = parse(Source(path=path, data=data, sha256=sha256(data).hexdigest(), text=data.decode()))
    assert loaded.problems == ()
    return loaded.documents


def built(*texts: str) -> Built:
    """One file for each text: a.yaml, b.yaml …"""
    found = [each for name, text in zip("abcdefgh", texts, strict=False) for each in documents(text, f"{name}.yaml")]
    return build(found, as_of=AS_OF, placeholders=("TBD", "Appointment  needed"))


def corpus(*texts: str) -> Corpus:
    result = built(*texts)
    assert result.problems == ()
    assert result.corpus is not None
    return result.corpus


def data(*texts: str) -> Any:
    return corpus(*texts).data


def links(*texts: str) -> Any:
    return data(*texts)["links"]


def problems(*texts: str) -> list[tuple[str, str, str]]:
    """(rule, message, the text at the place) of each problem; there is no corpus then."""
    result = built(*texts)
    assert result.corpus is None
    files = dict(zip(("a.yaml", "b.yaml", "c.yaml"), texts, strict=False))
    return [
        (problem.rule, problem.message, cut(files[problem.location.file], problem.location.span))
        for problem in result.problems
    ]


def place(text: str, route: Route) -> tuple[str, int, str]:
    """Where a route of the corpus of one file is found: file, line, and the text that stands there."""
    found = corpus(text).locate(route)
    assert found is not None
    return found.file, found.span.line, cut(text, found.span)


def cut(text: str, span: Span) -> str:
    """What stands at a span, white space at the end of it aside."""
    lines = dedent(text).splitlines(keepends=True)[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "".join(lines).rstrip()


class Nowhere:
    """Positions of data that never stood in a file."""

    def value(self, route: Route) -> Span:
        return START

    key = value


def unwritten(content: dict[str, Any], path: str = "a.yaml", index: int = 0) -> Document:
    """A document made from data, for properties."""
    return Document(path=path, index=index, data=content, sha256="", positions=Nowhere())


def linked(content: dict[str, Any], as_of: str = AS_OF) -> Any:
    """The links of declarations made from data."""
    result = build([unwritten(content)], as_of=as_of, placeholders=("tbd",))
    assert result.corpus is not None, result.problems
    return result.corpus.data["links"]
