"""The other side of a comparison: what the merge base of a revision and HEAD declares, and by which rules."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from uts_policy.common.boundary import work_tree
from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.load.configuration import config_document, settings_from
from uts_policy.load.discover import CONFIG_NAME, display_name
from uts_policy.load.files import LoadedFiles, Parsed, load
from uts_policy.load.git import GitError, Repository, conversions, indexed, open_repository, superproject
from uts_policy.load.read import to_source
from uts_policy.load.revisions import merge_base
from uts_policy.load.tree import CommitTree, Revision
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UsageError, UtsPolicyError
from uts_policy.model.finding import Problem
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import Settings
from uts_policy.pipeline.inputs import (
    asked_for,
    configured,
    excluded,
    formed,
    known_from,
    listed,
    policies_with,
    read_policies,
)
from uts_policy.pipeline.prepare import side_of
from uts_policy.pipeline.redaction import without_people
from uts_policy.pipeline.request import (
    STANDARD_INPUT,
    Configuration,
    Declared,
    OwnPolicy,
    Policies,
    Request,
    Side,
    Since,
)
from uts_policy.rules.selection import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a change is compared with. `side` is None where it cannot be judged, and `notices` say why.

    `settings` are what its configuration says, where that can be read: they count although the rest cannot be judged.
    """

    side: Side | None
    notices: tuple[str, ...]
    settings: Settings | None = None


def open_base(since: Since, request: Request) -> tuple[Revision, tuple[str, ...]]:
    """The commit to compare with, and what is to be known of it.

    Raises NoVerdictError where there is none, or more than one, or no repository.
    """
    if any(str(path) == STANDARD_INPUT for path in request.paths):
        raise UsageError("--since compares files, and - is standard input", "name the files or directories")
    repository = repository_of(since, request)
    found = merge_base(repository, since.revision)
    revision = Revision(repository=repository, commit=found.commit)
    inside = revision.inside(request.settings.root)
    inner = work_tree(request.settings.root)
    notices = found.notices
    if inside and inner is not None and Path(os.path.realpath(inner)) != repository.top:
        notices = (*notices, f'"{inside}" is in a submodule of "{repository.top.name}", whose history is compared.')
    return revision, notices


class OutsideRepositoryError(GitError):
    """There is a repository, and nothing that was asked for lies in it."""


def repository_of(since: Since, request: Request) -> Repository:
    """The repository of the root, else of a path, in which something that was asked for lies.

    Of a submodule, the repository that it is a part of: a change could put another history in the place of a directory.
    Raises GitError where there is none: what is in no repository would be the same on both sides, and pass.
    """
    paths = asked_for(request)
    refusals = []
    top = None
    for start in dict.fromkeys((request.settings.root, *(path if path.is_dir() else path.parent for path in paths))):
        try:
            repository = open_repository(start, since.environment)
            while (outer := superproject(repository)) is not None:
                repository = outer
        except GitError as error:
            refusals.append(error)
            continue
        top = top or repository.top
        if any(Revision(repository=repository, commit="").inside(path) is not None for path in paths):
            return repository
    if top is not None:
        raise OutsideRepositoryError(
            f'nothing of {listed(paths, request.settings.root)} lies in the repository "{top}"',
            "Name paths inside of it, or run this in the repository that they lie in.",
        )
    raise refusals[0] if refusals else GitError("nothing that is checked lies in a git repository")


def read_base(revision: Revision, since: Since, head: Side) -> Base:
    """What one commit declares, with its own configuration, rules and baseline, at the date of the head.

    All of it is read at the commit's own paths, its links followed as they stand there. What lies outside the
    repository is the same on both sides. Raises GitError where git lacks a part of it.
    """
    name = revision.commit[:12]
    tree = CommitTree(revision=revision)
    settings = None
    try:
        configuration = _configuration(tree, since, head)
        settings = since.overlay(configuration.settings)
        side = _read(tree, replace(head.request, settings=settings, config=configuration.document), head)
    except GitError:
        raise
    except UtsPolicyError as error:
        notice = f"The base {name} cannot be judged, so every finding is new: {error.message}"
        return Base(side=None, notices=(notice,), settings=settings)
    _refuse_converted(revision, head, side)
    notices = []
    if side.prepared is None:
        notices.append(f"The base {name} is itself invalid, so every finding is new: {_first(side.problems)}")
    elif not side.declared.files.sources:
        notices.append(f"The base {name} declares nothing, so every finding is new.{_moved(side, tree)}")
    return Base(side=side, notices=tuple(notices), settings=settings)


