"""Whatever the order in which declarations stand, and in which files, the same is found."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.acceptance.command import AS_OF
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.load.configuration import settings_from
from uts_policy.load.files import load
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.rule import Profile
from uts_policy.pipeline import inputs
from uts_policy.pipeline.check import check
from uts_policy.pipeline.request import Request


def checked(folder: Path) -> Report:
    given = replace(settings_from({}, root=folder), profile=Profile.STRICT)
    request = Request(settings=given, config=None, as_of=AS_OF, paths=(folder,))
    return check(request, inputs.read_policies(given), EmbeddedEngine())


def said(report: Report) -> list[tuple[Any, ...]]:
    """What findings say apart from where they stand."""

    def one(finding: Finding) -> tuple[Any, ...]:
        return (
            finding.identity,
            finding.rule,
            finding.level,
            finding.message,
            finding.entry,
            finding.key,
            finding.cause,
            sorted((place.entry, place.message) for place in finding.related),
            finding.waiver,
        )

    return sorted(map(one, report.findings))


def entries_of(folder: Path) -> list[tuple[str, Any]]:
    loaded = load([folder], root=folder, exclude=(), config_file=None)
    return [(section, entry) for each in loaded.documents for section, found in each.data.items() for entry in found]


def write(folder: Path, entries: list[tuple[str, Any]], random: Random) -> None:
    """Every entry in one of three files, of one or two documents each; JSON is YAML."""
    documents: dict[tuple[int, int], dict[str, list[Any]]] = {}
    for section, entry in entries:
        place = (random.randrange(3), random.randrange(2))
        documents.setdefault(place, {}).setdefault(section, []).append(reordered(entry, random))
    for (file, _), document in sorted(documents.items()):
        with (folder / f"{file}.yaml").open("a", encoding="utf-8") as stream:
            stream.write("---\n" + json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def reordered(value: Any, random: Random) -> Any:
    """A mapping with its keys in another order; lists of an entry stay, for some of them mean an order."""
    if not isinstance(value, Mapping):
        return value
    keys = list(value)
    random.shuffle(keys)
    return {key: reordered(value[key], random) for key in keys}


def lies_in_its_file(finding: Finding, report: Report) -> bool:
    place = finding.location
    if place is None:
        return False
    lines = report.sources[place.file].text.split("\n")
    span = place.span
    return (
        (span.line, span.column) < (span.end_line, span.end_column)
        and 1 <= span.column <= len(lines[span.line - 1])
        and span.end_column <= len(lines[span.end_line - 1]) + 1
    )


@pytest.fixture(scope="module")
def seeded(root: Path) -> tuple[list[tuple[str, Any]], list[tuple[Any, ...]]]:
    folder = root / "examples" / "seeded"
    return entries_of(folder), said(checked(folder))


@given(seed=st.integers(min_value=0))
@settings(deadline=None, max_examples=8)
def test_order_of_entries_keys_and_files_changes_no_finding(
    seeded: tuple[list[tuple[str, Any]], list[tuple[Any, ...]]], tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    entries, expected = seeded
    random = Random(seed)  # noqa: S311 - a shuffle, not a secret
    folder = tmp_path_factory.mktemp("shuffled")
    write(folder, random.sample(entries, len(entries)), random)
    report = checked(folder)
    assert said(report) == expected
    assert all(lies_in_its_file(finding, report) for finding in report.findings)
