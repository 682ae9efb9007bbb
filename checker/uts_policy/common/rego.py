"""What can be said about a Rego file without an engine: its package, and the rule that the package stands for."""

import re
from dataclasses import dataclass

from uts_policy.resources import TEST_SUFFIX as TEST_SUFFIX  # noqa: PLC0414 - for those who ask what a file is

RULES = ("uts", "rules")
"""The package that holds the rules: `uts.rules.<category>["<name>"]`."""

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_STEP = re.compile(rf'\.({_NAME})|\["([^"\\]*)"\]')
_PACKAGE = re.compile(rf'package[ \t]+({_NAME}(?:\.{_NAME}|\["[^"\\]*"\])*)[ \t]*(?:#.*)?$')


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package clause: its line, from 1, and its path without `data`."""

    line: int
    path: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The id of the rule that the package stands for, else empty."""
        if len(self.path) == len(RULES) + 2 and self.path[: len(RULES)] == RULES:
            return "/".join(self.path[len(RULES) :])
        return ""

    @property
    def written(self) -> str:
        """The path as Rego writes it: `uts.rules.ownership["scope-gap"]`."""
        head, *rest = self.path
        return head + "".join(f".{step}" if re.fullmatch(_NAME, step) else f'["{step}"]' for step in rest)


def package_of(text: str) -> Package | None:
    """The package clause of a Rego file; None where nothing but comments stands before something else."""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        found = _PACKAGE.match(stripped)
        if found is None:
            return None
        head = re.match(_NAME, found[1])
        assert head is not None  # noqa: S101 - the expression above begins with a name
        steps = [dotted or quoted for dotted, quoted in _STEP.findall(found[1][head.end() :])]
        return Package(line=number, path=(head[0], *steps))
    return None


def rule_package(rule: str) -> str:
    """The package of a rule id, as Rego writes it in a reference: `data.uts.rules.ownership["scope-gap"]`."""
    category, _, name = rule.partition("/")
    return f'data.uts.rules["{category}"]["{name}"]'
