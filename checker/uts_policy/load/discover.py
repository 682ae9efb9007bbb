"""Which files a check reads: the paths named, the globs of `exclude`, and what was left out and why."""

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from uts_policy.common.boundary import is_gits_own
from uts_policy.load.read import PERMISSION_REMEDY, unreadable
from uts_policy.load.tree import DirectoryEntry, Disk, Tree
from uts_policy.model.baseline import BASELINE_NAME
from uts_policy.model.document import FoundFile
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """A predicate for POSIX paths relative to the root: does any pattern match?

    `*` and `?` stay within one directory, `**` crosses directories. A pattern without a slash names files and
    directories at any depth; a slash at its end is ignored, and so is `./` at its start.
    """
    if not patterns:
        return lambda _: False
    expression = re.compile("|".join(f"(?:{_translate(pattern)})" for pattern in patterns))
    return lambda path: expression.fullmatch(path) is not None


def _translate(pattern: str) -> str:
    """The regular expression of one glob."""
    pattern = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    anchored = "/" in pattern
    pattern = pattern.lstrip("/")
    parts = ["" if anchored else "(?:.*/)?"]
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            parts.append(".*")
            at += 2
        elif pattern[at] == "*":
            parts.append("[^/]*")
            at += 1
        elif pattern[at] == "?":
            parts.append("[^/]")
            at += 1
        elif pattern[at] == "[" and (end := pattern.find("]", at + 2)) > 0:
            inside = pattern[at + 1 : end]
            negated = inside.startswith(("!", "^"))
            parts.append("[" + ("^/" if negated else "") + re.escape(inside[negated:]).replace(r"\-", "-") + "]")
            at = end + 1
        else:
            parts.append(re.escape(pattern[at]))
            at += 1
    return "(?s:" + "".join(parts) + ")"


CONFIG_NAME = "uts-policy.yaml"
SUFFIXES = (".yaml", ".yml")

