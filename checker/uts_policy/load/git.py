"""Git, asked for what it has stored: commits, trees, blobs. Nothing writes there, runs a hook or reaches a network.

Nor does anything of the checkout run: git itself is found outside of it, and no program that its configuration names
(fsmonitor, hooks, filters, drivers of diff) is started.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from uts_policy.common.boundary import checkout, find_program, lies_within
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
_OPTIONS = (
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
    # A directory of the change that looks like a bare repository is none: its configuration would be obeyed.
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "diff.external="),
)
_PROGRAMS = re.compile(r"(?:filter\..*\.(?:clean|smudge|process|required)|diff\..*\.(?:command|textconv))\Z", re.DOTALL)
"""Settings that name programs which git runs on files of the work tree, spelled as git lists them."""

_CONVERTING = ("working-tree-encoding", "ident", "filter")
"""Attributes by which git writes something else into the work tree than what it has stored."""

LINK = "120000"
SUBMODULE = "160000"
DIRECTORY = "040000"


class GitError(NoVerdictError):
    """Git is not there, refuses, or lacks what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A work tree: its top directory, resolved, the git that reads it, and the environment that this runs in."""

    top: Path
    program: str
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
    around = checkout(start)
    if "GIT_EXEC_PATH" in ours and lies_within(Path(ours["GIT_EXEC_PATH"]), around):
        del ours["GIT_EXEC_PATH"]
    program = find_program("git", ours, around)
    if program is None:
        raise GitError(
            "git was not found on PATH, outside of the directory that is checked",
            "The base of a change is read with git: install it, or put it on PATH.",
        )
    opened = Repository(top=start, program=program, environment=ours)
    done = run_git(opened, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise _refused(start, words_of(done.stderr))
    return replace(opened, top=Path(os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n")))))


def head_state(repository: Repository) -> tuple[str, bool] | None:
    """The commit that is checked out, and whether the work tree differs from it; None where nothing is committed.

    Files that git does not know differ; those that it is told to ignore do not. No filter runs, so a file that one
    would have changed may be said to differ. Raises GitError where git cannot tell.
    """
    head = commit_of(repository, "HEAD")
    if head is None:
        return None
    quiet = _without_programs(repository)
    # NOTE: git would ask each submodule by a git of its own, under the submodule's configuration.
    done = run_git(
        quiet, "status", "--porcelain=v1", "-z", "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames"
    )
    if done.returncode:
        raise failed(repository, done)
    return head, bool(done.stdout) or any(map(_differs, submodules(repository)))


def _differs(submodule: Repository) -> bool:
    state = head_state(submodule)
    return state is not None and state[1]


def submodules(repository: Repository) -> tuple[Repository, ...]:
    """The submodules that are checked out, as repositories of their own."""
    found = (repository.top / path for path in submodule_paths(repository, ""))
    return tuple(
        replace(repository, top=Path(os.path.realpath(each))) for each in found if os.path.lexists(each / ".git")
    )


def submodule_paths(repository: Repository, below: str) -> tuple[str, ...]:
    """The submodules that the index has at or below a path, POSIX from the top, checked out or not.

    Not those of `.gitmodules`: a change can add a submodule without a line there.
    """
    done = run_git(repository, "ls-files", "--stage", "-z", *(["--", below] if below else []))
    if done.returncode:
        raise failed(repository, done)
    lines = (line.partition(b"\t") for line in done.stdout.split(b"\0")[:-1])
    return tuple(os.fsdecode(path) for facts, _, path in lines if facts.startswith(SUBMODULE.encode()))


def work_files(repository: Repository) -> tuple[str, ...]:
    """The files of the work tree, those that git does not know included and those that it ignores left out."""
    done = run_git(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if done.returncode:
        raise failed(repository, done)
    return tuple(dict.fromkeys(os.fsdecode(path) for path in done.stdout.split(b"\0")[:-1]))


def superproject(repository: Repository) -> Repository | None:
    """The repository of which this one is a submodule; None where it is none. Raises GitError where it is not readable.

    A work tree of its own beside another one is no submodule, whatever lies around it.
    """
    done = run_git(repository, "rev-parse", "--show-superproject-working-tree")
    top = os.fsdecode(done.stdout.removesuffix(b"\n"))
    return open_repository(Path(top), repository.environment) if done.returncode == 0 and top else None


def conversions(repository: Repository, paths: Sequence[str], commit: str | None) -> Mapping[str, str]:
    """The files of `paths`, POSIX from the top, whose content git changes between commit and work tree, and by what.

    Ends of lines aside, which mean nothing here. Asked is the `.gitattributes` of the work tree, or of a commit.
    Raises GitError where git cannot tell.
    """
    if not paths:
        return {}
    asked = b"".join(os.fsencode(each) + b"\0" for each in paths)
    if commit is None:
        done = run_git(repository, "check-attr", "-z", "--stdin", *_CONVERTING, stdin=asked)
    else:
        # NOTE: git before 2.40 cannot be asked about a commit, only about an index: one that lies elsewhere.
        with TemporaryDirectory() as folder:
            environment = {**repository.environment, "GIT_INDEX_FILE": str(Path(folder, "index"))}
            aside = replace(repository, environment=environment)
            done = run_git(aside, "read-tree", commit)
            if done.returncode == 0:
                done = run_git(aside, "check-attr", "-z", "--stdin", "--cached", *_CONVERTING, stdin=asked)
    if done.returncode:
        raise failed(repository, done)
    fields = done.stdout.split(b"\0")
    return {
        os.fsdecode(path): attribute.decode("ascii")
        for path, attribute, value in zip(fields[0::3], fields[1::3], fields[2::3], strict=False)
        if value not in (b"unspecified", b"unset")
    }


def indexed(repository: Repository, paths: Sequence[str]) -> Mapping[str, bytes]:
    """The contents that the index has of files, POSIX from the top; none of what it does not have, nor of links."""
    if not paths:
        return {}
    done = run_git(repository, "ls-files", "--stage", "-z", "--", *paths)
    if done.returncode:
        raise failed(repository, done)
    found: dict[str, str] = {}
    for line in done.stdout.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, identifier, _ = facts.decode("ascii").split(" ")
        if mode not in (SUBMODULE, LINK):
            found[os.fsdecode(path)] = identifier
    blobs = read_blobs(repository, found.values())
    return {path: blobs[identifier] for path, identifier in found.items()}


def has_commit(repository: Repository, commit: str) -> bool:
    """Whether a commit is stored here."""
    return commit_of(repository, commit) is not None


def list_tree(repository: Repository, commit: str, paths: Sequence[str], *, below: bool) -> tuple[TreeEntry, ...]:
    """What a commit has at `paths`, POSIX from the top, or with `below` at and below them; "" is the top itself.

    Directories are entries too. What lies beside a path whose own directory is asked for may be listed as well.
    """
    if not paths:
        return ()
    options = ("-r", "-t") if below else ("-t",)
    named = () if "" in paths else tuple(dict.fromkeys(paths))
    done = run_git(repository, "ls-tree", *options, "-z", "--full-tree", commit, "--", *named)
    if done.returncode:
        raise failed(repository, done)
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
    done = run_git(repository, "cat-file", "--batch", stdin="".join(f"{each}\n" for each in asked).encode("ascii"))
    found: dict[str, bytes] = {}
    position = 0
    for each in asked:
        end = done.stdout.find(b"\n", position)
        header = done.stdout[position:end].split() if end >= 0 else []
        if len(header) != 3 or header[1] != b"blob":  # noqa: PLR2004 - object, type, size
            raise failed(repository, done)
        position = end + 1 + int(header[2])
        found[each] = done.stdout[end + 1 : position]
        position += 1
    return found


def left_out(repository: Repository, paths: Sequence[str]) -> frozenset[str]:
    """The files at and below `paths` that a sparse checkout leaves out of the work tree, POSIX from the top."""
    named = () if "" in paths else tuple(dict.fromkeys(paths))
    done = run_git(repository, "ls-files", "-t", "-z", "--", *named) if paths else None
    if done is None:
        return frozenset()
    if done.returncode:
        raise failed(repository, done)
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


_PARTIAL = "This clone lacks a part of its files: `git fetch --refetch --no-filter` brings them."


def commit_of(repository: Repository, revision: str) -> str | None:
    """The commit that git itself takes a revision for; None where it knows none."""
    if "\0" in revision:
        return None
    done = run_git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return done.stdout.decode("ascii").strip() if done.returncode == 0 else None


def run_git(repository: Repository, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """One run of git, to its end, whatever its exit code. Raises GitError where it cannot be started."""
    try:
        return subprocess.run(
            [repository.program, *_OPTIONS, *arguments],
            cwd=repository.top,
            env=dict(repository.environment),
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror}", "Install git, or put it on PATH.") from error


def _without_programs(repository: Repository) -> Repository:
    """The same repository, with every program emptied that its configuration names for files of the work tree."""
    done = run_git(repository, "config", "--list", "--name-only", "-z")
    if done.returncode:
        raise failed(repository, done)
    names = sorted({os.fsdecode(each) for each in done.stdout.split(b"\0")[:-1]})
    keys = [name for name in names if _PROGRAMS.match(name)]
    environment = dict(repository.environment)
    count = int(environment.get("GIT_CONFIG_COUNT") or 0)
    for number, key in enumerate(keys, start=count):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = "false" if key.endswith(".required") else ""
    if keys:
        environment["GIT_CONFIG_COUNT"] = str(count + len(keys))
    return replace(repository, environment=environment)


def _refused(start: Path, words: str) -> GitError:
    if "dubious ownership" in words or "safe.directory" in words:
        return GitError(
            f'git refuses to read the repository of "{start}", which belongs to someone else',
            "Where you trust it: `git config --global --add safe.directory` with its directory.",
        )
    if "not a git repository" in words:
        return GitError(f'"{start}" is in no git repository', "Run it inside one: a revision is one of its commits.")
    return GitError(f'git cannot read the repository of "{start}": {words}')


def failed(repository: Repository, done: subprocess.CompletedProcess[bytes]) -> GitError:
    """What to raise for a run of git that has failed."""
    words = words_of(done.stderr)
    if "promisor" in words or "lazy fetch" in words or b" missing\n" in done.stdout:
        return GitError("the base is not complete in this clone, and nothing is fetched by a check", _PARTIAL)
    return GitError(f'git failed in "{repository.top}": {words or f"exit {done.returncode}"}')


def words_of(errors: bytes) -> str:
    """The last thing that git said, in one line."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    return next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[-1] if lines else "")
