"""The other side of a comparison: what the merge bases of a revision and HEAD declare, and by which rules."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from uts_policy.load.config import config_document
from uts_policy.load.discover import display_name
from uts_policy.load.files import LoadedFiles, load
from uts_policy.load.git import GitError, Repository, merge_bases, open_repository
from uts_policy.load.read import to_source
from uts_policy.load.revision import Revision, Wanted, find_stored, load_revision, read_stored
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UsageError, UtsPolicyError
from uts_policy.model.finding import Problem
from uts_policy.model.rego import TEST_SUFFIX
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import Settings
from uts_policy.pipeline.preparing import prepare
from uts_policy.pipeline.reading import (
    asked_for,
    configured,
    excluded,
    formed,
    known_from,
    listed,
    policies_with,
    read_policies,
)
from uts_policy.pipeline.redacting import without_people
from uts_policy.pipeline.values import (
    STANDARD_INPUT,
    Configuration,
    Declared,
    OwnPolicy,
    Policies,
    Prepared,
    Request,
    Side,
    Since,
)
from uts_policy.rules.select import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One base: a commit, or a directory. `side` is None where it cannot be judged, and `notices` say why."""

    revision: Revision | None
    side: Side | None
    notices: tuple[str, ...]


def open_bases(since: Since, request: Request) -> tuple[Revision, ...]:
    """The commits to compare with: mostly one. Raises NoVerdictError where there is none, or no repository."""
    if any(str(path) == STANDARD_INPUT for path in request.paths):
        raise UsageError("--since compares files, and - is standard input", "name the files or directories")
    repository = repository_of(since, request)
    return tuple(Revision(repository=repository, commit=commit) for commit in merge_bases(repository, since.revision))


def repository_of(since: Since, request: Request) -> Repository:
    """The repository of the root, else of a path, in which something that was asked for lies.

    Raises GitError where there is none: what is in no repository would be the same on both sides, and pass.
    """
    paths = asked_for(request)
    refusals = []
    for start in dict.fromkeys((request.settings.root, *(path if path.is_dir() else path.parent for path in paths))):
        try:
            repository = open_repository(start, since.environment)
        except GitError as error:
            refusals.append(error)
            continue
        if any(Revision(repository=repository, commit="").inside(path) is not None for path in paths):
            return repository
    raise refusals[0] if refusals else GitError("nothing that is checked lies in a git repository")


def read_base(revision: Revision, since: Since, head: Side) -> Base:
    """What one commit declares, with its own configuration, rules and baseline, at the date of the head.

    What lies outside the repository is the same on both sides. Raises GitError where git lacks a part of it.
    """
    name = revision.commit[:12]
    try:
        side, absent = _read(revision, since, head)
    except GitError:
        raise
    except UtsPolicyError as error:
        notice = f"The base {name} cannot be judged, so every finding is new: {error.message}"
        return Base(revision=revision, side=None, notices=(notice,))
    notices = [f'The submodule "{path}" is not checked out: it was read on neither side.' for path in absent]
    if side.prepared is None:
        notices.append(f"The base {name} is itself invalid, so every finding is new: {_first(side.problems)}")
    elif not side.declared.files.sources:
        notices.append(f"The base {name} declares nothing, so every finding is new.{_moved(side, revision)}")
    return Base(revision=revision, side=side, notices=tuple(notices))


def _moved(side: Side, revision: Revision) -> str:
    """That what was asked for was not there in the base, and what to do where it has moved; empty where it was."""
    missing = [path for path in side.paths if not _was_there(revision, path)]
    if not missing:
        return ""
    names = listed(missing, side.request.settings.root)
    were = "was" if len(missing) == 1 else "were"
    return f" {names} {were} not there; `paths` in the configuration says for each side where its declarations lie."


def _was_there(revision: Revision, path: Path) -> bool:
    inside = revision.inside(path)
    return inside is None or bool(read_stored(revision, [inside]))


def _read(revision: Revision, since: Since, head: Side) -> tuple[Side, tuple[str, ...]]:
    """The side, and the submodules that were read on neither. Raises UtsPolicyError for what cannot be judged."""
    configuration = _configuration(revision, since, head)
    settings = since.overlay(configuration.settings)
    request = replace(head.request, settings=settings, config=configuration.document)
    paths = asked_for(request)
    declared, absent = _declared(revision, request, paths, head)
    policies = _policies(_own_policies(revision, settings), settings, head)
    in_force(policies.catalogue, settings)  # raises for a rule that there is not, also where nothing else would
    prepared = prepare(request, policies, declared, refuse=False)
    baseline_source = _baseline_source(revision, settings)
    side = Side(
        request=request,
        policies=policies,
        declared=declared,
        prepared=prepared if isinstance(prepared, Prepared) else None,
        problems=() if isinstance(prepared, Prepared) else prepared,
        paths=tuple(path.absolute() for path in paths),
        baseline=None if baseline_source is None else without_people(known_from(baseline_source), request.redaction),
    )
    return side, absent


