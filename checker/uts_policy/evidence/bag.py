"""A bag read into memory by the reader that `verify` has: what is handed on is what was verified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from uts_policy.evidence.archive import TAG_MANIFEST
from uts_policy.evidence.bagit import bag_of, faults
from uts_policy.evidence.layout import LayoutError, entries_of
from uts_policy.evidence.provenance import Previous
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evidence import RejectionReason

LIMIT = 4 << 30
"""Bytes of a bag that are read into memory at most."""
_HINT = "`uts-policy evidence verify` says all that is wrong with it."
_PAYLOAD = "data/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The bag's digest, SHA-256 in hex, and the files below `data/` by path from there."""

    digest: str
    members: Mapping[str, bytes]


def read_whole(file: Path, told: Callable[[str], None]) -> Whole:
    """The bag in `file`. Raises NoVerdictError for what is none, and for one that was altered.

    The file is read once, so nobody can exchange it between the verification and the use. `told` hears of progress.
    """
    data = _read(file)
    try:
        bag = bag_of(BytesIO(data), entries_of(BytesIO(data), len(data)))
        reason = next(faults(bag, told), None)
    except LayoutError as error:
        raise _refusal(file, RejectionReason(id=error.reason, message=str(error), path=error.path)) from error
    if reason is not None:
        raise _refusal(file, reason)
    members = {
        path.removeprefix(_PAYLOAD): data[entry.offset : entry.offset + entry.size]
        for path, entry in bag.files.items()
        if path.startswith(_PAYLOAD)
    }
    return Whole(digest=sha256(bag.read(TAG_MANIFEST)).hexdigest(), members=members)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise NoVerdictError(f'"{file}" cannot be read: {error.strerror or error}') from error
    if len(data) > LIMIT:
        raise NoVerdictError(f'"{file}" has more than {LIMIT >> 30} GiB', "Unpack it, and look at its parts.")
    return data


def _refusal(file: Path, reason: RejectionReason) -> NoVerdictError:
    where = f"{reason.path}: " if reason.path else ""
    return NoVerdictError(f'"{file}" is not whole: {where}{reason.message} ({reason.id})', _HINT)


_PREVIOUS_HINT = "`uts-policy evidence verify` says what is wrong with it."


def read_previous(file: Path) -> Previous:
    """The name and digest of the bag in `file`, which must be whole: a chain to a broken bag would show nothing.

    Its signature is not looked at: whoever follows the chain verifies each bag by itself. Raises NoVerdictError for
    what is no bag, or an altered one, as the strict reader sees it.
    """
    try:
        with file.open("rb") as stream:
            bag = bag_of(stream, entries_of(stream, stream.seek(0, 2)))
            reason = next(faults(bag, lambda _: None), None)
            if reason is None:
                return Previous(name=bag.name, digest=sha256(bag.read(TAG_MANIFEST)).hexdigest())
    except OSError as error:
        raise NoVerdictError(
            f'the previous bag "{file}" cannot be read: {error.strerror or error}', _PREVIOUS_HINT
        ) from error
    except LayoutError as error:
        reason = RejectionReason(id=error.reason, message=str(error), path=error.path)
    where = f"{reason.path}: " if reason.path else ""
    raise NoVerdictError(
        f'the previous bag "{file}" is not whole: {where}{reason.message} ({reason.id})', _PREVIOUS_HINT
    )
