"""The rule set of a run: its policy files, and the digest that names exactly them."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise

from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile, RuleSet


def rule_set(files: Iterable[PolicyFile]) -> RuleSet:
    """The files without tests, sorted by path. Raises NoVerdictError where two have one path.

    The digest is SHA-256, in hex, of a line `sha256 path` for each file: it does not depend on the files' order.
    """
    kept = sorted((file for file in files if not file.path.endswith(TEST_SUFFIX)), key=lambda file: file.path)
    for first, second in pairwise(kept):
        if first.path == second.path:
            whose = "a built-in file is" if first.builtin or second.builtin else "another is"
            raise NoVerdictError(f"{first.path}: {whose} called that too", "Give your policy file another name.")
    lines = "".join(f"{sha256(file.text.encode()).hexdigest()} {file.path}\n" for file in kept)
    return RuleSet(files=tuple(kept), digest=sha256(lines.encode()).hexdigest())
