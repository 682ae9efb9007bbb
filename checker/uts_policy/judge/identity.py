"""A finding's identity: the same for as long as the defect is, whatever moves, is renamed or reworded around it."""

import hashlib
import json
from collections.abc import Sequence

from uts_policy.common.former_names import first_named
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Violation
from uts_policy.model.place import Route

SCHEME = "1"
"""The version in front of every identity. Saved baselines and closed alerts hang on it."""


def of_violation(rule: str, entry: str, key: str) -> str:
    """The identity of what a rule found on `entry` (`section/id`); `key` tells two on one entry apart.

    Both are as they were first: see `in_corpus` for what may have been renamed.
    """
    return _digest([rule, entry, key])


def entry_of(violation: Violation) -> str:
    """`section/id` of the entry that a violation is about."""
    return f"{violation.path[0]}/{violation.path[1]}"


def in_corpus(corpus: Corpus, violation: Violation) -> str:
    """The identity of what a rule found in `corpus`, by the first names of what it is about."""
    return of_violation(violation.rule, *first_named(corpus.data, entry_of(violation), violation.key))


def of_problem(rule: str, file: str, document: int, route: Route, problem: str) -> str:
    """The identity of what the loader, the schemas or the merge found in a file.

    The first document of a file adds nothing to the route, each later one its number, so that equal slips in two
    documents of one file stay two.
    """
    return _digest([rule, file, [document, *route] if document else list(route), problem])


def _digest(parts: Sequence[object]) -> str:
    # "surrogatepass": a file name that is not UTF-8 has an identity as well.
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return f"{SCHEME}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
