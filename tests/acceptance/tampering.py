"""Ways of tampering with a real, signed bag, each with the part of the verification and the reason that reject it."""

import base64
import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.bag import NAME

FINDINGS = "data/results/findings.json"
MANIFEST = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"


@dataclass
class Given:
    """A real bag: its entries by path in the bag, where it lies, and the keys."""

    folder: Path
    files: dict[str, bytes]

    @property
    def archive(self) -> bytes:
        return (self.folder / "bag.zip").read_bytes()

    @property
    def attestation(self) -> str:
        return next(path for path in self.files if path.startswith("attestations/"))


def packed(files: dict[str, bytes], name: str = NAME) -> bytes:
    """Files as `archive.py` would pack them."""
    return raw([(f"{name}/{path}", data) for path, data in files.items()])


def raw(entries: list[tuple[str, bytes]], change: Callable[[zipfile.ZipInfo], None] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path, data in entries:
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            if change is not None:
                change(entry)
            archive.writestr(entry, data)
    return stream.getvalue()


def rehashed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with manifests that fit them again."""
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    size = sum(map(len, payload.values()))
    info = files["bag-info.txt"].decode().splitlines()
    info = [f"Payload-Oxum: {size}.{len(payload)}" if line.startswith("Payload-Oxum") else line for line in info]
    made = {**files, MANIFEST: lines(payload), "bag-info.txt": ("\n".join(info) + "\n").encode()}
    return {**made, TAGS: lines({path: made[path] for path in ("bagit.txt", "bag-info.txt", MANIFEST)})}


def lines(files: dict[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()


def entries(given: Given) -> list[tuple[str, bytes]]:
    return [(f"{NAME}/{path}", data) for path, data in given.files.items()]


def stripped(given: Given) -> bytes:
    return packed({path: data for path, data in given.files.items() if path != given.attestation})


def aged(given: Given) -> bytes:
    old = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    return packed(rehashed({**given.files, "bagit.txt": old}))


def renaming(entry: zipfile.ZipInfo) -> None:
    entry.extra = struct.pack("<2H", 0x7075, 1) + b"x"


def resigned(
    given: Given, change: Callable[[dict], None], *, signer: str = "signer.pem", what: str = "statement"
) -> bytes:
    """The attestation with another payload or payload type, signed anew with the right key: an insider's work."""
    from uts_policy.evidence.attestation import pae
    from uts_policy.signing import read_evidence_signer

    bundle = json.loads(given.files[given.attestation])
    envelope = bundle["dsseEnvelope"]
    if what == "statement":
        statement = json.loads(base64.b64decode(envelope["payload"]))
        change(statement)
        envelope["payload"] = base64.b64encode(json.dumps(statement).encode()).decode()
    else:
        change(bundle)
    made = read_evidence_signer(given.folder / signer, lambda: b"")
    signed = pae(envelope["payloadType"], base64.b64decode(envelope["payload"]))
    for signature in envelope["signatures"]:
        signature["sig"] = base64.b64encode(made.sign(signed)).decode()
    bundle["verificationMaterial"] = {"publicKey": {"hint": made.keyid}}
    return json.dumps(bundle).encode()


def attested(change: Callable[[dict], None]) -> Callable[[Given], bytes]:
    """The bag with its bundle changed by whoever has no key."""

    def made(given: Given) -> bytes:
        bundle = json.loads(given.files[given.attestation])
        change(bundle)
        return packed({**given.files, given.attestation: json.dumps(bundle).encode()})

    return made


def signatures(change: Callable[[list], list]) -> Callable[[Given], bytes]:
    def changed(bundle: dict) -> None:
        bundle["dsseEnvelope"]["signatures"] = change(bundle["dsseEnvelope"]["signatures"])

    return attested(changed)


def sig(change: Callable[[bytes], bytes]) -> Callable[[Given], bytes]:
    def changed(found: list) -> list:
        data = change(base64.b64decode(found[0]["sig"]))
        return [{**found[0], "sig": base64.b64encode(data).decode()}]

    return signatures(changed)


def by_insider(change: Callable[[dict], None], what: str = "statement") -> Callable[[Given], bytes]:
    return lambda given: packed({**given.files, given.attestation: resigned(given, change, what=what)})


def edited(path: str, data: bytes) -> Callable[[Given], bytes]:
    return lambda given: packed({**given.files, path: data})


def without(path: str) -> Callable[[Given], bytes]:
    return lambda given: packed({name: data for name, data in given.files.items() if name != path})


def with_entry(path: str, change: Callable[[zipfile.ZipInfo], None] | None = None) -> Callable[[Given], bytes]:
    def made(given: Given) -> bytes:
        entries = [(f"{NAME}/{name}", data) for name, data in given.files.items()]
        archive = io.BytesIO(raw(entries))
        with zipfile.ZipFile(archive, "a", zipfile.ZIP_STORED) as opened:
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            if change is not None:
                change(entry)
            opened.writestr(entry, b"x")
        return archive.getvalue()

    return made


def mode(value: int) -> Callable[[zipfile.ZipInfo], None]:
    def change(entry: zipfile.ZipInfo) -> None:
        entry.external_attr = value << 16

    return change


def patched(signature: bytes, offset: int, value: bytes, *, last: bool = True) -> Callable[[Given], bytes]:
    """Bytes of a header changed in place: of the last central entry, or of the first local one."""

    def made(given: Given) -> bytes:
        data = bytearray(given.archive)
        place = data.rindex(signature) if last else data.index(signature)
        data[place + offset : place + offset + len(value)] = value
        return bytes(data)

    return made


def bomb(given: Given) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"{NAME}/data/{number}", bytes(1 << 24))
    return stream.getvalue()


