"""Verification of a bag: integrity, order, and each attestation against the keys that the reader brings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO

from uts_policy.evidence.archive import TAG_MANIFEST
from uts_policy.evidence.attestation import Envelope, EnvelopeError, read_bundle, read_statement
from uts_policy.evidence.bagit import MOST_REASONS, Bag, bag_of, faults
from uts_policy.evidence.layout import LayoutError, entries_of
from uts_policy.evidence.provenance import Previous
from uts_policy.evidence.reconciliation import reconciliation
from uts_policy.evidence.timing import timing
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evidence import RejectionReason, Verification, VerificationOutcome, VerificationPart
from uts_policy.signing import EvidenceVerifier

_LARGEST = 4 << 20
"""Bytes of an attestation that are looked at: the names of tens of thousands of rules."""
_SIGNATURE = 64
"""Bytes of an Ed25519 signature."""


def signer(bag: Bag, digest: str, keys: Sequence[EvidenceVerifier]) -> VerificationPart:
    """Whether each attestation is by one of the keys, and about this bag. No key in the bag is ever trusted.

    Without keys only what an attestation is about is looked at: one of another bag, or none at all, is rejected.
    """
    paths = bag.attestations
    if not paths:
        if keys:
            reason = RejectionReason(id="unsigned", message="a key was given, and the bag has no signature")
            return VerificationPart(
                outcome=VerificationOutcome.REJECTED, says="the bag is not signed", reasons=(reason,), facts={}
            )
        return VerificationPart(
            outcome=VerificationOutcome.NOT_CHECKED, says="integrity only: the bag is not signed", facts={}
        )
    by_id = {key.keyid: key for key in keys}
    reasons: list[RejectionReason] = []
    signers: list[str] = []
    for path in paths:
        try:
            envelope = read_bundle(bag.read(path, _LARGEST))
            if keys:
                _verify(envelope, by_id)
                signers.append(envelope.keyid)
            _refuse_other(envelope, digest)
        except EnvelopeError as error:
            reasons.append(RejectionReason(id=error.problem, message=str(error), path=path))
        except LayoutError as error:
            reasons.append(RejectionReason(id=error.reason, message=str(error), path=path))
    facts = {"key": ", ".join(dict.fromkeys(signers))} if signers else {}
    if reasons:
        return VerificationPart(
            outcome=VerificationOutcome.REJECTED,
            says="a signature was not accepted",
            reasons=tuple(reasons),
            facts=facts,
        )
    if not keys:
        says = "integrity only: no key was given, so nobody knows who signed"
        return VerificationPart(
            outcome=VerificationOutcome.NOT_CHECKED, says=says, facts={"attestations": str(len(paths))}
        )
    return VerificationPart(outcome=VerificationOutcome.OK, says=f"signed by the key {facts['key']}", facts=facts)


def _verify(envelope: Envelope, keys: Mapping[str, EvidenceVerifier]) -> None:
    """Raises EnvelopeError where it is not signed by one of the keys."""
    if envelope.keyid not in keys:
        raise EnvelopeError("unknown-key", f"it claims the key {envelope.keyid}, which is none of those given")
    if len(envelope.signature) != _SIGNATURE:
        raise EnvelopeError("signature-form", f"the signature has {len(envelope.signature)} bytes, and Ed25519 has 64")
    if not keys[envelope.keyid].verifies(envelope.signature, envelope.signed):
        raise EnvelopeError("signature-invalid", "the signature is not of these bytes, or not by this key")


def _refuse_other(envelope: Envelope, digest: str) -> None:
    """Raises EnvelopeError where it is about another bag, or about none."""
    about = read_statement(envelope.payload).digest
    if about != digest:
        raise EnvelopeError("other-bag", f"what was signed is the bag {about}, and this one is {digest}")


_UNKNOWN = VerificationPart(
    outcome=VerificationOutcome.NOT_CHECKED, says="not looked at: the bag is not whole", facts={}
)


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
        reasons = [RejectionReason(id=error.reason, message=str(error), path=error.path)]
    if reasons:
        says = "the bag is not whole"
        if len(reasons) > MOST_REASONS:
            says += f", in more than {MOST_REASONS} places; these are the first"
        integrity = VerificationPart(
            outcome=VerificationOutcome.REJECTED, says=says, reasons=tuple(reasons[:MOST_REASONS]), facts={}
        )
        parts = {"integrity": integrity, "signer": _UNKNOWN, "time": _UNKNOWN, "reconciliation": _UNKNOWN}
        return Verification(file=str(file), digest=digest, parts=parts)
    says = f"{len(bag.files):,} files, each with the bytes that the manifests have the digests of"
    parts = {
        "integrity": VerificationPart(
            outcome=VerificationOutcome.OK, says=says, facts={"files": str(len(bag.files)), "bag": bag.name}
        ),
        "signer": signer(bag, digest, expected.keys),
        "time": timing(bag, expected.previous),
        "reconciliation": reconciliation(bag),
    }
    return Verification(file=str(file), digest=digest, parts=parts)
