"""A bag verified by what others wrote, none of ours involved but for making it."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.bag import export, key, unpack
from tests.conftest import ROOT, find_tool, require_tool

NODE_MODULES = ROOT / ".tools" / "node" / "node_modules"
BLOCK = re.compile(r"(?:^ {4}(?! ).*\n)+", re.MULTILINE)
NEEDS = {"openssl": "openssl", "node": "sigstore-verify", "sarif-multitool": "sarif-multitool", "opa": "opa"}
"""A command, and the tool that must be there for it."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a signed bag, `bag.zip`, and the public key, `signer.pub.pem`."""
    folder = tmp_path_factory.mktemp("outsiders")
    shutil.copytree(ROOT / "examples" / "seeded", folder / "declarations")
    key(folder)
    done = export(folder, "--sign-key", "signer.pem")
    assert done.returncode == 1, done.stderr
    return folder


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    """The bag alone, unpacked in an empty directory, and the signer's public key beside it."""
    found = unpack(made / "bag.zip", tmp_path / "alone")
    shutil.copy(made / "signer.pub.pem", found.parent / "signer.pub.pem")
    return found


def environment() -> dict[str, str]:
    """A shell in which the tools that the README names can be called."""
    path = [sysconfig.get_path("scripts"), str(NODE_MODULES / ".bin"), str(ROOT / ".tools" / "bin"), os.environ["PATH"]]
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PATH": os.pathsep.join(path), "NODE_PATH": str(NODE_MODULES), "LC_ALL": "C.UTF-8"}


def shell(commands: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A block of commands, each of which must succeed."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", commands],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def blocks(bag: Path) -> Iterator[str]:
    """The commands of the README in the bag: its lines indented by four blanks."""
    text = (bag / "data" / "README.txt").read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        yield re.sub(r"^ {4}", "", block[0], flags=re.MULTILINE)


def test_the_readme_in_the_bag_can_be_followed_literally_from_the_bag_alone(bag: Path) -> None:
    said: dict[str, list[str]] = {}
    for commands in blocks(bag):
        first = commands.split()[0]
        if first == "echo" and not find_tool("cosign"):
            continue  # `make cosign` builds it, in minutes
        for word, tool in NEEDS.items():
            if re.search(rf"^{word}\b", commands, re.MULTILINE):
                require_tool(tool)
        done = shell(commands, bag)
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
        said.setdefault(first, []).append(done.stdout.strip())
    assert {each: said[each] for each in ("find", "grep", "sed", "node")} == {
        "find": [""],
        "grep": [said["grep"][0], "1", "69\n69"],
        "sed": ["Signature Verified Successfully"],
        "node": ["verified"],
    }
    keyid = json.loads(next((bag / "attestations").iterdir()).read_bytes())["verificationMaterial"]["publicKey"]["hint"]
    assert said["python3"] == [f"signed by {keyid}"]
    assert said["mkdir"][0].count("VALID") == len(list((bag / "data" / "oscal").iterdir()))


@pytest.mark.parametrize(
    ("damage", "noticed_by"),
    [("edited", "sha256sum"), ("removed", "sha256sum"), ("added", "find"), ("signature", "sed"), ("digest", "grep")],
)
def test_the_commands_of_the_readme_fail_where_the_bag_was_altered(bag: Path, damage: str, noticed_by: str) -> None:
    require_tool("openssl")
    file = bag / "data" / "results" / "findings.json"
    if damage == "edited":
        file.write_bytes(file.read_bytes().replace(b'"verdict": "fail"', b'"verdict": "pass"'))
    elif damage == "removed":
        file.unlink()
    elif damage == "added":
        (bag / "data" / "inputs" / "more.yaml").write_text("units: []\n", encoding="utf-8")
    elif damage == "digest":
        (bag / "tagmanifest-sha256.txt").write_text("", encoding="utf-8")
    else:
        [attestation] = (bag / "attestations").iterdir()
        bundle = json.loads(attestation.read_bytes())
        signature = bytearray(base64.b64decode(bundle["dsseEnvelope"]["signatures"][0]["sig"]))
        signature[0] ^= 1
        bundle["dsseEnvelope"]["signatures"][0]["sig"] = base64.b64encode(signature).decode()
        attestation.write_text(json.dumps(bundle, separators=(",", ":")), encoding="utf-8")
    wanted = ("sha256sum -c", "find", "sed", "grep -c -F")
    failed = [each for each in blocks(bag) if each.startswith(wanted) and shell(each, bag).returncode]
    assert noticed_by in {each.split()[0] for each in failed}


def test_bagit_finds_the_bag_valid_and_complete(bag: Path) -> None:
    import bagit

    opened = bagit.Bag(str(bag))
    opened.validate(processes=1)
    assert (opened.version_info, opened.algorithms) == ((1, 0), ["sha256"])
    assert set(opened.info) == {"Bag-Software-Agent", "External-Description", "External-Identifier", "Payload-Oxum"}


def test_info_zip_takes_it_out_as_python_does(made: Path, tmp_path: Path) -> None:
    ours = unpack(made / "bag.zip", tmp_path / "python")
    subprocess.run([require_tool("unzip"), "-q", made / "bag.zip", "-d", tmp_path / "info"], check=True, timeout=60)
    subprocess.run([require_tool("unzip"), "-tqq", made / "bag.zip"], check=True, timeout=60)
    [theirs] = (tmp_path / "info").iterdir()

    def files(bag: Path) -> dict[str, bytes]:
        return {str(path.relative_to(bag)): path.read_bytes() for path in bag.rglob("*") if path.is_file()}

    assert files(theirs) == files(ours)
    with zipfile.ZipFile(made / "bag.zip") as archive:
        assert archive.testzip() is None


def test_the_signed_subject_is_the_digest_of_the_tag_manifest(bag: Path) -> None:
    [attestation] = (bag / "attestations").iterdir()
    bundle = json.loads(attestation.read_bytes())
    statement = json.loads(base64.b64decode(bundle["dsseEnvelope"]["payload"]))
    digest = hashlib.sha256((bag / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    assert statement["subject"] == [{"name": "tagmanifest-sha256.txt", "digest": {"sha256": digest}}]
    assert (statement["_type"], statement["predicateType"], statement["predicate"]["result"]) == (
        "https://in-toto.io/Statement/v1",
        "https://in-toto.io/attestation/test-result/v0.1",
        "FAILED",
    )