def overlapping(given: Given) -> bytes:
    """Two entries of the directory that lead to the same bytes."""
    data = bytearray(given.archive)
    start = struct.unpack("<L", data[-6:-2])[0]
    first, second = [place for place in range(start, len(data)) if data[place : place + 4] == b"PK\x01\x02"][:2]
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def doubled(given: Given) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return raw([*((f"{NAME}/{path}", data) for path, data in given.files.items()), (f"{NAME}/{FINDINGS}", b"{}")])


def manifest(change: Callable[[bytes], bytes]) -> Callable[[Given], bytes]:
    """A payload manifest changed, and covered again by a tag manifest that fits."""

    def made(given: Given) -> bytes:
        files = {**given.files, MANIFEST: change(given.files[MANIFEST])}
        tags = ("bagit.txt", "bag-info.txt", MANIFEST)
        return packed({**files, TAGS: lines({path: files[path] for path in tags})})

    return made


def relabelled(given: Given) -> bytes:
    """A report that says pass, with digests that fit: the signature is of another bag."""
    report = json.loads(given.files[FINDINGS])
    report["verdict"], report["findings"] = "pass", []
    return packed(rehashed({**given.files, FINDINGS: json.dumps(report).encode()}))


def other_key(given: Given) -> bytes:
    made = resigned(given, lambda _: None, signer="other.pem")
    return packed({**given.files, given.attestation: made})


def claims_the_key(given: Given) -> bytes:
    """Signed with another key under the name of the right one."""
    right = json.loads(given.files[given.attestation])["verificationMaterial"]["publicKey"]["hint"]
    bundle = json.loads(resigned(given, lambda _: None, signer="other.pem"))
    bundle["verificationMaterial"]["publicKey"]["hint"] = right
    return packed({**given.files, given.attestation: json.dumps(bundle).encode()})


def set_to(**values: object) -> Callable[[dict], None]:
    return lambda found: found.update(values)


def subject(**values: object) -> Callable[[dict], None]:
    return lambda statement: statement["subject"][0].update(values)


def payload_type(bundle: dict) -> None:
    bundle["dsseEnvelope"]["payloadType"] = "application/json"


def huge(given: Given) -> bytes:
    """The last entry said to be a gigabyte, in both headers."""
    data = bytearray(given.archive)
    for mark, place in ((b"PK\x01\x02", 20), (b"PK\x03\x04", 18)):
        start = data.rindex(mark) + place
        data[start : start + 8] = struct.pack("<2L", 1 << 30, 1 << 30)
    return bytes(data)


def crc(given: Given) -> bytes:
    """A checksum that is wrong in both headers."""
    data = bytearray(given.archive)
    wanted = struct.pack("<L", zlib.crc32(given.files[FINDINGS]))
    return bytes(data).replace(wanted, b"\x01\x02\x03\x04")


def countless(given: Given) -> bytes:
    """A directory that says that it lists three million files."""
    data = given.archive
    length, start = struct.unpack("<2L", data[-10:-2])
    place, count = len(data) - 22, 3_000_000
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    return data[:-22] + large + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, length, start, 0)


def renamed(given: Given) -> bytes:
    files = dict(given.files)
    files["data/inputs/declarations/other.yaml"] = files.pop("data/inputs/declarations/all.yaml")
    return packed(files)


def foreign_link(given: Given) -> bytes:
    """A link's mode on an entry that says that it comes from another system than Unix."""
    data = bytearray(given.archive)
    place = data.rindex(b"PK\x01\x02")
    data[place + 5] = 19
    data[place + 38 : place + 42] = struct.pack("<L", 0o120777 << 16)
    return bytes(data)


