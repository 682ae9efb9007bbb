"""From declarations to a corpus and the rules that run on it, and what a report states of its run."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from uts_policy import __version__, resources
from uts_policy.common.facts import ALL
from uts_policy.common.fields import setting_default
from uts_policy.common.listing import listing_digest
from uts_policy.corpus.build import build, serialise, with_rules
from uts_policy.corpus.stated import populated
from uts_policy.judge.report import Facts, report_invalid
from uts_policy.load.discover import display_name
from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document
from uts_policy.model.errors import NoVerdictError, SettingError, UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.report import Digests, Report
from uts_policy.model.rule import Profile, Selection
from uts_policy.model.settings import Settings
from uts_policy.pipeline.inputs import asked_for, read_declarations
from uts_policy.pipeline.request import PLACEHOLDERS, STANDARD_INPUT, Declared, Policies, Prepared, Request, Side
from uts_policy.rules.selection import refuse_unassessed, select


def corpus_of(request: Request, policies: Policies, *, refuse: bool = True) -> Corpus | Report:
    """The corpus that the request asks for, or the report that says why there is none; `refuse` as `prepare` has it."""
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared, refuse=refuse)
    if isinstance(prepared, Prepared):
        return prepared.corpus
    return report_invalid(facts_of(request, policies, declared), prepared)


def side_of(
    request: Request, policies: Policies, declared: Declared, baseline: Baseline | None, *, refuse: bool = True
) -> Side:
    """What was read from the disk as one side of a comparison; `refuse` as `prepare` has it."""
    prepared = prepare(request, policies, declared, refuse=refuse)
    return Side(
        request=request,
        policies=policies,
        declared=declared,
        prepared=prepared if isinstance(prepared, Prepared) else None,
        problems=() if isinstance(prepared, Prepared) else prepared,
        paths=tuple(path.absolute() for path in asked_for(request)),
        baseline=baseline,
    )


def facts_of(request: Request, policies: Policies, declared: Declared) -> Facts:
    """What the report on `declared` states without judging it."""
    files, settings = declared.files, request.settings
    return Facts(
        tool_version=__version__,
        as_of=request.as_of,
        threshold=settings.fail_on,
        digests=Digests(
            inputs=listing_digest({path: source.sha256 for path, source in files.sources.items()}),
            policies=policies.rule_set.digest,
            schemas=listing_digest(
                {file.name: _sha256(file.read_bytes()) for file in resources.schemas_dir().glob("*.json")}
            ),
            config=_config_digest(request),
        ),
        sources=files.sources,
        rules=policies.catalogue,
        ignored=files.ignored,
        passed_over=files.passed_over,
        name=name_of(request),
        organisation=str(settings.values.get("organisation") or ""),
    )


def name_of(request: Request) -> str:
    """What tells this set of declarations from others of its repository: the name given, else the paths asked for.

    Empty for `declarations/` at the top, which is the only set of most repositories. Paths are from the top of the
    repository, so that the name is the same wherever the command was run.
    """
    if request.name is not None:
        return request.name
    names = sorted({_in_repository(path, request.settings.root) for path in asked_for(request)})
    joined = "" if names == setting_default("paths") else "+".join(names)
    return joined if len(joined) <= _LONGEST_NAME else f"{joined[:_KEPT_OF_NAME]}~{_sha256(joined.encode())[:12]}"


_LONGEST_NAME = 100
_KEPT_OF_NAME = 80


def _in_repository(path: Path, root: Path) -> str:
    """A path from the top of the work tree that it lies in, else from the root, else its last step alone.

    What lies above is the machine's, and would be another name elsewhere.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    top = next((each for each in absolute.parents if (each / ".git").exists()), Path(os.path.abspath(root)))  # noqa: PTH100 - likewise
    shown = display_name(absolute, top)
    return absolute.name if Path(shown).is_absolute() else shown


def _config_digest(request: Request) -> str:
    """SHA-256 of what configuration and command line say together about rules and verdict, as canonical JSON."""
    settings = request.settings
    effective = {
        "profile": settings.profile,
        "levels": [[rule, level or "off"] for rule, level in settings.levels],
        "rules": {rule: dict(parameters) for rule, parameters in settings.rules.items()},
        "require": settings.require,
        "complete": complete(settings),
        "fail_on": settings.fail_on or "never",
        "include": request.include,
        "exclude": request.exclude,
    }
    return _sha256(serialise(effective).encode())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def prepare(
    request: Request, policies: Policies, declared: Declared, *, refuse: bool = True
) -> Prepared | tuple[Problem, ...]:
    """The corpus and the rules for it, or what is wrong with the declarations.

    With `refuse` off it is no fault that nothing, or not what is required, can be assessed: a base may lack it.
    Raises UsageError for a rule or parameter that there is not, NoVerdictError where no rule can be assessed or one
    that is required cannot.
    """
    if declared.problems:
        return declared.problems
    settings, documents = request.settings, declared.files.documents
    request.notify("putting the declarations together")
    built = build(
        documents,
        as_of=request.as_of,
        placeholders=placeholders(policies, settings),
        complete=complete(settings),
    )
    if built.corpus is None or built.problems:
        return built.problems
    selection = choose(request, policies, documents)
    if refuse:
        nothing = declares_nothing(declared)
        if nothing and not selection.rules:
            raise NoVerdictError(nothing, "Write sections, such as roles:, with a list of entries below each.")
        running = {each.id for each in (*selection.rules, *selection.host)}
        refuse_unassessed(
            policies.catalogue,
            running,
            selection.not_assessed,
            require=settings.require,
            include=request.include,
        )
    return Prepared(corpus=with_rules(built.corpus, selection), selection=selection)


def complete(settings: Settings) -> tuple[str, ...]:
    """The facts that are complete: those that the configuration names, and in the strictest profile all."""
    return (ALL,) if settings.profile is Profile.STRICT else settings.complete


def declares_nothing(declared: Declared) -> str:
    """That the files hold no entry of any section, in words; empty where they hold one."""
    if any(not section.startswith("x-") for section in populated(declared.files.documents)):
        return ""
    names = list(declared.files.sources)
    if names == [STANDARD_INPUT]:
        return "standard input declares nothing"
    return f'"{names[0]}" declares nothing' if len(names) == 1 else f"none of the {len(names)} files declares anything"


def choose(request: Request, policies: Policies, documents: Sequence[Document]) -> Selection:
    """The rules that run on what was declared. Raises UsageError for a rule or parameter that there is not."""
    settings = request.settings
    try:
        return select(
            policies.catalogue,
            settings,
            include=request.include,
            exclude=request.exclude,
            populated=populated(documents),
        )
    except SettingError as error:
        raise _placed(error, request.config) from error


def placeholders(policies: Policies, settings: Settings) -> tuple[str, ...]:
    """The words that stand for nobody: a parameter of one rule, and read by all, also where that one is off."""
    rule, name = PLACEHOLDERS
    configured = settings.rules.get(rule, {}).get(name)
    if configured is not None:
        return tuple(configured)
    return next(tuple(each.parameters[name].default) for each in policies.catalogue if each.id == rule)


def _placed(error: SettingError, config: Document | None) -> UsageError:
    """The error with the place in the configuration file that it is about, where it is about one."""
    if config is None or not error.route:
        return error
    place = config.locate_key(error.route)
    return UsageError(f"{place.file}:{place.span.line}:{place.span.column}: {error.message}", error.hint)
