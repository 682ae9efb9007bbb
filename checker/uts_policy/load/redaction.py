"""Pseudonyms for people, put into the text before anything is parsed, so that everything downstream has them.

What is rewritten is the text of each file, at the places of persons: then messages, routes, excerpts and carets agree
with each other, and nothing that comes later has to remember that somebody is to be hidden.
"""

import base64
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from uts_policy.load.files import LoadedFiles
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route

LENGTH = 10
"""Characters of a pseudonym after `p.`: 50 bits."""
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*$", re.MULTILINE)
_TELLING = re.compile(r"[0-9._\s-]")
_SECTIONS_BY_PERSON = ("people", "training_records")
_PROSE = frozenset({
    "title", "name", "statement", "text", "description", "reason", "limits", "report", "number", "source", "instrument",
    "evidence", "tags", "kind", "topic", "cadence", "not_applicable", "criteria", "ref", "url", "hours",
})  # fmt: skip
"""Fields whose text an author wrote: an id in it is replaced where it stands alone and looks like an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who is called what: pseudonyms by id, and by name. `key` is what they were made with."""

    key: bytes
    by_id: Mapping[str, str]
    by_name: Mapping[str, str]

    def hide(self, text: str) -> str:
        """Text with every id and name that stands alone in it replaced."""
        for name, pseudonym in self.by_name.items():
            text = text.replace(name, pseudonym)
        return _TOKEN.sub(self._token, text)

    def _token(self, match: re.Match[str]) -> str:
        token = match[0].rstrip(".-")
        return self.by_id.get(token, token) + match[0][len(token) :]


def redacted(files: LoadedFiles, key: bytes, placeholders: Sequence[str]) -> tuple[LoadedFiles, Names]:
    """The files with pseudonyms in place of people, and who is called what.

    A file that is no YAML keeps its problems and loses its text: who is named in it, nobody knows. Digests stay those
    of the bytes that were read. Raises NoVerdictError where a file cannot be rewritten without changing what it says.
    """
    names = _names(files.documents, key, frozenset(placeholders))
    broken = {problem.location.file for problem in files.problems if problem.rule != "schema/value"}
    sources: dict[str, Source] = {}
    documents: list[Document] = []
    problems = [_hidden(problem, names) for problem in files.problems if problem.location.file in broken]
    for name, source in files.sources.items():
        own = [document for document in files.documents if document.path == name]
        if name in broken:
            sources[name] = replace(source, data=b"", text=re.sub(r"\S", "▒", source.text))
            documents.extend(own)
            continue
        text = _rewritten(source.text, own, names)
        sources[name] = replace(source, data=text.encode(), text=text)
        loaded = parse(sources[name])
        before = [problem for problem in files.problems if problem.location.file == name]
        if len(loaded.problems) != len(before) or len(loaded.documents) != len(own):
            raise NoVerdictError(
                f'"{name}" cannot be redacted: with pseudonyms in it, it would say something else',
                "write persons as plain text, without anchors and escapes",
            )
        documents.extend(loaded.documents)
        problems.extend(loaded.problems)
    problems.sort(key=lambda problem: problem.location)
    whole = LoadedFiles(
        sources=sources, documents=tuple(documents), problems=tuple(problems), ignored=files.ignored
    )  # fmt: skip
    return whole, names


def pseudonym(identifier: str, key: bytes) -> str:
    """`p.` and ten letters and digits, by HMAC-SHA-256: the same id has the same pseudonym wherever the key is."""
    digest = hmac.new(key, identifier.encode("utf-8", "surrogatepass"), sha256).digest()
    return f"p.{base64.b32encode(digest).decode().lower()[:LENGTH]}"


def hidden_identity(identity: str, key: bytes) -> str:
    """An identity from elsewhere (a baseline's) that nobody can guess a person from; the same one for the same key."""
    return f"1:{hmac.new(key, identity.encode(), sha256).hexdigest()[:32]}"


