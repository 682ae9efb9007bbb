"""Parts of a check in a process of their own, timed from within: `python -m tests.bench.stage STAGE PATH…`.

Prints JSON, {name: seconds of processor}. Imports and the interpreter's start are not in it, where not said.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.generate.pools import AS_OF


def events(folder: str) -> dict[str, float]:
    """The C parser's events of all files, each let go at once."""
    from _ruamel_yaml import CParser
    from ruamel.yaml.events import StreamEndEvent

    texts = [file.read_text(encoding="utf-8") for file in sorted(Path(folder).glob("*.yaml"))]
    start = time.process_time()
    for text in texts:
        get = CParser(text).get_event
        while get().__class__ is not StreamEndEvent:
            pass
    return {"events": time.process_time() - start}


def corpus(folder: str, as_of: str = AS_OF) -> dict[str, float]:
    """From paths to the corpus as JSON, stage by stage."""
    from uts_policy.pipeline import exports, inputs
    from uts_policy.pipeline.request import Request

    configuration = inputs.read_settings(None, Path(folder))
    request = Request(settings=configuration.settings, config=None, as_of=as_of, paths=(Path(folder).absolute(),))
    policies = inputs.read_policies(configuration.settings)
    start = time.process_time()
    text = exports.corpus_text(request, policies)
    assert isinstance(text, str)
    return {"load + schema + corpus + serialise": time.process_time() - start}


def rules(file: str) -> dict[str, float]:
    """The rules on a printed corpus, in the embedded engine: the whole work of this process is what is measured."""
    from uts_policy import resources
    from uts_policy.engine.embedded import EmbeddedEngine
    from uts_policy.model.corpus import Corpus
    from uts_policy.rules.catalogue import rule_set

    data = json.loads(Path(file).read_bytes())
    found = EmbeddedEngine(timeout=3600).evaluate(
        Corpus(data=data, origins={}, details={}), rule_set(resources.builtin_policies())
    )
    return {"violations": len(found.violations)}


def profile(file: str) -> dict[str, float]:
    """Each rule by itself in the embedded engine."""
    from uts_policy import resources
    from uts_policy.engine.embedded import EmbeddedEngine
    from uts_policy.model.corpus import Corpus
    from uts_policy.rules.catalogue import rule_set

    data = json.loads(Path(file).read_bytes())
    corpus = Corpus(data=data, origins={}, details={})
    return dict(EmbeddedEngine(timeout=3600).profile_rules(corpus, rule_set(resources.builtin_policies())))


def where(folder: str, as_of: str) -> dict[str, float]:
    """Where the time of a small check goes, on the clock, from the start of this module."""
    marks: list[tuple[str, float]] = [("", time.perf_counter())]

    def mark(name: str) -> None:
        marks.append((name, time.perf_counter()))

    from uts_policy.engine.embedded import EmbeddedEngine
    from uts_policy.judge.report import Assessment, Facts, report_assessed
    from uts_policy.model.report import Digests
    from uts_policy.pipeline import inputs, prepare
    from uts_policy.pipeline.request import Prepared, Request
    from uts_policy.render.interface import Style
    from uts_policy.render.report.text import render

    mark("imports")
    settings = inputs.read_settings(None, Path(folder)).settings
    policies = inputs.read_policies(settings)
    mark("reading the rules")
    request = Request(settings=settings, config=None, as_of=as_of, paths=(Path(folder).absolute(),))
    declared = inputs.read_declarations(request)
    mark("load, schema")
    prepared = prepare.prepare(request, policies, declared)
    assert isinstance(prepared, Prepared)
    mark("corpus")
    found = EmbeddedEngine(timeout=60).evaluate(prepared.corpus, policies.rule_set)
    mark("engine: its process, canary, rules")
    facts = Facts(
        tool_version="0",
        as_of=as_of,
        threshold=None,
        digests=Digests(inputs="", policies="", schemas="", config=""),
        sources=declared.files.sources,
        rules=policies.catalogue,
    )
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=found)
    render(report_assessed(facts, assessment), Style())
    mark("report")
    return {name: end - marks[number][1] for number, (name, end) in enumerate(marks[1:])}


def main(stage: str, *arguments: str) -> None:
    """One stage."""
    stages: dict[str, Any] = {"events": events, "corpus": corpus, "rules": rules, "profile": profile, "where": where}
    sys.stdout.write(json.dumps(stages[stage](*arguments)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
