"""An OPA bundle of a rule set: the same bytes on every machine, signed on request with OPA's own scheme."""

import base64
import io
import json
import struct
import tarfile
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Protocol

from uts_policy.common.rego import package_of
from uts_policy.model.rule import RuleSet

RULE_SET = "uts_ruleset"
"""`data.uts_ruleset.digest` names the rule set; the rules put it into every answer."""
CORPUS = "uts_corpus"
"""`data.uts_corpus` is the corpus, where the bundle carries one."""
SIGNATURES = ".signatures.json"

_BLOCK = 65535
"""Bytes that one stored block of deflate holds at most."""
_OPA_ESCAPES = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What OPA escapes where it hashes JSON, and Python does not."""


class BundleSigner(Protocol):
    """What signs: see `uts_policy.signing`."""

    @property
    def algorithm(self) -> str:
        """As RFC 7518 names it."""
        ...

    @property
    def sign(self) -> Callable[[bytes], bytes]:
        """The signature of bytes, as RFC 7518 wants it."""
        ...


def bundle(rule_set: RuleSet, *, corpus: Mapping[str, Any] | None = None, signer: BundleSigner | None = None) -> bytes:
    """The bundle as a `.tar.gz`: policies, the rule set's digest, the manifest, and the corpus where there is one.

    Its revision is the digest of the rule set. It is archived without compression: what deflate makes of the same bytes
    differs from one zlib to the next, and servers compress on the way.
    """
    files = {file.path: file.text.encode() for file in rule_set.files}
    files[f"{RULE_SET}/data.json"] = _json({"digest": rule_set.digest})
    roots = {package.path[0] for file in rule_set.files if (package := package_of(file.text))} | {RULE_SET}
    if corpus is not None:
        files[f"{CORPUS}/data.json"] = _json(corpus)
        roots.add(CORPUS)
    manifest = {"revision": rule_set.digest, "roots": sorted(roots), "rego_version": 1}
    files[".manifest"] = _json(manifest)
    if signer is not None:
        files[SIGNATURES] = _json({"signatures": [_token(files, signer)]})
    return _gzip(_tar(files))


def _json(value: object) -> bytes:
    """As OPA writes it before it hashes: sorted, compact, and its own escapes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate(_OPA_ESCAPES).encode()


def _token(files: Mapping[str, bytes], signer: BundleSigner) -> str:
    """A JSON Web Token over name and hash of each file.

    OPA hashes what JSON files mean, written as `_json` writes it. So the hash of their bytes is that hash.
    """
    hashed = [{"name": name, "hash": sha256(files[name]).hexdigest(), "algorithm": "SHA-256"} for name in sorted(files)]
    parts = [_base64(_json(part)) for part in ({"alg": signer.algorithm, "typ": "JWT"}, {"files": hashed})]
    signed = b".".join(parts)
    return b".".join((signed, _base64(signer.sign(signed)))).decode()


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _tar(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)  # mode 0644, owner 0, and 1970 as its time
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    return stream.getvalue()


def _gzip(data: bytes) -> bytes:
    """A gzip file of stored blocks only, without time and without the system it was made on."""
    blocks = [data[start : start + _BLOCK] for start in range(0, len(data), _BLOCK)]
    stored = [
        struct.pack("<BHH", number == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks)
    ]
    head = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
    return b"".join((head, *stored, struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)))
