"""A new rule in Rego: the rule, its test, and two samples, which work as they are and are there to be changed."""

import re
from collections.abc import Callable, Mapping

from uts_policy.model.errors import UsageError
from uts_policy.model.rule import from_loader

ID = re.compile(r"([a-z][a-z0-9-]*)/([a-z][a-z0-9-]*)")
POLICIES = "policies"
SAMPLES = "examples/rules"
"""Samples lie beside the policies and not among them: OPA would load their YAML as data."""

BUILTIN = "policies/uts/rules"
"""Where this project's own rules are."""
ORACLE = "tests/oracle"
"""Where they are written a second time, in Python."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYWORDS = frozenset(
    {"as", "contains", "default", "else", "every", "false", "if", "import", "in", "not", "null", "package", "some"}
    | {"true", "with"}
)

_RULE = """\
# METADATA
# title: {title}
# description: {about}
# custom:
#   level: warning
#   profile: {profile}
#   subjects: [roles]
#   needs: []
#   parameters:
#     words:
#       type: array
#       unit: words
#       stricter: longer
#       default: [TBD, none]
#       description: Descriptions that say nothing.
#   criteria:
#     - source: Judgement
#       text: Whoever takes a role over should not have to guess what it is for.
#   effect: Whoever takes the role over has to guess.
#   remediation: Describe the role in `description`.
package {package}

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

findings contains {{"path": ["roles", id], "message": message}} if {{
	some id, entry in input.roles
	not role.abolished(id)
{only}	not _described(entry)
	message := sprintf("%s {says}", [text.named("roles", id)])
}}

_described(entry) if {{
	description := entry.description
	words := input.rules["{id}"].parameters.words
	not description in words
}}
"""

_TEST = """\
package {test_package}

import rego.v1

import data.{package} as rule

corpus(entry) := {{
	"as_of": "2026-11-23",
	"rules": {{"{id}": {{"level": "warning", "parameters": {{"words": ["TBD"]}}}}}},
	"roles": {{"lead": object.union({{"title": "Lead", "status": "active"}}, entry)}},
}}

{without}

test_fires_on_a_description_that_says_nothing if {{
	found := rule.findings with input as corpus({{"description": "TBD"}})
	found == {{{{"path": ["roles", "lead"], "message": "\\"lead\\" (Lead) {says}"}}}}
}}

test_is_silent_with_a_description if {{
	found := rule.findings with input as corpus({{"description": "Leads the watch"}})
	found == set()
}}

test_is_silent_on_an_abolished_role if {{
	found := rule.findings with input as corpus({{"abolished_on": "2026-11-23"}})
	found == set()
}}
"""

_SAMPLE = """\
# {id} {speaks} here.
units:
  - id: agency
    name: Bureau of Tidal Inquiry

roles:
  - id: watch-officer{comment}
    title: Watch Officer
    unit: agency
{line}"""
_FAILS = {"speaks": "speaks", "comment": " # no description", "line": ""}
_PASSES = {
    "speaks": "is silent",
    "comment": "",
    "line": "    description: Keeps the watch and calls the duty officer\n",
}
_OWN = {
    "profile": "starter",
    "title": "Role without a description",
    "about": "A role in force says nowhere what it is there for.",
    "says": "has no description",
    "only": "",
    "without": """\
test_fires_without_a_description if {
	found := rule.findings with input as corpus({})
	count(found) == 1
}""",
}
_BUILTIN = {
    "profile": "strict",
    "title": "Role with a description that says nothing",
    "about": "A role in force has a description that says nothing.",
    "says": "has a description that says nothing",
    # The samples of the other rules have roles without a description, and are silent under every rule but their own.
    "only": "\tentry.description\n",
    "without": """\
test_is_silent_without_a_description if {
	found := rule.findings with input as corpus({})
	found == set()
}""",
}

_ORACLE_MODULE = """\
\"\"\"The rules of `{category}`.\"\"\"

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.words import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World
"""
_ORACLE = """\


@rule("{id}", ("roles",), words=["TBD", "none"])
def {function}(w: World) -> Iterator[Finding]:
    \"\"\"A role in force with a description that says nothing.\"\"\"
    words = w.parameter("{id}", "words")
    for role, entry in w.roles.items():
        if w.living(role) and entry.get("description") in words:
            yield f"roles/{{role}}", ""
"""
_IMPORT = "from tests.oracle.words import rule\n"


def new_rule(rule: str, policies: str = POLICIES) -> dict[str, str]:
    """The files of a new rule, by path from the root. `policies` is the directory of the user's rules.

    Raises UsageError for what is no id of a rule.
    """
    return _files(rule, policies, _OWN, _FAILS)


def new_builtin(rule: str, read: Callable[[str], str]) -> dict[str, str]:
    """The same for a rule of this project, and the function of the oracle, which says anew what the rule finds.

    `read` gives the text of a file by its path from the root, empty where there is none: the oracle has a module for
    each category. Raises UsageError for what is no id of a rule.
    """
    category, name = _parts(rule)
    module = f"{ORACLE}/{category.replace('-', '_')}.py"
    there = read(module) or _ORACLE_MODULE.format(category=category)
    if _IMPORT not in there:
        there = there.replace("\nif TYPE_CHECKING:", f"\n{_IMPORT}\nif TYPE_CHECKING:", 1)
    function = _ORACLE.format(id=rule, function=name.replace("-", "_"))
    fails = {**_FAILS, "comment": " # says nothing", "line": "    description: TBD\n"}
    return {**_files(rule, BUILTIN, _BUILTIN, fails), module: f"{there}{function}"}


def _files(rule: str, policies: str, words: Mapping[str, str], fails: Mapping[str, str]) -> dict[str, str]:
    category, name = _parts(rule)
    package = f"uts.rules{_step(category)}{_step(name)}"
    test_package = f"uts.rules{_step(category)}{_step(f'{name}_test')}"
    return {
        f"{policies}/{rule}.rego": _RULE.format(id=rule, package=package, **words),
        f"{policies}/{rule}_test.rego": _TEST.format(id=rule, package=package, test_package=test_package, **words),
        f"{SAMPLES}/{rule}/fails.yaml": _SAMPLE.format(id=rule, **fails),
        f"{SAMPLES}/{rule}/passes.yaml": _SAMPLE.format(id=rule, **_PASSES),
    }


def _parts(rule: str) -> tuple[str, str]:
    """Category and name. Raises UsageError for what is no id of a rule."""
    found = ID.fullmatch(rule)
    if found is None:
        raise UsageError(
            f'"{rule}" is no id of a rule',
            "write CATEGORY/NAME in small letters, digits and hyphens: reporting/no-title",
        )
    category, name = found.groups()
    if from_loader(rule):
        raise UsageError(f'"{category}" is a category of the form of declarations', "choose another category")
    for each in (category, name):
        if each in _KEYWORDS:
            raise UsageError(f'"{each}" is a word of Rego, which not every engine takes for a name', "choose another")
    return category, name


def _step(name: str) -> str:
    """One step of a package, in brackets where it has a hyphen."""
    return f".{name}" if _NAME.fullmatch(name) else f'["{name}"]'
