"""All files of a check: found, read and parsed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uts_policy.load.discover import discover
from uts_policy.load.read import read
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFiles:
    """What the paths hold. `sources` are the files read, by name; `ignored` counts what was passed over, by reason.

    `passed_over` has the reason by name, of what lies in the work tree.

    Documents stand in the order of their files' names, then in the order of the file; problems by place.
    """

    sources: Mapping[str, Source]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    ignored: Mapping[str, int]
    passed_over: Mapping[str, str] = field(default_factory=dict)


def load(
    paths: Sequence[Path],
    *,
    root: Path,
    exclude: Sequence[str],
    config_file: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> LoadedFiles:
    """Every declaration under `paths`. One bad file never hides what the others say.

    `progress` is called with the number of files done and the number of files. Raises UsageError for a path that does
    not exist.
    """
    discovery = discover(paths, root=root, exclude=exclude, config_file=config_file)
    sources: dict[str, Source] = {}
    documents: list[Document] = []
    problems = list(discovery.problems)
    for done, found in enumerate(discovery.files, start=1):
        source = read(found)
        if isinstance(source, Problem):
            problems.append(source)
        else:
            sources[source.path] = source
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
    )