def _first(problems: Sequence[Problem]) -> str:
    first = problems[0]
    return f"{first.location.file}:{first.location.span.line}: {first.message}"


def _stored_config(revision: Revision, since: Since, head: Side) -> tuple[Path, Source] | None:
    """The configuration file that the base has, and where it would be in the work tree."""
    if since.config is not None:
        inside = revision.inside(Path(since.config))
    else:
        start = revision.inside(since.start)
        inside = None if start is None else find_stored(revision, start)
    if inside is None:
        return None
    data = read_stored(revision, [inside]).get(inside)
    if data is None:
        return None
    path = revision.path(inside)
    source = to_source(display_name(path, head.request.settings.root), data)
    return (path, source) if isinstance(source, Source) else None


def _configuration(revision: Revision, since: Since, head: Side) -> Configuration:
    """What the base's configuration says; one from outside the repository says the same on both sides.

    Raises UsageError where it holds what it must not.
    """
    found = _stored_config(revision, since, head)
    if found is not None:
        path, source = found
        return configured(config_document(source), source, root=path.parent, file=path)
    ours = head.request.settings.config_file
    if ours is not None and revision.inside(ours) is None:
        return Configuration(settings=head.request.settings, document=head.request.config)
    root = since.start if since.config is None else Path(since.config).absolute().parent
    return Configuration(settings=Settings(root=root), document=None)


def _declared(
    revision: Revision, request: Request, paths: Sequence[Path], head: Side
) -> tuple[Declared, tuple[str, ...]]:
    """What the base declares, and the submodules that were read on neither side."""
    settings = request.settings
    inside = [each for each in map(revision.inside, paths) if each is not None]
    outside = [path for path in paths if revision.inside(path) is None]
    wanted = Wanted(
        paths=inside,
        root=_from_top(revision, settings.root),
        exclude=excluded(settings),
        config_file=None if settings.config_file is None else revision.inside(settings.config_file),
    )
    files, stored = load_revision(revision, wanted, _readable(head.declared.files))
    if outside:
        files = _joined(files, load(outside, root=settings.root, exclude=excluded(settings), config_file=None))
    return formed(request, files), stored.absent


def _from_top(revision: Revision, root: Path) -> str:
    return os.path.relpath(os.path.realpath(root), revision.repository.top)


def _readable(files: LoadedFiles) -> dict[str, tuple[Source, tuple[Document, ...]]]:
    """The files that were read without a problem, by name, each with its documents."""
    faulty = {problem.location.file for problem in files.problems}
    documents: dict[str, list[Document]] = {}
    for document in files.documents:
        documents.setdefault(document.path, []).append(document)
    return {
        name: (source, tuple(documents.get(name, ()))) for name, source in files.sources.items() if name not in faulty
    }


def _joined(one: LoadedFiles, other: LoadedFiles) -> LoadedFiles:
    return LoadedFiles(
        sources={**one.sources, **other.sources},
        documents=(*one.documents, *other.documents),
        problems=(*one.problems, *other.problems),
        ignored={
            reason: one.ignored.get(reason, 0) + other.ignored.get(reason, 0)
            for reason in sorted({*one.ignored, *other.ignored})
        },
    )


def _own_policies(revision: Revision, settings: Settings) -> list[OwnPolicy]:
    """The user's rules of the base; those of a directory outside the repository are the same on both sides."""
    own: list[OwnPolicy] = []
    for directory in settings.policies:
        folder = settings.root / directory
        inside = revision.inside(folder)
        if inside is None:
            own += read_policies(replace(settings, policies=(directory,))).own
            continue
        for path, data in read_stored(revision, [inside]).items():
            if path.endswith(".rego") and not path.endswith(TEST_SUFFIX):
                within = path if inside == "" else path[len(inside) + 1 :]
                text = data.decode("utf-8-sig", "replace")
                place = display_name(revision.path(path), settings.root)
                own.append(OwnPolicy(place=place, file=PolicyFile(path=within, text=text, builtin=False)))
    return own


def _policies(own: Sequence[OwnPolicy], settings: Settings, head: Side) -> Policies:
    """The rules of the base; those of the head, where they are the same. Raises NoVerdictError for unusable ones."""
    if [each.file for each in own] == [each.file for each in head.policies.own]:
        return replace(head.policies, own=tuple(own))
    return policies_with(own, settings)


def _baseline_source(revision: Revision, settings: Settings) -> Source | None:
    if settings.baseline is None:
        return None
    path = settings.root / settings.baseline
    inside = revision.inside(path)
    data = None if inside is None else read_stored(revision, [inside]).get(inside)
    source = None if data is None else to_source(display_name(path, settings.root), data)
    return source if isinstance(source, Source) else None
