"""A bag that is whole and still not what it should be: anybody may have made it. No fault of it becomes a pass."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run
from uts_policy.evidence.bag import read_whole
from uts_policy.model.errors import NoVerdictError
from uts_policy.pipeline.evidence.bag import Opened, open_bag
from uts_policy.pipeline.evidence.sample import sample
from uts_policy.pipeline.request import silent

FINDINGS = "results/findings.json"
POPULATION = "results/population.json"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opened")
    declare(folder)
    done = run("evidence", "export", "--as-of", AS_OF, "--out", "bag.zip", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder / "bag.zip"


@pytest.fixture
def bag(file: Path) -> Opened:
    return open_bag(file)


def with_json(bag: Opened, path: str, change: Callable[[Any], None]) -> Opened:
    data = json.loads(bag.members[path])
    change(data)
    return replace(bag, members={**bag.members, path: json.dumps(data).encode()})


def test_a_whole_bag_is_read(bag: Opened) -> None:
    assert bag.results.as_of == AS_OF
    assert bag.corpus is not None
    assert list(bag.sources) == ["inputs/declarations/all.yaml"]
    assert sample(bag, size=3, seed=1).cards


@pytest.mark.parametrize("path", [FINDINGS, POPULATION, "config/effective.json"])
def test_what_is_missing_is_named(bag: Opened, path: str) -> None:
    kept = {name: data for name, data in bag.members.items() if name != path}
    with pytest.raises(NoVerdictError, match=f"data/{path} is missing"):
        sample(replace(bag, members=kept), size=3, seed=1)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[" * 100_000, b"\xff", b"null", b"[]", b'{"rules": 1}', b'{"rules": [{}]}']
)
@pytest.mark.parametrize("path", [FINDINGS, POPULATION, "config/effective.json"])
def test_what_is_no_file_of_ours_is_refused(bag: Opened, path: str, data: bytes) -> None:
    with pytest.raises(NoVerdictError, match=path):
        sample(replace(bag, members={**bag.members, path: data}), size=3, seed=1)


def test_results_without_a_verdict_are_no_results(bag: Opened) -> None:
    failed = {"schema": "uts-policy/report/1", "tool": {"name": "uts-policy", "version": "1"}, "verdict": "none"}
    data = json.dumps({**failed, "error": "no engine"}).encode()
    with pytest.raises(NoVerdictError, match="is not the report of a check"):
        sample(replace(bag, members={**bag.members, FINDINGS: data}), size=3, seed=1)


def test_a_rule_that_nothing_in_the_bag_describes_is_refused(bag: Opened) -> None:
    other = with_json(bag, FINDINGS, lambda data: data["evaluated"].append("ours/hidden"))
    with pytest.raises(NoVerdictError, match="names the rule ours/hidden, which no file in policies/ describes"):
        sample(other, size=3, seed=1)


def test_a_policy_that_is_no_text_is_refused(bag: Opened) -> None:
    path = next(name for name in bag.members if name.startswith("policies/"))
    with pytest.raises(NoVerdictError, match="is not UTF-8"):
        sample(replace(bag, members={**bag.members, path: b"\xff"}), size=3, seed=1)


def test_entries_that_were_not_counted_are_a_fault_and_no_sample_of_another_whole(bag: Opened) -> None:
    grown = (SOUND + "  - {id: more, statement: Do more, accountable: director}\n").encode()
    other = replace(bag, members={**bag.members, "inputs/declarations/all.yaml": grown})
    with pytest.raises(NoVerdictError, match=r"was asked about .* entries, and there are"):
        sample(other, size=3, seed=1)


def test_declarations_that_were_evaluated_and_cannot_be_read_are_a_fault(bag: Opened) -> None:
    other = replace(bag, members={**bag.members, "inputs/declarations/all.yaml": BROKEN.encode()})
    with pytest.raises(NoVerdictError, match="evaluated these declarations, and this one cannot read them"):
        sample(other, size=3, seed=1)


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None], to: Path, **options: int) -> Path:
    """The bag's entries, changed, in a new archive; the manifests stay as they are."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(to, "w", options.get("compression", zipfile.ZIP_STORED)) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = archive.compression
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return to


def top(entries: Mapping[str, bytes]) -> str:
    return next(iter(entries)).partition("/")[0]


def edit(entries: dict[str, bytes]) -> None:
    entries[f"{top(entries)}/data/{FINDINGS}"] += b" "


def remove(entries: dict[str, bytes]) -> None:
    del entries[f"{top(entries)}/data/{FINDINGS}"]


def add(entries: dict[str, bytes]) -> None:
    entries[f"{top(entries)}/data/inputs/more.yaml"] = b""


def add_a_tag_file(entries: dict[str, bytes]) -> None:
    entries[f"{top(entries)}/more.txt"] = b""


def add_a_second_bag(entries: dict[str, bytes]) -> None:
    entries["other/bagit.txt"] = b""


def drop_the_manifest(entries: dict[str, bytes]) -> None:
    del entries[f"{top(entries)}/manifest-sha256.txt"]


def spoil_the_manifest(entries: dict[str, bytes]) -> None:
    entries[f"{top(entries)}/tagmanifest-sha256.txt"] += b"what is this\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (edit, f"data/{FINDINGS}: its bytes are not those that the manifest has the digest of (file-altered)"),
        (remove, f"data/{FINDINGS}: manifest-sha256.txt lists it, and it is not there (file-missing)"),
        (add, "data/inputs/more.yaml: manifest-sha256.txt does not list it: it was added (file-unlisted)"),
        (add_a_tag_file, "more.txt: no manifest covers this file: it was added (file-unlisted)"),
        (add_a_second_bag, "(several-bags)"),
        (drop_the_manifest, "manifest-sha256.txt: a bag has this file (not-a-bag)"),
        (spoil_the_manifest, "(manifest-form)"),
    ],
)
def test_an_altered_bag_is_not_read(
    file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], message: str
) -> None:
    with pytest.raises(NoVerdictError) as raised:
        read_whole(rewritten(file, change, tmp_path / "altered.zip"), silent)
    assert message in raised.value.message


def test_what_is_compressed_is_not_read_for_it_could_be_a_bomb(file: Path, tmp_path: Path) -> None:
    other = rewritten(file, lambda _: None, tmp_path / "packed.zip", compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(NoVerdictError, match="is not whole"):
        read_whole(other, silent)


def test_a_bag_with_attestations_is_read_and_its_digest_is_the_same(file: Path, tmp_path: Path) -> None:
    def attest(entries: dict[str, bytes]) -> None:
        entries[f"{top(entries)}/attestations/0123.sigstore.json"] = b"{}"

    other = rewritten(file, attest, tmp_path / "signed.zip")
    assert read_whole(other, silent) == read_whole(file, silent)