def _refuse_converted(revision: Revision, head: Side, base: Side) -> None:
    """Raises GitError where git writes another content into the work tree than what the commit has of a file.

    What the work tree has as it is stored, or what is not stored at all, nothing was done to. How the base would have
    been written nobody can see.
    """
    if head.tree is not None or not head.declared.files.found:
        return
    files = [*(each.path for side in (head, base) for each in side.declared.files.found)]
    for side in (head, base):
        root = side.request.settings.root
        files += [root / each.place for each in side.policies.own]
        files += [root / each for each in (side.request.settings.config_file, side.request.settings.baseline) if each]
    paths = sorted({inside for each in files if (inside := revision.inside(each))})
    for commit in (None, revision.commit):
        converted = conversions(revision.repository, paths, commit)
        same = _as_stored(revision, list(converted)) if commit is None else frozenset()
        for path, attribute in ((path, each) for path, each in converted.items() if path not in same):
            where = "the work tree" if commit is None else f"the base {commit[:12]}"
            raise GitError(
                f'git does not write "{path}" as it has stored it (`{attribute}` in the .gitattributes of {where}), '
                "so commit and work tree cannot be compared",
                "Take that attribute off what is checked; ends of lines (`text`, `eol`) do no harm.",
            )


def _as_stored(revision: Revision, paths: Sequence[str]) -> frozenset[str]:
    """Those of `paths`, POSIX from the top, that the work tree has as the index does, ends of lines aside."""
    stored = indexed(revision.repository, paths)
    same = {path for path in paths if path not in stored}
    for path, data in stored.items():
        with suppress(OSError):
            now = revision.path(path).read_bytes()
            if now == data or now.replace(b"\r\n", b"\n") == data.replace(b"\r\n", b"\n"):
                same.add(path)
    return frozenset(same)


def _moved(side: Side, tree: CommitTree) -> str:
    """That what was asked for was not there in the base, and what to do where it has moved; empty where it was."""
    missing = [path for path in side.paths if _known(tree, path) and not tree.exists(path)]
    if not missing:
        return ""
    names = listed(missing, side.request.settings.root)
    were = "was" if len(missing) == 1 else "were"
    return f" {names} {were} not there; `paths` in the configuration says for each side where its declarations lie."


def _known(tree: CommitTree, path: Path) -> bool:
    return tree.revision.inside(path) is not None


def _read(tree: CommitTree, request: Request, head: Side) -> Side:
    """The side. Raises UtsPolicyError for what cannot be judged."""
    settings = request.settings
    paths = [_at_base(tree, path) for path in asked_for(request)]
    declared = _declared(tree, request, paths, head)
    policies = _policies(_own_policies(tree, settings), settings, head)
    in_force(policies.catalogue, settings)  # raises for a rule that there is not, also where nothing else would
    source = _baseline_source(tree, settings)
    baseline = None if source is None else without_people(known_from(source), request.redaction)
    side = side_of(request, policies, declared, baseline, refuse=False)
    return replace(side, paths=tuple(path.absolute() for path in paths), tree=tree)


def _at_base(tree: CommitTree, path: Path) -> Path:
    """A path as the commit knows it, absolute; one from outside the repository as it was given."""
    inside = tree.revision.inside(path)
    return path if inside is None else tree.revision.path(inside)


def _first(problems: Sequence[Problem]) -> str:
    first = problems[0]
    return f"{first.location.file}:{first.location.span.line}: {first.message}"


