"""The bag before: what a new one says of it."""

import re
import zipfile
from hashlib import sha256
from pathlib import Path

from uts_policy.evidence.archive import MANIFEST, TAG_MANIFEST
from uts_policy.evidence.provenance import Previous
from uts_policy.model.errors import NoVerdictError

_HINT = "`uts-policy evidence verify` says what is wrong with it."
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_CHUNK = 1 << 20
_MOST = 256 * _CHUNK
"""Bytes that a manifest has at most: enough for two million files."""


def read_previous(file: Path) -> Previous:
    """The name and digest of the bag in `file`, which must be whole: a chain to a broken bag would show nothing.

    Its signature is not looked at: whoever follows the chain verifies each bag by itself. Raises NoVerdictError for
    what is no bag, or an altered one.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _previous(archive, str(file))
    except (OSError, zipfile.BadZipFile, LookupError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise NoVerdictError(f'the previous bag "{file}" cannot be read: {error}', _HINT) from error


def _previous(archive: zipfile.ZipFile, file: str) -> Previous:
    names = [name for name in archive.namelist() if name.endswith(f"/{TAG_MANIFEST}") and name.count("/") == 1]
    if len(names) != 1:
        raise NoVerdictError(f'"{file}" is no bag of evidence: it has no {TAG_MANIFEST} in one directory', _HINT)
    name = names[0].partition("/")[0]
    if max(archive.getinfo(each).file_size for each in (names[0], f"{name}/{MANIFEST}")) > _MOST:
        raise NoVerdictError(f'the previous bag "{file}" has a manifest that is larger than any', _HINT)
    listed = archive.read(names[0])
    for manifest in (listed, archive.read(f"{name}/{MANIFEST}")):
        for line in manifest.decode("utf-8").splitlines():
            found = _LINE.fullmatch(line)
            if found is None or _digest(archive, f"{name}/{found[2]}") != found[1]:
                raise NoVerdictError(
                    f'the previous bag "{file}" is not whole: "{line[66:] or line}" was altered', _HINT
                )
    return Previous(name=name, digest=sha256(listed).hexdigest())


def _digest(archive: zipfile.ZipFile, name: str) -> str | None:
    """The SHA-256 of an entry, read in pieces; None where there is none of that name."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    digest = sha256()
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
