"""Weakening by the configuration: rules, parameters, what is required, what is read, what fails."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from uts_policy.common.facts import ALL
from uts_policy.common.fields import settings, weakens
from uts_policy.judge.weakening.stance import Stance, Weakening, in_configuration, left_behind
from uts_policy.model.rule import Level, Profile, Stricter

_READ_BY_ALL = "ownership/placeholder-owner"
"""Its parameter counts even where the rule is off."""
_NAMED = 3
"""How many rules a message names."""


def by_settings(base: Stance, head: Stance) -> Iterator[Weakening]:
    """Every weakening that the configuration of `head` brings, compared with that of `base`."""
    yield from _by_profile(base, head)
    yield from _by_levels(base, head)
    yield from _by_parameters(base, head)
    yield from _by_named_entries(base, head)
    yield from _by_requirements(base, head)
    yield from _by_completeness(base, head)
    yield from _by_what_is_read(base, head)
    yield from _by_threshold(base, head)
    yield from _by_other_settings(base, head)


_TOLD = frozenset({"profile", "levels", "rules", "require", "complete", "paths", "exclude", "fail_on"})
"""The settings of which more is to be said than what they were and are."""


def _by_other_settings(base: Stance, head: Stance) -> Iterator[Weakening]:
    for setting in settings():
        before, after = _value(base, setting), _value(head, setting)
        if setting in _TOLD or not weakens(setting) or before == after:
            continue
        if weakens(setting) in ("fewer", "more"):
            for entry in _given_up(setting, before or (), after or ()):
                told = f'loses "{entry}"' if weakens(setting) == "fewer" else f'has "{entry}" now'
                yield in_configuration(head, (setting,), entry, f"`{setting}` {told}.")
        elif _weaker(setting, before, after):
            yield in_configuration(
                head, (setting,), "", f"`{setting}` changes from {_shown(before)} to {_shown(after)}."
            )


def _value(side: Stance, setting: str) -> Any:  # noqa: ANN401 - JSON
    """What holds of a setting; a field of its own is more than what the file writes."""
    return getattr(side.settings, setting, side.settings.values.get(setting))


def _weaker(setting: str, before: Any, after: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether another value of a setting asks for less, by what the schema of the configuration says of it."""
    order = weakens(setting)
    return before != after if order == "any" else order.index(after) < order.index(before)


