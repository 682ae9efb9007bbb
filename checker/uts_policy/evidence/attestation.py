"""The attestation: an in-toto Statement in a DSSE envelope in a Sigstore bundle, built and strictly taken apart.

Formats: DSSE 1.0.2 (PAE, `application/vnd.in-toto+json`), in-toto Statement v1, predicate test-result v0.1, Sigstore
bundle v0.3 with a bare public key and no transparency log.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uts_policy.evidence.population import rules_by_outcome
from uts_policy.evidence.strict_json import parsed
from uts_policy.model.report import Report, Verdict
from uts_policy.signing import EvidenceSigner

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
SUBJECT = "tagmanifest-sha256.txt"
"""The name of the one subject: the file whose digest is the bag's."""


class EnvelopeError(ValueError):
    """A bundle or statement that is not what we write. `problem` is a word for programs, the text one for people."""

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a bundle holds. `payload` are the bytes that were signed, before the pre-authentication encoding.

    `keyid` is the hint of the bundle, which nobody signed: it says which key to try, and proves nothing.
    """

    keyid: str
    payload_type: str
    payload: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        return pae(self.payload_type, self.payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was attested: the SHA-256, hex, of the tag manifest, and the predicate as it was written."""

    digest: str
    predicate: Mapping[str, Any]


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding, version 1."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def statement(digest: str, predicate: Mapping[str, object]) -> bytes:
    """The Statement about a bag, compact JSON with the subject in front: the same bytes for the same arguments."""
    return _json(
        {
            "_type": STATEMENT,
            "subject": [{"name": SUBJECT, "digest": {"sha256": digest}}],
            "predicateType": PREDICATE,
            "predicate": predicate,
        }
    )


def signed(payload: bytes, signer: EvidenceSigner) -> bytes:
    """The Sigstore bundle with the signature over `payload`: one line of JSON."""
    return bundle(
        Envelope(
            keyid=signer.keyid,
            payload_type=PAYLOAD_TYPE,
            payload=payload,
            signature=signer.sign(pae(PAYLOAD_TYPE, payload)),
        )
    )


def bundle(envelope: Envelope) -> bytes:
    """An envelope as a Sigstore bundle v0.3."""
    return (
        _json(
            {
                "mediaType": BUNDLE,
                "verificationMaterial": {"publicKey": {"hint": envelope.keyid}},
                "dsseEnvelope": {
                    "payload": base64.b64encode(envelope.payload).decode(),
                    "payloadType": envelope.payload_type,
                    # NOTE: no keyid here. cosign skips a signature whose keyid is not its own fingerprint of the key.
                    "signatures": [{"sig": base64.b64encode(envelope.signature).decode()}],
                },
            }
        )
        + b"\n"
    )


def read_bundle(data: bytes) -> Envelope:
    """The envelope in a bundle as we write them. Nothing is verified yet.

    Raises EnvelopeError (`not-a-bundle`, `payload-type`, `no-signature`, `several-signatures`, `signature-form`) for
    anything else: unknown keys, keys that are there twice, and encodings with a second spelling are refused.
    """
    top = _object(_parsed(data, "not-a-bundle"), ("mediaType", "verificationMaterial", "dsseEnvelope"), "not-a-bundle")
    if top["mediaType"] != BUNDLE:
        raise EnvelopeError("not-a-bundle", f"the media type is not {BUNDLE}")
    material = _object(top["verificationMaterial"], ("publicKey",), "not-a-bundle")
    hint = _text(_object(material["publicKey"], ("hint",), "not-a-bundle")["hint"], "not-a-bundle")
    inner = _object(top["dsseEnvelope"], ("payload", "payloadType", "signatures"), "not-a-bundle")
    if inner["payloadType"] != PAYLOAD_TYPE:
        raise EnvelopeError("payload-type", f"the payload type is not {PAYLOAD_TYPE}")
    signatures = inner["signatures"]
    if not isinstance(signatures, list) or not signatures:
        raise EnvelopeError("no-signature", "the envelope has no signature")
    if len(signatures) > 1:
        raise EnvelopeError(
            "several-signatures", "the envelope has more than one signature; a bundle holds exactly one"
        )
    signature = _object(signatures[0], ("sig",), "signature-form")
    return Envelope(
        keyid=hint,
        payload_type=PAYLOAD_TYPE,
        payload=_bytes(inner["payload"], "not-a-bundle"),
        signature=_bytes(signature["sig"], "signature-form"),
    )


def read_statement(payload: bytes) -> Statement:
    """The Statement in a payload whose signature was verified.

    Raises EnvelopeError (`not-a-statement`, `predicate-type`, `subject`) for what is not about one bag.
    """
    names = ("_type", "subject", "predicateType", "predicate")
    top = _object(_parsed(payload, "not-a-statement"), names, "not-a-statement")
    if top["_type"] != STATEMENT:
        raise EnvelopeError("not-a-statement", f"the payload is no {STATEMENT}")
    if top["predicateType"] != PREDICATE:
        raise EnvelopeError("predicate-type", f"the predicate type is not {PREDICATE}")
    subjects = top["subject"]
    if not isinstance(subjects, list) or len(subjects) != 1:
        raise EnvelopeError("subject", "the statement is not about exactly one thing")
    subject = _object(subjects[0], ("name", "digest"), "subject")
    digest = _object(subject["digest"], ("sha256",), "subject")["sha256"]
    if subject["name"] != SUBJECT or not _is_sha256(digest):
        raise EnvelopeError("subject", f"the statement is not about the SHA-256 of {SUBJECT}")
    if not isinstance(top["predicate"], dict):
        raise EnvelopeError("not-a-statement", "the predicate is no object")
    return Statement(digest=digest, predicate=top["predicate"])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _parsed(data: bytes, problem: str) -> object:
    try:
        return parsed(data)
    except ValueError as error:
        raise EnvelopeError(problem, f"this is no JSON that could be read: {error}") from error


def _object(value: object, names: Sequence[str], problem: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise EnvelopeError(problem, f"an object with exactly {', '.join(names)} is expected")
    return value


def _text(value: object, problem: str) -> str:
    if not isinstance(value, str):
        raise EnvelopeError(problem, "a string is expected")
    return value


def _bytes(value: object, problem: str) -> bytes:
    """Base64 in its one spelling: what decodes to the same bytes in another is refused."""
    text = _text(value, problem)
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EnvelopeError(problem, "this is no base64") from error
    if not data or base64.b64encode(data).decode() != text:
        raise EnvelopeError(problem, "this is not the usual spelling of base64, or empty")
    return data


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and not value.strip("0123456789abcdef")  # noqa: PLR2004 - hex


def attestation(report: Report, digest: str, *, configuration: str) -> bytes:
    """The Statement. `digest` is the bag's, `configuration` that of `config/effective.json`.

    A rule that was not assessed is in none of the three lists: the lists cannot say it, and the bag does.
    """
    outcomes = list(rules_by_outcome(report))
    lists = {word: [rule for rule, outcome in outcomes if outcome == word] for word in ("passed", "warned", "failed")}
    result = "FAILED" if report.verdict is not Verdict.PASS else "WARNED" if lists["warned"] else "PASSED"
    return statement(
        digest,
        {
            "result": result,
            "configuration": [
                {"name": "data/config/effective.json", "digest": {"sha256": configuration}},
                {"name": "rule set", "digest": {"sha256": report.digests.policies}},
            ],
            "passedTests": lists["passed"],
            "warnedTests": lists["warned"],
            "failedTests": lists["failed"],
        },
    )
