"""Signatures can be checked with the public key; what is no usable key is told."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from uts_policy.model.errors import UsageError
from uts_policy.signing import read_signer

DATA = b"what is signed"


def written(folder: Path, key, encryption=NoEncryption()) -> Path:  # noqa: B008 - a constant
    file = folder / "key.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    return file


def test_an_rsa_key_signs_as_rs256(tmp_path):
    key = rsa.generate_private_key(65537, 2048)
    signer = read_signer(written(tmp_path, key))
    assert signer.algorithm == "RS256"
    key.public_key().verify(signer.sign(DATA), DATA, padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize(
    ("curve", "algorithm", "kind", "size"),
    [
        (ec.SECP256R1(), "ES256", hashes.SHA256(), 32),
        (ec.SECP384R1(), "ES384", hashes.SHA384(), 48),
        (ec.SECP521R1(), "ES512", hashes.SHA512(), 66),
    ],
)
def test_a_key_of_a_curve_signs_with_two_numbers_of_fixed_size_always_the_same(tmp_path, curve, algorithm, kind, size):
    key = ec.generate_private_key(curve)
    signer = read_signer(written(tmp_path, key))
    signature = signer.sign(DATA)
    assert (signer.algorithm, len(signature), signer.sign(DATA)) == (algorithm, 2 * size, signature)
    halves = (int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))
    key.public_key().verify(encode_dss_signature(*halves), DATA, ec.ECDSA(kind))


def test_what_cannot_sign_is_told_with_the_name_of_the_file(tmp_path):
    refused = {
        "is encrypted": written(tmp_path, ec.generate_private_key(ec.SECP256R1()), BestAvailableEncryption(b"x")),
    }
    for words, key in (
        ("of a kind that cannot sign", ed25519.Ed25519PrivateKey.generate()),
        ("of a kind that cannot sign", ec.generate_private_key(ec.SECP256K1())),
    ):
        folder = tmp_path / type(key).__name__
        folder.mkdir()
        refused_file = written(folder, key)
        with pytest.raises(UsageError, match=words) as caught:
            read_signer(refused_file)
        assert str(refused_file) in caught.value.message
    (tmp_path / "text").write_text("no key")
    refused |= {"no private key in PEM": tmp_path / "text", "cannot be read": tmp_path / "none"}
    for words, file in refused.items():
        with pytest.raises(UsageError, match=words) as caught:
            read_signer(file)
        assert str(file) in caught.value.message