def _given_up(setting: str, before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The entries by which a list asks for less, each once: those that are gone, or those that are new."""
    one, other = (before, after) if weakens(setting) == "fewer" else (after, before)
    return [each for each in dict.fromkeys(one) if each not in other]


def _by_profile(base: Stance, head: Stance) -> Iterator[Weakening]:
    before, after = base.settings.profile, head.settings.profile
    if _weaker("profile", before.value, after.value):
        lost = [rule for rule in base.levels if _lost_with_profile(rule, base, head)]
        yield in_configuration(
            head, ("profile",), "", f'The profile goes down from "{before}" to "{after}": {_no_longer_run(lost)}.'
        )


def _lost_with_profile(rule: str, base: Stance, head: Stance) -> bool:
    known = head.catalogue.get(rule)
    if known is None or rule in head.levels or _last_pattern(rule, head.settings.levels) is not None:
        return False
    return head.settings.profile.rank < known.profile.rank <= base.settings.profile.rank


def _by_levels(base: Stance, head: Stance) -> Iterator[Weakening]:
    """One for each line of `levels` that weakens, however many rules it matches, and each line that is gone."""
    weakened: dict[str, list[str]] = {}
    for rule, level in sorted(base.levels.items()):
        now = head.levels.get(rule)
        if rule not in head.catalogue or not _weaker("levels", level.value, "off" if now is None else now.value):
            continue
        if not _lost_with_profile(rule, base, head):
            weakened.setdefault(_last_pattern(rule, head.settings.levels) or rule, []).append(rule)
    for pattern, rules in weakened.items():
        off = [rule for rule in rules if rule not in head.levels]
        lowered = [rule for rule in rules if rule in head.levels]
        told = [_turned_off(off, base)] if off else []
        told += [f'"{rule}" goes down from {base.levels[rule]} to {head.levels[rule]}' for rule in lowered[:_NAMED]]
        if len(lowered) > _NAMED:
            told.append(f"{len(lowered) - _NAMED} more rules go down")
        by_glob = f'By "{pattern}" ' if pattern not in rules else ""
        yield in_configuration(head, ("levels", pattern), pattern, _sentence(by_glob + "; ".join(told)))


def _turned_off(rules: Sequence[str], base: Stance) -> str:
    if len(rules) == 1:
        return f'"{rules[0]}" is turned off; it was {_a(base.levels[rules[0]])}'
    return f"{_no_longer_run(rules)}: {_listed(rules)}"


def _by_parameters(base: Stance, head: Stance) -> Iterator[Weakening]:
    for rule, before in sorted(base.parameters.items()):
        after = head.parameters.get(rule)
        if after is None or (rule not in base.levels and rule != _READ_BY_ALL):
            continue
        for name in sorted(before.keys() & after.keys()):
            stated = name in base.settings.rules.get(rule, {}) or name in head.settings.rules.get(rule, {})
            if stated and before[name] != after[name]:
                parameter = head.catalogue[rule].parameters[name]
                # A user's own rule may have come to take a value of another type: then no order holds.
                same = base.catalogue[rule].parameters[name].type == parameter.type
                order = parameter.stricter if same else None
                message = _relaxed(rule, name, order, before[name], after[name])
                if message:
                    yield in_configuration(head, ("rules", rule, name), f"{rule}/{name}", message)


def _by_named_entries(base: Stance, head: Stance) -> Iterator[Weakening]:
    """Parameters that name an entry, whose section is their unit, where it was declared and is not any more."""
    if base.corpus is None or head.corpus is None:
        return
    now, before = head.corpus.data, base.corpus.data
    for rule in sorted(head.levels.keys() & base.levels.keys()):
        for name, parameter in head.catalogue[rule].parameters.items():
            section, value = parameter.unit, head.parameters[rule][name]
            if not isinstance(value, str) or value not in before.get(section, ()):
                continue
            if value not in now[section] and value not in now["links"]["former_names"].get(section, ()):
                told = f'"{value}", which `{name}` of "{rule}" names, is no longer declared, so that is not asked for'
                yield in_configuration(head, ("rules", rule, name), f"{rule}/{name}", f"{told}.")


def _relaxed(rule: str, name: str, order: Stricter | None, before: Any, after: Any) -> str:  # noqa: ANN401 - JSON
    """What a new value gives up; empty where it asks for more. Where no order is stated, any change counts."""
    match order:
        case Stricter.LONGER:
            words = {_word(each) for each in after}
            lost = [each for each in before if _word(each) not in words]
            return f'`{name}` of "{rule}" loses {_listed(lost)}.' if lost else ""
        case Stricter.HIGHER if after > before:
            return ""
        case Stricter.LOWER if after < before:
            return ""
    return f'`{name}` of "{rule}" changes from {_shown(before)} to {_shown(after)}.'


def _word(value: object) -> str:
    return " ".join(str(value).split()).lower()


def _by_requirements(base: Stance, head: Stance) -> Iterator[Weakening]:
    required = set(head.settings.require)
    for name in _given_up("require", base.settings.require, head.settings.require):
        if name.partition("/")[0] not in required:
            yield in_configuration(head, ("require",), name, f'"{name}" is no longer required to be assessed.')


def _by_completeness(base: Stance, head: Stance) -> Iterator[Weakening]:
    """The facts that were complete and are not: what an entry leaves unsaid is no longer judged as absent.

    A profile that goes down is told by itself.
    """
    after = head.settings.complete
    if ALL in after or head.settings.profile is Profile.STRICT or base.settings.profile is Profile.STRICT:
        return
    for fact in _given_up("complete", base.settings.complete, after):
        told = "Facts are" if fact == ALL else f'"{fact}" is'
        message = f"{told} no longer complete: what entries leave unsaid is not judged now."
        yield in_configuration(head, ("complete",), fact, message)


def _by_what_is_read(base: Stance, head: Stance) -> Iterator[Weakening]:
    dropped = []
    for path, name in sorted(base.reads.items()):
        if not any(path == other or path.startswith(f"{other.rstrip('/')}/") for other in head.reads):
            dropped.append(name)
            yield in_configuration(head, ("paths",), name, f'"{name}" is no longer read, and is still there.')
    for file in head.left:
        if not any(file.name == name or file.name.startswith(f"{name}/") for name in dropped):
            yield left_behind(file)
    for pattern in _given_up("exclude", base.settings.exclude, head.settings.exclude):
        route = ("exclude", head.settings.exclude.index(pattern))
        yield in_configuration(head, route, pattern, f'Files that match "{pattern}" are not read now.')


def _by_threshold(base: Stance, head: Stance) -> Iterator[Weakening]:
    before, after = (side.settings.fail_on or "never" for side in (base, head))
    if _weaker("fail_on", before, after):
        message = f'`fail_on` goes up from "{before}" to "{after}": less than that passes.'
        yield in_configuration(head, ("fail_on",), "", message)


def _last_pattern(rule: str, levels: Sequence[tuple[str, Level | None]]) -> str | None:
    """The line of `levels` that has the last word on a rule."""
    return next((pattern for pattern, _ in reversed(levels) if pattern == rule or fnmatchcase(rule, pattern)), None)


def _no_longer_run(rules: Sequence[str]) -> str:
    return "1 rule no longer runs" if len(rules) == 1 else f"{len(rules)} rules no longer run"


def _listed(values: Sequence[object]) -> str:
    shown = ", ".join(_shown(value) for value in values[:_NAMED])
    return shown if len(values) <= _NAMED else f"{shown} and {len(values) - _NAMED} more"


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _a(level: Level) -> str:
    return f"an {level}" if level is Level.ERROR else f"a {level}"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
