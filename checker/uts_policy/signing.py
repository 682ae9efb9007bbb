"""Signatures with a private key from a PEM file. The one module that knows `cryptography`, an optional extra."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uts_policy.model.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

_CURVES = {"secp256r1": ("ES256", 32), "secp384r1": ("ES384", 48), "secp521r1": ("ES512", 66)}
"""Algorithm and bytes of each half of a signature, by the name of the curve."""
_WEAK = 2048
"""Bits that an RSA key has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs bytes. `algorithm` is a name of RFC 7518: RS256, ES256, ES384 or ES512; `sign` gives what it asks for."""

    algorithm: str
    sign: Callable[[bytes], bytes]


def read_signer(file: Path) -> Signer:
    """What signs with the private key in `file`: PEM, RSA or one of the NIST curves, not encrypted.

    The same bytes always get the same signature (RFC 6979 for the curves).

    Raises UsageError for another key, and where the extra `sign` is not installed.
    """
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - heavy, and only there with the extra
        from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415 - likewise
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise UsageError(
            "signing needs the package cryptography, which is not installed", 'pip install "uts-policy[sign]"'
        ) from error
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
