"""Policies to try the catalogue and the selection on."""

from textwrap import dedent

from uts_policy.model.rule import PolicyFile

METADATA = """\
# METADATA
# title: Duty of nobody
# description: Somebody has to answer.
# custom:
#   level: warning
#   profile: strict
#   subjects: [responsibilities, roles]
#   needs: [holders, responsible]
#   parameters:
#     days:
#       type: integer
#       default: 30
#       minimum: 1
#       description: How long it may last.
#   criteria:
#     - source: J
#       text: Because.
#   effect: It is not done.
#   remediation: Name one.
"""


LAST = "#       description: How long it may last.\n"
FULL = METADATA.replace(LAST, f"{LAST}#       unit: days\n#       stricter: lower\n")
"""With what a built-in rule has to state of its parameters as well."""


def policy(
    *, metadata: str = METADATA, package: str = 'uts.rules.mine["no-duty"]', path: str = "", builtin: bool = False
) -> PolicyFile:
    """A rule's file, in its place unless `path` says otherwise."""
    name = package.removeprefix("uts.rules.").replace('["', "/").replace('"]', "").replace(".", "/")
    text = f"{metadata}package {package}\n\nimport rego.v1\n\nfindings := set()\n"
    return PolicyFile(path=path or f"uts/rules/{name}.rego", text=text, builtin=builtin)


def helper(text: str, path: str = "mine/lib.rego") -> PolicyFile:
    """Any other file of a user's."""
    return PolicyFile(path=path, text=dedent(text), builtin=False)
