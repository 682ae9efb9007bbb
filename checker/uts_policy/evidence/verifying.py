"""A bag verified: integrity, signer, time and reconciliation, each by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO

from uts_policy.evidence.archive import TAG_MANIFEST
from uts_policy.evidence.bagit import MOST_REASONS, bag_of, faults
from uts_policy.evidence.layout import LayoutError, entries_of
from uts_policy.evidence.provenance import Previous
from uts_policy.evidence.reconciliation import reconciliation
from uts_policy.evidence.timing import timing
from uts_policy.evidence.verify import signer
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evidence import Outcome, Part, Reason, Verification
from uts_policy.signing import EvidenceVerifier

_UNKNOWN = Part(outcome=Outcome.NOT_CHECKED, says="not looked at: the bag is not whole", facts={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What whoever verifies has brought along: public keys, and the bag before, if there is one."""

    keys: Sequence[EvidenceVerifier] = ()
    previous: Previous | None = None


def verify(file: Path, expected: Expected, told: Callable[[str], None]) -> Verification:
    """Everything that can be said of the file. Nothing in it is run, and no key in it is trusted.

    Where the archive or the bag is not whole, nothing else is looked at. Raises NoVerdictError where the file cannot be
    read at all.
    """
    try:
        with file.open("rb") as stream:
            return _verified(file, stream, expected, told)
    except OSError as error:
        raise NoVerdictError(f'"{file}" cannot be read: {error.strerror or error}') from error


def _verified(file: Path, stream: IO[bytes], expected: Expected, told: Callable[[str], None]) -> Verification:
    digest = ""
    try:
        bag = bag_of(stream, entries_of(stream, stream.seek(0, 2)))
        reasons = list(islice(faults(bag, told), MOST_REASONS + 1))
        if TAG_MANIFEST in bag.files:
            digest = sha256(bag.read(TAG_MANIFEST)).hexdigest()
    except LayoutError as error:
        reasons = [Reason(id=error.reason, message=str(error), path=error.path)]
    if reasons:
        says = "the bag is not whole"
        if len(reasons) > MOST_REASONS:
            says += f", in more than {MOST_REASONS} places; these are the first"
        integrity = Part(outcome=Outcome.REJECTED, says=says, reasons=tuple(reasons[:MOST_REASONS]), facts={})
        parts = {"integrity": integrity, "signer": _UNKNOWN, "time": _UNKNOWN, "reconciliation": _UNKNOWN}
        return Verification(file=str(file), digest=digest, parts=parts)
    says = f"{len(bag.files):,} files, each with the bytes that the manifests have the digests of"
    parts = {
        "integrity": Part(outcome=Outcome.OK, says=says, facts={"files": str(len(bag.files)), "bag": bag.name}),
        "signer": signer(bag, digest, expected.keys),
        "time": timing(bag, expected.previous),
        "reconciliation": reconciliation(bag),
    }
    return Verification(file=str(file), digest=digest, parts=parts)
