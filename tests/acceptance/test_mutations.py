"""One defect, one finding: single changes to the clean example give exactly what was worked out by hand, and no more.

The changes and what they give stand in `mutations/*.yaml`. Nothing writes these files but people.
"""

import itertools
import json
import random
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.contract.servers import real_opa, write_rules
from tests.generate import verdicts
from tests.generate.verdicts import Case, found, read_files
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.model.rule import Profile

HERE = Path(__file__).resolve().parent
CLEAN = HERE.parents[1] / "examples" / "clean"
FIRST_NAMES = {
    "assignments": ("responsibility", "role", "code"),
    "training_records": ("person", "module", "completed_on"),
}
"""What the id of an entry that states none is made of."""
PAIRS = 50
SEED = 5

Declarations = dict[str, dict[str, dict[str, Any]]]
"""Entries by section and id."""


class Mutation(NamedTuple):
    """A change: fields to set by entry (None removes one), entries to drop, entries to add, and all it may give."""

    name: str
    fields: Mapping[str, Mapping[str, Any]]
    drop: tuple[str, ...]
    add: Mapping[str, tuple[Mapping[str, Any], ...]]
    finds: tuple[tuple[str, str, str], ...]

    def touches(self) -> set[str]:
        """The ids of what the change, and what comes of it, is about, and of everything that these name."""
        added = {f"{section}/{identifier(section, entry)}" for section, new in self.add.items() for entry in new}
        changed = {*self.fields, *self.drop, *added, *(entry for _, entry, _ in self.finds)}
        named = {word for name in changed for word in words(entry_of(clean(), name))}
        values = {word for fields in self.fields.values() for word in words(fields)}
        values |= {word for new in self.add.values() for entry in new for word in words(entry)}
        return {name.partition("/")[2] for name in changed} | named | values


def yaml(text: str, name: str) -> Any:
    source = to_source(name, text.encode())
    assert isinstance(source, Source)
    loaded = parse(source)
    assert loaded.problems == (), loaded.problems
    return [document.data for document in loaded.documents]


@lru_cache(maxsize=1)
def mutations() -> tuple[Mutation, ...]:
    rows = [row for file in sorted((HERE / "mutations").glob("*.yaml")) for row in rows_of(file)]
    return tuple(
        Mutation(
            name=row["name"],
            fields=row.get("set", {}),
            drop=tuple(row.get("drop", ())),
            add={section: tuple(new) for section, new in row.get("add", {}).items()},
            finds=tuple(sorted(finding(line) for line in row["finds"])),
        )
        for row in rows
    )


def rows_of(file: Path) -> list[Any]:
    # A document is a mapping to the loader, so the list gets a name.
    text = "rows:\n" + file.read_text(encoding="utf-8")
    return yaml(text, file.name)[0]["rows"]


def finding(line: str) -> tuple[str, str, str]:
    rule, entry, *key = line.split()
    return rule, entry, key[0] if key else ""


@lru_cache(maxsize=1)
def clean() -> Declarations:
    declared: Declarations = {}
    for name, text in read_files(CLEAN).items():
        for document in yaml(text, name):
            for section, entries in document.items():
                named = declared.setdefault(section, {})
                for entry in entries:
                    assert identifier(section, entry) not in named
                    named[identifier(section, entry)] = entry
    return declared


def identifier(section: str, entry: Mapping[str, Any]) -> str:
    if "id" in entry:
        return entry["id"]
    parts = [entry[name] for name in FIRST_NAMES[section]]
    return "/".join(part if isinstance(part, str) else part[0] for part in parts)


def entry_of(declared: Declarations, name: str) -> dict[str, Any]:
    section, _, entry = name.partition("/")
    return declared.get(section, {}).get(entry, {})


def words(value: Any) -> set[str]:
    """Every string in a value that could be an id."""
    if isinstance(value, str):
        return {value} if value[:1].isalpha() and " " not in value else set()
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return {word for part in parts for word in words(part)}


