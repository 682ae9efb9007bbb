"""Revisions: which commit a name means, and from which one two of them have parted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from uts_policy.load.git import GitError, Repository, commit_of, failed, run_git, words_of

_STEPS = re.compile(r"(?P<name>.*?)(?P<steps>(?:[~^][0-9]*|\^\{(?:commit)?\})*)\Z", re.DOTALL)
_HASH = re.compile(r"[0-9a-fA-F]{4,64}\Z")
_FULL_HASH = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_BRANCH = re.compile(r"[\w][\w./-]*\Z")
_UPSTREAM = re.compile(r"[^@{}:^~\s]*@\{(?:u|upstream|push)\}\Z", re.IGNORECASE)
_PSEUDO = frozenset({"@", "HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"})


_UNSHALLOW = "This clone is shallow: `git fetch --unshallow` brings the rest of its history."
_FSCK = (
    "`git fsck` shows what is damaged; a clone made with --reference also needs the repository that it borrows from."
)


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
    done = run_git(repository, "merge-base", "--all", base.commit, head.commit)
    if done.returncode > 1:
        raise failed(repository, done)
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
    place = run_git(repository, "rev-parse", "--git-path", "shallow").stdout.decode("utf-8", "surrogateescape").strip()
    try:
        cut = set((repository.top / place).read_text(encoding="ascii").split())
    except OSError as error:
        raise GitError(f"git's list of where this shallow clone ends cannot be read: {error.strerror}") from error
    done = run_git(repository, "rev-list", *sides, "--not", *bases)
    if done.returncode:
        raise failed(repository, done)
    if not cut.isdisjoint(done.stdout.decode("ascii").split()):
        raise GitError(
            f"the history between {names} is cut off in this shallow clone, so their merge base is not known",
            _UNSHALLOW,
        )


def _refuse_unreadable_head(repository: Repository) -> None:
    """Raises GitError, with the reason, where HEAD leads to no commit that can be read."""
    if commit_of(repository, "HEAD") is not None:
        return
    named = run_git(repository, "rev-parse", "--verify", "--quiet", "HEAD")
    if named.returncode == 0:
        raise _damaged("HEAD", named.stdout.decode("ascii", "replace").strip())
    branch = run_git(repository, "symbolic-ref", "--quiet", "HEAD").stdout.decode("utf-8", "replace").strip()
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
    first = commit_of(repository, start.commit)
    if first is None and not _HASH.match(name) and not _FULL_HASH.match(name):
        raise _damaged(f'"{name}"', start.commit)
    commit = commit_of(repository, f"{start.commit}{steps}") if steps else first
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
    done = run_git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return Resolved(commit=done.stdout.decode("ascii").strip()) if done.returncode == 0 else None


def _exists(repository: Repository, ref: str) -> str | None:
    """The object that a full name such as `refs/heads/main` stands for, that very name; None where there is none.

    `git rev-parse refs/heads/main` would also take a tag that is called `refs/heads/main`.
    """
    done = run_git(repository, "show-ref", "--verify", "--hash", "--", ref)
    if done.returncode == 0:
        return done.stdout.decode("ascii").strip()
    words = words_of(done.stderr)
    if "bad ref" in words:
        raise _damaged(f'"{ref}"', "")
    return None


def _damaged(name: str, identifier: str) -> GitError:
    """What is named exists and leads to no commit that can be read."""
    which = f" ({identifier[:12]})" if identifier else ""
    return GitError(
        f"git cannot read the commit that {name} names{which}: it is missing, damaged or not a commit", _FSCK
    )


def is_shallow(repository: Repository) -> bool:
    """Whether the clone lacks a part of its history."""
    return run_git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
