"""Keys of evidence: made, encrypted, asked for, refused."""

import os
import pty
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

from tests.acceptance.bag import export, key
from tests.acceptance.command import COMMAND, declare, environment, run

VARIABLE = "UTS_POLICY_KEY_PASSPHRASE"
PASSPHRASE = {VARIABLE: "correct horse"}


def left(folder: Path) -> list[str]:
    """What a run leaves in a directory besides what was there."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith((".bag", "bag")))


def test_an_unsigned_bag_is_called_integrity_only(tmp_path: Path) -> None:
    declare(tmp_path)
    done = export(tmp_path)
    assert b"integrity only" in done.stderr
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        assert not any("/attestations/" in name for name in archive.namelist())


def test_a_key_that_others_may_read_is_warned_about(tmp_path: Path) -> None:
    declare(tmp_path)
    file = key(tmp_path)
    assert b"warning" not in export(tmp_path, "--sign-key", file).stderr
    file.chmod(0o640)
    done = export(tmp_path, "--sign-key", file, "--force")
    assert done.returncode == 0
    assert b"others than you may read the private key" in done.stderr


def encrypted(folder: Path) -> None:
    made = run("evidence", "keygen", "locked.pem", "--encrypt", cwd=folder, **PASSPHRASE)
    assert made.returncode == 0, made.stderr
    assert b"ENCRYPTED" in (folder / "locked.pem").read_bytes()


def test_the_passphrase_comes_from_a_variable_or_a_descriptor(tmp_path: Path) -> None:
    declare(tmp_path)
    encrypted(tmp_path)
    signed = export(tmp_path, "--sign-key", "locked.pem", **PASSPHRASE)
    assert (signed.returncode, b"signed by key" in signed.stderr) == (0, True)
    (tmp_path / "word").write_text("correct horse\n", encoding="utf-8")
    command = f'exec "{COMMAND}" evidence export --out bag2.zip --sign-key locked.pem --passphrase-fd 3 3<word'
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (done.returncode, b"signed by key" in done.stderr) == (0, True)


def test_without_the_right_passphrase_there_is_no_bag(tmp_path: Path) -> None:
    declare(tmp_path)
    encrypted(tmp_path)
    wrong = export(tmp_path, "--sign-key", "locked.pem", **{VARIABLE: "wrong"})
    nobody = export(tmp_path, "--sign-key", "locked.pem")
    assert (wrong.returncode, nobody.returncode, left(tmp_path)) == (2, 2, [])
    assert b"is it the right passphrase?" in wrong.stderr
    assert b"--passphrase-fd N, or in UTS_POLICY_KEY_PASSPHRASE" in nobody.stderr


def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(tmp_path: Path) -> None:
    declare(tmp_path)
    encrypted(tmp_path)
    ours, theirs = pty.openpty()
    command = ["setsid", "--ctty", COMMAND, "evidence", "export", "--out", "bag.zip", "--sign-key", "locked.pem"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Passphrase of the key" not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, b"correct horse\n")
        with suppress(OSError):  # when the other side is closed
            while piece := os.read(ours, 1024):
                shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert b"signed by key" in shown
    assert b"correct horse" not in shown


def test_only_an_ed25519_key_signs_evidence(tmp_path: Path) -> None:
    declare(tmp_path)
    subprocess.run(["openssl", "genrsa", "-out", tmp_path / "rsa.pem", "2048"], check=True, capture_output=True)
    key(tmp_path)
    for name, words in (("rsa.pem", b"is no Ed25519 key"), ("signer.pub.pem", b"holds no private key")):
        done = export(tmp_path, "--sign-key", name)
        assert (done.returncode, left(tmp_path)) == (2, [])
        assert words in done.stderr


def test_a_key_of_openssl_signs_as_ours_do(tmp_path: Path) -> None:
    declare(tmp_path)
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", tmp_path / "key.pem"], check=True)
    (tmp_path / "key.pem").chmod(0o600)
    assert b"signed by key" in export(tmp_path, "--sign-key", "key.pem").stderr


def test_a_new_key_is_for_its_owner_only_and_replaces_none(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        file = key(tmp_path)
    finally:
        os.umask(before)
    public = tmp_path / "signer.pub.pem"
    assert (file.stat().st_mode & 0o777, public.stat().st_mode & 0o777) == (0o600, 0o644)
    shown = subprocess.run(["openssl", "pkey", "-in", file, "-pubout"], check=True, capture_output=True).stdout
    assert shown == public.read_bytes()
    held = file.read_bytes()
    for name in ("signer.pem", "signer"):
        again = run("evidence", "keygen", name, cwd=tmp_path)
        assert again.returncode == 2
        assert b"a key is never replaced" in again.stderr
    assert (file.read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == (
        held,
        ["signer.pem", "signer.pub.pem"],
    )
