"""From declarations to a corpus, and the rules that run on it."""

from collections.abc import Sequence

from uts_policy.corpus.build import build, with_rules
from uts_policy.corpus.stated import populated, stated
from uts_policy.model.document import Document
from uts_policy.model.errors import NoVerdictError, SettingError, UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.rule import Selection
from uts_policy.model.settings import Settings
from uts_policy.pipeline.request import PLACEHOLDERS, STANDARD_INPUT, Declared, Policies, Prepared, Request
from uts_policy.rules.selection import refuse_unassessed, select


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
    built = build(documents, as_of=request.as_of, placeholders=placeholders(policies, settings))
    if built.corpus is None or built.problems:
        return built.problems
    selection = choose(request, policies, documents)
    if refuse:
        nothing = declares_nothing(declared)
        if nothing and not selection.rules:
            raise NoVerdictError(nothing, "Write sections, such as roles:, with a list of entries below each.")
        refuse_unassessed(policies.catalogue, selection, settings.require)
    return Prepared(corpus=with_rules(built.corpus, selection), selection=selection)


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
            facts=stated(documents, {need for rule in policies.catalogue for need in rule.needs}),
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
