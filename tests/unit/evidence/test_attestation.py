"""Attestations are built to the letter, and anything else is refused with a reason of its own."""

import json
from pathlib import Path

import pytest

from uts_policy.evidence.attestation import (
    EnvelopeError,
    Statement,
    pae,
    read_bundle,
    read_statement,
    signed,
    statement,
)
from uts_policy.signing import EvidenceSigner, new_key_pair, read_evidence_signer, read_evidence_verifier

DIGEST = "0123456789abcdef" * 4
PAYLOAD = statement(DIGEST, {"result": "PASSED"})


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> EvidenceSigner:
    file = tmp_path_factory.mktemp("key") / "key.pem"
    file.write_bytes(new_key_pair().private)
    return read_evidence_signer(file, lambda: b"")


def refused(data: bytes) -> str:
    with pytest.raises(EnvelopeError) as caught:
        read_bundle(data)
    return caught.value.problem


def test_the_encoding_that_is_signed_is_the_one_of_the_specification() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_a_bundle_gives_back_what_was_signed(signer: EvidenceSigner) -> None:
    envelope = read_bundle(signed(PAYLOAD, signer))
    assert (envelope.keyid, envelope.payload_type, envelope.payload) == (
        signer.keyid,
        "application/vnd.in-toto+json",
        PAYLOAD,
    )
    assert envelope.signature == signer.sign(envelope.signed)
    assert read_statement(envelope.payload) == Statement(digest=DIGEST, predicate={"result": "PASSED"})


def test_the_key_of_the_pair_verifies_and_another_does_not(tmp_path: Path) -> None:
    pair, other = new_key_pair(), new_key_pair()
    for name, data in (("key", pair.private), ("pub", pair.public), ("other", other.public)):
        (tmp_path / name).write_bytes(data)
    envelope = read_bundle(signed(PAYLOAD, read_evidence_signer(tmp_path / "key", lambda: b"")))
    verifiers = [read_evidence_verifier(tmp_path / name) for name in ("pub", "other")]
    assert [each.verifies(envelope.signature, envelope.signed) for each in verifiers] == [True, False]
    assert [each.keyid == envelope.keyid for each in verifiers] == [True, False]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("bundle.v0.3", "bundle.v0.2", "not-a-bundle"),
        ("application/vnd.in-toto+json", "application/json", "payload-type"),
        ('"mediaType"', '"more":1,"mediaType"', "not-a-bundle"),
        ('"mediaType"', '"mediaType":"x","mediaType"', "not-a-bundle"),
        ('{"publicKey"', '{"certificate"', "not-a-bundle"),
        ('"sig":', '"keyid":"0","sig":', "signature-form"),
        ('"payload":"', '"payload":" ', "not-a-bundle"),
        ('"sig":"', '"sig":"*', "signature-form"),
        ('"sig":', '"signature":', "signature-form"),
    ],
)
def test_a_bundle_that_is_not_ours_is_refused(signer: EvidenceSigner, old: str, new: str, problem: str) -> None:
    data = signed(PAYLOAD, signer)
    altered = data.replace(old.encode(), new.encode(), 1)
    assert altered != data
    assert refused(altered) == problem


def test_none_and_two_signatures_are_told_apart(signer: EvidenceSigner) -> None:
    bundle = json.loads(signed(PAYLOAD, signer))
    signatures = bundle["dsseEnvelope"]["signatures"]
    found = []
    for held in ([], signatures * 2):
        bundle["dsseEnvelope"]["signatures"] = held
        found.append(refused(json.dumps(bundle).encode()))
    assert found == ["no-signature", "several-signatures"]


def test_base64_has_one_spelling_only(signer: EvidenceSigner) -> None:
    bundle = json.loads(signed(PAYLOAD, signer))
    sig = bundle["dsseEnvelope"]["signatures"][0]["sig"]
    assert sig.endswith("==")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    bundle["dsseEnvelope"]["signatures"][0]["sig"] = f"{sig[:-3]}{letters[letters.index(sig[-3]) + 1]}=="
    assert refused(json.dumps(bundle).encode()) == "signature-form"


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"mediaType": NaN}', b"[" * 100_000])
def test_what_is_no_json_object_is_no_bundle(data: bytes) -> None:
    assert refused(data) == "not-a-bundle"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("in-toto.io/Statement/v1", "in-toto.io/Statement/v0.1", "not-a-statement"),
        ("test-result/v0.1", "test-result/v0.2", "predicate-type"),
        ('"tagmanifest-sha256.txt"', '"manifest-sha256.txt"', "subject"),
        (DIGEST, DIGEST[:-1], "subject"),
        (DIGEST, DIGEST.upper(), "subject"),
        ('"sha256"', '"sha1"', "subject"),
        ('"subject":[', '"subject":[{"name":"x","digest":{"sha256":"0"}},', "subject"),
        ('{"result":"PASSED"}', '"PASSED"', "not-a-statement"),
    ],
)
def test_a_statement_about_anything_else_is_refused(old: str, new: str, problem: str) -> None:
    altered = PAYLOAD.decode().replace(old, new, 1).encode()
    assert altered != PAYLOAD
    with pytest.raises(EnvelopeError) as caught:
        read_statement(altered)
    assert caught.value.problem == problem
