"""What a check costs, as ratios of one run: `python -m tests.bench`, or `make bench`. Prints one table in Markdown."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import corpora, each, exchange, page, rows
from tests.bench.table import Row, head, line
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = ("start", "stages", "rules", "whole", "since", "growth", "each", "hostile", "bounds", "page", "exchange")


def measured(options: argparse.Namespace, work: Path) -> Iterator[Row]:
    """The rows, as they are measured."""
    chosen = options.only or PARTS
    if "start" in chosen:
        yield from rows.start_up(options.runs)
        yield from rows.real(options.runs, ROOT.parent / "shared" / "data" / "openstack")
    folder = work / f"sound-{options.roles}"
    if {"stages", "rules"} & {*chosen}:
        corpora.sound(options.roles, folder)
    if "stages" in chosen:
        yield from rows.stages(3, folder)
    if "rules" in chosen:
        yield from rows.evaluation(2, folder, work)
    if "whole" in chosen:
        smaller = corpora.sound(options.conftest, work / f"sound-{options.conftest}")
        yield from rows.whole(1, smaller, work)
    if "since" in chosen:
        yield from rows.since(3, options.conftest, work)
    if "growth" in chosen:
        yield from rows.growth(options.growth, work)
    if "each" in chosen:
        yield from each.by_rule(options.each, work)
    if "hostile" in chosen:
        yield from rows.punished(options.roles, 1, work)
    yield from rows.bounded(3, work) if "bounds" in chosen else ()
    yield from page.painted(3, work) if "page" in chosen else ()
    yield from exchange.imported(work) if "exchange" in chosen else ()


def sizes(text: str) -> list[int]:
    """Numbers with commas between."""
    return [int(each) for each in text.split(",")]


def main() -> None:
    """Measure, and print each row as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--roles", type=int, default=10_000, help="size of the large corpus (10000)")
    parser.add_argument("--runs", type=int, default=9, help="runs of the small ones (9)")
    parser.add_argument("--conftest", type=int, default=3000, help="size of what conftest gets too (3000)")
    parser.add_argument("--growth", type=sizes, default=[1000, 3000, 10_000], help="sizes: 1000,3000,10000")
    parser.add_argument("--each", type=sizes, default=[1000, 3000, 10_000], help="sizes for single rules, the same")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; repeatable")
    options = parser.parse_args()
    sys.stdout.write(head())
    with tempfile.TemporaryDirectory() as folder:
        for row in measured(options, Path(folder)):
            sys.stdout.write(line(row.cells()))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
