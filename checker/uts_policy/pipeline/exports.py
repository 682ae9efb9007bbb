"""What else is made of declarations and rules: the corpus as text, bundles, schemas for editors, runs of tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from uts_policy import resources
from uts_policy.common.policies import own_policies
from uts_policy.common.rego import RULES, TEST_SUFFIX, package_of
from uts_policy.corpus.build import serialise
from uts_policy.engine.bundle import bundle
from uts_policy.engine.policy_tests import run_tests
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.policy_test import TestRun
from uts_policy.model.report import Report
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import Settings
from uts_policy.pipeline.inputs import listed, policy_directories, read_declarations, refuse_unportable
from uts_policy.pipeline.prepare import corpus_of
from uts_policy.pipeline.request import Policies, Request
from uts_policy.schema.definitions import schema, with_ids
from uts_policy.signing import Signer

DEFAULT_POLICIES = "policies"
"""Whose tests run where nobody names anything, below the root."""


def corpus_text(request: Request, policies: Policies) -> str | Report:
    """What the rules see, as JSON; or the report that says why there is no corpus."""
    corpus = corpus_of(request, policies)
    if isinstance(corpus, Report):
        return corpus
    return serialise(corpus.data)


def opa_bundle(policies: Policies, *, request: Request | None = None, signer: Signer | None = None) -> bytes | Report:
    """An OPA bundle of the rules, with the corpus that `request` asks for; or the report why there is no corpus."""
    if request is None:
        return bundle(policies.rule_set, signer=signer)
    corpus = corpus_of(request, policies)
    if isinstance(corpus, Report):
        return corpus
    return bundle(policies.rule_set, corpus=corpus.data, signer=signer)


def schema_for_editors(request: Request) -> str:
    """The declarations schema with the ids that are declared already, invalid declarations included."""
    ids: dict[str, set[str]] = {}
    for document in read_declarations(request).files.documents:
        for section, entries in document.data.items():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                    ids.setdefault(section, set()).add(entry["id"])
    return with_ids(schema("declarations"), ids)


def test_policies(settings: Settings, directories: Sequence[Path]) -> TestRun:
    """The tests in the Rego files of `directories`, with the built-in rules and helpers at hand.

    Without any, those that the configuration names, else policies/.

    Raises NoVerdictError where there is no test, or what is there does not compile, or is a rule that a check would
    refuse as not portable: a test that passes here must not be the last good news.
    """
    directories = directories or policy_directories(settings) or (settings.root / DEFAULT_POLICIES,)
    files = [file for directory in directories for file in own_policies(directory, tests=True)]
    taken = {file.path for file in files}
    builtin = {file.path: file for file in resources.builtin_policies()}
    helpers = [file for path, file in builtin.items() if path not in taken]
    found = run_tests(files, helpers=helpers, timeout=settings.timeout)
    rules = [file for file in files if not file.path.endswith(TEST_SUFFIX)]
    own = [file for file in rules if file.path not in builtin]
    if any(_is_rule(file) for file in own):
        refuse_unportable(own, (*helpers, *rules), settings)
    if not found.results:
        raise NoVerdictError(
            f"no test in {listed(directories, settings.root)}", "a test is a rule whose name begins with test_"
        )
    return found


def _is_rule(file: PolicyFile) -> bool:
    package = package_of(file.text)
    return package is not None and package.path[:2] == RULES
