"""Composition: files → documents → corpus → verdict → report. One function a stage; callers bring clock and choices."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from uts_policy import __version__, resources
from uts_policy.corpus.build import build, with_rules
from uts_policy.corpus.canonical import serialise
from uts_policy.corpus.facts import populated, stated
from uts_policy.engine.bundle import bundle
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.interface import Engine
from uts_policy.engine.testing import run_tests
from uts_policy.judge.report import Assessment, Facts, report_assessed, report_invalid
from uts_policy.load.config import fault, find, read_config, settings_from
from uts_policy.load.discover import display_name
from uts_policy.load.files import LoadedFiles, load
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError, SettingError, UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.report import Digests, Report
from uts_policy.model.rule import PolicyFile, Rule, RuleSet, Selection
from uts_policy.model.settings import Settings
from uts_policy.model.testrun import TestRun
from uts_policy.rules.catalogue import read_catalogue
from uts_policy.rules.host import host_rules
from uts_policy.rules.portability import check_portable
from uts_policy.rules.ruleset import rule_set
from uts_policy.rules.select import refuse_unassessed, select
from uts_policy.schema.check import check as check_schema
from uts_policy.schema.config import check_config
from uts_policy.schema.ids import with_ids
from uts_policy.schema.texts import schema
from uts_policy.signing import Signer

DEFAULT_PATH = "declarations"
"""What is read where nobody names anything, below the root."""
STANDARD_INPUT = "-"
"""The path that means standard input."""
PLACEHOLDERS = ("ownership/placeholder-owner", "placeholders")
"""The rule, and its parameter, that hold the words which stand for nobody."""


@runtime_checkable
class ProfilingEngine(Protocol):
    """An engine that can time one rule by itself."""

    def profile_rules(self, corpus: Corpus, rule_set: RuleSet) -> Mapping[str, float]:
        """Seconds by rule."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the configuration file says, and the file itself, where there is one."""

    settings: Settings
    document: Document | None


