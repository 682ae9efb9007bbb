"""Every fact that a finding rests on: what it points at, what it names, and what ties these together."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from uts_policy.common.fields import sections
from uts_policy.model.answers import Fact
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Finding
from uts_policy.model.place import Route


def facts(corpus: Corpus, finding: Finding) -> tuple[Fact, ...]:
    """The facts, each place once, nearest first: its cause, its own place, what is related, and what ties these.

    What an entry does not say is a fact too: then the place is the entry's.
    """
    found: dict[tuple[str, Any], Fact] = {}
    for fact in _every(corpus, finding):
        found.setdefault((fact.entry, fact.location), fact)
    return tuple(found.values())


def stated(finding: Finding) -> Iterator[Fact]:
    """The places that the finding itself names."""
    yield Fact(why="what the finding is about", entry=finding.entry, location=finding.location)
    for place in finding.related:
        yield Fact(why=place.message, entry=place.entry, location=place.location)


def _every(corpus: Corpus, finding: Finding) -> Iterator[Fact]:
    about = _entries(corpus, finding)
    cause = finding.cause.partition("/")
    if (cause[0], cause[2]) in about and finding.cause != finding.entry:
        yield _fact(corpus, (cause[0], cause[2]), "what it comes from")
    yield from stated(finding)
    for route in about:
        yield _fact(corpus, route, "the entry itself" if "/".join(route) == finding.entry else "named in it")
    names = {route[1] for route in about}
    for route in about:
        for step, text in texts(corpus.data[route[0]][route[1]], route):
            if text in names - {route[1]}:
                yield _fact(corpus, step, f"names {text}")
    for route, hits in _ties(corpus, names):
        if route not in about:
            yield _fact(corpus, route, f"names {' and '.join(sorted(hits))}")


def _entries(corpus: Corpus, finding: Finding) -> list[tuple[str, str]]:
    """The entries that a finding is about: its own, its cause, the related ones, and those whose ids tell it apart."""
    found = []
    for entry in (finding.entry, finding.cause, *(place.entry for place in finding.related)):
        section, _, name = entry.partition("/")
        if name in corpus.data.get(section, {}):
            found.append((section, name))
    # What a key is made of are ids, of sections that it does not name.
    parts = finding.key.split("/")
    found += [(section, part) for part in parts for section in sections() if part in corpus.data[section]]
    return list(dict.fromkeys(found))


def _ties(corpus: Corpus, names: set[str]) -> Iterator[tuple[tuple[str, str], set[str]]]:
    """The entries that name two or more of these, in the order of the sections."""
    for section in sections():
        for name, entry in corpus.data[section].items():
            hits = {text for _, text in texts(entry, ()) if text in names} - {name}
            if len(hits) > 1:
                yield (section, name), hits


def texts(value: Any, route: Route) -> Iterator[tuple[Route, str]]:  # noqa: ANN401 - JSON
    """Every text in a value, and where it stands; units say again in `path` what their parents say."""
    if isinstance(value, str):
        yield route, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key != "path":
                yield from texts(each, (*route, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from texts(each, (*route, number))


def _fact(corpus: Corpus, route: Route, why: str) -> Fact:
    return Fact(why=why, entry="/".join(str(step) for step in route[:2]), location=corpus.locate(route))


_LONG = 100


class Surroundings:
    """Facts about entries of one corpus. What names what is looked up once, for all of them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def of(self, section: str, name: str, findings: tuple[Finding, ...]) -> tuple[Fact, ...]:
        """Where the findings are; the entry with its fields; what it names; what names it; what else they rest on.

        Each place once.
        """
        found: dict[tuple[str, Any], Fact] = {}
        for fact in self._every(section, name, findings):
            found.setdefault((fact.entry, fact.location), fact)
        return tuple(found.values())

    def _every(self, section: str, name: str, findings: tuple[Finding, ...]) -> Iterator[Fact]:
        for finding in findings:
            yield from stated(finding)
        yield from self._around(section, name)
        for finding in findings:
            yield from facts(self._corpus, finding)

    def _around(self, section: str, name: str) -> Iterator[Fact]:
        route = (section, name)
        entry = self._corpus.data[section][name]
        yield self._fact(route, "the entry itself")
        yield from self._fields(section, name)
        for named in dict.fromkeys(text for _, text in texts(entry, ()) if text != name):
            for other in sections():
                if named in self._corpus.data[other]:
                    yield self._fact((other, named), "named in it")
        for step in self._naming.get(name, ()):
            if step[:2] != route:
                yield self._fact(step, f"names {name} as {_field(step)}")

    def _fields(self, section: str, name: str) -> Iterator[Fact]:
        """What was written in the entry, as it was written: the corpus fills in defaults and full dates."""
        origin = self._corpus.origins.get((section, name))
        written = None if origin is None else _at(origin.document.data, origin.route)
        if origin is None or not isinstance(written, Mapping):
            return  # a short form: it has a word where others have fields
        for field, value in written.items():
            if field != "id" and not field.startswith("x-"):
                place = origin.document.locate((*origin.route, field))
                yield Fact(why=f"{field}: {_short(value)}", entry=f"{section}/{name}", location=place)

    def _fact(self, route: Route, why: str) -> Fact:
        entry = "/".join(map(str, route[:2]))
        return Fact(why=why, entry=entry, location=self._corpus.locate(route))

    @cached_property
    def _naming(self) -> Mapping[str, list[Route]]:
        """By text, every route at which an entry says it."""
        found: defaultdict[str, list[Route]] = defaultdict(list)
        for section in sections():
            for name, entry in self._corpus.data[section].items():
                for route, text in texts(entry, (section, name)):
                    found[text].append(route)
        return found


def _field(route: Route) -> str:
    return ".".join(str(step) for step in route[2:] if isinstance(step, str)) or "its id"


def _at(value: Any, route: Route) -> Any:  # noqa: ANN401 - YAML
    """The value at a route that exists."""
    for step in route:
        value = value[step]
    return value


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
