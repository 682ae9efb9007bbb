"""What `sample` and `diff` read from a bag whose integrity has been checked. Nothing that is in it is run."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from uts_policy import __version__, resources
from uts_policy.corpus.build import build
from uts_policy.evidence.bag import read_whole
from uts_policy.evidence.effective import BASELINE, FILE, Effective, read_effective
from uts_policy.evidence.provenance import FILE as PROVENANCE
from uts_policy.evidence.results import native
from uts_policy.load.configuration import settings_from
from uts_policy.load.files import LoadedFiles
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evidence import Native
from uts_policy.model.finding import Finding
from uts_policy.model.place import Location
from uts_policy.model.rule import PolicyFile, Rule
from uts_policy.pipeline.inputs import known_from
from uts_policy.pipeline.request import PLACEHOLDERS, OwnPolicy, Policies, Request, silent
from uts_policy.rules.catalogue import read_catalogue, rule_set
from uts_policy.schema.faults import accepts
from uts_policy.schema.validate import schema_problems

INPUTS = "inputs/"
BUILT_IN = "policies/builtin/"
OWN = "policies/own/"


def open_bag(file: Path, told: Callable[[str], None] = silent) -> "Opened":
    """The bag in `file`. Raises NoVerdictError where it is none, or not whole: who signed it is for `verify` to say."""
    whole = read_whole(file, told)
    return Opened(name=str(file), digest=whole.digest, members=whole.members)


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
        path = "results/findings.json"
        data = self._json(path)
        if not accepts("report", data) or data["verdict"] == "none":
            raise self._odd(path, "is not the report of a check")
        found = native(data)
        unknown = {*found.evaluated, *(finding.rule for finding in found.findings)} - self.catalogue.keys()
        if unknown:
            raise self._odd(path, f"names the rule {min(unknown)}, which no file in policies/ describes")
        return found

    @cached_property
    def entries(self) -> Mapping[str, int]:
        """How many entries each rule was asked about. Raises NoVerdictError where the bag does not say."""
        path = "results/population.json"
        try:
            return {str(each["rule"]): int(each["entries"]) for each in self._json(path)["rules"]}
        except (TypeError, KeyError, ValueError) as error:
            raise self._odd(path, "does not count the entries of rules") from error

    @cached_property
    def report_made_with(self) -> Mapping[str, str]:
        """The libraries that drew `report/`, and their versions. Raises NoVerdictError where the bag does not say."""
        found = self._json(PROVENANCE)
        said = found.get("report_made_with") if isinstance(found, dict) else None
        if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
            raise self._odd(PROVENANCE, "does not say what drew the report")
        return said

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The declarations, by path below `data/`."""
        found = (to_source(path, data) for path, data in self._inputs())
        return {source.path: source for source in found if isinstance(source, Source)}

    @cached_property
    def corpus(self) -> Corpus | None:
        """What was declared; None where it is invalid. Raises NoVerdictError where only this version thinks so."""
        corpus = self._corpus()
        if corpus is None and self.results.evaluated:
            raise NoVerdictError(
                f"{self.name}: version {self.results.tool_version} evaluated these declarations, and this one cannot "
                "read them",
                "Use that version.",
            )
        return corpus

    def _corpus(self) -> Corpus | None:
        if self.effective.unread:
            return None
        documents: list[Document] = []
        for source in self.sources.values():
            loaded = parse(source)
            if loaded.problems:
                return None
            documents += loaded.documents
        if len(self.sources) != len(self._inputs()) or schema_problems(documents, self.sources):
            return None
        return build(
            documents,
            as_of=self.results.as_of,
            placeholders=self._placeholders,
            complete=self.effective.complete,
        ).corpus

    @cached_property
    def catalogue(self) -> Mapping[str, Rule]:
        """The rules, by id, as their METADATA in the bag describes them. Raises NoVerdictError where it does not."""
        return {rule.id: rule for rule in read_catalogue(self.policies(), parse)}

    def parameters(self, rule: Rule) -> Mapping[str, Any]:
        """The complete parameters of a rule: its defaults, and over them what the configuration said."""
        defaults = {name: parameter.default for name, parameter in rule.parameters.items()}
        return {**defaults, **self.effective.rules.get(rule.id, {})}

    def named(self, finding: Finding) -> Finding:
        """A finding with its places named as the files lie in the bag."""
        related = tuple(replace(each, location=self._placed(each.location)) for each in finding.related)
        return replace(finding, location=self._placed(finding.location), related=related)

    def _placed(self, location: Location | None) -> Location | None:
        if location is None:
            return None
        return replace(location, file=self._stored.get(location.file, location.file))

    @property
    def _placeholders(self) -> tuple[str, ...]:
        """The words that stand for nobody, which the corpus hangs on."""
        rule, name = PLACEHOLDERS
        if rule not in self.catalogue:
            raise self._odd("policies/", f"has no rule {rule}")
        return tuple(self.parameters(self.catalogue[rule]).get(name, ()))

    def _inputs(self) -> list[tuple[str, bytes]]:
        return sorted((path, data) for path, data in self.members.items() if path.startswith(INPUTS))

    def policies(self) -> Iterator[PolicyFile]:
        """The rules' files under the paths that the rule set has for them."""
        for path in self.members:
            if path.startswith(BUILT_IN):
                yield PolicyFile(path=path.removeprefix(BUILT_IN), text=self._text(path), builtin=True)
        for each in self.effective.own_policies:
            yield PolicyFile(path=each.path, text=self._text(OWN + each.stored), builtin=False)

    @cached_property
    def effective(self) -> Effective:
        """What configuration and command line said together. Raises NoVerdictError where it is not ours."""
        return read_effective(self.member(FILE))

    @cached_property
    def _stored(self) -> Mapping[str, str]:
        """The path below `data/` of each file that the results name."""
        return {each.path: INPUTS + each.stored for each in self.effective.files}

    def _text(self, path: str) -> str:
        try:
            return self.member(path).decode()
        except UnicodeDecodeError as error:
            raise self._odd(path, "is not UTF-8") from error

    def _json(self, path: str) -> Any:  # noqa: ANN401 - JSON
        try:
            return json.loads(self.member(path))
        except (ValueError, RecursionError) as error:
            raise self._odd(path, "is not JSON") from error

    def member(self, path: str) -> bytes:
        """A file below `data/`. Raises NoVerdictError where it is missing."""
        if path not in self.members:
            raise self._odd(path, "is missing")
        return self.members[path]

    def _odd(self, path: str, what: str) -> NoVerdictError:
        return NoVerdictError(
            f"{self.name}: data/{path} {what}", "The bag is whole, but not one that `uts-policy evidence export` made."
        )


