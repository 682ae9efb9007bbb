"""Whole checks without files or a process each: declarations as text in, reports out, many at a time.

Everything is the program's own: loader, schemas, corpus, selection, engine, judge. Only the worker, or the OPA server,
is shared by all cases, because a process for each of some hundreds would take minutes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from uts_policy.engine.embedded import EmbeddedEngine, value_of
from uts_policy.engine.opa import OpaEngine
from uts_policy.engine.result import RESULT, read_result
from uts_policy.engine.worker_process import version
from uts_policy.judge.report import Assessment, report_assessed
from uts_policy.load.configuration import settings_from
from uts_policy.load.files import LoadedFiles
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.report import Report
from uts_policy.model.rule import Profile
from uts_policy.pipeline import inputs, prepare
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request
from uts_policy.schema.validate import schema_problems

AS_OF = "2026-11-23"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Declarations by file name, as text, and how they are to be checked."""

    files: Mapping[str, str]
    profile: Profile = Profile.STANDARD
    as_of: str = AS_OF
    include: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    complete: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def policies() -> Policies:
    """The built-in rules."""
    return inputs.read_policies(settings_from({}, root=Path()))


def embedded(cases: Iterable[Case]) -> list[Report]:
    """The report on each case, all of them from one worker of the embedded engine."""
    ready = [_prepare(case) for case in cases]
    asked = sorted({rule.id for each in ready for rule in each.prepared.selection.rules})
    frames = [
        frame for each in ready for frame in (("input", json.dumps(each.prepared.corpus.data)), ("query", RESULT))
    ]
    answers = EmbeddedEngine(timeout=600)._ask(policies().rule_set, asked, frames)
    info = EngineInfo(name="embedded", version=version())
    reports = []
    for each, answer in zip(ready, answers, strict=True):
        assert answer.ok, answer.text
        wanted = [rule.id for rule in each.prepared.selection.rules]
        reports.append(
            each.report(read_result(value_of(answer), asked=wanted, rule_set=policies().rule_set, engine=info))
        )
    return reports


def opa(cases: Iterable[Case], url: str) -> list[Report]:
    """The report on each case, all of them from the OPA server at `url`, which serves the built-in rules."""
    engine = OpaEngine(url=url, timeout=60)
    return [
        each.report(engine.evaluate(each.prepared.corpus, policies().rule_set))
        for each in (_prepare(case) for case in cases)
    ]


def found(report: Report) -> list[tuple[str, str, str]]:
    """Rule, entry and key of each finding that is not waived, sorted."""
    return sorted((each.rule, each.entry, each.key) for each in report.findings if each.waiver is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    request: Request
    declared: Declared
    prepared: Prepared

    def report(self, evaluation: Evaluation) -> Report:
        assessment = Assessment(corpus=self.prepared.corpus, selection=self.prepared.selection, evaluation=evaluation)
        return report_assessed(prepare.facts_of(self.request, policies(), self.declared), assessment)


def _prepare(case: Case) -> _Ready:
    settings = replace(settings_from({}, root=Path()), profile=case.profile, rules=case.rules, complete=case.complete)
    request = Request(settings=settings, config=None, as_of=case.as_of, include=case.include)
    declared = _declared(case.files)
    assert declared.problems == (), [(each.location, each.message) for each in declared.problems]
    prepared = prepare.prepare(request, policies(), declared)
    assert isinstance(prepared, Prepared), prepared
    return _Ready(request=request, declared=declared, prepared=prepared)


def _declared(files: Mapping[str, str]) -> Declared:
    sources: dict[str, Source] = {}
    documents: list[Any] = []
    problems: list[Any] = []
    for name, text in files.items():
        source, loaded = _read(name, text)
        sources[name] = source
        documents += loaded.documents
        problems += loaded.problems
    whole = LoadedFiles(sources=sources, documents=tuple(documents), problems=tuple(problems), ignored={})
    return Declared(files=whole, problems=(*problems, *schema_problems(documents, sources)))


@lru_cache(maxsize=1000)
def _read(name: str, text: str) -> tuple[Source, Any]:
    source = to_source(name, text.encode())
    assert isinstance(source, Source), source
    return source, parse(source)


def read_files(folder: Path, names: Sequence[Path] | None = None) -> dict[str, str]:
    """The YAML files below `folder` by their names from there."""
    files = sorted(folder.rglob("*.yaml")) if names is None else names
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}