def mutated(*chosen: Mutation) -> Case:
    declared = deepcopy(clean())
    for mutation in chosen:
        for name, fields in mutation.fields.items():
            section, _, key = name.partition("/")
            entry = declared[section][key]
            assert any(entry.get(field) != value for field, value in fields.items()), f"{mutation.name}: no change"
            entry.update({field: value for field, value in fields.items() if value is not None})
            for field in [field for field, value in fields.items() if value is None]:
                del entry[field]
        for name in mutation.drop:
            section, _, key = name.partition("/")
            del declared[section][key]
        for section, new in mutation.add.items():
            for entry in new:
                declared[section][identifier(section, entry)] = dict(entry)
    sections = {section: list(entries.values()) for section, entries in declared.items()}
    return Case(files={"changed.yaml": json.dumps(sections)}, profile=Profile.STRICT)


def differing(chosen: Iterable[tuple[Mutation, ...]], reports: Iterable[Any]) -> dict[str, Any]:
    """What was found and not expected, and the reverse, by the names of the changes."""
    wrong = {}
    for mutation, report in zip(chosen, reports, strict=True):
        expected = sorted({each for one in mutation for each in one.finds})
        if found(report) != expected:
            name = " + ".join(one.name for one in mutation)
            wrong[name] = {
                "beyond": [each for each in found(report) if each not in expected],
                "lacking": [each for each in expected if each not in found(report)],
            }
    return wrong


def pairs() -> list[tuple[Mutation, Mutation]]:
    """A seeded sample of two changes that have nothing to do with each other."""
    apart = [
        (first, second)
        for first, second in itertools.combinations([each for each in mutations() if each.finds], 2)
        if not first.touches() & second.touches()
    ]
    return random.Random(SEED).sample(apart, PAIRS)  # noqa: S311 - a sample, not a secret


def test_there_is_a_change_for_every_rule_and_each_has_a_name_of_its_own():
    judged = {rule.id for rule in verdicts.policies().catalogue if rule.by == "rego"} | {"waivers/unused"}

    assert len(mutations()) >= 80
    assert {rule for each in mutations() for rule, _, _ in each.finds} == judged
    assert len({each.name for each in mutations()}) == len(mutations())


def test_the_unchanged_example_has_nothing():
    assert [found(report) for report in verdicts.embedded([mutated()])] == [[]]


def test_each_change_gives_what_the_catalogue_says_and_no_more():
    chosen = [(each,) for each in mutations()]

    assert differing(chosen, verdicts.embedded(mutated(*each) for each in chosen)) == {}


def test_two_changes_that_have_nothing_to_do_with_each_other_give_what_both_give():
    chosen = pairs()

    assert differing(chosen, verdicts.embedded(mutated(*each) for each in chosen)) == {}


@pytest.mark.opa
def test_opa_says_the_same_of_every_third_change(opa, tmp_path):
    chosen = [(each,) for each in mutations()[::3]]
    with real_opa(opa, write_rules(tmp_path, verdicts.policies().rule_set)) as server:
        reports = verdicts.opa([mutated(*each) for each in chosen], server.url)

    assert differing(chosen, reports) == {}


def test_findings_that_one_entry_causes_name_it():
    expected = {
        "a role is abolished": {"roles/log-retention-engineer"},
        "a unit is archived": {"units/facilities-section"},
        "somebody has left who held two roles": {"people/p-0457"},
        "the watch is empty": {"roles/watch-officer"},
        "an owner above other owners reports to nobody": {"roles/chief-human-capital-officer"},
    }
    by_name = {each.name: each for each in mutations()}
    reports = verdicts.embedded(mutated(by_name[name]) for name in expected)

    causes = [{each.cause for each in report.findings if each.waiver is None} for report in reports]
    assert dict(zip(expected, causes, strict=True)) == expected
