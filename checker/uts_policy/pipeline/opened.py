"""What `sample` and `diff` read from a bag whose integrity has been checked. Nothing that is in it is run."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from uts_policy.corpus.build import build
from uts_policy.evidence.native import native
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Finding
from uts_policy.model.native import Native
from uts_policy.model.place import Location
from uts_policy.model.rule import PolicyFile, Rule
from uts_policy.pipeline.preparing import PLACEHOLDERS
from uts_policy.rules.catalogue import read_catalogue
from uts_policy.schema.accept import accepts
from uts_policy.schema.check import check as check_schema

INPUTS = "inputs/"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A bag. `name` is the file as the user calls it, `digest` the bag's, SHA-256 in hex.

    `members` are the files below `data/`, by path. Places in its corpus are named as the files lie there.
    """

    name: str
    digest: str
    members: Mapping[str, bytes]

    @cached_property
    def results(self) -> Native:
        """What the check found. Raises NoVerdictError where that is not a whole report."""
        data = self._json("results/findings.json")
        if not accepts("report", data) or data["verdict"] == "none":
            raise self._odd("results/findings.json", "is not the report of a check")
        return native(data)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The declarations, by path below `data/`."""
        found = (to_source(path, data) for path, data in sorted(self.members.items()) if path.startswith(INPUTS))
        return {source.path: source for source in found if isinstance(source, Source)}

    @cached_property
    def corpus(self) -> Corpus | None:
        """What was declared, as this version reads it; None where it is invalid."""
        documents: list[Document] = []
        for source in self.sources.values():
            loaded = parse(source)
            if loaded.problems:
                return None
            documents += loaded.documents
        if len(self.sources) != sum(path.startswith(INPUTS) for path in self.members):
            return None
        if check_schema(documents, self.sources):
            return None
        return build(documents, as_of=self.results.as_of, placeholders=self._placeholders).corpus

    @cached_property
    def catalogue(self) -> Mapping[str, Rule]:
        """The rules, by id, as their METADATA in the bag describes them. Raises NoVerdictError where it does not."""
        files = [PolicyFile(path=path, text=text, builtin=ours) for path, text, ours in self._policies()]
        return {rule.id: rule for rule in read_catalogue(files, parse)}

    def parameters(self, rule: Rule) -> Mapping[str, Any]:
        """The complete parameters of a rule: its defaults, and over them what the configuration said."""
        defaults = {name: parameter.default for name, parameter in rule.parameters.items()}
        return {**defaults, **self._configured.get(rule.id, {})}

    def named(self, finding: Finding) -> Finding:
        """A finding with its places named as the files lie in the bag."""
        related = tuple(replace(each, location=self._placed(each.location)) for each in finding.related)
        return replace(finding, location=self._placed(finding.location), related=related)

    def _placed(self, location: Location | None) -> Location | None:
        if location is None:
            return None
        path = INPUTS + self._names.get(location.file, location.file)
        return Location(file=path, span=location.span) if path in self.members else location

    @cached_property
    def _effective(self) -> Mapping[str, Any]:
        data = self._json("config/effective.json")
        if not isinstance(data, dict):
            raise self._odd("config/effective.json", "is not an object")
        return data

    def _json(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """A member as JSON. Raises NoVerdictError where it is missing or is none."""
        if path not in self.members:
            raise self._odd(path, "is missing")
        try:
            return json.loads(self.members[path])
        except (ValueError, RecursionError) as error:
            raise self._odd(path, "is not JSON") from error

    def _odd(self, path: str, what: str) -> NoVerdictError:
        return NoVerdictError(
            f"{self.name}: data/{path} {what}", "The bag is whole, but not one that `uts-policy evidence export` made."
        )
