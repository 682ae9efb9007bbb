"""The ZIP file of a bag: its members, and how it is written."""

import io
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from uts_policy.common.listing import listing, listing_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file below `data/`. `path` is POSIX, from there: `results/findings.json`."""

    path: str
    data: bytes


def uncompressed(archive: bytes) -> bytes:
    """The same ZIP entries in the same order, stored: a workbook, say, that any reader takes as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as after:
        for entry in before.infolist():
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.create_system, kept.external_attr = entry.create_system, entry.external_attr
            after.writestr(kept, before.read(entry), zipfile.ZIP_STORED)
    return out.getvalue()


DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


class BagWriter:
    """One bag under way on a stream that can seek. Payload first, in the order of the calls; then `finish`, once."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._name = name
        self._digests: dict[str, str] = {}
        self._size = 0
        self._write("bagit.txt", DECLARATION)

    def add(self, member: Member) -> None:
        """Writes one file below `data/`."""
        path = f"data/{member.path}"
        if path in self._digests:
            raise ValueError(f"{path} is there already")
        self._write(path, member.data)
        self._digests[path] = sha256(member.data).hexdigest()
        self._size += len(member.data)

    def digests(self, folder: str) -> str:
        """The SHA-256, hex, of the manifest's lines on what was written below `data/<folder>/`."""
        return folder_digest(self._digests, folder)

    def digest_of(self, path: str) -> str:
        """The SHA-256, hex, of one file below `data/` that was written."""
        return self._digests[f"data/{path}"]

    def finish(self, info: Mapping[str, str]) -> str:
        """Writes the tag files and returns the bag's digest, SHA-256 of its tag manifest. `info` is for bag-info."""
        stated = {**info, "Payload-Oxum": f"{self._size}.{len(self._digests)}"}
        tags = {
            "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in stated.items()).encode(),
            MANIFEST: listing(self._digests),
        }
        for path, data in tags.items():
            self._write(path, data)
        digests = {path: sha256(data).hexdigest() for path, data in {"bagit.txt": DECLARATION, **tags}.items()}
        listed = listing(digests)
        self._write(TAG_MANIFEST, listed)
        return sha256(listed).hexdigest()

    def attest(self, name: str, bundle: bytes) -> None:
        """Adds a Sigstore bundle about the finished bag."""
        self._write(f"attestations/{name}.sigstore.json", bundle)

    def abandon(self) -> None:
        """Lets go of the stream: what was written so far is no archive, and nobody is to complete it."""
        self._zip.fp = None

    def close(self) -> None:
        """Writes the directory, without which the archive is none."""
        self._zip.close()

    def _write(self, path: str, data: bytes) -> None:
        entry = zipfile.ZipInfo(f"{self._name}/{path}", _EPOCH)
        entry.create_system = _UNIX
        entry.external_attr = (stat.S_IFREG | 0o644) << 16
        self._zip.writestr(entry, data, zipfile.ZIP_STORED)


def bag_name(as_of: str) -> str:
    """The directory that the bag of a check for that day unpacks to."""
    return f"uts-policy-evidence-{as_of}"


def info(as_of: str, tool_version: str) -> Mapping[str, str]:
    """What `bag-info.txt` says of a check, its size aside."""
    return {
        "Bag-Software-Agent": f"uts-policy {tool_version}",
        "External-Description": f"Evidence of a check of declarations as of {as_of}",
        "External-Identifier": bag_name(as_of),
    }


def folder_digest(digests: Mapping[str, str], folder: str) -> str:
    """The SHA-256, hex, of a manifest's lines on what lies below `data/<folder>/`; `digests` are by path in the bag."""
    start = f"data/{folder}/"
    return listing_digest({path: each for path, each in digests.items() if path.startswith(start)})
