from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from uts_policy.cli.options import Choices, choosing, today
from uts_policy.model.rule import Profile


@click.command()
@choosing
def probe(*, choices: Choices) -> None:
    seen.append(choices)


seen: list[Choices] = []


def chosen(*arguments: str) -> Choices:
    seen.clear()
    result = CliRunner().invoke(probe, arguments)
    assert (result.exit_code, result.output) == (0, "")
    return seen[0]


def test_what_is_not_said_is_left_open_and_the_day_is_today() -> None:
    before = today()
    found = chosen()
    assert found == Choices(paths=(), as_of=found.as_of)
    assert before <= found.as_of <= today()


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    found = chosen(
        *("--as-of", "2026-03-01", "--profile", "strict", "--rule", "a/*", "--rule", "b/c", "--no-rule", "a/x"),
        *("--require", "a", "--policies", str(tmp_path), str(tmp_path), "-"),
    )
    assert found == Choices(
        paths=(tmp_path, Path("-")),
        as_of="2026-03-01",
        profile=Profile.STRICT,
        rule=("a/*", "b/c"),
        no_rule=("a/x",),
        require=("a",),
        policies=(tmp_path,),
    )


@pytest.mark.parametrize("day", ["2026", "2026-3-1", "20260301", "2026-02-30", "today", "2026-W01-1", ""])
def test_only_a_full_date_is_a_day(day: str) -> None:
    result = CliRunner().invoke(probe, ["--as-of", day])
    assert (result.exit_code, "write YYYY-MM-DD" in " ".join(result.output.split())) == (2, True)
