"""Who signed a bag: every attestation in it against the keys that whoever verifies has brought along."""

from collections.abc import Mapping, Sequence

from uts_policy.evidence.attestation import Envelope, EnvelopeError, read_bundle, read_statement
from uts_policy.evidence.bagit import Bag
from uts_policy.evidence.layout import LayoutError
from uts_policy.model.evidence import Outcome, Part, Reason
from uts_policy.signing import EvidenceVerifier

_LARGEST = 4 << 20
"""Bytes of an attestation that are looked at: the names of tens of thousands of rules."""
_SIGNATURE = 64
"""Bytes of an Ed25519 signature."""


def signer(bag: Bag, digest: str, keys: Sequence[EvidenceVerifier]) -> Part:
    """Whether each attestation is by one of the keys, and about this bag. No key in the bag is ever trusted.

    Without keys only what an attestation is about is looked at: one of another bag, or none at all, is rejected.
    """
    paths = bag.attestations
    if not paths:
        if keys:
            reason = Reason(id="unsigned", message="a key was given, and the bag has no signature")
            return Part(outcome=Outcome.REJECTED, says="the bag is not signed", reasons=(reason,), facts={})
        return Part(outcome=Outcome.NOT_CHECKED, says="integrity only: the bag is not signed", facts={})
    by_id = {key.keyid: key for key in keys}
    reasons: list[Reason] = []
    signers: list[str] = []
    for path in paths:
        try:
            envelope = read_bundle(bag.read(path, _LARGEST))
            if keys:
                _verify(envelope, by_id)
                signers.append(envelope.keyid)
            _refuse_other(envelope, digest)
        except EnvelopeError as error:
            reasons.append(Reason(id=error.problem, message=str(error), path=path))
        except LayoutError as error:
            reasons.append(Reason(id=error.reason, message=str(error), path=path))
    facts = {"key": ", ".join(dict.fromkeys(signers))} if signers else {}
    if reasons:
        return Part(outcome=Outcome.REJECTED, says="a signature was not accepted", reasons=tuple(reasons), facts=facts)
    if not keys:
        says = "integrity only: no key was given, so nobody knows who signed"
        return Part(outcome=Outcome.NOT_CHECKED, says=says, facts={"attestations": str(len(paths))})
    return Part(outcome=Outcome.OK, says=f"signed by the key {facts['key']}", facts=facts)


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
