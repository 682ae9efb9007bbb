"""Whether a bag is complete and unaltered: BagIt 1.0 (RFC 8493), read more strictly than BagIt asks for.

BagIt tolerates tag files that no manifest lists, and manifests of several algorithms. Here every file is listed exactly
once, `attestations/*.sigstore.json` aside.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from uts_policy.evidence.archive import DECLARATION, MANIFEST, TAG_MANIFEST
from uts_policy.evidence.layout import LayoutError, ZipEntry, chunks
from uts_policy.model.evidence import RejectionReason

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_TAGS = ("bagit.txt", "bag-info.txt", MANIFEST)
_ATTESTATION = re.compile(r"attestations/[^/]+\.sigstore\.json")
_OTHER = re.compile(r"(?:tag)?manifest-[^/]*\.txt")
_LARGEST_TAG = 512 << 20
"""Bytes of a manifest that are read into memory."""
MOST_REASONS = 100
"""Reasons that are told; that there are more is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A bag whose layout is sound. `files` are its entries by path in the bag, `name` its directory."""

    name: str
    files: Mapping[str, ZipEntry]
    stream: IO[bytes]

    def read(self, path: str, most: int = _LARGEST_TAG) -> bytes:
        """The bytes of a file. Raises LayoutError for one that is too large to be looked at, or is not there."""
        entry = self.files.get(path)
        if entry is None:
            raise LayoutError("missing-file", "the file is missing", path)
        if entry.size > most:
            raise LayoutError("limit", f"the file is larger than {most >> 20} MiB", path)
        return b"".join(chunks(self.stream, entry))

    @property
    def attestations(self) -> tuple[str, ...]:
        """The paths of what is said to be signatures."""
        return tuple(sorted(path for path in self.files if _ATTESTATION.fullmatch(path)))


def bag_of(stream: IO[bytes], entries: Sequence[ZipEntry]) -> Bag:
    """The one bag in an archive. Raises LayoutError where there is none, or there are two."""
    tops = sorted({entry.path.partition("/")[0] for entry in entries})
    if len(tops) != 1 or any("/" not in entry.path for entry in entries):
        reason = "several-bags" if len(tops) > 1 else "not-a-bag"
        raise LayoutError(reason, f"the archive is not one directory but has {', '.join(tops[:5]) or 'nothing'}")
    return Bag(name=tops[0], stream=stream, files={entry.path.partition("/")[2]: entry for entry in entries})


def faults(bag: Bag, told: Callable[[str], None]) -> Iterator[RejectionReason]:
    """Everything that is wrong with the bag as a bag, file by file. `told` hears of each hundredth file.

    Raises LayoutError where it cannot be looked at.
    """
    missing = [path for path in (*_TAGS, TAG_MANIFEST) if path not in bag.files]
    if missing:
        yield from (RejectionReason(id="not-a-bag", message="a bag has this file", path=path) for path in missing)
        return
    if bag.read("bagit.txt") != DECLARATION:
        yield RejectionReason(id="bagit-version", message="this does not declare BagIt 1.0 in UTF-8", path="bagit.txt")
    for path in bag.files:
        if _OTHER.fullmatch(path) and path not in (MANIFEST, TAG_MANIFEST):
            message = "there is a manifest of another algorithm, which somebody could trust instead"
            yield RejectionReason(id="other-manifest", message=message, path=path)
    yield from _listed(bag, TAG_MANIFEST, frozenset(_TAGS), "tag-altered", told)
    payload = frozenset(path for path in bag.files if path.startswith("data/"))
    yield from _listed(bag, MANIFEST, payload, "file-altered", told)
    yield from _unlisted(bag)
    yield from _oxum(bag, payload)


def _listed(
    bag: Bag, manifest: str, wanted: frozenset[str], altered: str, told: Callable[[str], None]
) -> Iterator[RejectionReason]:
    digests, odd = _lines(bag, manifest)
    yield from odd
    for path in sorted(digests.keys() - wanted):
        if path in bag.files:
            yield RejectionReason(
                id="manifest-form", message=f"{manifest} lists it, which is for another manifest", path=path
            )
        else:
            yield RejectionReason(id="file-missing", message=f"{manifest} lists it, and it is not there", path=path)
    for path in sorted(wanted - digests.keys()):
        yield RejectionReason(id="file-unlisted", message=f"{manifest} does not list it: it was added", path=path)
    for number, path in enumerate(sorted(wanted & digests.keys()), start=1):
        if number % 100 == 0:
            told(f"verifying: {number:,} files of {manifest}")
        digest, crc = _hashed(bag, bag.files[path])
        if digest != digests[path]:
            yield RejectionReason(
                id=altered, message="its bytes are not those that the manifest has the digest of", path=path
            )
        elif crc != bag.files[path].crc:
            yield RejectionReason(id="crc", message="the archive's own checksum of it is wrong", path=path)


def _lines(bag: Bag, manifest: str) -> tuple[dict[str, str], list[RejectionReason]]:
    """The digests by path, and what is odd about the file itself."""
    digests: dict[str, str] = {}
    odd: list[RejectionReason] = []
    try:
        text = bag.read(manifest).decode("utf-8")
    except UnicodeDecodeError:
        return {}, [RejectionReason(id="manifest-form", message="the manifest is not UTF-8", path=manifest)]
    if not text.endswith("\n"):
        odd.append(RejectionReason(id="manifest-form", message="the manifest was cut off", path=manifest))
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in digests:
            message = f"line {number} is no digest and path, or names a path a second time"
            odd.append(RejectionReason(id="manifest-form", message=message, path=manifest))
            continue
        digests[found[2]] = found[1]
    return digests, odd


def _unlisted(bag: Bag) -> Iterator[RejectionReason]:
    for path in sorted(bag.files):
        known = path.startswith("data/") or path in (*_TAGS, TAG_MANIFEST) or _ATTESTATION.fullmatch(path)
        if not known and not _OTHER.fullmatch(path):
            yield RejectionReason(id="file-unlisted", message="no manifest covers this file: it was added", path=path)


def _oxum(bag: Bag, payload: frozenset[str]) -> Iterator[RejectionReason]:
    stated = re.findall(rb"^Payload-Oxum: (.*)$", bag.read("bag-info.txt"), re.MULTILINE)
    counted = b"%d.%d" % (sum(bag.files[path].size for path in payload), len(payload))
    if stated != [counted]:
        message = f"the payload is {counted.decode()}, and this says something else"
        yield RejectionReason(id="payload-oxum", message=message, path="bag-info.txt")


def _hashed(bag: Bag, entry: ZipEntry) -> tuple[str, int]:
    digest, crc = sha256(), 0
    for chunk in chunks(bag.stream, entry):
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
    return digest.hexdigest(), crc
