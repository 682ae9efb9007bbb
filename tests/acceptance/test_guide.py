"""The commands of the guide do what the guide shows.

Each ```console block of a page holds commands, `$ ` before each, and what they print, on standard output and standard
error together. All blocks of a page run in one shell, in a directory of their own that has the checkout's `examples/`,
`policies/` and `docs/scale/`. A page can ask for tools: `<!-- needs: opa, conftest -->`.

In what is shown, a line `…` stands for any lines, and `…` within a line for any text. A command ends with 0, unless the
next one is `echo $?`. Blocks in another language are not run.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.command import COMMAND, environment
from tests.conftest import ROOT, require_tool

GUIDE = ROOT / "docs" / "guide"
PAGES = [*sorted(GUIDE.glob("*.md")), ROOT / "docs" / "evidence.md"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS = re.compile(r"^<!-- needs: (.+) -->$", re.MULTILINE)
MARK = "\x1e"
LIMIT = 120


@dataclass(frozen=True)
class Step:
    """One command, what it should print, and its line in the page."""

    line: int
    command: str
    expected: str


def steps_of(page: str) -> list[Step]:
    """The commands of a page, in order. One goes on after a backslash, or where `> ` begins the next line."""
    steps = []
    for block in BLOCK.finditer(page):
        first = page.count("\n", 0, block.start(1)) + 1
        lines = block[1].split("\n")[:-1]
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        assert starts[:1] == [0], f"line {first}: a console block begins with a command"
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            last = start
            while lines[last].endswith("\\") or (last + 1 < end and lines[last + 1].startswith("> ")):
                last += 1
            command = "\n".join(line.removeprefix("> ") for line in lines[start : last + 1]).removeprefix("$ ")
            steps.append(Step(line=first + start, command=command, expected="\n".join(lines[last + 1 : end])))
    return steps


def matches(expected: str, got: str) -> bool:
    """Whether `got` is what is shown, `…` standing for anything; white space at the ends of lines is not seen."""
    lines = [line.rstrip() for line in expected.strip("\n").split("\n")]
    pattern = "\n".join(".*" if line == "…" else re.escape(line).replace("…", "[^\n]*") for line in lines)
    clean = "\n".join(line.rstrip() for line in got.strip("\n").split("\n"))
    return re.fullmatch(pattern, clean, re.DOTALL) is not None


def shell(steps: list[Step], folder: Path, tools: list[str]) -> list[tuple[int, str]]:
    """Exit code and output of each command."""
    script = "\n".join(f"{step.command}\ns=$?; printf '{MARK}%s{MARK}' $s; (exit $s)" for step in steps)
    places = [str(COMMAND.parent), *(str(Path(require_tool(tool)).parent) for tool in tools), os.environ["PATH"]]
    result = subprocess.run(
        ["bash", "-c", f"trap 'kill $(jobs -p) 2>/dev/null' EXIT\n{script}\n:"],
        cwd=folder, env=environment(PATH=os.pathsep.join(places), PYTHONUNBUFFERED="1"), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT, check=False, encoding="utf-8",
    )  # fmt: skip
    parts = result.stdout.split(MARK)
    assert len(parts) == 2 * len(steps) + 1, result.stdout
    return [(int(parts[2 * number + 1]), parts[2 * number]) for number in range(len(steps))]


@pytest.mark.skipif(os.name == "nt", reason="the guide's commands are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    steps = steps_of(text)
    if not steps:
        return
    for name in ("examples", "policies", "docs/scale"):
        shutil.copytree(ROOT / name, tmp_path / name)
    tools = [tool.strip() for found in NEEDS.findall(text) for tool in found.split(",")]
    answers = shell(steps, tmp_path, tools)
    wrong = [
        f"{page.name}:{step.line}: $ {step.command}\n{got}"
        for step, (_, got) in zip(steps, answers, strict=True)
        if not matches(step.expected, got)
    ]
    assert not wrong, "\n".join(wrong)
    following = [*(step.command for step in steps[1:]), ""]
    failed = [
        f"{page.name}:{step.line}: $ {step.command} ended with {code}"
        for step, (code, _), after in zip(steps, answers, following, strict=True)
        if code and after != "echo $?"
    ]
    assert not failed, "\n".join(failed)


def test_what_is_shown_may_leave_out_lines_and_parts_of_lines() -> None:
    assert matches("a\n…\nd", "a\nb\nc\nd\n")
    assert matches("rule set …", "rule set 12ab\n")
    assert matches("", "")
    assert not matches("a …", "a b\nc")
    assert not matches("a", "a\nb")
    assert not matches("a.", "ab")


def test_a_file_can_be_written_in_place() -> None:
    page = "```console\n$ cat > a <<'END'\n> one:\n>   - two\n> END\nsaid\n```\n"
    assert steps_of(page) == [Step(line=2, command="cat > a <<'END'\none:\n  - two\nEND", expected="said")]


def test_commands_are_found_with_their_lines_and_may_go_on() -> None:
    page = "Text.\n\n```console\n$ one \\\n  more\nsaid\n\n$ two\n```\n\n```sh\n$ not this\n```\n"
    assert steps_of(page) == [
        Step(line=4, command="one \\\n  more", expected="said\n"),
        Step(line=8, command="two", expected=""),
    ]
