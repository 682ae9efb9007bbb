"""Everything a run reads: configuration, rules, declarations."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from uts_policy import resources
from uts_policy.common.boundary import leads_out, lies_within, work_tree
from uts_policy.common.fields import setting_default
from uts_policy.common.policies import own_policies, refuse_unread_policies
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.load.configuration import (
    baseline_document,
    baseline_from,
    fault,
    find,
    read_baseline,
    read_config,
    settings_from,
)
from uts_policy.load.discover import display_name
from uts_policy.load.files import LoadedFiles, load
from uts_policy.load.git import GitError, left_out, open_repository, submodule_paths
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import Baseline
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import Settings
from uts_policy.pipeline.redaction import hidden
from uts_policy.pipeline.request import STANDARD_INPUT, Configuration, Declared, OwnPolicy, Policies, Request
from uts_policy.rules.catalogue import read_catalogue, rule_set
from uts_policy.rules.portability import check_portable
from uts_policy.rules.references import check_references
from uts_policy.schema.validate import check_document, schema_problems


def read_settings(file: str | None, start: Path) -> Configuration:
    """The configuration in `file`, else the nearest one from `start` upward, else none: then `start` is the root.

    What a repository's own file names has to lie inside of that repository; in no repository, below the file.
    Raises UsageError, with file, line and column, for a file that cannot be read, or holds what it must not.
    """
    found = Path(file) if file else find(start)
    if found is None:
        return Configuration(settings=settings_from({}, root=start), document=None)
    root = found.absolute().parent
    top = work_tree(found)
    if top is not None and leads_out(found):
        raise UsageError(
            f'"{found}" is a link that leaves its repository, and is not read',
            "Put the configuration itself there, or name the other file with --config.",
        )
    if found.is_relative_to(start):
        found = found.relative_to(start)
    _, document, source = read_config(found)
    configuration = configured(document, source, root=root, file=found)
    # A file outside of any repository that the command line names is nobody's but the caller's.
    if top is not None or not file:
        _refuse_outside(configuration, top or root)
    return configuration


def _refuse_outside(configuration: Configuration, top: Path) -> None:
    """Raises UsageError, with its place, where the configuration names what lies outside of `top`, links resolved.

    A change can edit the configuration, and whoever can read the log of a check would read that file.
    """
    settings, document = configuration.settings, configuration.document
    named = [
        *((("paths", index), path) for index, path in enumerate(settings.paths)),
        *((("policies", index), path) for index, path in enumerate(settings.policies)),
        *([(("baseline",), settings.baseline)] if settings.baseline is not None else []),
    ]
    outside = [(route, path) for route, path in named if not lies_within(settings.root / path, top)]
    above = [(("exclude", index), each) for index, each in enumerate(settings.exclude) if ".." in each.split("/")]
    for route, path in (*outside, *above):
        place = document.locate(route) if document is not None else None
        where = "" if place is None else f"{settings.config_file}:{place.span.line}:{place.span.column}: "
        raise UsageError(
            f'{where}"{path}" lies outside of "{top.name}", and a configuration reaches no further',
            "Name what lies inside; only the command line can name what lies elsewhere.",
        )


def refuse_link_out(path: Path) -> None:
    """Raises UsageError where a path that begins in a repository leads out of it by a link."""
    if leads_out(path):
        raise UsageError(
            f'"{path}" is or lies behind a link that leaves its repository, and is not read',
            "Name on the command line what the link leads to, or put the files themselves there.",
        )


def configured(document: Document, source: Source, *, root: Path, file: Path) -> Configuration:
    """What a configuration says. Raises UsageError, with file, line and column, where it holds what it must not."""
    problems = check_document("config", document, source)
    if problems:
        raise fault(problems[0])
    settings = settings_from(document.data, root=root, config_file=file)
    return Configuration(settings=settings, document=document, source=source)


def read_policies(settings: Settings) -> Policies:
    """The built-in rules and those of the directories that the settings name.

    Raises NoVerdictError, with file and line, for a rule that cannot be used, and for a directory without a rule;
    UsageError for a directory that is none.
    """
    own = []
    for directory in policy_directories(settings):
        refuse_unread_policies(directory, display_name(directory, settings.root))
        for file in own_policies(directory):
            own.append(OwnPolicy(place=display_name(directory / file.path, settings.root), file=file))  # noqa: PERF401 - a comprehension of two loops and a call hides the call
    policies = policies_with(own, settings, references=True)
    if settings.policies and all(rule.builtin or not rule.file for rule in policies.catalogue):
        names = ", ".join(f'"{display_name(each, settings.root)}"' for each in policy_directories(settings))
        helpers = f"{len(own)} of its files are helpers" if len(own) > 1 else f'"{own[0].file.path}" is a helper'
        raise NoVerdictError(
            f"{names} holds no rule: {helpers}",
            'A rule is `package uts.rules.<category>["<name>"]`; docs/guide/writing-rules.md shows a whole one.',
        )
    return policies


def policy_directories(settings: Settings) -> tuple[Path, ...]:
    """The directories that `policies` names.

    Raises UsageError, with the place in the configuration, for one that is not there: that is no fault of a rule.
    """
    for directory in settings.policies:
        if not (settings.root / directory).is_dir():
            what = "is not a directory" if (settings.root / directory).exists() else "does not exist"
            raise UsageError(
                f'{_named_at(directory, settings)}"{directory}" {what}',
                "`policies` names directories of Rego files, relative to the configuration file.",
            )
        refuse_link_out(settings.root / directory)
        _refuse_links_out(settings.root / directory)
    return tuple(settings.root / directory for directory in settings.policies)


def _refuse_links_out(directory: Path) -> None:
    """Raises UsageError where a policy is a link that leaves the repository, or in none the directory.

    The engine's message on what is no Rego would show lines of it.
    """
    top = work_tree(directory) or directory
    for file in sorted(directory.rglob("*.rego")):
        if not lies_within(file, top):
            raise UsageError(
                f'"{file}" is a link that leaves "{top.name}", and is not read', "Put the file itself there."
            )


def _named_at(directory: str, settings: Settings) -> str:
    """Where the configuration names a directory, as the beginning of a message; nothing where it does not."""
    if settings.config_file is None or not settings.config_file.is_file():
        return ""
    data, document, _ = read_config(settings.config_file)
    names = data.get("policies")
    if not isinstance(names, list) or directory not in names:
        return ""
    span = document.locate(("policies", names.index(directory))).span
    return f"{settings.config_file}:{span.line}:{span.column}: "


def policies_with(own: Sequence[OwnPolicy], settings: Settings, *, references: bool = False) -> Policies:
    """The built-in rules and `own`. Raises NoVerdictError, with file and line, for a rule that cannot be used.

    With `references` one that looks into the corpus where nothing is cannot be used. Those of a base may: what the
    change repairs must not make everything else look new.
    """
    files = [each.file for each in own]
    policies = rule_set((*resources.builtin_policies(), *files))
    catalogue = read_catalogue(policies.files, parse)
    if files:
        refuse_unportable(files, policies.files, settings, references=references)
    return Policies(catalogue=catalogue, rule_set=policies, own=tuple(own))


def refuse_taken(rule: str, settings: Settings) -> None:
    """Raises UsageError where a rule of that id is there already, ours or of the policies that the settings name."""
    there = tuple(each for each in settings.policies if (settings.root / each).is_dir())
    own = replace(settings, policies=there)  # a directory that is not there yet holds no rule, and may be about to
    other = next((each for each in read_policies(own).catalogue if each.id == rule), None)
    if other is not None:
        whose = "a built-in rule has" if other.builtin else f"the rule in {other.file} has"
        raise UsageError(f'{whose} the id "{rule}"', "choose another name, or another category")


def read_declarations(request: Request) -> Declared:
    """Everything that is to be checked, and what is wrong with its form. Raises NoVerdictError for nothing at all."""
    settings = request.settings
    paths = asked_for(request)
    if not request.paths and not settings.paths and not paths[0].is_dir():
        (usual,) = setting_default("paths")
        raise NoVerdictError(
            f'nothing to check: no PATH was given, and there is no directory "{usual}"',
            "name the files or directories, or set `paths` in uts-policy.yaml",
        )
    on_disk = [path for path in paths if str(path) != STANDARD_INPUT]
    for path in on_disk:
        refuse_link_out(path)
    if (
        not request.paths
        and not settings.paths
        and not lies_within(paths[0], work_tree(settings.root) or settings.root)
    ):
        raise UsageError(
            f'"{paths[0]}" is a link that leads elsewhere, and is not read', "Name on the command line where."
        )
    files = load(
        on_disk,
        root=settings.root,
        exclude=excluded(settings),
        config_file=settings.config_file,
        progress=lambda done, total: request.notify(f"reading: {done} of {total} files"),
    )
    _refuse_absent_submodules(files.empty, request)
    if request.stdin is not None:
        files = _with_standard_input(files, request.stdin)
    if not files.sources and not files.problems:
        raise NoVerdictError(
            f"nothing to check: no .yaml or .yml file in {listed(paths, settings.root)}",
            "name the files or directories",
        )
    request.notify("checking the form")
    return formed(request, files)


def _refuse_absent_submodules(empty: Sequence[Path], request: Request) -> None:
    """Raises NoVerdictError where a directory that holds nothing is a submodule that is not checked out.

    What is in it is not known, and would pass. Git has no empty directories, so one of a checkout is little else; the
    index says, and not `.gitmodules`, where a change need not have written it.
    """
    for directory in empty:
        if work_tree(directory) is None:
            continue
        repository = open_repository(directory.parent, request.environment)
        inside = directory.relative_to(repository.top).as_posix()
        if inside in submodule_paths(repository, inside):
            raise NoVerdictError(
                f'the submodule "{display_name(directory, request.settings.root)}" is not checked out, '
                "and what it declares is not known",
                "`git submodule update --init` brings it; in CI, let the checkout fetch submodules. Else exclude it.",
            )


def formed(request: Request, files: LoadedFiles) -> Declared:
    """The files with what is wrong with their form, and people as pseudonyms where the request wants that."""
    problems = (*files.problems, *schema_problems(files.documents, files.sources))
    return hidden(Declared(files=files, problems=problems), request)


def listed(paths: Iterable[Path], root: Path) -> str:
    """Paths as messages name them: quoted, relative to the root where they are below it; the root itself as given."""
    names = ((path, display_name(path, root)) for path in paths)
    return ", ".join(f'"{path if name == "." else name}"' for path, name in names)


def asked_for(request: Request) -> tuple[Path, ...]:
    """What is to be read: the paths of the command line, else those of the configuration, else the usual directory."""
    settings = request.settings
    return request.paths or tuple(settings.root / path for path in _usual(request))


def paths_of(request: Request) -> tuple[str, ...]:
    """What is to be read, as a baseline notes it: relative to the root, standard input aside."""
    root = request.settings.root
    return tuple(sorted({display_name(path, root) for path in asked_for(request) if str(path) != STANDARD_INPUT}))


def excluded(settings: Settings) -> tuple[str, ...]:
    """The globs of what is not read as declarations: those of the configuration, and the baseline."""
    if settings.baseline is None:
        return settings.exclude
    name = display_name(settings.root / settings.baseline, settings.root)
    return (*settings.exclude, "/" + "".join(f"[{c}]" if c in "*?[" else c for c in name))


def read_known(settings: Settings) -> Baseline | None:
    """The baseline that the settings name. Raises UsageError where it is not there or holds what it must not."""
    if settings.baseline is None:
        return None
    path = settings.root / settings.baseline
    refuse_link_out(path)
    return known_from(read_baseline(path, display_name(path, settings.root)))


def known_identities(settings: Settings) -> frozenset[str]:
    """The identities of the findings that the baseline lists, if the settings name one. Raises as `read_known`."""
    baseline = read_known(settings)
    return frozenset() if baseline is None else baseline.identities


def unread_entries(request: Request, baseline: Baseline, read: Collection[str]) -> frozenset[str]:
    """The identities in a baseline that must not be taken for fixed, since this run did not read all it was made of.

    All of them where the paths are fewer than those of the list, or a sparse checkout leaves files out: what a rule
    finds in one file can hang on another. Else those whose file is there and is not among `read`.
    """
    root = request.settings.root
    paths = [path for path in asked_for(request) if str(path) != STANDARD_INPUT]
    before = [root / path for path in baseline.paths or _usual(request)]
    if _narrowed(before, paths) or _left_out(request, (*before, *paths)):
        return baseline.identities
    return frozenset(
        entry.id
        for entry in baseline.entries
        if entry.file and entry.file not in read and os.path.lexists(root / entry.file)
    )


def _usual(request: Request) -> tuple[str, ...]:
    """What is read where the command line names nothing: what a list without `paths` was most likely made of."""
    return request.settings.paths or tuple(setting_default("paths"))


def _narrowed(before: Sequence[Path], paths: Sequence[Path]) -> bool:
    """Whether something that the list was made of, and that is still there, is not asked for."""
    asked = [path.resolve() for path in paths]
    return any(path.exists() and not any(path.resolve().is_relative_to(each) for each in asked) for path in before)


def _left_out(request: Request, paths: Sequence[Path]) -> bool:
    """Whether a sparse checkout leaves out something at or below the paths; where git cannot be asked, it does not."""
    try:
        repository = open_repository(request.settings.root, request.environment)
        inside = [os.path.relpath(path.resolve(), repository.top) for path in paths]
        named = ["" if path == "." else Path(path).as_posix() for path in inside if not path.startswith("..")]
        return bool(left_out(repository, named))
    except GitError:
        return False


def known_from(source: Source) -> Baseline:
    """The baseline in a file. Raises UsageError, with line and column, where it holds what it must not."""
    document = baseline_document(source)
    problems = check_document("baseline", document, source)
    if problems:
        raise fault(problems[0])
    return replace(baseline_from(document), source=source)


def refuse_unportable(
    own: Sequence[PolicyFile], files: Sequence[PolicyFile], settings: Settings, *, references: bool = True
) -> None:
    """Raises NoVerdictError where a rule of the user's could mean two things; ours are held to it by our tests.

    `files` are all that are loaded, `own` among them. With `references` one that looks into the corpus where nothing
    can be is refused too.
    """
    trees = EmbeddedEngine(timeout=settings.timeout).syntax(files)
    check_portable(own, trees)
    if references:
        check_references(own, trees)


def _with_standard_input(files: LoadedFiles, data: bytes) -> LoadedFiles:
    source = to_source(STANDARD_INPUT, data)
    if not isinstance(source, Source):
        return replace(files, problems=(*files.problems, source))
    loaded = parse(source)
    return replace(
        files,
        sources={**files.sources, source.path: source},
        documents=(*files.documents, *loaded.documents),
        problems=(*files.problems, *loaded.problems),
    )
