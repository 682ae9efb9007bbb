"""A bag read into memory: what is handed on was hashed, and its hash stands in a manifest that the digest covers."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from uts_policy.evidence.archive import MANIFEST, TAG_MANIFEST
from uts_policy.model.errors import NoVerdictError

LIMIT = 4 << 30
"""Bytes of a bag that are read into memory at most."""
_HINT = "`uts-policy evidence verify` says what is wrong with it."
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_PAYLOAD = "data/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The bag's digest, SHA-256 in hex, and the files below `data/` by path from there."""

    digest: str
    members: Mapping[str, bytes]


def read_whole(file: Path) -> Whole:
    """The bag in `file`. Raises NoVerdictError for what is none, and for one that was altered."""
    try:
        with zipfile.ZipFile(file) as archive:
            files = _files(archive, file)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise NoVerdictError(f'"{file}" cannot be read: {error}', _HINT) from error
    listed = {TAG_MANIFEST}
    for manifest in (TAG_MANIFEST, MANIFEST):
        for name, digest in _lines(files, manifest, file):
            if name not in files or sha256(files[name]).hexdigest() != digest:
                raise NoVerdictError(f'"{file}" is not whole: "{name}" was altered, or is gone', _HINT)
            listed.add(name)
    for name in sorted(files.keys() - listed):
        if not name.startswith("attestations/"):
            raise NoVerdictError(f'"{file}" is not whole: "{name}" was added', _HINT)
    payload = {name.removeprefix(_PAYLOAD): data for name, data in files.items() if name.startswith(_PAYLOAD)}
    return Whole(digest=sha256(files[TAG_MANIFEST]).hexdigest(), members=payload)


def _files(archive: zipfile.ZipFile, file: Path) -> Mapping[str, bytes]:
    """Every file by its path in the bag, each read once: what is hashed is what is handed on."""
    entries = archive.infolist()
    tops = {entry.filename.partition("/")[0] for entry in entries}
    if len(tops) != 1 or len({entry.filename for entry in entries}) != len(entries):
        raise NoVerdictError(
            f'"{file}" is no bag of evidence: it is not one directory of files, each there once', _HINT
        )
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise NoVerdictError(f'"{file}" is no bag of evidence: one holds nothing that is compressed', _HINT)
    if sum(entry.file_size for entry in entries) > LIMIT:
        raise NoVerdictError(f'"{file}" holds more than {LIMIT >> 30} GiB', "Unpack it, and look at its parts.")
    files = {entry.filename.partition("/")[2]: archive.read(entry) for entry in entries}
    if TAG_MANIFEST not in files or MANIFEST not in files:
        raise NoVerdictError(f'"{file}" is no bag of evidence: it has no {TAG_MANIFEST} and {MANIFEST}', _HINT)
    return files


def _lines(files: Mapping[str, bytes], manifest: str, file: Path) -> list[tuple[str, str]]:
    """The names and digests of a manifest."""
    found = [_LINE.fullmatch(line) for line in files[manifest].decode("utf-8").split("\n")[:-1]]
    if not all(found):
        raise NoVerdictError(f'"{file}" is not whole: {manifest} has a line that is none of a manifest', _HINT)
    return [(line[2], line[1]) for line in found if line is not None]
