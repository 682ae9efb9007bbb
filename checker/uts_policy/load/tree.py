"""What declarations are read from: the disk, or a commit as if it were checked out in its place.

Both answer the same questions, so that discovery follows the same rules on both sides of a comparison: links are
followed as they stand on that side, whatever the other side has at the same path.
"""

import errno
import os
import posixpath
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from uts_policy.common.boundary import is_gits_own
from uts_policy.load.git import (
    DIRECTORY,
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
from uts_policy.load.read import read, to_source
from uts_policy.model.document import FoundFile, Source
from uts_policy.model.finding import Problem

_MOST_LINKS = 40
"""Links on the way to one file, as systems count them; more lead round in a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryEntry:
    """One entry of a directory, links not followed."""

    name: str
    is_link: bool
    is_directory: bool


class Tree(Protocol):
    """Directories and files. Paths are those of the work tree, on both sides."""

    def resolve(self, path: Path) -> str:
        """The real path, every link followed. Raises OSError where it leads nowhere or may not be entered."""
        ...

    def is_directory(self, real: str) -> bool:
        """Whether a real path is a directory."""
        ...

    def scan(self, directory: Path) -> Sequence[DirectoryEntry]:
        """What a directory holds. Raises OSError where it cannot be listed."""
        ...

    def read(self, files: Sequence[FoundFile]) -> Iterator[Source | Problem]:
        """Each file's content, or what keeps it from being read, in the order of `files`."""
        ...


class Disk:
    """The files as they lie here."""

    def resolve(self, path: Path) -> str:
        """The real path."""
        path.stat()
        return os.path.realpath(path)

    def is_directory(self, real: str) -> bool:
        """Whether a real path is a directory."""
        return os.path.isdir(real)  # noqa: PTH112 - never raises

    def scan(self, directory: Path) -> Sequence[DirectoryEntry]:
        """What a directory holds."""
        with os.scandir(directory) as listing:
            return [
                DirectoryEntry(
                    name=each.name, is_link=each.is_symlink(), is_directory=each.is_dir(follow_symlinks=False)
                )
                for each in listing
            ]

    def read(self, files: Sequence[FoundFile]) -> Iterator[Source | Problem]:
        """Each file's content."""
        return map(read, files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit of a repository. Paths in it are POSIX, from the repository's top; "" is the top itself."""

    repository: Repository
    commit: str

    def inside(self, path: Path) -> str | None:
        """The path as the repository knows it; None where it lies outside.

        Links below the top are kept: where they lead is for the commit to say, and not for the work tree.
        """
        absolute = path.absolute()
        top = str(self.repository.top)
        for above in (*reversed(absolute.parents), absolute):
            real = os.path.realpath(above)
            if real == top or real.startswith(os.path.join(top, "")):  # noqa: PTH118 - real paths are str here
                joined = PurePath(os.path.relpath(real, top), absolute.relative_to(above)).as_posix()
                return _inside(joined)
        return None

    def path(self, inside: str) -> Path:
        """Where a path of the commit is in the work tree."""
        return self.repository.top / inside


def _inside(path: str) -> str | None:
    """A path from the top in its shortest form; None for one that leaves the top or is git's own."""
    short = posixpath.normpath(path)
    if short == "..":
        return None
    return None if short.startswith("../") or is_gits_own(short) else "" if short == "." else short


@dataclass(kw_only=True)
class CommitTree:
    """A commit, as if it were checked out. Submodules that are checked out are read at the commit that it has of them.

    What a sparse checkout leaves out of the work tree is left out here as well: nobody changed it. Raises GitError for
    what is not stored here, such as a submodule that is not checked out.
    """

    revision: Revision
    entries: dict[str, TreeEntry | None] = field(default_factory=dict)
    below: dict[str, dict[str, TreeEntry]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    inner: dict[str, "CommitTree"] = field(default_factory=dict)

    def resolve(self, path: Path) -> str:
        """The real path; of one outside of the repository, that path, which is not read here."""
        return self._resolved(Path(self.revision.repository.top, path), _MOST_LINKS)

    def _resolved(self, path: Path, links: int) -> str:
        """The real path, at most `links` links further on."""
        top = self.revision.repository.top
        if not path.is_relative_to(top):
            return os.path.realpath(path)
        here = ""
        parts = deque(path.relative_to(top).parts)
        while parts:
            part = parts.popleft()
            if part == "..":
                if here == "":
                    return os.path.realpath(top.parent.joinpath(*parts))
                here = posixpath.dirname(here)
                continue
            if is_gits_own(part):
                return str(Path(top, here, part, *parts))  # which is there, and is no part of any commit
            found = self.entry(posixpath.join(here, part))
            if found is not None and found.mode == LINK:
                if links == 0:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
                target = os.fsdecode(self._blobs([found.path])[found.path])
                return self._resolved(Path(top, here, target, *parts), links - 1)
            if found is None or (parts and found.mode not in (DIRECTORY, SUBMODULE)):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            here = found.path
        return str(top / here) if here else str(top)

    def exists(self, path: Path) -> bool:
        """Whether the commit has something at a path, inside of the repository, links followed."""
        try:
            return self._place(self.resolve(path)) is not None
        except OSError:
            return False

    def is_directory(self, real: str) -> bool:
        """Whether a real path is a directory."""
        place = self._place(real)
        found = None if place is None else self.entry(place)
        return place == "" or (found is not None and found.mode in (DIRECTORY, SUBMODULE))

    def scan(self, directory: Path) -> Sequence[DirectoryEntry]:
        """What a directory holds."""
        place = self._place(self.resolve(directory))
        children = {} if place is None else self.children(place)
        return [
            DirectoryEntry(name=name, is_link=each.mode == LINK, is_directory=each.mode in (DIRECTORY, SUBMODULE))
            for name, each in children.items()
        ]

    def read(self, files: Sequence[FoundFile]) -> Iterator[Source | Problem]:
        """Each file's content."""
        places = [self._place(self.resolve(each.path)) or "" for each in files]
        contents = self._blobs(places)
        for each, place in zip(files, places, strict=True):
            yield to_source(each.name, contents[place])

    def content(self, path: Path) -> bytes | None:
        """The content of the file at a path, links followed; None where the commit has none there."""
        try:
            place = self._place(self.resolve(path))
        except OSError:
            return None
        found = None if not place else self.entry(place)
        if place is None or found is None or found.mode in (DIRECTORY, SUBMODULE):
            return None
        return self._blobs([place])[place]

    def contents(self, directory: Path) -> Mapping[str, bytes]:
        """The files at and below a directory by their path in it, links to files followed, those to directories not."""
        try:
            top = self._place(self.resolve(directory))
        except OSError:
            return {}
        found: dict[str, str] = {}
        stack = [] if top is None else [top]
        while stack:
            here = stack.pop()
            for name, each in self.children(here).items():
                path = posixpath.join(here, name)
                if each.mode in (DIRECTORY, SUBMODULE):
                    stack.append(path)
                    continue
                place = self._file(path)
                if place is not None:
                    found[posixpath.relpath(path, top or ".")] = place
        blobs = self._blobs(list(found.values()))
        return {name: blobs[place] for name, place in sorted(found.items())}

    def _file(self, path: str) -> str | None:
        """Where the file is that a path means; None where it means none inside of the repository."""
        try:
            place = self._place(self.resolve(self.revision.path(path)))
        except OSError:
            return None
        found = None if not place else self.entry(place)
        return None if found is None or found.mode in (DIRECTORY, SUBMODULE) else place

    def _place(self, real: str) -> str | None:
        top = self.revision.repository.top
        path = Path(real)
        return _inside(path.relative_to(top).as_posix()) if path.is_relative_to(top) else None

    def entry(self, inside: str) -> TreeEntry | None:
        """What is at a path, the last link not followed; None where there is nothing."""
        tree, prefix = self._nearest(inside)
        if tree is not self:
            found = tree.entry(inside[len(prefix) + 1 :])
            return None if found is None else replace(found, path=f"{prefix}/{found.path}")
        if inside not in self.entries and not any(_is_below(inside, each) for each in self.listed):
            above = [str(each) for each in PurePath(inside).parents][:-1]
            self._remember(list_tree(self.revision.repository, self.revision.commit, [inside, *above], below=False))
            self.entries.setdefault(inside, None)
        return self.entries.get(inside)

    def children(self, inside: str) -> Mapping[str, TreeEntry]:
        """What a directory holds, by name; a submodule holds what its own commit does."""
        tree, prefix = self._nearest(f"{inside}/" if inside else "")
        if tree is not self:
            return tree.children(inside[len(prefix) + 1 :])
        if not any(inside == each or _is_below(inside, each) for each in self.listed):
            self._remember(list_tree(self.revision.repository, self.revision.commit, [inside], below=True))
            self.listed.add(inside)
            for path in left_out(self.revision.repository, [inside]):
                self.entries[path] = None
            self.below.clear()
            for path, each in self.entries.items():
                if each is not None:
                    parent, _, name = path.rpartition("/")
                    self.below.setdefault(parent, {})[name] = each
        return self.below.get(inside, {})

    def _remember(self, entries: Iterable[TreeEntry]) -> None:
        for each in entries:
            self.entries.setdefault(each.path, each)

    def _nearest(self, inside: str) -> tuple["CommitTree", str]:
        """The tree that a path is in: that of a submodule, with the path of this, or the commit's own."""
        above = [str(each) for each in PurePath(inside).parents][:-1] if inside else []
        if inside.endswith("/"):
            above.insert(0, inside[:-1])
        for directory in reversed(above):
            if directory in self.inner:
                return self.inner[directory], directory
            found = self.entries.get(directory)
            if found is None and not any(_is_below(directory, each) for each in self.listed):
                found = self.entry(directory)
            if found is not None and found.mode == SUBMODULE:
                self.inner[directory] = CommitTree(revision=self._submodule(found))
                return self.inner[directory], directory
        return self, ""

    def _submodule(self, entry: TreeEntry) -> Revision:
        """The commit of a submodule. Raises GitError where it is not here."""
        top = self.revision.path(entry.path)
        if not os.path.lexists(top / ".git"):
            raise GitError(
                f'the base has a submodule "{entry.path}" that is not checked out here, so the base cannot be read',
                f"`git submodule update --init {entry.path}` brings it.",
            )
        inner = replace(self.revision.repository, top=Path(os.path.realpath(top)))
        if not has_commit(inner, entry.object):
            raise GitError(
                f'the submodule "{entry.path}" lacks the commit {entry.object[:12]} that the base has of it',
                f"`git -C {entry.path} fetch origin {entry.object}` brings it.",
            )
        return Revision(repository=inner, commit=entry.object)

    def _blobs(self, places: Iterable[str]) -> dict[str, bytes]:
        """The contents of files by path: one question for each repository that they lie in."""
        asked: dict[Path, tuple[Repository, dict[str, str]]] = {}
        for place in places:
            found = self.entry(place)
            if found is not None:
                repository = self.deepest(place)
                asked.setdefault(repository.top, (repository, {}))[1][place] = found.object
        contents: dict[str, bytes] = {}
        for repository, objects in asked.values():
            blobs = read_blobs(repository, objects.values())
            contents |= {place: blobs[identifier] for place, identifier in objects.items()}
        return contents

    def deepest(self, inside: str) -> Repository:
        """The repository that stores what is at a path."""
        tree, prefix = self._nearest(inside)
        return self.revision.repository if tree is self else tree.deepest(inside[len(prefix) + 1 :])


def _is_below(path: str, directory: str) -> bool:
    return directory == "" or path.startswith(f"{directory}/")
