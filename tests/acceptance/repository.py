"""A real git repository, made for one test."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.acceptance.command import AS_OF, run

_OURS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    **{f"GIT_{who}_DATE": "2026-11-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
}


@dataclass(frozen=True)
class Repository:
    """A work tree with branch `main`."""

    top: Path

    def git(self, *arguments: object, **changes: str) -> str:
        """Runs git, which must succeed, and returns what it says."""
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *map(str, arguments)],
            cwd=self.top,
            env={**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, **_OURS, **changes},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout.strip()

    def write(self, path: str, text: str) -> Path:
        """Writes a file of the work tree."""
        file = self.top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, **files: str) -> str:
        """Commits everything; returns the commit."""
        for path, text in files.items():
            self.write(path, text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str = "change") -> None:
        """Begins a branch here."""
        self.git("switch", "-q", "-c", name)

    def check(self, *arguments: object, since: str = "main", cwd: str = "", **changes: str) -> "Outcome":
        """`uts-policy check --since`, as JSON."""
        done = run(
            *("check", *arguments, "--since", since, "--format", "json", "--as-of", AS_OF),
            cwd=self.top / cwd,
            **{**_OURS, **changes},
        )
        return Outcome(exit=done.returncode, report=json.loads(done.stdout), errors=done.stderr.decode())


@dataclass(frozen=True)
class Outcome:
    """What a check said."""

    exit: int
    report: dict[str, Any]
    errors: str

    @property
    def new(self) -> set[tuple[str, str]]:
        """Rule and entry of each finding that counts."""
        return self._of("new")

    @property
    def known(self) -> set[tuple[str, str]]:
        """Rule and entry of each finding that was there before."""
        return self._of("known")

    @property
    def weakened(self) -> list[tuple[str, str]]:
        """Entry and place (`file:line`, or empty) of each finding about the check itself."""
        return [
            (each["entry"], "" if place is None else f"{place['file']}:{place['line']}")
            for each in self.report["findings"]
            if each["rule"] == "change/weakens-check"
            for place in [each["location"]]
        ]

    def _of(self, status: str) -> set[tuple[str, str]]:
        return {
            (each["rule"], each["entry"])
            for each in self.report["findings"]
            if each["status"] == status and each["waiver"] is None
        }


def make(folder: Path, **files: str) -> Repository:
    """A repository in `folder` with one commit on `main`, of `files` if there are any."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "-q", "-b", "main")
    repository.commit(**files)
    return repository
