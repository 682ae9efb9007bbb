"""Git, asked for what it has stored: commits, trees, blobs. Nothing here writes, runs a hook or reaches a network."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uts_policy.model.errors import NoVerdictError

_KEPT = (
    *("PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SYSTEMROOT", "TMPDIR", "SUDO_UID"),
    *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"),
)
"""What git needs of the environment. GIT_DIR and its like, which a hook sets, would lead it elsewhere."""
_KEPT_CONFIG = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_")
"""Where `safe.directory` may be said."""
_OURS = {
    "LC_ALL": "C",  # its messages are looked at
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    # NOTE: git before 2.44 does not know the line above; where no protocol is allowed it cannot fetch either.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
}
_COMMAND = ("git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false")

LINK = "120000"
SUBMODULE = "160000"


class GitError(NoVerdictError):
    """Git is not there, refuses, or lacks what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A work tree: its top directory, resolved, and the environment that git runs in."""

    top: Path
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeEntry:
    """One line of `git ls-tree`: `path` from the top, POSIX. `mode` tells files, links and submodules apart."""

    mode: str
    object: str
    path: str


def open_repository(start: Path, environment: Mapping[str, str]) -> Repository:
    """The repository that `start`, a directory, lies in. Raises GitError where there is none that may be read."""
    ours = git_environment(environment)
    done = _run(Repository(top=start, environment=ours), "rev-parse", "--show-toplevel")
    if done.returncode:
        raise _refused(start, _words(done.stderr))
    top = Path(os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n"))))
    return Repository(top=top, environment=ours)


def merge_bases(repository: Repository, revision: str, head_revision: str = "HEAD") -> tuple[str, ...]:
    """The best common ancestors of two revisions, sorted: mostly one, more where branches were merged crosswise.

    Raises GitError where one of them is not there, or they have no common ancestor.
    """
    if _commit(repository, "HEAD") is None:
        raise GitError("nothing is committed here yet, so there is no base to compare with", "Commit first.")
    head, base = commit_of(repository, head_revision), commit_of(repository, revision)
    done = _run(repository, "merge-base", "--all", base, head)
    if done.returncode > 1:
        raise _failed(repository, done)
    if not done.stdout:
        shallow = is_shallow(repository)
        raise GitError(
            f'"{revision}" and {head_revision} have no common commit' + (" in this shallow clone" if shallow else ""),
            _UNSHALLOW if shallow else "Name a revision that this branch began from.",
        )
    return tuple(sorted(done.stdout.decode("ascii").split()))


def commit_of(repository: Repository, revision: str) -> str:
    """The commit that a revision means. Raises GitError where it means none."""
    found = _commit(repository, revision)
    if found is None:
        raise GitError(
            f'git knows no revision "{revision}" here',
            _UNSHALLOW if is_shallow(repository) else "Fetch it, or correct its name; `git branch -a` lists branches.",
        )
    return found


def head_state(repository: Repository) -> tuple[str, bool] | None:
    """The commit that is checked out, and whether the work tree differs from it; None where nothing is committed.

    Files that git does not know differ; those that it is told to ignore do not. Raises GitError where git cannot tell.
    """
    head = _commit(repository, "HEAD")
    if head is None:
        return None
    done = _run(repository, "status", "--porcelain=v1", "-z", "--untracked-files=normal")
    if done.returncode:
        raise _failed(repository, done)
    return head, bool(done.stdout)


def is_shallow(repository: Repository) -> bool:
    """Whether the clone lacks a part of its history."""
    return _run(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def has_commit(repository: Repository, commit: str) -> bool:
    """Whether a commit is stored here."""
    return _commit(repository, commit) is not None


def list_tree(repository: Repository, commit: str, paths: Sequence[str], *, below: bool) -> tuple[TreeEntry, ...]:
    """What a commit has at `paths`, POSIX from the top, or with `below` at and below them; "" is the top itself."""
    if not paths:
        return ()
    options = ("-r",) if below else ()
    named = () if "" in paths else tuple(dict.fromkeys(paths))
    done = _run(repository, "ls-tree", *options, "-z", "--full-tree", commit, "--", *named)
    if done.returncode:
        raise _failed(repository, done)
    found = []
    for line in done.stdout.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, identifier = facts.decode("ascii").split(" ")
        found.append(TreeEntry(mode=mode, object=identifier, path=os.fsdecode(path)))
    return tuple(found)


def read_blobs(repository: Repository, objects: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of blobs, by object name. Raises GitError where one is not stored here."""
    asked = tuple(dict.fromkeys(objects))
    if not asked:
        return {}
    done = _run(repository, "cat-file", "--batch", stdin="".join(f"{each}\n" for each in asked).encode("ascii"))
    found: dict[str, bytes] = {}
    position = 0
    for each in asked:
        end = done.stdout.find(b"\n", position)
        header = done.stdout[position:end].split() if end >= 0 else []
        if len(header) != 3 or header[1] != b"blob":  # noqa: PLR2004 - object, type, size
            raise _failed(repository, done)
        position = end + 1 + int(header[2])
        found[each] = done.stdout[end + 1 : position]
        position += 1
    return found


def left_out(repository: Repository, paths: Sequence[str]) -> frozenset[str]:
    """The files at and below `paths` that a sparse checkout leaves out of the work tree, POSIX from the top."""
    named = () if "" in paths else tuple(dict.fromkeys(paths))
    done = _run(repository, "ls-files", "-t", "-z", "--", *named) if paths else None
    if done is None:
        return frozenset()
    if done.returncode:
        raise _failed(repository, done)
    skipped = (os.fsdecode(line[2:]) for line in done.stdout.split(b"\0") if line.startswith(b"S "))
    return frozenset(path for path in skipped if not os.path.lexists(repository.top / path))


def git_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What git gets of `environment`, and what it must know besides."""
    kept = {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT or name.startswith((*_KEPT_CONFIG, "GIT_CONFIG_VALUE_"))
    }
    return {**kept, **_OURS}


_UNSHALLOW = "This clone is shallow: `git fetch --unshallow` brings the rest of its history."
_PARTIAL = "This clone lacks a part of its files: `git fetch --refetch --no-filter` brings them."


def _commit(repository: Repository, revision: str) -> str | None:
    if "\0" in revision:
        return None
    done = _run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return done.stdout.decode("ascii").strip() if done.returncode == 0 else None


def _run(repository: Repository, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [*_COMMAND, *arguments],
            cwd=repository.top,
            env=dict(repository.environment),
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitError(
            f"git cannot be started: {error.strerror}",
            "--since reads the base with git: install it, or put it on PATH.",
        ) from error


def _refused(start: Path, words: str) -> GitError:
    if "dubious ownership" in words or "safe.directory" in words:
        return GitError(
            f'git refuses to read the repository of "{start}", which belongs to someone else',
            "Where you trust it: `git config --global --add safe.directory` with its directory.",
        )
    if "not a git repository" in words:
        return GitError(f'"{start}" is in no git repository', "Run it inside one: a revision is one of its commits.")
    return GitError(f'git cannot read the repository of "{start}": {words}')


def _failed(repository: Repository, done: subprocess.CompletedProcess[bytes]) -> GitError:
    words = _words(done.stderr)
    if "promisor" in words or "lazy fetch" in words or b" missing\n" in done.stdout:
        return GitError("the base is not complete in this clone, and nothing is fetched by a check", _PARTIAL)
    return GitError(f'git failed in "{repository.top}": {words or f"exit {done.returncode}"}')


def _words(errors: bytes) -> str:
    """The last thing that git said, in one line."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    return next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[-1] if lines else "")
