"""CONTRIBUTING's steps for a rule and for a field, done as they stand there in a copy of the repository."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(r"```(sh|json)\n(.*?)```", re.DOTALL)
PLACE = re.compile(r"in `([\w./-]+)`, at\s`(/[\w/$]+)`:\s*$")
EXPECTED = {
    "Rule": {
        "docs/rules/README.md",
        "docs/rules/reporting/no-description.md",
        "examples/rules/reporting/no-description/fails.yaml",
        "examples/rules/reporting/no-description/passes.yaml",
        "policies/uts/rules/reporting/no-description.rego",
        "policies/uts/rules/reporting/no-description_test.rego",
        "tests/oracle/reporting.py",
    },
    "Field of a section": {
        "policies/uts/lib/fields.rego",
        "schemas/corpus.schema.json",
        "schemas/declarations.schema.json",
    },
}

pytestmark = [pytest.mark.opa, pytest.mark.slow]


def section(title: str) -> str:
    return PAGE.partition(f"\n### {title}\n")[2].partition("\n### ")[0]


def git(copy: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=copy, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository's own files as they are here, with the tools beside them, committed."""
    named = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.split(b"\0")
    for name in filter(None, named):
        source, target = ROOT / name.decode(), tmp_path / name.decode()
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    for tools in (".venv", ".tools"):
        (tmp_path / tools).symlink_to((ROOT / tools).resolve())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "as it is")
    return tmp_path


def insert(copy: Path, before: str, text: str) -> None:
    """Puts what a step shows where the line before it says."""
    place = PLACE.search(before)
    assert place is not None, before[-200:]
    file = copy / place[1]
    data: Any = json.loads(file.read_text(encoding="utf-8"))
    part = data
    for step in place[2].strip("/").split("/"):
        part = part[step]
    part.update(json.loads(text))
    file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.mark.parametrize("title", EXPECTED)
def test_the_steps_work_as_they_are_written_and_touch_no_other_file(copy: Path, opa: str, title: str) -> None:
    text, end = section(title), 0
    for step in STEP.finditer(text):
        if step[1] == "json":
            insert(copy, text[end : step.start()], step[2])
        else:
            # NOTE: an editable install is of the repository itself; the copy is what has to be run.
            run = f"export PYTHONPATH=$PWD/checker\n{step[2].replace('make ', 'make -o .venv/.done -o setup ')}"
            done = subprocess.run(["bash", "-e", "-c", run], cwd=copy, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        end = step.end()
    assert end > 0

    changed = git(copy, "status", "--porcelain", "--untracked-files=all").splitlines()
    assert {line[3:] for line in changed} == EXPECTED[title]
