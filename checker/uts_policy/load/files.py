"""All files of a check: found, read and parsed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uts_policy.load.discover import DISK, discover
from uts_policy.load.tree import Tree
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, FoundFile, Source
from uts_policy.model.finding import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFiles:
    """What the paths hold. `sources` are the files read, by name; `ignored` counts what was passed over, by reason.

    `passed_over` has the reason by name. `found` are the files that were to be read, and `empty` the directories that
    hold nothing at all, as real paths.

    Documents stand in the order of their files' names, then in the order of the file; problems by place.
    """

    sources: Mapping[str, Source]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    ignored: Mapping[str, int]
    passed_over: Mapping[str, str] = field(default_factory=dict)
    found: tuple[FoundFile, ...] = ()
    empty: tuple[Path, ...] = ()


Parsed = Mapping[str, tuple[Source, tuple[Document, ...]]]
"""Files that were read without a problem, by name, each with its documents."""


def load(  # noqa: PLR0913 - what is to be read, and where
    paths: Sequence[Path],
    *,
    root: Path,
    exclude: Sequence[str],
    config_file: Path | None,
    progress: Callable[[int, int], None] | None = None,
    tree: Tree = DISK,
    same: Parsed | None = None,
) -> LoadedFiles:
    """Every declaration under `paths`. One bad file never hides what the others say.

    `progress` is called with the number of files done and the number of files. `same` are files that were parsed
    already: where `tree` has the same bytes under the same name they are not parsed again. Raises UsageError for a path
    that does not exist.
    """
    discovery = discover(paths, root=root, exclude=exclude, config_file=config_file, tree=tree)
    parsed = same or {}
    sources: dict[str, Source] = {}
    documents: list[Document] = []
    problems = list(discovery.problems)
    for done, source in enumerate(tree.read(discovery.files), start=1):
        if isinstance(source, Problem):
            problems.append(source)
        else:
            sources[source.path] = source
            before = parsed.get(source.path)
            if before is not None and before[0].sha256 == source.sha256:
                documents.extend(before[1])
            else:
                loaded = parse(source)
                documents.extend(loaded.documents)
                problems.extend(loaded.problems)
        if progress is not None:
            progress(done, len(discovery.files))
    problems.sort(key=lambda problem: problem.location)
    return LoadedFiles(
        sources=sources,
        documents=tuple(documents),
        problems=tuple(problems),
        ignored=discovery.ignored,
        passed_over=discovery.passed_over,
        found=discovery.files,
        empty=discovery.empty,
    )
