"""Rule sets and corpora to try engines on, small enough to be read with the test."""

from uts_policy.engine import canary
from uts_policy.model.corpus import Corpus
from uts_policy.model.rule import PolicyFile, RuleSet

MAIN = """package uts.main

import rego.v1

result := {
	"schema": "uts-policy/result/1",
	"digest": digest,
	"findings": findings,
	"evaluated": evaluated,
	"judged": {},
	"not_judged": {},
} if {
	input.schema == "uts-policy/corpus/1"
}

findings contains finding if {
	some id, _ in input.rules
	[category, name] := split(id, "/")
	some found in data.uts.rules[category][name].findings
	finding := object.union(found, {"rule": id})
}

evaluated := sort([id | some id, _ in input.rules])

default digest := null

digest := data.uts_ruleset.digest
"""
CANARY = """package uts.rules.ownership.unassigned

import rego.v1

findings contains {"path": ["responsibilities", id], "message": "nobody"} if some id, _ in input.responsibilities
"""
VACANT = """package uts.rules.staffing.vacant

import rego.v1

findings contains {"path": ["roles", id], "message": "vacant", "key": "k"} if some id, _ in input.roles
"""


def rule(body, *, name="mine/own"):
    """The file of a rule of that name."""
    category, _, short = name.partition("/")
    text = f"package uts.rules.{category}.{short}\n\nimport rego.v1\n\n{body}\n"
    return PolicyFile(path=f"uts/rules/{name}.rego", text=text)


def rule_set(*files, main=MAIN, unassigned=CANARY):
    """A rule set of main, the canary's rule and `files`."""
    ours = (
        PolicyFile(path="uts/main.rego", text=main),
        PolicyFile(path="uts/rules/ownership/unassigned.rego", text=unassigned),
    )
    return RuleSet(files=(*ours, *files), digest="d1")


def corpus(*rules, **sections):
    """A corpus that asks for `rules`."""
    data = {**canary.corpus(), "responsibilities": {}, **sections}
    data["rules"] = {name: {"level": "error", "parameters": {}} for name in rules}
    return Corpus(data=data, origins={}, details={})
