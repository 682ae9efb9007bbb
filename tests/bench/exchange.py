"""What it takes to import a large matrix and a large staff list, against a quarter of it."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

from openpyxl import Workbook

from tests.acceptance.command import COMMAND
from tests.bench.measure import Cost, run
from tests.bench.table import Row, at_most, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS, ROLES = 10_000, 40
VERBS = ("Plan", "Approve", "Review", "Publish", "Count", "Archive", "Inspect", "Renew")
NOUNS = ("keys", "contracts", "letters", "reports", "budgets", "visits", "permits", "vehicles", "drills", "rooms")


def imported(work: Path) -> Iterator[Row]:
    """A matrix as CSV and as a workbook, its second import, and a staff list."""
    for kind in ("csv", "xlsx"):
        small, large = (_import(work, kind, rows) for rows in (ROWS // 4, ROWS))
        yield Row(
            f"`import raci`, {ROWS:,} rows of {ROLES} roles, .{kind}",
            f"{_cost(large)}, {large.memory / 1e6:,.0f} MB",
            f"{ROWS // 4:,} rows: {_cost(small)}",
            *at_most(5, large.processor / small.processor),
        )
    again = [
        run([COMMAND, "import", "raci", _file(work, "csv", rows), "--update", "--out", _out(work, "csv", rows)])
        for rows in (ROWS // 4, ROWS)
    ]
    yield Row(
        "... and again with --update, nothing changed",
        _cost(again[1]),
        f"{ROWS // 4:,} rows: {_cost(again[0])}",
        *at_most(5, again[1].processor / again[0].processor),
    )
    lists = [_roster(work, rows) for rows in (ROWS // 4, ROWS)]
    yield Row(
        f"`import roster`, {ROWS:,} rows",
        f"{_cost(lists[1])}, {lists[1].memory / 1e6:,.0f} MB",
        f"{ROWS // 4:,} rows: {_cost(lists[0])}",
        *at_most(5, lists[1].processor / lists[0].processor),
    )


def _cost(cost: Cost) -> str:
    return f"{seconds(cost.processor)} ({seconds(cost.clock)} on the clock)"


def _file(work: Path, kind: str, rows: int) -> Path:
    return work / f"matrix-{rows}.{kind}"


def _out(work: Path, kind: str, rows: int) -> Path:
    return work / f"{kind}-{rows}" / "declarations"


def _import(work: Path, kind: str, rows: int) -> Cost:
    file, out = _file(work, kind, rows), _out(work, kind, rows)
    out.parent.mkdir()
    (out.parent / "uts-policy.yaml").touch()
    lines = _matrix(rows)
    if kind == "csv":
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(lines)
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("RACI")
        for line in lines:
            sheet.append(line)
        book.save(file)
    return run([COMMAND, "import", "raci", file, "--out", out], memory=True)


def _matrix(rows: int) -> list[list[str]]:
    chance = random.Random(7)  # noqa: S311 - the same matrix each time
    lines = [["Area", "Duty", *(f"Head of section {number}" for number in range(1, ROLES + 1))]]
    for number in range(rows):
        duty = f"{chance.choice(VERBS)} the {chance.choice(NOUNS)} of depot {number}"
        letters = [chance.choice(("", "", "R", "C", "I")) for _ in range(ROLES)]
        letters[chance.randrange(ROLES)] = "A"
        lines.append([f"Area {number // 50}", duty, *letters])
    return lines


def _roster(work: Path, rows: int) -> Cost:
    file, out = work / f"staff-{rows}.csv", work / f"staff-{rows}" / "declarations"
    out.parent.mkdir()
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Staff no", "Name", "Job title", "Department", "Manager", "Start date"])
        for number in range(rows):
            above = f"S-{number // 8}" if number else ""
            title = f"Officer {number}"
            writer.writerow([f"S-{number}", f"Person {number}", title, f"Depot {number // 50}", above, "2020-01-01"])
    key = ("--pseudonym-key", work / "pseudonym.key")
    return run([COMMAND, "import", "roster", file, "--out", out, *key], memory=True)
