"""Declarations of any size, written as files that the loader takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.generate.emit import dump_compact
from tests.generate.large import chain, large_declarations, one_loop, one_responsibility, one_unit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.generate.repair import Declarations

ENTRIES = 20_000
"""Entries of one section in one file: a file holds at most 16 MiB."""


def write(declarations: Declarations, folder: Path) -> Path:
    """One file a section, more where it is long; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for section, entries in declarations.items():
        for start in range(0, len(entries), ENTRIES):
            text = dump_compact({section: entries[start : start + ENTRIES]})
            (folder / f"{section}-{start}.yaml").write_text(text, encoding="utf-8")
    return folder


def size(folder: Path) -> int:
    """Bytes of YAML."""
    return sum(file.stat().st_size for file in folder.glob("*.yaml"))


def lines(folder: Path) -> int:
    """Lines of YAML."""
    return sum(file.read_text(encoding="utf-8").count("\n") for file in folder.glob("*.yaml"))


def sound(roles: int, folder: Path) -> Path:
    """A sound organisation with so many roles and responsibilities, and two assignments for each."""
    return write(large_declarations(roles, roles, 2 * roles), folder)


def faulty(roles: int, folder: Path) -> Path:
    """The same with every other assignment and holder misspelled: three findings for two roles."""
    made = large_declarations(roles, roles, 2 * roles)
    for number, assignment in enumerate(made["assignments"][::2]):
        assignment["role"] = f"rol-{number}"
    for number, role in enumerate(made["roles"][::2]):
        role["holders"][0]["person"] = f"x-{number}"
    return write(made, folder)


def one_line(duties: int, folder: Path) -> Path:
    """So many duties that nobody answers for, as a program writes them: JSON, in one line."""
    made = [{"id": f"duty-{number}", "statement": f"Do the work number {number}"} for number in range(duties)]
    return _as_json({"units": [{"id": "agency", "name": "Agency"}], "responsibilities": made}, folder)


def question_marks(pairs: int, folder: Path) -> Path:
    """One mapping of so many equal keys that hold a question mark, in one line."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "all.yaml").write_text(f"x-a: {{{'a? b, ' * pairs}}}\n", encoding="utf-8")
    return folder


def unknown_sections(number: int, folder: Path) -> Path:
    """So many sections that do not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"section-{each}: []\n" for each in range(number))
    (folder / "all.yaml").write_text(text, encoding="utf-8")
    return folder


def equal_keys(number: int, folder: Path) -> Path:
    """One mapping in one line, with so many equal keys."""
    return _mapping(["k: 1"] * number, folder)


def unknown_fields(number: int, folder: Path) -> Path:
    """One entry in one line, with so many fields that do not exist."""
    return _mapping([f"nam{each}: 1" for each in range(number)], folder)


def _mapping(fields: list[str], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = f"units: [{{id: agency, name: Agency, {', '.join(fields)}}}]\n"
    (folder / "all.yaml").write_text(text, encoding="utf-8")
    return folder


def equal_statements(duties: int, folder: Path) -> Path:
    """So many duties that all say the same, half of them of each of two roles."""
    roles = [{"id": each, "title": each.title(), "unit": "agency"} for each in ("chief", "deputy")]
    made = [
        {"id": f"duty-{number}", "statement": "Do the work", "accountable": roles[number % 2]["id"]}
        for number in range(duties)
    ]
    units = [{"id": "agency", "name": "Agency"}]
    return _as_json({"units": units, "roles": roles, "responsibilities": made}, folder)


def _as_json(declarations: Declarations, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "all.yaml").write_text(json.dumps(declarations), encoding="utf-8")
    return folder


def own_rule(name: str, condition: str, folder: Path) -> Path:
    """A directory with one rule that finds something on every unit for each `n` of a condition."""
    file = folder / "bench" / f"{name}.rego"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_RULE.format(name=name, condition=condition), encoding="utf-8")
    return folder


_RULE = """\
# METADATA
# title: A rule that asks for too much
# description: For a measurement.
# custom:
#   level: error
#   profile: starter
#   subjects: [units]
#   needs: []
#   parameters: {{}}
#   criteria: [{{source: Judgement, text: ours}}]
#   effect: None.
#   remediation: None.
package uts.rules.bench.{name}

import rego.v1

findings contains {{"path": ["units", id], "message": concat(" ", ["finding", key]), "key": key}} if {{
	some id, _ in input.units
	{condition}
	key := format_int(n, 10)
}}
"""


def hostile(scale: int) -> dict[str, Declarations]:
    """What punishes a rule that is not linear; `scale` 10,000 is the full size."""
    return {
        f"one loop of {scale:,}": one_loop(scale),
        f"one unit with {scale:,} roles": one_unit(scale),
        f"one responsibility with {scale // 5:,} assignments": one_responsibility(scale // 5),
        "a chain of 60": chain(60),
    }