def _names(documents: Iterable[Document], key: bytes, placeholders: frozenset[str]) -> Names:
    by_id: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for document in documents:
        declared = {value for route, value in _persons(document.data) if route[0] == "people"}
        for route, value in _persons(document.data):
            text = str(value)
            if value in declared or " ".join(text.lower().split()) not in placeholders:
                by_id[text] = _number(text, key) if not isinstance(value, str) else pseudonym(text, key)
            name = _name_beside(document.data, route)
            if name and _TELLING.search(name) and len(name) > 2:  # noqa: PLR2004 - shorter says nothing
                by_name[name] = by_id.get(text, name)
    if len(set(by_id.values())) != len(by_id):
        raise NoVerdictError("two people would get one pseudonym", "choose another UTS_POLICY_REDACT_KEY")
    longest_first = sorted(by_name.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return Names(key=key, by_id=by_id, by_name=dict(longest_first))


def _number(text: str, key: bytes) -> str:
    """A whole number in place of one: what was of the wrong type stays so."""
    return str(100_000_000 + int(hmac.new(key, text.encode(), sha256).hexdigest()[:7], 16))


def _persons(data: Mapping[str, Any]) -> Iterator[tuple[Route, Any]]:
    """Every place at which a person stands, with what stands there."""
    for section, field in (("people", "id"), ("training_records", "person")):
        for index, entry in enumerate(_list(data.get(section))):
            if isinstance(entry, dict) and _scalar(entry.get(field)):
                yield (section, index, field), entry[field]
    for index, role in enumerate(_list(data.get("roles"))):
        for number, holder in enumerate(_list(role.get("holders")) if isinstance(role, dict) else ()):
            if isinstance(holder, dict) and _scalar(holder.get("person")):
                yield ("roles", index, "holders", number, "person"), holder["person"]


def _name_beside(data: Mapping[str, Any], route: Route) -> str:
    name = data["people"][route[1]].get("name") if route[0] == "people" else None
    return name if isinstance(name, str) else ""


def _rewritten(text: str, documents: Sequence[Document], names: Names) -> str:
    """The text with every person's place, and what authors wrote about them, replaced."""
    edits: dict[tuple[int, int], str] = {}
    offsets = _Offsets(text)
    for document in documents:
        for route, new in _edits(document.data, names):
            edits[offsets.stretch(document, route)] = new
    parts, last = [], 0
    for (start, end), new in sorted(edits.items()):
        if start < last:
            continue
        parts += [text[last:start], new or names.hide(text[start:end])]
        last = end
    whole = "".join((*parts, text[last:]))
    return _COMMENT.sub(lambda match: names.hide(match[0]), whole)


def _edits(data: Mapping[str, Any], names: Names) -> Iterator[tuple[Route, str]]:
    """Routes with what is to stand there; nothing where ids and names within the text are to be replaced."""
    for route, value in _persons(data):
        if str(value) in names.by_id:
            yield route, names.by_id[str(value)]
            if route[0] == "people" and _name_beside(data, route):
                yield (*route[:2], "name"), names.by_id[str(value)]
    for index, waiver in enumerate(_list(data.get("waivers"))):
        if not isinstance(waiver, dict):
            continue
        for field in ("subject", "key"):
            value = waiver.get(field)
            if isinstance(value, str):
                section = value.partition("/")[0]
                if field == "key" or section in _SECTIONS_BY_PERSON:
                    parts = [names.by_id.get(part, part) for part in value.split("/")]
                    yield ("waivers", index, field), "/".join(parts)
    yield from ((route, "") for route in _prose(data, (), free=False))


def _prose(value: object, route: Route, *, free: bool) -> Iterator[Route]:
    """Routes of the text that authors wrote; all text under a key that begins with `x-`."""
    if isinstance(value, dict):
        for key, child in value.items():
            inside = isinstance(key, str) and (key.startswith("x-") or key in _PROSE)
            yield from _prose(child, (*route, key), free=free or inside)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _prose(child, (*route, index), free=free)
    elif free and isinstance(value, str):
        yield route


class _Offsets:
    """Turns the places of a document's values into offsets of its file's text."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]

    def stretch(self, document: Document, route: Route) -> tuple[int, int]:
        span = document.positions.value(route)
        return self._lines[span.line - 1] + span.column - 1, self._lines[span.end_line - 1] + span.end_column - 1


def _hidden(problem: Problem, names: Names) -> Problem:
    related = tuple(replace(each, message=names.hide(each.message)) for each in problem.related)
    return replace(
        problem,
        message=names.hide(problem.message),
        remediation=names.hide(problem.remediation),
        problem=names.hide(problem.problem),
        route=tuple(names.hide(step) if isinstance(step, str) else step for step in problem.route),
        related=related,
    )


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _scalar(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
