"""A new rule in Rego: the rule, its test, and two samples, which work as they are and are there to be changed."""

import re

from uts_policy.model.errors import UsageError
from uts_policy.model.rule import from_loader

ID = re.compile(r"([a-z][a-z0-9-]*)/([a-z][a-z0-9-]*)")
POLICIES = "policies"
SAMPLES = "examples/rules"
"""Samples lie beside the policies and not among them: OPA would load their YAML as data."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYWORDS = frozenset(
    {"as", "contains", "default", "else", "every", "false", "if", "import", "in", "not", "null", "package", "some"}
    | {"true", "with"}
)

_RULE = """\
# METADATA
# title: Role without a description
# description: A role in force says nowhere what it is there for.
# custom:
#   level: warning
#   profile: starter
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
	not _described(entry)
	message := sprintf("%s has no description", [text.named("roles", id)])
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

test_fires_without_a_description if {{
	found := rule.findings with input as corpus({{}})
	found == {{{{"path": ["roles", "lead"], "message": "\\"lead\\" (Lead) has no description"}}}}
}}

test_fires_on_a_description_that_says_nothing if {{
	found := rule.findings with input as corpus({{"description": "TBD"}})
	count(found) == 1
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
# {id} {says} here.
units:
  - id: agency
    name: Bureau of Tidal Inquiry

roles:
  - id: watch-officer
    title: Watch Officer
    unit: agency
{line}"""
_FAILS = "    # no description\n"
_PASSES = "    description: Keeps the watch and calls the duty officer\n"


def new_rule(rule: str, policies: str = POLICIES) -> dict[str, str]:
    """The files of a new rule, by path from the root. `policies` is the directory of the user's rules.

    Raises UsageError for what is no id of a rule.
    """
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
    words = {
        "id": rule,
        "package": f"uts.rules{_step(category)}{_step(name)}",
        "test_package": f"uts.rules{_step(category)}{_step(f'{name}_test')}",
    }
    return {
        f"{policies}/{rule}.rego": _RULE.format(**words),
        f"{policies}/{rule}_test.rego": _TEST.format(**words),
        f"{SAMPLES}/{rule}/fails.yaml": _SAMPLE.format(id=rule, says="speaks", line=_FAILS),
        f"{SAMPLES}/{rule}/passes.yaml": _SAMPLE.format(id=rule, says="is silent", line=_PASSES),
    }


def _step(name: str) -> str:
    """One step of a package, in brackets where it has a hyphen."""
    return f".{name}" if _NAME.fullmatch(name) else f'["{name}"]'