def silent(_doing: str) -> None:
    """Nobody wants to know what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a command asks for. `paths` are as the user gave them; `include` and `exclude` are rule ids or globs.

    `as_of` is a full date. `stdin` is what standard input held, where one of the paths is `-`. `notify` is told, in
    words, what is being done.
    """

    settings: Settings
    config: Document | None
    as_of: str
    paths: tuple[Path, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    stdin: bytes | None = None
    notify: Callable[[str], None] = silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The rules of a run: catalogue, and what an engine is given."""

    catalogue: tuple[Rule, ...]
    rule_set: RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was read, and everything that is wrong with its form."""

    files: LoadedFiles
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A corpus with the rules that run on it."""

    corpus: Corpus
    selection: Selection


def read_settings(file: str | None, start: Path) -> Configuration:
    """The configuration in `file`, else the nearest one from `start` upward, else none: then `start` is the root.

    Raises UsageError, with file, line and column, for a file that cannot be read, or holds what it must not.
    """
    found = Path(file) if file else find(start)
    if found is None:
        return Configuration(settings=Settings(root=start), document=None)
    root = found.absolute().parent
    if found.is_relative_to(start):
        found = found.relative_to(start)
    data, document, source = read_config(found)
    problems = check_config(document, source)
    if problems:
        raise fault(problems[0])
    return Configuration(settings=settings_from(data, root=root, config_file=found), document=document)


def read_policies(settings: Settings) -> Policies:
    """The built-in rules and those of the directories that the settings name.

    Raises NoVerdictError, with file and line, for a rule that cannot be used.
    """
    own = [
        file
        for directory in settings.policies
        for file in resources.policy_files(settings.root / directory, builtin=False)
    ]
    policies = rule_set((*resources.builtin_policies(), *own))
    catalogue = read_catalogue(policies.files, parse)
    if own:
        _refuse_unportable(own, policies, settings)
    return Policies(catalogue=catalogue, rule_set=policies)


def read_declarations(request: Request) -> Declared:
    """Everything that is to be checked, and what is wrong with its form. Raises NoVerdictError for nothing at all."""
    settings = request.settings
    paths = request.paths or tuple(settings.root / path for path in settings.paths) or _default_paths(settings)
    files = load(
        [path for path in paths if str(path) != STANDARD_INPUT],
        root=settings.root,
        exclude=settings.exclude,
        config_file=settings.config_file,
        progress=lambda done, total: request.notify(f"reading: {done} of {total} files"),
    )
    if request.stdin is not None:
        files = _with_standard_input(files, request.stdin)
    if not files.sources and not files.problems:
        raise NoVerdictError(
            f"nothing to check: no .yaml or .yml file in {_listed(paths, settings.root)}",
            "name the files or directories",
        )
    request.notify("checking the form")
    return Declared(files=files, problems=(*files.problems, *check_schema(files.documents, files.sources)))


def prepare(request: Request, policies: Policies, declared: Declared) -> Prepared | tuple[Problem, ...]:
    """The corpus and the rules for it, or what is wrong with the declarations.

    Raises UsageError for a rule or parameter that there is not, NoVerdictError where no rule can be assessed or one
    that is required cannot.
    """
    if declared.problems:
        return declared.problems
    settings, documents = request.settings, declared.files.documents
    request.notify("putting the declarations together")
    built = build(documents, as_of=request.as_of, placeholders=_placeholders(policies, settings))
    if built.corpus is None or built.problems:
        return built.problems
    selection = choose(request, policies, documents)
    return Prepared(corpus=with_rules(built.corpus, selection), selection=selection)


def profile_rules(request: Request, policies: Policies, engine: ProfilingEngine) -> Mapping[str, float]:
    """Seconds that each rule takes by itself, by rule; empty where the declarations are invalid."""
    prepared = prepare(request, policies, read_declarations(request))
    return engine.profile_rules(prepared.corpus, policies.rule_set) if isinstance(prepared, Prepared) else {}


def test_policies(settings: Settings, directories: Sequence[Path]) -> TestRun:
    """The tests in the Rego files of `directories`, with the built-in rules and helpers at hand.

    Raises NoVerdictError where there is no test, or what is there does not compile.
    """
    files = [file for directory in directories for file in resources.policy_files(directory, builtin=False, tests=True)]
    taken = {file.path for file in files}
    helpers = [file for file in resources.builtin_policies() if file.path not in taken]
    found = run_tests(files, helpers=helpers, timeout=settings.timeout)
    if not found.results:
        raise NoVerdictError(
            f"no test in {_listed(directories, settings.root)}", "a test is a rule whose name begins with test_"
        )
    return found


def schema_for_editors(request: Request) -> str:
    """The declarations schema with the ids that are declared already, invalid declarations included."""
    ids: dict[str, set[str]] = {}
    for document in read_declarations(request).files.documents:
        for section, entries in document.data.items():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                    ids.setdefault(section, set()).add(entry["id"])
    return with_ids(schema("declarations"), ids)


def choose(request: Request, policies: Policies, documents: Sequence[Document]) -> Selection:
    """The rules that run on what was declared.

    Raises UsageError for a rule or parameter that there is not, NoVerdictError where no rule can be assessed or one
    that is required cannot.
    """
    settings = request.settings
    try:
        selection = select(
            policies.catalogue,
            settings,
            include=request.include,
            exclude=request.exclude,
            populated=populated(documents),
            facts=stated(documents, {need for rule in policies.catalogue for need in rule.needs}),
        )
    except SettingError as error:
        raise _placed(error, request.config) from error
    refuse_unassessed(policies.catalogue, selection, settings.require)
    return selection


def check(request: Request, policies: Policies, engine: Engine, known: Collection[str] = frozenset()) -> Report:
    """The main job. `known` are the identities of findings that were there before.

    Raises UtsPolicyError where there can be no verdict.
    """
    declared = read_declarations(request)
    facts = _facts(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    request.notify(f"evaluating {len(prepared.selection.rules)} rules")
    evaluation = engine.evaluate(prepared.corpus, policies.rule_set)
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
    return report_assessed(facts, assessment, known)


def validate(request: Request) -> Report:
    """The form of the declarations only: YAML, schema, ids that are there twice. No rule is evaluated."""
    policies = Policies(catalogue=host_rules(), rule_set=rule_set(()))
    declared = read_declarations(request)
    problems = declared.problems
    if not problems:
        problems = build(declared.files.documents, as_of=request.as_of, placeholders=()).problems
    return report_invalid(_facts(request, policies, declared), problems)


def corpus_text(request: Request, policies: Policies) -> str | Report:
    """What the rules see, as JSON; or the report that says why there is no corpus."""
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(_facts(request, policies, declared), prepared)
    return serialise(prepared.corpus.data)


def opa_bundle(policies: Policies, *, request: Request | None = None, signer: Signer | None = None) -> bytes | Report:
    """An OPA bundle of the rules, with the corpus that `request` asks for; or the report why there is no corpus."""
    if request is None:
        return bundle(policies.rule_set, signer=signer)
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(_facts(request, policies, declared), prepared)
    return bundle(policies.rule_set, corpus=prepared.corpus.data, signer=signer)


def refuse_taken(rule: str, settings: Settings) -> None:
    """Raises UsageError where a rule of that id is there already, ours or of the policies that the settings name."""
    other = next((each for each in read_policies(settings).catalogue if each.id == rule), None)
    if other is not None:
        whose = "a built-in rule has" if other.builtin else f"the rule in {other.file} has"
        raise UsageError(f'{whose} the id "{rule}"', "choose another name, or another category")


def _placed(error: SettingError, config: Document | None) -> UsageError:
    """The error with the place in the configuration file that it is about, where it is about one."""
    if config is None or not error.route:
        return error
    place = config.locate_key(error.route)
    return UsageError(f"{place.file}:{place.span.line}:{place.span.column}: {error.message}", error.hint)


def _refuse_unportable(own: Sequence[PolicyFile], policies: RuleSet, settings: Settings) -> None:
    """Raises NoVerdictError where a rule of the user's could mean two things; ours are held to it by our tests."""
    check_portable(own, EmbeddedEngine(timeout=settings.timeout).syntax(policies.files))


def _default_paths(settings: Settings) -> tuple[Path, ...]:
    path = settings.root / DEFAULT_PATH
    if not path.is_dir():
        raise NoVerdictError(
            f'nothing to check: no PATH was given, and there is no directory "{DEFAULT_PATH}"',
            "name the files or directories, or set `paths` in uts-policy.yaml",
        )
    return (path,)


def _listed(paths: Iterable[Path], root: Path) -> str:
    return ", ".join(f'"{display_name(path, root)}"' for path in paths)


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


def _placeholders(policies: Policies, settings: Settings) -> tuple[str, ...]:
    """The words that stand for nobody: a parameter of one rule, and read by all, also where that one is off."""
    rule, name = PLACEHOLDERS
    configured = settings.rules.get(rule, {}).get(name)
    if configured is not None:
        return tuple(configured)
    return next(tuple(each.parameters[name].default) for each in policies.catalogue if each.id == rule)


def _facts(request: Request, policies: Policies, declared: Declared) -> Facts:
    files, settings = declared.files, request.settings
    return Facts(
        tool_version=__version__,
        as_of=request.as_of,
        threshold=settings.fail_on,
        digests=Digests(
            inputs=_digest((path, source.sha256) for path, source in files.sources.items()),
            policies=policies.rule_set.digest,
            schemas=_digest((file.name, _sha256(file.read_bytes())) for file in resources.schemas_dir().glob("*.json")),
            config=_config_digest(request),
        ),
        sources=files.sources,
        rules=policies.catalogue,
        ignored=files.ignored,
    )


def _digest(named: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of `sha256  name` lines sorted by name: what `sha256sum` prints, put through it once more."""
    return _sha256("".join(f"{digest}  {name}\n" for name, digest in sorted(named)).encode())


def _config_digest(request: Request) -> str:
    """SHA-256 of what configuration and command line say together about rules and verdict, as canonical JSON."""
    settings = request.settings
    effective = {
        "profile": settings.profile,
        "levels": [[rule, level or "off"] for rule, level in settings.levels],
        "rules": {rule: dict(parameters) for rule, parameters in settings.rules.items()},
        "require": settings.require,
        "fail_on": settings.fail_on or "never",
        "include": request.include,
        "exclude": request.exclude,
    }
    return _sha256(serialise(effective).encode())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
