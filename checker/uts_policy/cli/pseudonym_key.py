"""The key for pseudonyms of people, which lies outside of the repository, and the table of names beside it."""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from uts_policy.common.boundary import lies_within, work_tree
from uts_policy.model.errors import UsageError

_NAME: Final = "pseudonym.key"
_BYTES: Final = 32
_OTHERS: Final = 0o077
"""The permissions that anybody but the owner of a file may have."""


def data_directory(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where a user's programs keep their data."""
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "uts-policy"
    if platform == "darwin":
        return Path.home() / "Library/Application Support/uts-policy"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "uts-policy"


def key_file(named: Path | None, out: Path, environment: Mapping[str, str]) -> Path:
    """The file of the key. Raises UsageError if it lies in the repository of the declarations in `out`."""
    file = named or data_directory(environment) / _NAME
    top = work_tree(out) or out.absolute().parent
    if lies_within(file, top):
        raise UsageError(
            f'the key "{file}" would lie in the repository: who has both knows who is who',
            "Name a file outside of it with --pseudonym-key.",
        )
    return file


def read_key(file: Path) -> bytes | None:
    """The key; None if there is none yet. Raises UsageError for one that others can read, or that is not a key."""
    try:
        with file.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            text = stream.read(4 * _BYTES).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f'cannot read the key "{file}": {error.strerror or error}', "Check its name.") from error
    if os.name != "nt" and mode & _OTHERS:
        raise UsageError(f'others can read the key "{file}"', f"Make it yours alone: chmod 600 {file}")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise UsageError(
            f'"{file}" is not a key for pseudonyms: it has to hold {2 * _BYTES} hex digits',
            "Name another file, which is made if it does not exist.",
        )
    return key


def known_key(file: Path) -> bytes:
    """The key. Raises UsageError as `read_key` does, and if there is none."""
    key = read_key(file)
    if key is None:
        raise UsageError(
            f'there is no key for pseudonyms in "{file}"',
            "Name the key of the import with --pseudonym-key: with another one, everybody looks like somebody else.",
        )
    return key


def new_key() -> bytes:
    """A key that nobody knows."""
    return secrets.token_bytes(_BYTES)


def write_private(file: Path, data: bytes) -> None:
    """Writes a file that nobody else can read. Raises UsageError if it exists or cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
    except FileExistsError as error:
        raise UsageError(f'"{file}" already exists', "Remove it first, or name another file.") from error
    except OSError as error:
        raise UsageError(f'cannot write "{file}": {error.strerror or error}', "Name another file.") from error
