"""The installed command, run as a user runs it."""

import os
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.acceptance import forked

COMMAND = Path(sysconfig.get_path("scripts")) / "uts-policy"
AS_OF = "2026-11-23"
SOUND = """\
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1}
roles:
  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}
responsibilities:
  - {id: lead, statement: Lead the agency, accountable: director, responsible: director}
"""
"""Declarations that nothing is wrong with."""
FAULTY = SOUND.replace("accountable: director, ", "")
"""The same with one error: nobody is accountable."""
BROKEN = "roles: [\n"
"""Not even YAML."""


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the command's output."""
    dropped = ("UTS_POLICY", "GITHUB_", "COLUMNS", "LINES", "NO_COLOR", *forked.CHANGING)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "LC_ALL": "C.UTF-8", **changes}


def run(*arguments: object, cwd: Path, stdin: bytes = b"", **changes: str) -> subprocess.CompletedProcess[bytes]:
    """One run to its end, with bytes in and out. `changes` are variables of the environment."""
    said, wanted = [str(each) for each in arguments], environment(**changes)
    if forked.can_run(wanted, cwd):
        return forked.run(said, cwd=cwd, stdin=stdin, environment=wanted)
    return subprocess.run([COMMAND, *said], cwd=cwd, input=stdin, capture_output=True, env=wanted, check=False)


def start(arguments: Sequence[object], cwd: Path, **options: Any) -> subprocess.Popen[bytes]:
    """A run that the test goes on with."""
    return subprocess.Popen([COMMAND, *map(str, arguments)], cwd=cwd, env=environment(), **options)


def declare(folder: Path, text: str = SOUND, name: str = "all.yaml") -> Path:
    """Writes declarations where a check without PATH finds them."""
    file = folder / "declarations" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def policy(folder: Path, rule: str, body: str, **metadata: str) -> Path:
    """Writes a user's own rule and returns the directory to give to --policies."""
    category, _, name = rule.partition("/")
    keys = {
        "level": "note",
        "profile": "standard",
        "subjects": "[roles]",
        "needs": "[]",
        "parameters": "{}",
        "criteria": "[{source: Judgement, text: ours}]",
        "effect": "None.",
        "remediation": "None.",
    } | metadata
    lines = ["# METADATA", "# title: A rule of ours", "# description: For a test.", "# custom:"]
    lines += [f"#   {key}: {value}" for key, value in keys.items()]
    lines += [f'package uts.rules.{category}["{name}"]', "", "import rego.v1", "", body, ""]
    file = folder / "policies" / category / f"{name}.rego"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")
    return folder / "policies"
