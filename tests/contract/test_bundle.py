"""A real OPA loads the bundle, verifies it, and answers as the embedded engine does."""

import base64
import io
import json
import subprocess
import tarfile
import urllib.request
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, policy, run
from tests.contract.servers import RealOpa, free_port, real_opa

pytestmark = pytest.mark.opa

KEYS = {
    "RS256": ("genrsa", "2048"),
    "ES256": ("ecparam", "-name", "prime256v1", "-genkey", "-noout"),
    "ES384": ("ecparam", "-name", "secp384r1", "-genkey", "-noout"),
    "ES512": ("ecparam", "-name", "secp521r1", "-genkey", "-noout"),
}


def key_pair(folder: Path, algorithm: str) -> tuple[Path, Path]:
    """A private key, and the public one that belongs to it."""
    private, public = folder / f"{algorithm}.pem", folder / f"{algorithm}.pub.pem"
    private.write_bytes(subprocess.run(["openssl", *KEYS[algorithm]], capture_output=True, check=True).stdout)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], capture_output=True, check=True)
    return private, public


def bundle(folder: Path, *options: object) -> Path:
    """A fresh bundle in `folder`."""
    file = folder / "made.tar.gz"
    result = run("bundle", "--out", file, *options, cwd=folder)
    assert (result.returncode, result.stdout) == (0, b""), result.stderr.decode()
    return file


def verifying(algorithm: str, public: Path) -> tuple[str, ...]:
    return ("--bundle", "--verification-key", str(public), "--signing-alg", algorithm)


def query(server: RealOpa, expression: str) -> object:
    """The value of one expression on a server."""
    body = json.dumps({"query": f"answer := {expression}"}).encode()
    request = urllib.request.Request(f"{server.url}/v1/query", data=body)  # noqa: S310 - a server of our own
    with urllib.request.urlopen(request) as response:  # noqa: S310 - likewise
        return json.load(response)["result"][0]["answer"]


def report(root: Path, *options: object, **environment: str) -> dict:
    arguments = ("check", "examples/seeded", "--as-of", AS_OF, "--format", "json", "--profile", "strict", *options)
    result = run(*arguments, cwd=root, **environment)
    assert result.returncode == 1, result.stderr.decode()
    return json.loads(result.stdout)


def test_an_opa_that_runs_the_bundle_gives_the_same_report(opa: str, root: Path, tmp_path: Path) -> None:
    with real_opa(opa, bundle(tmp_path), options=("--bundle",)) as server:
        theirs = report(root, "--engine", "opa", "--opa-url", server.url)
        by_environment = report(root, "--engine", "opa", UTS_POLICY_OPA_URL=server.url)
    ours = report(root)
    assert theirs["engine"] == {"name": "opa", "version": "1.22.2"}
    assert by_environment == theirs
    settings = ("engine", "digests")
    assert {k: v for k, v in theirs.items() if k not in settings} == {
        k: v for k, v in ours.items() if k not in settings
    }
    assert {**theirs["digests"], "config": ""} == {**ours["digests"], "config": ""}
    assert len(ours["findings"]) > 20


@pytest.mark.parametrize("algorithm", KEYS)
def test_opa_verifies_what_was_signed(opa: str, tmp_path: Path, algorithm: str) -> None:
    private, public = key_pair(tmp_path, algorithm)
    file = bundle(tmp_path, "--sign-key", private)
    with real_opa(opa, file, options=verifying(algorithm, public)) as server:
        assert query(server, "data.uts_ruleset.digest") == manifest(file)["revision"]


REFUSED = {
    "a rule": "uts/main.rego: digest mismatch",
    "a signature of another key": "verification error",
    "no signature": "bundle missing .signatures.json file",
    "one more file": "file uts/more.rego not included in bundle signature",
}


@pytest.mark.parametrize("damage", REFUSED)
def test_opa_refuses_what_was_changed_afterwards(opa: str, tmp_path: Path, damage: str) -> None:
    private, public = key_pair(tmp_path, "RS256")
    if damage == "a signature of another key":
        other = tmp_path / "other"
        other.mkdir()
        private, _ = key_pair(other, "RS256")
    file = bundle(tmp_path, *([] if damage == "no signature" else ["--sign-key", private]))
    if damage == "a rule":
        text = members(file)["uts/main.rego"]
        rewrite(file, {"uts/main.rego": text.replace(b"not empty", b"not_empty")})
    if damage == "one more file":
        rewrite(file, {"uts/more.rego": b"package uts.more\n\nx := 1\n"})
    assert REFUSED[damage] in refusal(opa, file, public)


def refusal(opa: str, file: Path, public: Path) -> str:
    """What OPA says in place of starting."""
    result = subprocess.run(
        [opa, "run", "--server", "--addr", f"127.0.0.1:{free_port()}", *verifying("RS256", public), file],
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert result.returncode != 0
    return result.stderr + result.stdout


def test_the_signed_token_is_the_one_that_opa_itself_would_sign(opa: str, root: Path, tmp_path: Path) -> None:
    private, _ = key_pair(tmp_path, "RS256")
    file = bundle(tmp_path, "--sign-key", private, "--with-corpus", root / "examples" / "seeded")
    folder = tmp_path / "unpacked"
    for name, data in members(file).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    ours = (folder / ".signatures.json").read_bytes()
    (folder / ".signatures.json").unlink()
    subprocess.run(
        [opa, "sign", "--signing-key", private, "--bundle", ".", "--output-file-path", tmp_path],
        cwd=folder, check=True,
    )  # fmt: skip
    assert signed_files(ours) == signed_files((tmp_path / ".signatures.json").read_bytes())


def signed_files(signatures: bytes) -> list[dict[str, str]]:
    (token,) = json.loads(signatures)["signatures"]
    payload = token.split(".")[1]
    files = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["files"]
    return sorted(files, key=lambda file: file["name"])


def test_the_corpus_in_the_bundle_is_the_one_that_the_rules_would_be_given(
    opa: str, root: Path, tmp_path: Path
) -> None:
    where = (root / "examples" / "seeded", "--as-of", AS_OF)
    with real_opa(opa, bundle(tmp_path, "--with-corpus", *where), options=("--bundle",)) as server:
        served = query(server, "data.uts_corpus")
        denied = query(server, "count(data.main.deny) with input as data.uts_corpus")
    printed = run("corpus", *where, cwd=tmp_path)
    assert served == json.loads(printed.stdout)
    errors = json.loads(run("check", *where, "--format", "json", cwd=tmp_path).stdout)["counts"]["error"]
    assert (denied, errors > 0) == (errors, True)


def test_a_users_own_rules_are_in_the_bundle(opa: str, tmp_path: Path) -> None:
    finds = 'findings contains {"path": ["roles", id], "message": "x"} if some id, _ in input.roles'
    policies = policy(tmp_path, "mine/a", finds)
    (policies / "ours.rego").write_text("package ours.lib\n\nimport rego.v1\n\nx := 1\n", encoding="utf-8")
    file = bundle(tmp_path, "--policies", policies)
    assert manifest(file)["roots"] == ["main", "ours", "uts", "uts_ruleset"]
    assert manifest(file)["revision"] != manifest(bundle(tmp_path))["revision"]
    with real_opa(opa, bundle(tmp_path, "--policies", policies), options=("--bundle",)) as server:
        assert query(server, "data.ours.lib.x") == 1


def members(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive}


def manifest(file: Path) -> dict:
    return json.loads(members(file)[".manifest"])


def rewrite(file: Path, changes: dict[str, bytes]) -> None:
    """The same archive with other or more members."""
    files = {**members(file), **changes}
    with tarfile.open(file, "w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
