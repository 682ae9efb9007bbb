"""Everything that was written which may bear on a rule's conclusion about an entry."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from uts_policy.model.corpus import SECTIONS, Corpus
from uts_policy.model.finding import Finding
from uts_policy.model.grounds import Fact
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
        own = self._corpus.locate(route)
        yield self._fact(route, "the entry itself")
        for field, value in entry.items():
            if field != "id" and self._corpus.locate((*route, field)) != own:
                yield self._fact((*route, field), f"{field}: {_short(value)}")
        for named in dict.fromkeys(text for _, text in texts(entry, ()) if text != name):
            for other in SECTIONS:
                if named in self._corpus.data[other]:
                    yield self._fact((other, named), "named in it")
        for step in self._naming.get(name, ()):
            if step[:2] != route:
                yield self._fact(step, f"names {name} as {_field(step)}")

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


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
