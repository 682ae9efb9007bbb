"""Bags are written file by file, and the same files give the same bytes."""

import io
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from uts_policy.evidence.archive import BagWriter, Member, uncompressed

MANY = """
import re, sys
from pathlib import Path
from uts_policy.evidence.archive import BagWriter
from uts_policy.evidence.archive import Member
def peak():
    # NOTE: ru_maxrss would be that of the process that started this one, where that was larger.
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
before = peak()
with open(sys.argv[1], "w+b") as stream:
    bag = BagWriter(stream, "bag")
    data = bytes(8000)
    for number in range(100_000):
        bag.add(Member(path=f"inputs/{number:06}.yaml", data=data))
    bag.finish({})
    bag.close()
print(peak() - before)
"""


def written(*members: Member, info: dict[str, str] | None = None) -> tuple[bytes, str]:
    stream = io.BytesIO()
    bag = BagWriter(stream, "bag")
    for member in members:
        bag.add(member)
    digest = bag.finish(info or {})
    bag.close()
    return stream.getvalue(), digest


def hexed(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_the_whole_bag_is_as_bagit_wants_it() -> None:
    data, digest = written(Member(path="b.txt", data=b"two"), Member(path="a/é.txt", data=b"1"), info={"Name": "x"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    manifest = f"{hexed(b'1')}  data/a/é.txt\n{hexed(b'two')}  data/b.txt\n".encode()
    info = b"Name: x\nPayload-Oxum: 4.2\n"
    declaration = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    tags = (
        f"{hexed(info)}  bag-info.txt\n{hexed(declaration)}  bagit.txt\n{hexed(manifest)}  manifest-sha256.txt\n"
    ).encode()
    assert found == {
        "bag/bagit.txt": declaration,
        "bag/data/b.txt": b"two",
        "bag/data/a/é.txt": b"1",
        "bag/bag-info.txt": info,
        "bag/manifest-sha256.txt": manifest,
        "bag/tagmanifest-sha256.txt": tags,
    }
    assert digest == hexed(tags)


def test_nothing_in_an_entry_hangs_on_the_machine() -> None:
    data, _ = written(Member(path="a", data=b"a" * 10_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    facts = {
        (each.compress_type, each.date_time, each.create_system, each.external_attr, each.extra, each.comment)
        for each in entries
    }
    assert facts == {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, b"", b"")}
    assert written(Member(path="a", data=b"a" * 10_000))[0] == data


def test_the_digest_of_a_folder_is_that_of_its_lines_in_the_manifest() -> None:
    bag = BagWriter(io.BytesIO(), "bag")
    bag.add(Member(path="inputs/b", data=b"b"))
    bag.add(Member(path="inputs/a", data=b"a"))
    bag.add(Member(path="inputs-too/c", data=b"c"))
    lines = f"{hexed(b'a')}  data/inputs/a\n{hexed(b'b')}  data/inputs/b\n"
    assert bag.digests("inputs") == hexed(lines.encode())
    assert bag.digest_of("inputs/b") == hexed(b"b")


def test_a_path_is_there_once_only() -> None:
    bag = BagWriter(io.BytesIO(), "bag")
    bag.add(Member(path="a", data=b""))
    with pytest.raises(ValueError, match="there already"):
        bag.add(Member(path="a", data=b""))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_bag_of_a_hundred_thousand_files_is_not_held_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "bag.zip"
    done = subprocess.run([sys.executable, "-c", MANY, file], capture_output=True, text=True, check=True, timeout=600)
    kibibytes = int(done.stdout)
    assert file.stat().st_size > 800_000_000
    assert kibibytes * 1024 < file.stat().st_size / 4
    with zipfile.ZipFile(file) as archive:
        assert len(archive.namelist()) == 100_004  # more than ZIP without its extension can count


def test_an_archive_within_the_bag_keeps_its_entries_and_loses_its_compression() -> None:
    before = io.BytesIO()
    with zipfile.ZipFile(before, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("b", (1980, 1, 1, 0, 0, 0)), b"b" * 1000, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("a", (1980, 1, 1, 0, 0, 0)), b"a", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(uncompressed(before.getvalue()))) as archive:
        assert [(each.filename, each.compress_type) for each in archive.infolist()] == [("b", 0), ("a", 0)]
        assert (archive.read("b"), archive.read("a")) == (b"b" * 1000, b"a")
