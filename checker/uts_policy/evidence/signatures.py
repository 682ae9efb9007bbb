"""Who signed a bag: every attestation in it against the keys that whoever verifies has brought along."""

from collections.abc import Mapping, Sequence

from uts_policy.evidence.bagit import Bag
from uts_policy.evidence.dsse import EnvelopeError, read_bundle, read_statement
from uts_policy.evidence.layout import LayoutError
from uts_policy.model.verification import Outcome, Part, Reason
from uts_policy.signing import EvidenceVerifier

_LARGEST = 64 << 20
_SIGNATURE = 64
"""Bytes of an Ed25519 signature."""


def signer(bag: Bag, digest: str, keys: Sequence[EvidenceVerifier]) -> Part:
    """Whether each attestation is by one of the keys, and about this bag. No key in the bag is ever trusted."""
    paths = bag.attestations
    if not paths:
        if keys:
            reason = Reason(id="unsigned", message="a key was given, and the bag has no signature")
            return Part(outcome=Outcome.REJECTED, says="the bag is not signed", reasons=(reason,), facts={})
        return Part(outcome=Outcome.NOT_CHECKED, says="integrity only: the bag is not signed", facts={})
    if not keys:
        says = "integrity only: no key was given, so nobody knows who signed"
        return Part(outcome=Outcome.NOT_CHECKED, says=says, facts={"attestations": str(len(paths))})
    by_id = {key.keyid: key for key in keys}
    reasons: list[Reason] = []
    signers: list[str] = []
    for path in paths:
        try:
            signers.append(_verified(bag.read(path, _LARGEST), path, digest, by_id))
        except EnvelopeError as error:
            reasons.append(Reason(id=error.problem, message=str(error), path=path))
        except LayoutError as error:
            reasons.append(Reason(id=error.reason, message=str(error), path=path))
    facts = {"key": ", ".join(dict.fromkeys(signers))} if signers else {}
    if reasons:
        return Part(outcome=Outcome.REJECTED, says="a signature was not accepted", reasons=tuple(reasons), facts=facts)
    return Part(outcome=Outcome.OK, says=f"signed by the key {facts['key']}", facts=facts)


def _verified(data: bytes, path: str, digest: str, keys: Mapping[str, EvidenceVerifier]) -> str:
    """The id of the key that signed. Raises EnvelopeError."""
    envelope = read_bundle(data)
    if envelope.keyid not in keys:
        raise EnvelopeError("unknown-key", f"it is signed with the key {envelope.keyid}, which is none of those given")
    if len(envelope.signature) != _SIGNATURE:
        raise EnvelopeError("signature-form", f"the signature has {len(envelope.signature)} bytes, and Ed25519 has 64")
    if not keys[envelope.keyid].verifies(envelope.signature, envelope.signed):
        raise EnvelopeError("signature-invalid", "the signature is not of these bytes, or not by this key")
    statement = read_statement(envelope.payload)
    if statement.digest != digest:
        raise EnvelopeError("other-bag", f"what was signed is the bag {statement.digest}, and this one is {digest}")
    if path.count("/") != 1:
        raise EnvelopeError("not-a-bundle", "attestations lie in one directory")
    return envelope.keyid