DOT_DIRECTORY = "dot-directory"
CONFIGURATION = "configuration file"
EXCLUDED = "excluded"
EMPTY = "directory without declarations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """Files sorted by name, what was passed over and why, and what cannot be entered.

    `ignored` counts files or directories by reason, `passed_over` has the reason by name. `empty` are the directories,
    as real paths, that hold nothing at all.
    """

    files: tuple[FoundFile, ...]
    empty: tuple[Path, ...]
    ignored: Mapping[str, int]
    passed_over: Mapping[str, str]
    problems: tuple[Problem, ...]


DISK = Disk()


def discover(
    paths: Sequence[Path], *, root: Path, exclude: Sequence[str], config_file: Path | None, tree: Tree = DISK
) -> Discovery:
    """Every declaration file that `paths` mean, each once, in an order that depends on nothing but names.

    A path that is a file is read whatever it is called; a directory yields `*.yaml` and `*.yml` below it. Raises
    UsageError for a path that does not exist.
    """
    absolute = Path(os.path.abspath(root))  # noqa: PTH100 - resolve() would follow links
    search = _Search(root=absolute, excluded=matcher(exclude), config_file=config_file, tree=tree)
    # Directories first: a file that is also given by itself is then known by the name the walk gave it.
    for path in sorted(paths, key=lambda path: (not search.is_directory(path), str(path))):
        search.start(path)
    search.follow_links()
    search.tell_empty()
    return Discovery(
        files=tuple(sorted(search.files.values(), key=lambda found: found.name)),
        ignored=dict(sorted(search.ignored.items())),
        passed_over=dict(sorted(search.passed_over.values())),
        problems=tuple(search.problems),
        empty=tuple(map(Path, sorted(search.empty))),
    )


@dataclass(kw_only=True)
class _Search:
    """One discovery under way. `files`, `walked` and `passed_over` are keyed by real path, so nothing is read twice."""

    root: Path
    excluded: Callable[[str], bool]
    config_file: Path | None
    tree: Tree
    empty: set[str] = field(default_factory=set)
    files: dict[str, FoundFile] = field(default_factory=dict)
    walked: set[str] = field(default_factory=set)
    tops: dict[str, Path] = field(default_factory=dict)
    links: list[Path] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    passed_over: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def start(self, path: Path) -> None:
        """Take one path of the command line or of the configuration."""
        try:
            real = self.tree.resolve(path)
        except PermissionError:
            self.problems.append(_denied(self.name(path)))
            return
        except (OSError, ValueError) as error:
            raise UsageError(
                f'"{_printable(str(path))}" does not exist',
                "Name a file or directory that exists; paths in a configuration count from its directory.",
            ) from error
        if self.tree.is_directory(real):
            self.tops.setdefault(real, path)
            self.walk(path, real)
        elif self.is_config(path):
            self.pass_over(CONFIGURATION, path, real)
        else:
            self.add(path, real)

    def walk(self, directory: Path, real: str) -> None:
        """Take a directory; its links are kept for later, so that what is there by itself keeps its own name."""
        stack = [(directory, real)]
        while stack:
            here, here_real = stack.pop()
            if here_real in self.walked:
                continue
            self.walked.add(here_real)
            entries = self.entries(here)
            if entries == []:
                self.empty.add(here_real)
            for entry in entries or ():
                path = here / entry.name
                entry_real = os.path.join(here_real, entry.name)  # noqa: PTH118 - a real path is a str here
                if entry.is_link:
                    self.links.append(path)
                elif self.skips(path, entry_real, is_dir=entry.is_directory):
                    continue
                elif entry.is_directory:
                    if is_yaml(path):
                        self.problems.append(_named_like_a_file(self.name(path)))
                    stack.append((path, entry_real))
                elif is_yaml(path):
                    self.add(path, entry_real)

    def entries(self, directory: Path) -> list[DirectoryEntry] | None:
        """What a directory holds, by name; a directory that cannot be listed is a finding."""
        try:
            return sorted(self.tree.scan(directory), key=lambda entry: entry.name)
        except PermissionError:
            self.problems.append(_denied(self.name(directory)))
        except OSError as error:
            message = f"the directory cannot be read: {error.strerror or error}"
            self.problems.append(unreadable(self.name(directory), message, "Make it readable, or exclude it."))
        return None

    def is_directory(self, path: Path) -> bool:
        """Whether a path leads to a directory."""
        try:
            return self.tree.is_directory(self.tree.resolve(path))
        except (OSError, ValueError):
            return False

    def follow_links(self) -> None:
        """Take what links lead to, where the check reads that place anyway; refuse what leads out of it or nowhere."""
        while self.links:
            links, self.links = sorted(self.links), []
            for link in links:
                try:
                    self.follow(link, self.tree.resolve(link))
                except OSError as error:
                    if is_yaml(link) and not self.skips(link, str(link), is_dir=False):
                        self.problems.append(_leads_nowhere(self.name(link), error))

    def tell_empty(self) -> None:
        """Count the directories that were asked for and hold nothing: whoever named one thinks that it was read."""
        met = [*self.files, *self.passed_over]
        for real, path in self.tops.items():
            below = os.path.join(real, "")  # noqa: PTH118 - a real path is a str here
            if self.files and not self.problems and not any(each.startswith(below) for each in met):
                self.pass_over(EMPTY, path, real)

    def follow(self, link: Path, real: str) -> None:
        """Take one link to something that exists. A directory that was walked already yields nothing new."""
        is_dir = self.tree.is_directory(real)
        if self.skips(link, real, is_dir=is_dir) or not (is_dir or is_yaml(link)):
            return
        if not any(_leads_below(real, top) for top in self.tops):
            self.problems.append(_leads_out(self.name(link)))
        elif is_dir:
            self.walk(link, real)
        else:
            self.add(link, real)

    def skips(self, path: Path, real: str, *, is_dir: bool) -> bool:
        """Whether a rule of discovery passes an entry over; counts it if so."""
        if is_dir and path.name.startswith("."):
            return self.pass_over(DOT_DIRECTORY, path, real)
        if (is_dir or is_yaml(path)) and self.excluded(self.name(path)):
            return self.pass_over(EXCLUDED, path, real)
        if not is_dir and self.is_config(path):
            return self.pass_over(CONFIGURATION, path, real)
        return False

    def pass_over(self, reason: str, path: Path, real: str) -> bool:
        """Count an entry once, however many paths lead to it."""
        if real not in self.passed_over:
            self.passed_over[real] = (self.name(path), reason)
            self.ignored[reason] += 1
        return True

    def is_config(self, path: Path) -> bool:
        """Whether this is the configuration or baseline of this check, or of a smaller one further down."""
        if path.name in (CONFIG_NAME, BASELINE_NAME):
            return True
        if self.config_file is None:
            return False
        try:
            return self.tree.resolve(path) == self.tree.resolve(self.config_file)
        except OSError:
            return False

    def add(self, path: Path, real: str) -> None:
        """Remember a file, under the name by which it was met first."""
        self.files.setdefault(real, FoundFile(path=path, name=self.name(path)))

    def name(self, path: Path) -> str:
        """What reports call a path."""
        return display_name(path, self.root)


def _leads_below(real: str, top: str) -> bool:
    """Whether a real path is a directory or lies below it, and not in git's own directory there."""
    prefix = os.path.join(top, "")  # noqa: PTH118 - real paths are str here
    return real == top or (real.startswith(prefix) and not is_gits_own(real[len(prefix) :]))


def display_name(path: Path, root: Path) -> str:
    """A path as reports show it: POSIX, relative to the root when below it, else as given."""
    absolute = PurePath(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    try:
        shown = absolute.relative_to(os.path.abspath(root))  # noqa: PTH100 - likewise
    except ValueError:
        shown = PurePath(path)
    return _printable(shown.as_posix())


def is_yaml(path: PurePath) -> bool:
    """Whether a directory yields a file of this name, however its ending is spelled: some systems write it large."""
    return path.name.lower().endswith(SUFFIXES)


def _printable(name: str) -> str:
    # NOTE: a file name need not be UTF-8; what is not would break every output.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _denied(name: str) -> Problem:
    return unreadable(name, "this cannot be read: permission denied", PERMISSION_REMEDY)


def _named_like_a_file(name: str) -> Problem:
    return unreadable(
        name,
        "this is a directory, not a file",
        "Rename it so that it does not end in .yaml or .yml. What is in it was read.",
    )


def _leads_nowhere(name: str, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        return _denied(name)
    what = "to nothing" if isinstance(error, FileNotFoundError) else "round in a circle"
    return unreadable(name, f"this is a symbolic link that leads {what}", "Remove the link, or let it name a file.")


def _leads_out(name: str) -> Problem:
    return unreadable(
        name,
        "this is a symbolic link that leaves the directory that is checked",
        "Copy what it names into the directory, or give its own path to the check.",
    )
