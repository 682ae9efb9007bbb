"""A directory of declarations, good and bad: no file hides what another says."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.unit.load.samples import place
from uts_policy.load.files import LoadedFiles, load
from uts_policy.model.errors import UsageError

NOBODY = "65534"

BAD = {
    "alias.yaml": "a: *x\n",
    "bomb.yaml": "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]\n"
    + "".join(
        f"{key}: &{key} [{', '.join([f'*{before}'] * 10)}]\n" for before, key in zip("abcde", "bcdef", strict=True)
    ),
    "depth.yaml": "a: " + "[" * 65 + "]" * 65 + "\n",
    "duplicate.yaml": "a: 1\na: 2\n",
    "latin.yaml": "a: \xe9\n".encode("latin-1"),
    "nul.yaml": "a: \0\n",
    "separator.yaml": "a: 1 # \u2028\n",
    "syntax.yaml": "a: [\n",
    "tab.yaml": "a:\n\tb: 1\n",
    "tag.yaml": "a: !x 1\n",
    "utf16.yaml": "a: 1\n".encode("utf-16"),
    "value.yaml": "a: .inf\n",
}


def load_all(root: Path, **options) -> LoadedFiles:
    settings = {"root": root, "exclude": (), "config_file": None, **options}
    return load([root], **settings)


def told(loaded: LoadedFiles) -> list[tuple[str, str, str]]:
    return [(p.location.file, place(p.location.span), p.rule) for p in loaded.problems]


def test_documents_come_in_the_order_of_names_then_of_the_file(tmp_path):
    (tmp_path / "b.yaml").write_text("x: 1\n---\ny: 2\n")
    (tmp_path / "a.yaml").write_text("z: 3\n")
    (tmp_path / ".git").mkdir()
    loaded = load_all(tmp_path)
    assert [(document.path, document.index, document.data) for document in loaded.documents] == [
        ("a.yaml", 0, {"z": 3}),
        ("b.yaml", 0, {"x": 1}),
        ("b.yaml", 1, {"y": 2}),
    ]
    assert [(name, source.text) for name, source in loaded.sources.items()] == [
        ("a.yaml", "z: 3\n"),
        ("b.yaml", "x: 1\n---\ny: 2\n"),
    ]
    assert {document.sha256 for document in loaded.documents} == {source.sha256 for source in loaded.sources.values()}
    assert (loaded.problems, dict(loaded.ignored)) == ((), {"dot-directory": 1})


def test_every_bad_file_gives_a_finding_and_the_good_one_is_read(tmp_path):
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "good.yaml").write_text("a: 1\n")
    loaded = load_all(tmp_path)
    assert sorted({file for file, _, _ in told(loaded)}) == sorted(BAD)
    firsts = {file: (where, rule) for file, where, rule in reversed(told(loaded))}
    assert firsts == {
        "alias.yaml": ("1:4-1:6", "yaml/syntax"),
        "bomb.yaml": ("5:36-5:38", "yaml/limit"),
        "depth.yaml": ("1:67-1:68", "yaml/limit"),
        "duplicate.yaml": ("2:1-2:2", "yaml/duplicate-key"),
        "latin.yaml": ("1:4-1:5", "yaml/encoding"),
        "nul.yaml": ("1:4-1:5", "yaml/encoding"),
        "separator.yaml": ("1:8-1:9", "yaml/encoding"),
        "syntax.yaml": ("1:4-1:5", "yaml/syntax"),
        "tab.yaml": ("2:1-2:2", "yaml/syntax"),
        "tag.yaml": ("1:4-1:6", "yaml/tag"),
        "utf16.yaml": ("1:1-1:1", "yaml/encoding"),
        "value.yaml": ("1:4-1:8", "schema/value"),
    }
    assert [document.data for document in loaded.documents if document.path == "good.yaml"] == [{"a": 1}]
    assert sorted(loaded.sources) == sorted([*BAD, "good.yaml"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes and symbolic links")
def test_what_cannot_be_read_gives_a_finding_and_the_good_file_is_read(tmp_path):
    root = tmp_path / "root"
    (root / "directory.yaml").mkdir(parents=True)
    os.mkfifo(root / "fifo.yaml")
    (root / "large.yaml").write_bytes(b"#" * (16 * 1024 * 1024 + 1))
    (tmp_path / "secret.yaml").write_text("b: 2\n")
    (root / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "loop.yaml").symlink_to("loop.yaml")
    (root / "good.yaml").write_text("a: 1\n")
    loaded = load_all(root)
    assert told(loaded) == [
        ("directory.yaml", "1:1-1:1", "yaml/unreadable"),
        ("fifo.yaml", "1:1-1:1", "yaml/unreadable"),
        ("large.yaml", "1:1-1:1", "yaml/limit"),
        ("link.yaml", "1:1-1:1", "yaml/unreadable"),
        ("loop.yaml", "1:1-1:1", "yaml/unreadable"),
    ]
    assert [document.data for document in loaded.documents] == [{"a": 1}]


SCRIPT = """
import json, sys
from pathlib import Path
from uts_policy.load.files import load
loaded = load([Path(sys.argv[1])], root=Path(sys.argv[1]), exclude=(), config_file=None)
told = [(problem.location.file, problem.rule, problem.message) for problem in loaded.problems]
print(json.dumps([told, [document.data for document in loaded.documents]]))
"""


@pytest.fixture
def open_directory():
    """A directory that another account may enter; pytest's own is closed to it."""
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o755)
    yield directory
    (directory / "closed").chmod(0o755)
    shutil.rmtree(directory)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_a_file_and_a_directory_without_permission_are_findings(open_directory):
    (open_directory / "closed").mkdir()
    (open_directory / "closed/a.yaml").write_text("b: 2\n")
    (open_directory / "closed").chmod(0)
    (open_directory / "good.yaml").write_text("a: 1\n")
    (open_directory / "secret.yaml").write_text("b: 2\n")
    (open_directory / "secret.yaml").chmod(0)
    command = [sys.executable, "-c", SCRIPT, str(open_directory)]
    if os.geteuid() == 0:  # root may read everything, so the check runs as somebody else
        if shutil.which("setpriv") is None:
            pytest.skip("needs setpriv to drop root's permission to read everything")
        command = ["setpriv", f"--reuid={NOBODY}", "--clear-groups", *command]
        asked = [*command[: command.index("-c")], "-c", "import uts_policy.load.files"]
        probe = subprocess.run(asked, capture_output=True, text=True, check=False)
        if probe.returncode:  # a checkout in a directory of root's alone
            pytest.skip(f"another account may not run this Python: {probe.stderr.splitlines()[-1]}")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    denied = "this cannot be read: permission denied"
    assert json.loads(run.stdout) == [
        [["closed", "yaml/unreadable", denied], ["secret.yaml", "yaml/unreadable", denied]],
        [{"a": 1}],
    ]


def test_progress_counts_the_files(tmp_path):
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text("")
    seen = []
    load_all(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_nothing_to_read_is_nothing_loaded(tmp_path):
    nothing = LoadedFiles(sources={}, documents=(), problems=(), ignored={}, empty=(tmp_path.resolve(),))
    assert load_all(tmp_path) == nothing


def test_a_path_that_does_not_exist_ends_the_run(tmp_path):
    with pytest.raises(UsageError, match="does not exist"):
        load([tmp_path / "nothing"], root=tmp_path, exclude=(), config_file=None)


def test_the_real_declarations_load_without_a_problem():
    shared = Path(os.environ.get("UTS_POLICY_SHARED_DATA", Path(__file__).parents[4] / "shared/data"))
    if not (shared / "openstack").is_dir():
        pytest.skip("the shared data are not here")
    loaded = load([shared / "openstack"], root=shared, exclude=(), config_file=None)
    assert (loaded.problems, [document.path for document in loaded.documents]) == (
        (),
        [f"openstack/{name}.yaml" for name in ("assignments", "people", "responsibilities", "roles", "units")],
    )