def _stored_config(tree: CommitTree, since: Since, head: Side) -> tuple[Path, Source] | None:
    """The configuration file that the base has, and where it would be in the work tree.

    Raises UsageError where it is a link that leaves the repository.
    """
    revision = tree.revision
    if since.config is not None:
        inside = revision.inside(Path(since.config))
        candidates = [] if inside is None else [revision.path(inside)]
    else:
        start = revision.inside(since.start)
        directory = revision.path(start or "")
        above = [] if start is None else [directory, *directory.parents]
        candidates = [each / CONFIG_NAME for each in above if each.is_relative_to(revision.repository.top)]
    for path in candidates:
        data = tree.content(path)
        if data is not None:
            source = to_source(display_name(path, head.request.settings.root), data)
            return (path, source) if isinstance(source, Source) else None
        inside = revision.inside(path)
        if inside is not None and tree.entry(inside) is not None and not tree.is_directory(str(path)):
            raise UsageError(f'"{inside}" is a link that leads to no file of the repository')
    return None


def _configuration(tree: CommitTree, since: Since, head: Side) -> Configuration:
    """What the base's configuration says; one from outside the repository says the same on both sides.

    Raises UsageError where it holds what it must not.
    """
    found = _stored_config(tree, since, head)
    if found is not None:
        path, source = found
        configuration = configured(config_document(source), source, root=path.parent, file=path)
        _refuse_outside(tree, configuration.settings)
        return configuration
    ours = head.request.settings.config_file
    if ours is not None and not _known(tree, ours):
        return Configuration(settings=head.request.settings, document=head.request.config)
    root = since.start if since.config is None else Path(since.config).absolute().parent
    return Configuration(settings=settings_from({}, root=_at_base(tree, root)), document=None)


def _refuse_outside(tree: CommitTree, settings: Settings) -> None:
    """Raises UsageError where the base's configuration names what its repository does not hold."""
    for path in (*settings.paths, *settings.policies, *([settings.baseline] if settings.baseline else [])):
        try:
            real = Path(tree.resolve(_at_base(tree, settings.root / path)))
        except OSError:
            continue  # what is not there is not read either
        if not _known(tree, settings.root / path) or not real.is_relative_to(tree.revision.repository.top):
            raise UsageError(f'"{path}" in its configuration lies outside of the repository')


def _declared(tree: CommitTree, request: Request, paths: Sequence[Path], head: Side) -> Declared:
    """What the base declares."""
    settings = request.settings
    inside = [path for path in paths if _known(tree, path)]
    outside = [path for path in paths if not _known(tree, path)]
    files = load(
        [path for path in inside if tree.exists(path)],
        root=_at_base(tree, settings.root),
        exclude=excluded(settings),
        config_file=None if settings.config_file is None else _at_base(tree, settings.config_file),
        tree=tree,
        same=readable(head.declared.files),
    )
    # What discovery passed over is told of the head alone.
    files = replace(files, ignored={}, passed_over={})
    if outside:
        files = _joined(files, load(outside, root=settings.root, exclude=excluded(settings), config_file=None))
    return formed(request, files)


def readable(files: LoadedFiles) -> Parsed:
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
        found=(*one.found, *other.found),
    )


def _own_policies(tree: CommitTree, settings: Settings) -> list[OwnPolicy]:
    """The user's rules of the base; those of a directory outside the repository are the same on both sides."""
    own: list[OwnPolicy] = []
    for directory in settings.policies:
        folder = settings.root / directory
        if not _known(tree, folder):
            own += read_policies(replace(settings, policies=(directory,))).own
            continue
        at_base = _at_base(tree, folder)
        for path, data in tree.contents(at_base).items():
            if path.endswith(".rego") and not path.endswith(TEST_SUFFIX):
                text = data.decode("utf-8-sig", "replace")
                place = display_name(at_base / path, _at_base(tree, settings.root))
                own.append(OwnPolicy(place=place, file=PolicyFile(path=path, text=text, builtin=False)))
    return own


def _policies(own: Sequence[OwnPolicy], settings: Settings, head: Side) -> Policies:
    """The rules of the base; those of the head, where they are the same. Raises NoVerdictError for unusable ones."""
    if [each.file for each in own] == [each.file for each in head.policies.own]:
        return replace(head.policies, own=tuple(own))
    return policies_with(own, settings)


def _baseline_source(tree: CommitTree, settings: Settings) -> Source | None:
    if settings.baseline is None:
        return None
    path = settings.root / settings.baseline
    data = tree.content(_at_base(tree, path)) if _known(tree, path) else None
    source = None if data is None else to_source(display_name(path, settings.root), data)
    return source if isinstance(source, Source) else None
