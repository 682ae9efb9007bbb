"""Which rules run: a rule of whose sections nothing is declared is not assessed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from uts_policy.common.nearest import nearest
from uts_policy.model.errors import NoVerdictError, SettingError
from uts_policy.model.place import Route
from uts_policy.model.rule import Level, NotAssessed, Rule, SelectedRule, Selection
from uts_policy.model.settings import Settings
from uts_policy.rules.metadata import fits


def split_assessed(
    wanted: Iterable[Rule], populated: frozenset[str]
) -> tuple[tuple[Rule, ...], tuple[NotAssessed, ...]]:
    """The rules of `wanted` that can be judged, and the others with the reason; both in the order given."""
    assessed: list[Rule] = []
    others: list[NotAssessed] = []
    for rule in wanted:
        reason = why_not(rule, populated)
        if reason:
            others.append(NotAssessed(rule=rule.id, reason=reason))
        else:
            assessed.append(rule)
    return tuple(assessed), tuple(others)


def why_not(rule: Rule, populated: frozenset[str]) -> str:
    """Why `rule` cannot be judged, in words for people; empty where it can.

    `populated` are the sections with an entry. What a rule needs beyond them shows when it has looked at the entries.
    """
    if not populated:
        return "nothing declared"
    if "*" not in rule.subjects and populated.isdisjoint(rule.subjects):
        return "none declared" if _same_word(rule) else f"no {_listed(rule.subjects)} declared"
    missing = [section for section in rule.sections if section not in populated]
    return f"no {_listed(missing)} declared" if missing else ""


def _same_word(rule: Rule) -> bool:
    """Whether the category already says what is missing: `delegation (none declared)`."""
    return any(rule.category.rstrip("s") == subject.rstrip("s") for subject in rule.subjects)


def _listed(sections: Sequence[str]) -> str:
    return " or ".join(section.replace("_", " ") for section in sections)


_GLOB = frozenset("*?[")


def select(  # noqa: PLR0913 - everything that has a say in which rules run, each by its name
    catalogue: Sequence[Rule],
    settings: Settings,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    require: Sequence[str] = (),
    populated: frozenset[str],
) -> Selection:
    """The rules that run, with level and parameters, and those not assessed, with the reason.

    The profile decides first, then `settings.levels`, in their order: `off` turns rules off, and a level given to a
    rule by its id turns it on (given by a glob, it changes only rules that are on already). Then `include` (`--rule`):
    an id runs whatever was said before, a glob chooses among what is on. Last `exclude` (`--no-rule`).

    `populated` are the sections with an entry. `require`, like `settings.require`, is only checked for its names here;
    `refuse_unassessed` acts on it.
    Raises SettingError for a name or glob that matches no rule, for what cannot be turned off, and for parameters that
    do not exist or do not fit.
    """
    rules = {rule.id: rule for rule in catalogue}
    levels = _levels(rules, settings)
    levels = _included(rules, levels, include)
    for pattern in exclude:
        for rule in _changeable(rules, pattern, ("--no-rule", pattern), ()):
            levels.pop(rule, None)
    for name in (*settings.require, *require):
        required_rules(rules, name)
    parameters = _parameters(rules, settings.rules)
    wanted = [rules[rule] for rule in sorted(levels)]
    assessed, not_assessed = split_assessed(wanted, populated)
    chosen = {
        rule.id: SelectedRule(id=rule.id, level=levels[rule.id], parameters=parameters[rule.id]) for rule in assessed
    }
    return Selection(
        rules=tuple(item for rule, item in chosen.items() if rules[rule].by == "rego"),
        host=tuple(item for rule, item in chosen.items() if rules[rule].by != "rego"),
        not_assessed=not_assessed,
    )


def in_force(catalogue: Sequence[Rule], settings: Settings) -> tuple[Mapping[str, Level], Mapping[str, dict[str, Any]]]:
    """The levels of the rules that profile and configuration turn on, and the complete parameters of all rules.

    What was declared has no say here, nor has the command line. Raises SettingError as `select` does.
    """
    rules = {rule.id: rule for rule in catalogue}
    return _levels(rules, settings), _parameters(rules, settings.rules)


def refuse_unassessed(
    catalogue: Sequence[Rule],
    running: Collection[str],
    not_assessed: Sequence[NotAssessed],
    *,
    require: Sequence[str],
    include: Sequence[str] = (),
) -> None:
    """Raise NoVerdictError where no rule is left, or where something required or asked for by its id is not assessed.

    `running` are the rules that run, host rules among them. `require` names rules and categories: each must have a rule
    that runs, and none that is not assessed. `include` are rules or globs of the command line.
    """
    rules = {rule.id: rule for rule in catalogue}
    reasons = {item.rule: item.reason for item in not_assessed}
    for name in include:
        if name in reasons:
            raise NoVerdictError(
                f"{name} has nothing to assess: {reasons[name]}", "Declare or state that, or leave the rule out."
            )
    if not any(rules[rule].by == "rego" for rule in running):
        raise NoVerdictError(
            "no rule is left to run",
            "Look at the profile, `levels`, --rule and --no-rule, and at what the declarations hold.",
        )
    running = {*running, *(rule.id for rule in catalogue if rule.fixed)}
    for name in require:
        matched = required_rules(rules, name)
        missing = [f"{rule} ({reasons[rule]})" for rule in matched if rule in reasons]
        if missing:
            raise NoVerdictError(
                f'"{name}" is required, and not assessed: {", ".join(missing)}',
                "Declare what these rules judge, or take it out of `require`.",
            )
        if running.isdisjoint(matched):
            raise NoVerdictError(
                f'"{name}" is required, and no rule of it runs',
                "Profile, `levels`, --rule or --no-rule leave it out.",
            )


def refuse_idle(idle: Mapping[str, Sequence[str]], include: Sequence[str]) -> None:
    """Raise NoVerdictError where a rule asked for by its id is among `idle`, which give the sections by rule.

    In a check of all rules it has passed: that no role has `eligibility` says nothing against anybody. A check of that
    rule alone would pass for having looked at nothing.
    """
    for name in include:
        if name in idle:
            raise NoVerdictError(
                f"{name} has nothing to assess: none of the declared {_listed(idle[name])} is one that it looks at",
                f"`uts-policy explain {name}` says what it looks at; declare that, or leave the rule out.",
            )


def required_rules(rules: Mapping[str, Rule], name: str) -> list[str]:
    """The ids that `name`, a rule or a category, stands for. Raises SettingError where it is neither."""
    matched = sorted(rule.id for rule in rules.values() if name in (rule.id, rule.category))
    if not matched:
        known = {*rules, *(rule.category for rule in rules.values())}
        raise SettingError(f'`require` names no rule and no category: "{name}"', _nearest(name, known))
    return matched


def _levels(rules: Mapping[str, Rule], settings: Settings) -> dict[str, Level]:
    """Rules that are on after profile and configuration, with their levels. Fixed rules are left out: they are on."""
    levels = {
        rule.id: rule.level for rule in rules.values() if not rule.fixed and rule.profile.rank <= settings.profile.rank
    }
    for pattern, level in settings.levels:
        for rule in _changeable(rules, pattern, ("levels", pattern), ("levels", pattern)):
            if level is None:
                levels.pop(rule, None)
            elif rule in levels or rule == pattern:
                levels[rule] = level
    return levels


def _included(rules: Mapping[str, Rule], levels: dict[str, Level], include: Sequence[str]) -> dict[str, Level]:
    if not include:
        return levels
    chosen: dict[str, Level] = {}
    for pattern in include:
        for rule in _matching(rules, pattern, ("--rule", pattern), ()):
            if rule in levels or (rule == pattern and not rules[rule].fixed):
                chosen[rule] = levels.get(rule, rules[rule].level)
    return chosen


def _changeable(rules: Mapping[str, Rule], pattern: str, where: tuple[str, str], route: Route) -> list[str]:
    """The rules that match and are not fixed. A pattern that matches nothing but fixed rules is refused."""
    matched = _matching(rules, pattern, where, route)
    free = [rule for rule in matched if not rules[rule].fixed]
    if not free:
        raise SettingError(
            f'{where[0]} "{pattern}": {matched[0]} can neither be lowered nor turned off',
            "A declaration that cannot be read could hold anything.",
            route=route,
        )
    return free


def _matching(rules: Mapping[str, Rule], pattern: str, where: tuple[str, str], route: Route) -> list[str]:
    is_glob = not _GLOB.isdisjoint(pattern)
    matched = sorted(rule for rule in rules if (fnmatchcase(rule, pattern) if is_glob else rule == pattern))
    if not matched:
        raise SettingError(
            f'{where[0]} names no rule: "{pattern}"',
            _nearest(pattern, rules),
            route=route,
        )
    return matched


def _parameters(rules: Mapping[str, Rule], written: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each rule's complete parameters: its defaults, and over them what the configuration says."""
    complete = {
        rule.id: {name: parameter.default for name, parameter in rule.parameters.items()} for rule in rules.values()
    }
    for rule, values in written.items():
        if rule not in rules:
            raise SettingError(f'`rules` names no rule: "{rule}"', _nearest(rule, rules), route=("rules", rule))
        known = rules[rule].parameters
        for name, value in values.items():
            route = ("rules", rule, name)
            if name not in known:
                hint = _nearest(name, known) if known else f"{rule} takes no parameters."
                raise SettingError(f'{rule} has no parameter "{name}"', hint, route=route)
            problem = fits(value, known[name])
            if problem:
                raise SettingError(f"{rule}: `{name}` {problem}", known[name].description, route=route)
            complete[rule][name] = value
    return complete


def _nearest(name: str, known: Collection[str]) -> str:
    category, slash, rest = name.partition("/")
    if _GLOB.isdisjoint(rest):
        close = nearest(name, known)
    else:
        close = nearest(category, {rule.partition("/")[0] for rule in known})
        close = close and f"{close}{slash}{rest}"
    return f'Did you mean "{close}"?' if close else "`uts-policy rules` lists them all."
