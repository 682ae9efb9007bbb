"""Everything that was written which may bear on a rule's conclusion about an entry."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from uts_policy.model.answers import Fact
from uts_policy.model.corpus import SECTIONS, Corpus
from uts_policy.model.finding import Finding
from uts_policy.model.place import Route
from uts_policy.view.grounds import facts, stated, texts

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
            for other in SECTIONS:
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
        for section in SECTIONS:
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
