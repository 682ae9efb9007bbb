"""The declarations of a commit: found in its tree as they would be in a directory, read from git's objects."""

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from uts_policy.load.discover import CONFIG_NAME, display_name, is_yaml
from uts_policy.load.files import LoadedFiles
from uts_policy.load.git import (
    LINK,
    SUBMODULE,
    GitError,
    Repository,
    TreeEntry,
    has_commit,
    left_out,
    list_tree,
    read_blobs,
)
from uts_policy.load.globs import matcher
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import BASELINE_NAME
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit of a repository. Paths in it are POSIX, from the repository's top; "" is the top itself."""

    repository: Repository
    commit: str

    def inside(self, path: Path) -> str | None:
        """The path as the repository knows it, links resolved; None where it lies outside."""
        real = os.path.realpath(path)
        if real == str(self.repository.top):
            return ""
        prefix = os.path.join(self.repository.top, "")  # noqa: PTH118 - real paths are str here
        return Path(real[len(prefix) :]).as_posix() if real.startswith(prefix) else None

    def path(self, inside: str) -> Path:
        """Where a path of the commit is in the work tree."""
        return self.repository.top / inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read of a commit: `paths`, and the root that `exclude` and the files' names count from."""

    paths: Sequence[str]
    root: str
    exclude: Sequence[str]
    config_file: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is stored of some paths: the blobs by path, each with its repository, and submodules that are not here."""

    files: Mapping[str, tuple[Repository, str]]
    absent: tuple[str, ...]


def stored(revision: Revision, paths: Sequence[str]) -> Stored:
    """The files that a commit has at and below `paths`, those of submodules included, as they were at that commit.

    Symbolic links are skipped, and so is what a sparse checkout leaves out: nobody changed it. A submodule that is not
    checked out is skipped likewise, and named.
    """
    above = sorted({parent for path in paths for parent in _parents(path) if parent})
    entries = list_tree(revision.repository, revision.commit, paths, below=True)
    submodules = {each.path: each for each in entries if each.mode == SUBMODULE}
    for each in list_tree(revision.repository, revision.commit, above, below=False):
        if each.mode == SUBMODULE:
            submodules[each.path] = each
    sparse = left_out(revision.repository, paths)
    files = {
        each.path: (revision.repository, each.object)
        for each in entries
        if each.mode not in (LINK, SUBMODULE) and each.path not in sparse
    }
    absent: list[str] = []
    for path, entry in sorted(submodules.items()):
        inner = _submodule(revision, entry)
        if inner is None:
            absent.append(path)
            continue
        wanted = _within(paths, path)
        found = stored(inner, wanted)
        files |= {f"{path}/{name}": place for name, place in found.files.items()}
        absent += [f"{path}/{name}" for name in found.absent]
    return Stored(files=files, absent=tuple(absent))


def load_revision(
    revision: Revision, wanted: Wanted, same: Mapping[str, tuple[Source, tuple[Document, ...]]]
) -> tuple[LoadedFiles, Stored]:
    """Every declaration that a commit has of what is wanted, as `files.load` reads them from a directory.

    `same` are files, by name, that were read without a problem: where the commit has the same bytes under the same
    name they are not parsed again. What is passed over is not counted, and a path that the commit does not have yields
    nothing.
    """
    there = stored(revision, wanted.paths)
    root = revision.path(wanted.root)
    walk = _Walk(
        excluded=matcher(wanted.exclude),
        config_file=wanted.config_file,
        name=lambda path: display_name(revision.path(path), root),
    )
    found = {walk.name(path): there.files[path] for path in walk.files(sorted(there.files), wanted.paths)}
    contents = _contents(found.values())
    sources: dict[str, Source] = {}
    documents: list[Document] = []
    problems: list[Problem] = []
    for name, (_, identifier) in sorted(found.items()):
        source = to_source(name, contents[identifier])
        if isinstance(source, Problem):
            problems.append(source)
            continue
        sources[name] = source
        if name in same and same[name][0].sha256 == source.sha256:
            documents.extend(same[name][1])
            continue
        loaded = parse(source)
        documents.extend(loaded.documents)
        problems.extend(loaded.problems)
    files = LoadedFiles(
        sources=sources,
        documents=tuple(documents),
        problems=tuple(sorted(problems, key=lambda problem: problem.location)),
        ignored={},
    )
    return files, there


def read_stored(revision: Revision, paths: Sequence[str]) -> Mapping[str, bytes]:
    """The contents of the files that a commit has at and below `paths`, by path."""
    files = stored(revision, paths).files
    contents = _contents(files.values())
    return {path: contents[identifier] for path, (_, identifier) in sorted(files.items())}


def find_stored(revision: Revision, start: str) -> str | None:
    """The nearest configuration file that a commit has in `start` or a directory above it."""
    candidates = [posixpath.join(directory, CONFIG_NAME) for directory in (start, *_parents(start))]
    there = list_tree(revision.repository, revision.commit, candidates, below=False)
    found = {each.path for each in there if each.mode not in (LINK, SUBMODULE)}
    return next((path for path in candidates if path in found), None)


@dataclass(kw_only=True)
class _Walk:
    """The rules of discovery, put to paths instead of directories."""

    excluded: Callable[[str], bool]
    config_file: str | None
    name: Callable[[str], str]
    closed: dict[str, bool] = field(default_factory=dict)

    def files(self, stored_files: Sequence[str], tops: Sequence[str]) -> Iterator[str]:
        """Those that `tops` mean: a top that is a file, whatever it is called, and the YAML files below the others."""
        for path in stored_files:
            if path in tops:
                wanted = not self.is_config(path)
            else:
                top = max((top for top in tops if _is_below(path, top)), key=len, default=None)
                wanted = top is not None and is_yaml(PurePosixPath(path)) and self.takes(path, top)
            if wanted:
                yield path

    def takes(self, path: str, top: str) -> bool:
        """Whether a file below a directory that is read is read as well."""
        directories = (parent for parent in _parents(path) if _is_below(parent, top))
        passed_over = self.is_config(path) or self.excluded(self.name(path))
        return not passed_over and not any(map(self.is_closed, directories))

    def is_closed(self, directory: str) -> bool:
        """Whether discovery does not enter a directory."""
        if directory not in self.closed:
            dotted = posixpath.basename(directory).startswith(".")
            self.closed[directory] = dotted or self.excluded(self.name(directory))
        return self.closed[directory]

    def is_config(self, path: str) -> bool:
        """Whether this is a configuration: of this check, or of a smaller one further down."""
        return posixpath.basename(path) in (CONFIG_NAME, BASELINE_NAME) or path == self.config_file


def _submodule(revision: Revision, entry: TreeEntry) -> Revision | None:
    """The commit of a submodule; None where it is not checked out, and then nothing of it is read today either."""
    top = revision.path(entry.path)
    if not (top / ".git").exists():
        return None
    inner = Repository(top=Path(os.path.realpath(top)), environment=revision.repository.environment)
    if not has_commit(inner, entry.object):
        raise GitError(
            f'the submodule "{entry.path}" lacks the commit {entry.object[:12]} that the base has of it',
            f"`git -C {entry.path} fetch origin {entry.object}` brings it.",
        )
    return Revision(repository=inner, commit=entry.object)


def _within(paths: Sequence[str], submodule: str) -> list[str]:
    """The paths as the submodule knows them: all of it, where a path leads to it or above it."""
    if any(path == submodule or _is_below(submodule, path) for path in paths):
        return [""]
    return [path[len(submodule) + 1 :] for path in paths if _is_below(path, submodule)]


def _contents(places: Iterable[tuple[Repository, str]]) -> dict[str, bytes]:
    by_repository: dict[Path, tuple[Repository, list[str]]] = {}
    for repository, identifier in places:
        by_repository.setdefault(repository.top, (repository, []))[1].append(identifier)
    contents: dict[str, bytes] = {}
    for repository, identifiers in by_repository.values():
        contents |= read_blobs(repository, identifiers)
    return contents


def _parents(path: str) -> list[str]:
    """The directories above a path, the nearest first, the top ("") last; of the top, none."""
    return [] if path == "" else ["" if str(each) == "." else str(each) for each in PurePosixPath(path).parents]


def _is_below(path: str, directory: str) -> bool:
    return directory == "" or path.startswith(f"{directory}/")
