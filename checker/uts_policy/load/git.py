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

_STEPS = re.compile(r"(?P<name>.*?)(?P<steps>(?:[~^][0-9]*|\^\{(?:commit)?\})*)\Z", re.DOTALL)
_HASH = re.compile(r"[0-9a-fA-F]{4,64}\Z")
_FULL_HASH = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_BRANCH = re.compile(r"[\w][\w./-]*\Z")
_UPSTREAM = re.compile(r"[^@{}:^~\s]*@\{(?:u|upstream|push)\}\Z", re.IGNORECASE)
_PSEUDO = frozenset({"@", "HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"})


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
    done = _run(opened, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise _refused(start, _words(done.stderr))
    return replace(opened, top=Path(os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n")))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The commit that a revision means. `notice` says what else the name could have meant; empty where nothing."""

    commit: str
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeBase:
    """The one best common ancestor of two revisions. `notices` are what a reader of the comparison has to know."""

    commit: str
    notices: tuple[str, ...]


def merge_base(repository: Repository, revision: str, named_head: str | None = None) -> MergeBase:
    """The best common ancestor of two revisions. Without `named_head`, the head is the work tree, on top of HEAD.

    Raises GitError where one of them is not there, where they have no common ancestor or more than one that is best,
    and where the history that leads to it is cut off: git would then take an older commit for it.
    """
    head_revision = named_head or "HEAD"
    if head_revision == "HEAD":
        _refuse_unreadable_head(repository)
    head, base = resolve(repository, head_revision), resolve(repository, revision)
    done = _run(repository, "merge-base", "--all", base.commit, head.commit)
    if done.returncode > 1:
        raise _failed(repository, done)
    found = sorted(done.stdout.decode("ascii").split())
    if not found:
        shallow = is_shallow(repository)
        raise GitError(
            f'"{revision}" and {head_revision} have no common commit' + (" in this shallow clone" if shallow else ""),
            _UNSHALLOW if shallow else "Name a revision that this branch began from.",
        )
    _refuse_cut_history(repository, (head.commit, base.commit), found, f'"{revision}" and {head_revision}')
    if len(found) > 1:
        raise GitError(
            f'"{revision}" and {head_revision} have {len(found)} merge bases: '
            f"{', '.join(each[:12] for each in found)}; what was there before depends on which one is taken",
            f"Merge {revision} into the branch: then there is one."
            + (f" {_UNSHALLOW}" if is_shallow(repository) else ""),
        )
    notices = [each.notice for each in (base, head) if each.notice]
    if found[0] == head.commit:
        notices.append(_nothing_between(revision, named_head, head.commit))
    return MergeBase(commit=found[0], notices=tuple(notices))


def _nothing_between(revision: str, named_head: str | None, commit: str) -> str:
    """That the base is the head itself, so that the comparison is with nothing."""
    left = (
        "Nothing that is committed can be new, only what is not committed."
        if named_head is None
        else ("So nothing can be new.")
    )
    head = named_head or "HEAD"
    return f'The base is the head itself ({commit[:12]}): "{revision}" already holds all of {head}. {left}'


def _refuse_cut_history(repository: Repository, sides: Sequence[str], bases: Sequence[str], names: str) -> None:
    """Raises GitError where a shallow clone lacks a part of the history between the bases and the sides."""
    if not is_shallow(repository):
        return
    place = _run(repository, "rev-parse", "--git-path", "shallow").stdout.decode("utf-8", "surrogateescape").strip()
    try:
        cut = set((repository.top / place).read_text(encoding="ascii").split())
    except OSError as error:
        raise GitError(f"git's list of where this shallow clone ends cannot be read: {error.strerror}") from error
    done = _run(repository, "rev-list", *sides, "--not", *bases)
    if done.returncode:
        raise _failed(repository, done)
    if not cut.isdisjoint(done.stdout.decode("ascii").split()):
        raise GitError(
            f"the history between {names} is cut off in this shallow clone, so their merge base is not known",
            _UNSHALLOW,
        )


def _refuse_unreadable_head(repository: Repository) -> None:
    """Raises GitError, with the reason, where HEAD leads to no commit that can be read."""
    if _commit(repository, "HEAD") is not None:
        return
    named = _run(repository, "rev-parse", "--verify", "--quiet", "HEAD")
    if named.returncode == 0:
        raise _damaged("HEAD", named.stdout.decode("ascii", "replace").strip())
    branch = _run(repository, "symbolic-ref", "--quiet", "HEAD").stdout.decode("utf-8", "replace").strip()
    if branch and not _exists(repository, branch):
        raise GitError("nothing is committed here yet, so there is no base to compare with", "Commit first.")
    raise GitError("git cannot tell which commit is checked out: HEAD leads nowhere", _FSCK)


def resolve(repository: Repository, revision: str) -> Resolved:
    """The commit that a revision means. Raises GitError where it means none, or its commit cannot be read."""
    found = find_revision(repository, revision)
    if found is None:
        raise GitError(
            f'git knows no revision "{revision}" here', _how_to_fetch(revision, shallow=is_shallow(repository))
        )
    return found


def _how_to_fetch(revision: str, *, shallow: bool) -> str:
    """What brings a revision. A clone of one branch fetches no other unless it is named."""
    parts = _STEPS.match(revision)
    name = (parts["name"] if parts else revision).removeprefix("refs/remotes/").removeprefix("refs/heads/")
    branch = name.removeprefix("origin/")
    if not _BRANCH.match(branch) or _HASH.match(branch) or branch in _PSEUDO:
        return _UNSHALLOW if shallow else "Fetch it, or correct its name; `git branch -a` lists branches."
    deeper = "--unshallow " if shallow else ""
    return (
        f"If it is a branch of origin, `git fetch {deeper}origin {branch}:refs/remotes/origin/{branch}` brings it, "
        f"as origin/{branch}; else correct its name: `git branch -a` lists branches."
    )


def find_revision(repository: Repository, revision: str) -> Resolved | None:
    """The commit that a revision means; None where it means none. Raises GitError where its commit cannot be read.

    A revision is the name of a branch, a tag or a commit, or HEAD, and `~` and `^` may follow. A branch, of this clone
    or as it was fetched from a remote, wins over a tag of the same name; git itself would take the tag.
    """
    parts = _STEPS.match(revision)
    name, steps = (parts["name"], parts["steps"]) if parts else (revision, "")
    start = _named(repository, name)
    if start is None:
        return None
    first = _commit(repository, start.commit)
    if first is None and not _HASH.match(name) and not _FULL_HASH.match(name):
        raise _damaged(f'"{name}"', start.commit)
    commit = _commit(repository, f"{start.commit}{steps}") if steps else first
    return None if commit is None else replace(start, commit=commit)


def _named(repository: Repository, name: str) -> Resolved | None:
    """What a name without `~` and `^` means: an object, which need not be a commit that can be read."""
    if not name or "\0" in name or name.startswith("-"):
        return None
    if name in _PSEUDO or _FULL_HASH.match(name) or _UPSTREAM.match(name):
        return _parsed(repository, name)
    if name.startswith("refs/"):
        found = _exists(repository, name)
        return None if found is None else Resolved(commit=found)
    meanings = {
        ref: found
        for ref in (f"refs/heads/{name}", f"refs/remotes/{name}", f"refs/tags/{name}", f"refs/{name}")
        if (found := _exists(repository, ref)) is not None
    }
    if meanings:
        ref, commit = next(iter(meanings.items()))
        others = [each for each, other in meanings.items() if other != commit]
        notice = f'"{name}" is {ref} here, not {" or ".join(others)}: a branch wins over a tag.' if others else ""
        return Resolved(commit=commit, notice=notice)
    remote = _exists(repository, f"refs/remotes/{name}/HEAD")
    if remote is not None:
        return Resolved(commit=remote)
    return _parsed(repository, name) if _HASH.match(name) else None


def _parsed(repository: Repository, name: str) -> Resolved | None:
    done = _run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return Resolved(commit=done.stdout.decode("ascii").strip()) if done.returncode == 0 else None


def _exists(repository: Repository, ref: str) -> str | None:
    """The object that a full name such as `refs/heads/main` stands for, that very name; None where there is none.

    `git rev-parse refs/heads/main` would also take a tag that is called `refs/heads/main`.
    """
    done = _run(repository, "show-ref", "--verify", "--hash", "--", ref)
    if done.returncode == 0:
        return done.stdout.decode("ascii").strip()
    words = _words(done.stderr)
    if "bad ref" in words:
        raise _damaged(f'"{ref}"', "")
    return None


def _damaged(name: str, identifier: str) -> GitError:
    """What is named exists and leads to no commit that can be read."""
    which = f" ({identifier[:12]})" if identifier else ""
    return GitError(
        f"git cannot read the commit that {name} names{which}: it is missing, damaged or not a commit", _FSCK
    )


def head_state(repository: Repository) -> tuple[str, bool] | None:
    """The commit that is checked out, and whether the work tree differs from it; None where nothing is committed.

    Files that git does not know differ; those that it is told to ignore do not. No filter runs, so a file that one
    would have changed may be said to differ. Raises GitError where git cannot tell.
    """
    head = _commit(repository, "HEAD")
    if head is None:
        return None
    quiet = _without_programs(repository)
    # NOTE: git would ask each submodule by a git of its own, under the submodule's configuration.
    done = _run(
        quiet, "status", "--porcelain=v1", "-z", "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames"
    )
    if done.returncode:
        raise _failed(repository, done)
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
    done = _run(repository, "ls-files", "--stage", "-z", *(["--", below] if below else []))
    if done.returncode:
        raise _failed(repository, done)
    lines = (line.partition(b"\t") for line in done.stdout.split(b"\0")[:-1])
    return tuple(os.fsdecode(path) for facts, _, path in lines if facts.startswith(SUBMODULE.encode()))


def work_files(repository: Repository) -> tuple[str, ...]:
    """The files of the work tree, those that git does not know included and those that it ignores left out."""
    done = _run(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if done.returncode:
        raise _failed(repository, done)
    return tuple(dict.fromkeys(os.fsdecode(path) for path in done.stdout.split(b"\0")[:-1]))


def superproject(repository: Repository) -> Repository | None:
    """The repository of which this one is a submodule; None where it is none. Raises GitError where it is not readable.

    A work tree of its own beside another one is no submodule, whatever lies around it.
    """
    done = _run(repository, "rev-parse", "--show-superproject-working-tree")
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
        done = _run(repository, "check-attr", "-z", "--stdin", *_CONVERTING, stdin=asked)
    else:
        # NOTE: git before 2.40 cannot be asked about a commit, only about an index: one that lies elsewhere.
        with TemporaryDirectory() as folder:
            environment = {**repository.environment, "GIT_INDEX_FILE": str(Path(folder, "index"))}
            aside = replace(repository, environment=environment)
            done = _run(aside, "read-tree", commit)
            if done.returncode == 0:
                done = _run(aside, "check-attr", "-z", "--stdin", "--cached", *_CONVERTING, stdin=asked)
    if done.returncode:
        raise _failed(repository, done)
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
    done = _run(repository, "ls-files", "--stage", "-z", "--", *paths)
    if done.returncode:
        raise _failed(repository, done)
    found: dict[str, str] = {}
    for line in done.stdout.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, identifier, _ = facts.decode("ascii").split(" ")
        if mode not in (SUBMODULE, LINK):
            found[os.fsdecode(path)] = identifier
    blobs = read_blobs(repository, found.values())
    return {path: blobs[identifier] for path, identifier in found.items()}


def is_shallow(repository: Repository) -> bool:
    """Whether the clone lacks a part of its history."""
    return _run(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def has_commit(repository: Repository, commit: str) -> bool:
    """Whether a commit is stored here."""
    return _commit(repository, commit) is not None


def list_tree(repository: Repository, commit: str, paths: Sequence[str], *, below: bool) -> tuple[TreeEntry, ...]:
    """What a commit has at `paths`, POSIX from the top, or with `below` at and below them; "" is the top itself.

    Directories are entries too. What lies beside a path whose own directory is asked for may be listed as well.
    """
    if not paths:
        return ()
    options = ("-r", "-t") if below else ("-t",)
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
_FSCK = (
    "`git fsck` shows what is damaged; a clone made with --reference also needs the repository that it borrows from."
)
_PARTIAL = "This clone lacks a part of its files: `git fetch --refetch --no-filter` brings them."


def _commit(repository: Repository, revision: str) -> str | None:
    if "\0" in revision:
        return None
    done = _run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return done.stdout.decode("ascii").strip() if done.returncode == 0 else None


def _run(repository: Repository, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
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
    done = _run(repository, "config", "--list", "--name-only", "-z")
    if done.returncode:
        raise _failed(repository, done)
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


def _failed(repository: Repository, done: subprocess.CompletedProcess[bytes]) -> GitError:
    words = _words(done.stderr)
    if "promisor" in words or "lazy fetch" in words or b" missing\n" in done.stdout:
        return GitError("the base is not complete in this clone, and nothing is fetched by a check", _PARTIAL)
    return GitError(f'git failed in "{repository.top}": {words or f"exit {done.returncode}"}')


def _words(errors: bytes) -> str:
    """The last thing that git said, in one line."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    return next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[-1] if lines else "")
