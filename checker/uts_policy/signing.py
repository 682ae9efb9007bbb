"""Signatures with a private key from a PEM file. The one module that knows `cryptography`, an optional extra.

OPA's bundles are signed as RFC 7518 knows it (`read_signer`), evidence with Ed25519 (`read_evidence_signer`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from uts_policy.model.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

_CURVES = {"secp256r1": ("ES256", 32), "secp384r1": ("ES384", 48), "secp521r1": ("ES512", 66)}
"""Algorithm and bytes of each half of a signature, by the name of the curve."""
_WEAK = 2048
"""Bits that an RSA key has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs bytes. `algorithm` is a name of RFC 7518: RS256, ES256, ES384 or ES512; `sign` gives what it asks for."""

    algorithm: str
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSigner:
    """Signs bytes with Ed25519. `keyid` names the key as `securesystemslib` computes it."""

    keyid: str
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceVerifier:
    """Verifies Ed25519 signatures: `verifies(signature, data)`. `keyid` as above."""

    keyid: str
    verifies: Callable[[bytes, bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """A new key in PEM: PKCS #8 and SubjectPublicKeyInfo."""

    private: bytes
    public: bytes
    keyid: str


def read_signer(file: Path) -> Signer:
    """What signs with the private key in `file`: PEM, RSA or one of the NIST curves, not encrypted.

    The same bytes always get the same signature (RFC 6979 for the curves).

    Raises UsageError for another key, and where the extra `sign` is not installed.
    """
    _need_cryptography("signing")
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - heavy, and only there with the extra
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415 - likewise
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - likewise

    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except TypeError as error:
        raise UsageError(f'the key in "{file}" is encrypted', "give it decrypted, as from a secret store") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f'"{file}" holds no private key in PEM', "`openssl genrsa -out key.pem 3072` makes one") from (
            error
        )
    except OSError as error:
        raise UsageError(f'the key in "{file}" cannot be read: {error.strerror}') from error
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _WEAK:
        return _rsa(key)
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return _curve(key)
    raise UsageError(
        f'the key in "{file}" is of a kind that cannot sign here',
        f"use RSA with {_WEAK} bits or more, or one of the curves {', '.join(_CURVES)}",
    )


def _rsa(key: "rsa.RSAPrivateKey") -> Signer:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above

    return Signer(algorithm="RS256", sign=lambda data: key.sign(data, PKCS1v15(), SHA256()))


def _curve(key: "ec.EllipticCurvePrivateKey") -> Signer:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: PLC0415 - as above

    algorithm, size = _CURVES[key.curve.name]
    kinds = {"ES256": hashes.SHA256(), "ES384": hashes.SHA384(), "ES512": hashes.SHA512()}
    scheme = ec.ECDSA(kinds[algorithm], deterministic_signing=True)

    def sign(data: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(data, scheme))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    return Signer(algorithm=algorithm, sign=sign)


def read_evidence_signer(file: Path, passphrase: Callable[[], bytes]) -> EvidenceSigner:
    """What signs with the Ed25519 key in `file`: PEM, encrypted or not. `passphrase` is asked where it is encrypted.

    Raises UsageError for another key or a wrong passphrase, and where the extra `sign` is not installed.
    """
    _need_cryptography("signing")
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - as above

    data = _key_bytes(file)
    try:
        key = load_pem_private_key(data, password=None)
    except TypeError:
        try:
            key = load_pem_private_key(data, password=passphrase())
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise UsageError(
                f'the key in "{file}" cannot be decrypted: is it the right passphrase?', "say it again"
            ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f'"{file}" holds no private key in PEM', _MAKE) from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise UsageError(f'the key in "{file}" is no Ed25519 key, and evidence is signed with nothing else', _MAKE)
    return EvidenceSigner(keyid=_keyid(key.public_key()), sign=key.sign)


def read_evidence_verifier(file: Path) -> EvidenceVerifier:
    """What verifies with the public Ed25519 key in `file`, PEM.

    Raises UsageError for anything else, and where the extra `sign` is not installed.
    """
    _need_cryptography("verifying a signature")
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415 - as above

    data = _key_bytes(file)
    if b"PRIVATE KEY-----" in data:
        raise UsageError(f'"{file}" holds a private key', "verify with the public one, which may be shown to anybody")
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f'"{file}" holds no public key in PEM', "`openssl pkey -in key.pem -pubout` writes one") from (
            error
        )
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise UsageError(f'the key in "{file}" is no Ed25519 key, and evidence is signed with nothing else')

    def verifies(signature: bytes, signed: bytes) -> bool:
        try:
            key.verify(signature, signed)
        except InvalidSignature:
            return False
        return True

    return EvidenceVerifier(keyid=_keyid(key), verifies=verifies)


def new_key_pair(passphrase: bytes | None = None) -> KeyPair:
    """A new Ed25519 key; the private one is encrypted where there is a passphrase.

    Raises UsageError where the extra `sign` is not installed.
    """
    _need_cryptography("making a key")
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - as above

    key = ed25519.Ed25519PrivateKey.generate()
    how = form.NoEncryption() if passphrase is None else form.BestAvailableEncryption(passphrase)
    return KeyPair(
        private=key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, how),
        public=key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo),
        keyid=_keyid(key.public_key()),
    )


_MAKE = "`uts-policy evidence keygen` makes one"


def _keyid(key: "ed25519.Ed25519PublicKey") -> str:
    """SHA-256, hex, of the key in the canonical JSON of securesystemslib, which has no blanks and sorted keys."""
    value = {"keytype": "ed25519", "keyval": {"public": key.public_bytes_raw().hex()}, "scheme": "ed25519"}
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _key_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f'the key in "{file}" cannot be read: {error.strerror}') from error


def _need_cryptography(doing: str) -> None:
    """Raises UsageError where the extra is not installed."""
    try:
        import cryptography  # noqa: F401, PLC0415 - only whether it is there
    except ImportError as error:
        raise UsageError(
            f"{doing} needs the package cryptography, which is not installed", 'pip install "uts-policy[sign]"'
        ) from error
