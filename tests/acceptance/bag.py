"""Bags as a user makes and unpacks them."""

import subprocess
import zipfile
from pathlib import Path
from typing import TypeAlias

from tests.acceptance.command import AS_OF, run

NAME = f"uts-policy-evidence-{AS_OF}"


Done: TypeAlias = subprocess.CompletedProcess[bytes]


def export(folder: Path, *arguments: object, out: str = "bag.zip", **changes: str) -> Done:
    """One `evidence export` of what `folder` declares, at a fixed day."""
    return run("evidence", "export", "--out", out, "--as-of", AS_OF, *arguments, cwd=folder, **changes)


def key(folder: Path, name: str = "signer.pem") -> Path:
    """A new key; the public one lies beside it."""
    made = run("evidence", "keygen", name, cwd=folder)
    assert made.returncode == 0, made.stderr
    return folder / name


def unpack(archive: Path, into: Path) -> Path:
    """The bag in an archive, unpacked by Python."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into)
    [bag] = into.iterdir()
    return bag


def member(archive: Path, path: str) -> bytes:
    """One file of a bag."""
    with zipfile.ZipFile(archive) as opened:
        return opened.read(f"{NAME}/{path}")
