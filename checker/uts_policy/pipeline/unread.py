"""Files that the base checked, that the head still has, and that it no longer reads.

A file can leave the check without leaving the repository: into a directory whose name begins with a dot, a submodule,
what `exclude` names, by the name of a configuration, by its size, in parts, out of a sparse checkout, or behind a
link. What is deleted is not told here, `diff` tells it; nor is what moves and is still read.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from uts_policy.common.fields import sections
from uts_policy.load.discover import display_name, is_yaml, matcher
from uts_policy.load.git import SUBMODULE, indexed, list_tree, submodule_paths, work_files
from uts_policy.load.read import MAX_BYTES
from uts_policy.load.tree import CommitTree, Disk, Revision
from uts_policy.pipeline.request import Side

_ALIKE = 0.5
"""The share of words from which on a file is taken for another one: what git's rename detection asks of lines."""
_LONGEST_LINE = 65_536
_WORD = re.compile(rb"[\w-]+")
_KEY = re.compile(rb"""[\w-]+["']?\s*:(?=\s|$)""", re.MULTILINE)
"""A key of YAML or JSON: the schema's own are in every file of declarations, and in many others."""
_ID = re.compile(rb"""(?<![\w-])["']?id["']?\s*:\s*["']?([\w.-]+)""")
_SECTION = re.compile(rb"^[\s{,]*[\"']?(?:" + "|".join(sections()).encode() + rb")[\"']?\s*:", re.MULTILINE)
"""What makes a file of any name look like declarations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """One such file. `name` is what the base calls it, `place` what the head does, empty where that is not known."""

    name: str
    place: str
    message: str


def unread_files(base: Side, head: Side) -> tuple[UnreadFile, ...]:
    """Every file that leaves the check in this way, by name; none where the base is no commit.

    Those that a new glob of `exclude` matches are left out, since the glob is told.
    """
    tree = base.tree
    if tree is None:
        return ()
    patterns = [each for each in head.request.settings.exclude if each not in base.request.settings.exclude]
    excluded = matcher(patterns)
    there = _Head(revision=tree.revision, side=head)
    left: list[UnreadFile] = []
    gone: dict[str, bytes] = {}
    before = {each.path: tree.resolve(each.path) for each in base.declared.files.found if _inside(tree, each.path)}
    reals = frozenset(before.values())
    for found in base.declared.files.found:
        if found.path not in before or excluded(found.name):
            continue
        places = (found.path, Path(before[found.path]))
        # A link in its place that leads to what was another file of the base does not stand for it.
        now = [there.resolved(path) for path in places if there.reads(path)]
        if any(real == before[found.path] or not (real in reals or tree.exists(Path(real))) for real in now):
            continue
        still = next((path for path in places if there.has(path)), None)
        if still is None:
            gone[found.name] = tree.content(found.path) or b""
        else:
            left.append(_unread_at(found.name, there.name(still)))
    if gone:
        left += _moved(gone, there, tree)
    return tuple(sorted(left, key=lambda each: each.name))


def _inside(tree: CommitTree, path: Path) -> bool:
    return tree.revision.inside(path) is not None


def _unread_at(name: str, place: str) -> UnreadFile:
    where = "is still there" if name == place else f'is "{place}" now'
    return UnreadFile(name=name, place=place, message=f'"{name}" is no longer read, and {where}.')


def _moved(gone: Mapping[str, bytes], there: "_Head", base: CommitTree) -> Iterator[UnreadFile]:
    """The files of the base that are gone, and seem to be among the head's new files that are not read."""
    wanted = {name: _Content.of(data) for name, data in gone.items()}
    best: dict[str, tuple[float, str]] = {}
    parts: dict[str, list[tuple[float, str, Counter[bytes]]]] = {name: [] for name in gone}
    telling = {word for content in wanted.values() for word in content.words} | {each.encode() for each in sections()}
    for place, data in there.new_files(base, telling):
        found = _Content.of(data)
        loosely = is_yaml(Path(place)) or _SECTION.search(data) is not None
        for name, content in wanted.items():
            alike = content.likeness(found.words, loosely=loosely or Path(place).name == Path(name).name)
            best[name] = max(best.get(name, (0.0, "")), (alike, place))
            # NOTE: by ids alone, for large files of something else hold many of the words.
            if loosely and not content.ids.isdisjoint(found.ids):
                parts[name].append((alike, place, found.words))
    for name in gone:
        alike, place = best.get(name, (0.0, ""))
        if alike < _ALIKE and parts[name]:
            together = sum((words for _, _, words in parts[name]), Counter[bytes]())
            alike, place = wanted[name].likeness(together, loosely=True), max(parts[name], key=lambda part: part[:2])[1]
        if alike >= _ALIKE:
            yield _unread_at(name, place)
        elif there.absent:
            message = f'"{name}" is gone, and may be in the submodule "{there.absent[0]}", which is not checked out.'
            yield UnreadFile(name=name, place="", message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What tells a file from others: the words that are no key, and the ids of entries."""

    words: Counter[bytes]
    ids: frozenset[bytes]

    @classmethod
    def of(cls, data: bytes) -> "_Content":
        """What a file holds."""
        return cls(words=Counter(_WORD.findall(_KEY.sub(b" ", data))), ids=frozenset(_ID.findall(data)))

    def likeness(self, other: Counter[bytes], *, loosely: bool) -> float:
        """The share of words that two have in common: of the longer one, or `loosely` of this.

        A file of declarations to which much was added is still the file that it was, and so is one in several parts.
        """
        most = self.words.total() if loosely else max(self.words.total(), other.total())
        return (self.words & other).total() / most if most else 0.0


@dataclass(kw_only=True)
class _Head:
    """What the head has and reads, on disk or in a commit."""

    revision: Revision
    side: Side
    absent: list[str] = field(default_factory=list)
    real: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        found = self.side.declared.files.found
        self.real = frozenset(real for each in found if (real := self.resolved(each.path)))

    def resolved(self, path: Path) -> str:
        """Where a path leads in the head; empty where it leads nowhere."""
        try:
            return (self.side.tree or Disk()).resolve(path)
        except OSError:
            return ""

    def reads(self, path: Path) -> bool:
        """Whether the head reads the file at a path."""
        return self.resolved(path) in self.real

    def has(self, path: Path) -> bool:
        """Whether the head has a file at a path."""
        real = self.resolved(path)
        return bool(real) and not (self.side.tree or Disk()).is_directory(real)

    def name(self, path: Path) -> str:
        """What reports call a path."""
        settings = self.side.request.settings
        inside = self.revision.inside(settings.root)
        return display_name(path, settings.root if inside is None else self.revision.path(inside))

    def new_files(self, base: CommitTree, telling: Collection[bytes]) -> Iterator[tuple[str, bytes]]:
        """The files that the base lacks and the head does not read, by what reports call them.

        Of a very large one, only the lines with one of the words that are `telling`.
        """
        repository = self.revision.repository
        entries = list_tree(repository, base.revision.commit, [""], below=True)
        before = {each.path for each in entries}
        data: Callable[[Path], bytes | None]
        if self.side.tree is None:
            names, data = work_files(repository), partial(self._on_disk, telling=telling)
            submodules = submodule_paths(repository, "")
        else:
            tree = self.side.tree
            listed = list_tree(repository, tree.revision.commit, [""], below=True)
            names, data = tuple(each.path for each in listed), tree.content
            submodules = tuple(each.path for each in listed if each.mode == SUBMODULE)
        inner = [each for each in submodules if each not in before]
        self.absent += [each for each in inner if not os.path.lexists(self.revision.path(each) / ".git")]
        for name in (*(each for each in names if each not in before), *self._below(inner)):
            path = self.revision.path(name)
            content = None if self.reads(path) else data(path)
            if content is not None:
                yield self.name(path), content

    def _below(self, submodules: list[str]) -> Iterator[str]:
        """The files of submodules that are checked out, by their paths from the top."""
        for each in submodules:
            top = self.revision.path(each)
            if each not in self.absent:
                for folder, _, files in os.walk(top):
                    if ".git" not in Path(folder).relative_to(top).parts:
                        yield from (
                            (Path(folder) / file).relative_to(self.revision.repository.top).as_posix() for file in files
                        )

    def _on_disk(self, path: Path, telling: Collection[bytes]) -> bytes | None:
        """The content of a file that is no link; where a sparse checkout leaves it out, of what the index has of it."""
        try:
            if not os.path.lexists(path):
                inside = self.revision.inside(path)
                return None if inside is None else indexed(self.revision.repository, [inside]).get(inside)
            if path.is_symlink() or not path.is_file():
                return None
            return path.read_bytes() if path.stat().st_size <= MAX_BYTES else _lines_with(path, telling)
        except OSError:
            return None


def _lines_with(path: Path, words: Collection[bytes]) -> bytes:
    """The lines of a file, or pieces of very long ones, in which one of `words` is."""
    with path.open("rb") as file:
        lines = iter(lambda: file.readline(_LONGEST_LINE), b"")
        return b"".join(line for line in lines if any(word in words for word in _WORD.findall(line)))