def without_utf8(given: Given) -> bytes:
    """A name beyond ASCII that does not say that it is UTF-8: others read it in the code page of DOS."""
    data = bytearray(raw([*entries(given), (f"{NAME}/data/\u00e9", b"")]))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.rindex(mark) + place
        data[start : start + 2] = bytes(2)
    return bytes(data)


def large_end(data: bytes, **changes: int) -> bytes:
    """The archive with the end of a large one besides its own, as above 2 GiB; `changes` are of the small end."""
    *_, count, length, start, _ = struct.unpack("<4s4H2LH", data[-22:])
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(data) - 22, 1)
    small = {"count": count, "length": length, "start": start} | changes
    end = (0, 0, small["count"], small["count"], small["length"], small["start"], 0)
    return data[:-22] + large + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", *end)


TAMPERINGS: dict[str, tuple[str, str, Callable[[Given], bytes]]] = {
    "an edited declaration": ("integrity", "file-altered", edited("data/inputs/declarations/all.yaml", b"units: []\n")),
    "an edited result": ("integrity", "file-altered", edited(FINDINGS, b"{}")),
    "an edited tag file": ("integrity", "tag-altered", edited("bag-info.txt", b"Payload-Oxum: 1.1\n")),
    "an edited manifest": (
        "integrity",
        "tag-altered",
        lambda given: packed({**given.files, MANIFEST: given.files[MANIFEST].upper()}),
    ),
    "an added file": ("integrity", "file-unlisted", edited("data/inputs/more.yaml", b"x")),
    "a removed file": ("integrity", "file-missing", without(FINDINGS)),
    "a renamed file": ("integrity", "file-missing", renamed),
    "a removed manifest": ("integrity", "not-a-bag", without(MANIFEST)),
    "an extra tag file": ("integrity", "file-unlisted", edited("notes.txt", b"x")),
    "a file beside the attestations": ("integrity", "file-unlisted", edited("attestations/readme.txt", b"x")),
    "a weaker manifest added": ("integrity", "other-manifest", edited("manifest-md5.txt", b"")),
    "an old version of BagIt": (
        "integrity",
        "bagit-version",
        aged,
    ),
    "a manifest that names a file twice": (
        "integrity",
        "manifest-form",
        manifest(lambda data: data + data.splitlines(keepends=True)[0]),
    ),
    "a manifest that was cut off": ("integrity", "manifest-form", manifest(lambda data: data[:-1])),
    "a manifest with another spelling of a path": (
        "integrity",
        "manifest-form",
        manifest(lambda data: data.replace(b"  data/", b" *data/", 1)),
    ),
    "a manifest that leaves a file out": (
        "integrity",
        "file-unlisted",
        manifest(lambda data: b"".join(data.splitlines(keepends=True)[1:])),
    ),
    "re-hashed contents under the old signature": ("signer", "other-bag", relabelled),
    "another key": ("signer", "unknown-key", other_key),
    "another key under the right name": ("signer", "signature-invalid", claims_the_key),
    "a stripped signature": ("signer", "unsigned", stripped),
    "no signature in the envelope": ("signer", "no-signature", signatures(lambda _: [])),
    "a truncated signature": ("signer", "signature-form", sig(lambda data: data[:63])),
    "a doubled signature": ("signer", "several-signatures", signatures(lambda found: found * 2)),
    "a reordered signature": ("signer", "signature-invalid", sig(lambda data: data[32:] + data[:32])),
    "one flipped bit of the signature": (
        "signer",
        "signature-invalid",
        sig(lambda data: bytes([data[0] ^ 1]) + data[1:]),
    ),
    "another predicate type": ("signer", "predicate-type", by_insider(set_to(predicateType="https://example.org/v1"))),
    "another kind of statement": ("signer", "not-a-statement", by_insider(set_to(_type="https://example.org/v1"))),
    "the subject of another bag": ("signer", "other-bag", by_insider(subject(digest={"sha256": "0" * 64}))),
    "another subject": ("signer", "subject", by_insider(subject(name="manifest-sha256.txt"))),
    "two subjects": (
        "signer",
        "subject",
        by_insider(lambda statement: statement["subject"].append(statement["subject"][0])),
    ),
    "a digest of another algorithm beside it": (
        "signer",
        "subject",
        by_insider(subject(digest={"sha256": "0" * 64, "md5": "0"})),
    ),
    "another payload type": ("signer", "payload-type", by_insider(payload_type, "bundle")),
    "a certificate in place of the key": (
        "signer",
        "not-a-bundle",
        attested(lambda bundle: bundle.update(verificationMaterial={"certificate": {"rawBytes": ""}})),
    ),
    "a bundle of another version": (
        "signer",
        "not-a-bundle",
        attested(set_to(mediaType="application/vnd.dev.sigstore.bundle+json;version=0.2")),
    ),
    "a key of the bundle twice": (
        "signer",
        "not-a-bundle",
        lambda given: packed(
            {**given.files, given.attestation: b'{"mediaType":"x",' + given.files[given.attestation][1:]}
        ),
    ),
    "an attestation that is none": ("signer", "not-a-bundle", edited("attestations/x.sigstore.json", b"{}")),
    "a program as an attestation": ("signer", "not-a-bundle", edited("attestations/x.sigstore.json", b"MZ\x90")),
    "an entry twice": ("integrity", "duplicate-entry", doubled),
    "a name that differs by case": ("integrity", "ambiguous-name", with_entry(f"{NAME}/{FINDINGS.upper()}")),
    "a name that differs by Unicode form": (
        "integrity",
        "ambiguous-name",
        lambda given: raw([*entries(given), (f"{NAME}/data/e\u0301", b""), (f"{NAME}/data/\u00e9", b"")]),
    ),
    "a path that leads out": ("integrity", "unsafe-path", with_entry(f"{NAME}/../evil")),
    "an absolute path": ("integrity", "unsafe-path", with_entry("/etc/evil")),
    "a path with a drive": ("integrity", "unsafe-path", with_entry("C:/evil")),
    "a path with a backslash": ("integrity", "unsafe-path", with_entry(f"{NAME}/data\\evil")),
    "a path with a dot": ("integrity", "unsafe-path", with_entry(f"{NAME}/./data/evil")),
    "a symbolic link": ("integrity", "link", with_entry(f"{NAME}/data/link", mode(0o120777))),
    "a link of another system": ("integrity", "link", foreign_link),
    "a program that runs as its owner": ("integrity", "attributes", with_entry(f"{NAME}/data/x", mode(0o104755))),
    "a name in a code page": ("integrity", "ambiguous-name", without_utf8),
    "a name with a character of no width": ("integrity", "unsafe-path", with_entry(f"{NAME}/data/a\u200bb")),
    "a name that Windows has for a device": ("integrity", "unsafe-path", with_entry(f"{NAME}/data/con.txt")),
    "a name that Windows shortens": ("integrity", "unsafe-path", with_entry(f"{NAME}/{FINDINGS}.")),
    "a file that is a directory too": ("integrity", "ambiguous-name", with_entry(f"{NAME}/{FINDINGS}/x")),
    "two ends that disagree": ("integrity", "structure", lambda given: large_end(given.archive, count=1)),
    "sizes that come later": ("integrity", "structure", patched(b"PK\x01\x02", 8, b"\x08\x00")),
    "a device": ("integrity", "not-a-file", with_entry(f"{NAME}/data/tty", mode(0o020666))),
    "a directory": ("integrity", "not-a-file", with_entry(f"{NAME}/data/more/", mode(0o040755))),
    "an encrypted entry": ("integrity", "encrypted", patched(b"PK\x01\x02", 8, b"\x01\x00")),
    "a compressed entry": ("integrity", "compressed", patched(b"PK\x01\x02", 10, b"\x08\x00")),
    "sizes that lie": ("integrity", "header-mismatch", patched(b"PK\x03\x04", 22, struct.pack("<L", 9), last=False)),
    "a size beyond the archive": ("integrity", "size-lie", huge),
    "a bomb": ("integrity", "compressed", bomb),
    "a directory that names a file otherwise": ("integrity", "header-mismatch", patched(b"PK\x01\x02", 46, b"X")),
    "entries that overlap": ("integrity", "overlapping-entries", overlapping),
    "a wrong checksum of the archive": ("integrity", "crc", crc),
    "a field that renames": ("integrity", "extra-field", with_entry(f"{NAME}/data/x", renaming)),
    "trailing bytes": ("integrity", "trailing-bytes", lambda given: given.archive + b"more"),
    "a comment of the archive": ("integrity", "trailing-bytes", lambda given: given.archive[:-2] + b"\x01\x00c"),
    "leading bytes": ("integrity", "leading-bytes", lambda given: b"#!/bin/sh\n" + given.archive),
    "two archives": ("integrity", "leading-bytes", lambda given: given.archive + given.archive),
    "bytes before the end": (
        "integrity",
        "hidden-bytes",
        lambda given: given.archive[:-22] + b"x" + given.archive[-22:],
    ),
    "the last byte cut off": ("integrity", "truncated", lambda given: given.archive[:-1]),
    "two bags in one archive": ("integrity", "several-bags", with_entry("another/bagit.txt")),
    "more files than anybody has": ("integrity", "limit", countless),
    "half an archive": ("integrity", "not-a-zip", lambda given: given.archive[: len(given.archive) // 2]),
    "no archive": ("integrity", "not-a-zip", lambda _: b"what?" * 100),
}
