"""The catalogue as `rules` and `explain` need it."""

from collections.abc import Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from uts_policy import pipeline
from uts_policy.cli.app import Globals
from uts_policy.cli.options import Choices, today
from uts_policy.cli.setup import settings_for
from uts_policy.model.errors import UsageError
from uts_policy.model.rule import Rule


def catalogue_for(options: Globals, policies: tuple[Path, ...]) -> tuple[Rule, ...]:
    """Every rule, the user's own included, sorted by id."""
    configuration = pipeline.read_settings(options.config, Path.cwd())
    settings = settings_for(configuration, Choices(paths=(), as_of=today(), policies=policies))
    return pipeline.read_policies(settings).catalogue


def matching(rules: Sequence[Rule], patterns: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that one of the patterns means: an id, a category or a glob; all without patterns.

    Raises UsageError for a pattern that means none, with the nearest there is.
    """
    chosen = {rule.id for rule in rules} if not patterns else set()
    for pattern in patterns:
        found = {rule.id for rule in rules if pattern == rule.category or fnmatchcase(rule.id, pattern)}
        if not found:
            names = [rule.id for rule in rules] + sorted({rule.category for rule in rules})
            near = get_close_matches(pattern, names, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "`uts-policy rules` lists them all"
            raise UsageError(f'there is no rule "{pattern}"', hint)
        chosen |= found
    return tuple(rule for rule in rules if rule.id in chosen)