_SCHEMAS = "schemas/"


def other_installation(bag: Opened) -> str:
    """What was different where the bag was made, so that the same declarations may be read otherwise; else empty."""
    if bag.results.tool_version != __version__:
        return f"the check was made with version {bag.results.tool_version} of uts-policy, and this is {__version__}"
    rules = {file.path: file.text for file in rule_set(resources.builtin_policies()).files}
    named = {file.path: file.text for file in bag.policies() if file.builtin}
    other = next((path for path in sorted(rules.keys() | named.keys()) if rules.get(path) != named.get(path)), None)
    if other is not None:
        return (
            f"the bag has other rules as built in than this installation, though both say version {__version__}; "
            f"the first is {other}"
        )
    ours = {f"{_SCHEMAS}{file.name}": file.read_bytes() for file in resources.schemas_dir().glob("*.json")}
    theirs = {path: data for path, data in bag.members.items() if path.startswith(_SCHEMAS)}
    return "" if ours == theirs else "the schemas in the bag are not those of this installation"


def policies_of(bag: Opened) -> Policies:
    """The rules of the bag, which are a stranger's code."""
    files = tuple(bag.policies())
    places = {each.path: each.place for each in bag.effective.own_policies}
    own = tuple(OwnPolicy(place=places.get(file.path, file.path), file=file) for file in files if not file.builtin)
    rules = rule_set(files)
    return Policies(catalogue=read_catalogue(rules.files, parse), rule_set=rules, own=own)


def request_of(bag: Opened) -> Request:
    """What was asked for."""
    effective = bag.effective
    settings = replace(
        settings_from({}, root=Path("/")),
        profile=effective.profile,
        levels=effective.levels,
        rules=effective.rules,
        require=effective.require,
        complete=effective.complete,
        fail_on=effective.fail_on,
        engine=effective.engine,
    )
    return Request(
        settings=settings,
        config=None,
        as_of=effective.as_of,
        include=effective.include,
        exclude=effective.exclude,
        name=bag.results.name,
    )


def files_of(bag: Opened) -> LoadedFiles:
    """The declarations under the names that the reports have for them, read as from a directory."""
    effective = bag.effective
    sources: dict[str, Source] = {}
    documents: list[Document] = []
    problems = list(effective.unread)
    for each in effective.files:
        source = to_source(each.path, bag.member(f"inputs/{each.stored}"))
        if not isinstance(source, Source):
            problems.append(source)
            continue
        sources[each.path] = source
        loaded = parse(source)
        documents += loaded.documents
        problems += loaded.problems
    return LoadedFiles(
        sources=sources,
        documents=tuple(documents),
        problems=tuple(sorted(problems, key=lambda problem: problem.location)),
        ignored=Counter(effective.ignored.values()),
        passed_over=effective.ignored,
    )


def baseline_of(bag: Opened) -> Baseline | None:
    """The baseline, where the check had one."""
    name = bag.effective.baseline
    if name is None:
        return None
    source = to_source(name, bag.member(BASELINE))
    if not isinstance(source, Source):
        raise NoVerdictError(f"{bag.name}: the baseline in it cannot be read")
    return known_from(source)
