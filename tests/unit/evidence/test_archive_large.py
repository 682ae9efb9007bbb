"""Bags with more files than ZIP counts, and how much memory the reader takes for them."""

import subprocess
import sys
from pathlib import Path

import pytest

from uts_policy.evidence.archive import BagWriter, Member

_READ = """
import re, sys
from pathlib import Path
from uts_policy.evidence.verify import Expected, verify

found = verify(Path(sys.argv[1]), Expected(), lambda _: None)
# NOTE: ru_maxrss would be that of the process that started this one, where that was larger.
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(found.parts["integrity"].outcome, peak >> 10)
"""
TAG_FILES = 4
MOST_MIB = 256


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("files", [65_535 - TAG_FILES, 65_536 - TAG_FILES, 100_000])
def test_a_bag_of_many_files_is_whole_and_read_within_bounds(tmp_path: Path, files: int) -> None:
    archive = tmp_path / "bag.zip"
    with archive.open("wb") as stream:
        bag = BagWriter(stream, "bag")
        for number in range(files):
            bag.add(Member(path=f"inputs/{number:06}.yaml", data=b"x"))
        bag.finish({})
        bag.close()
    done = subprocess.run([sys.executable, "-c", _READ, archive], capture_output=True, text=True, check=True)
    outcome, mib = done.stdout.split()
    assert (outcome, int(mib) < MOST_MIB) == ("ok", True), f"{mib} MiB"
