"""The commits of a branch in their order, and what directories were called before."""

from collections.abc import Sequence
from datetime import UTC, datetime

from uts_policy.load.git import Repository, failed, run_git

_FIELDS = 2


def commits(repository: Repository, paths: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(commit, day) of every commit of HEAD's first-parent line that touches the paths, the earliest first.

    Days are those of the committer's clock, in UTC. Raises GitError where git cannot say.
    """
    done = run_git(
        repository, "log", "--first-parent", "--diff-merges=first-parent", "--format=%H %ct", "HEAD", "--", *paths
    )
    if done.returncode:
        raise failed(repository, done)
    rows = [line.split() for line in done.stdout.decode("ascii").splitlines()]
    found = [(row[0], datetime.fromtimestamp(int(row[1]), UTC).date().isoformat()) for row in rows]
    return tuple(reversed(found))


def former_paths(repository: Repository, path: str) -> tuple[str, ...]:
    """What a file or directory was called before, the latest name first; `path` itself stands in front."""
    names = [path]
    while True:
        before = _before(repository, names[-1])
        if before is None or before in names:
            return tuple(names)
        names.append(before)


def _before(repository: Repository, path: str) -> str | None:
    """What stood elsewhere when the path came to be: the place that most of its files were moved from."""
    if not path:
        return None
    first = run_git(repository, "log", "--first-parent", "--format=%H", "--reverse", "HEAD", "--", path)
    born = first.stdout.decode("ascii").split("\n", 1)[0].strip()
    if first.returncode or not born:
        return None
    done = run_git(
        repository, "show", "--first-parent", "--diff-merges=first-parent", "-M", "-z", "--diff-filter=R",
        "--name-status", "--format=", born,
    )  # fmt: skip
    parts = done.stdout.decode("utf-8", "surrogateescape").strip("\n").split("\0")
    votes: dict[str, int] = {}
    for at in range(0, len(parts) - _FIELDS, _FIELDS + 1):
        old, new = parts[at + 1], parts[at + 2]
        if new == path:
            return old
        inner = new.removeprefix(f"{path}/")
        if inner != new and old.endswith(f"/{inner}"):
            place = old.removesuffix(f"/{inner}")
            votes[place] = votes.get(place, 0) + 1
    return max(votes, key=lambda each: (votes[each], each)) if votes else None
