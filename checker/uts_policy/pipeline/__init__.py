"""Composition: files → documents → corpus → verdict → report. One function a stage; callers bring clock and choices."""

from uts_policy.pipeline.asking import QueryingEngine, who
from uts_policy.pipeline.checking import check, check_all, profile_rules, validate
from uts_policy.pipeline.differing import DifferingEngine, diff
from uts_policy.pipeline.facts import facts_of
from uts_policy.pipeline.preparing import choose, prepare
from uts_policy.pipeline.products import corpus_text, opa_bundle, schema_for_editors, test_policies
from uts_policy.pipeline.reading import (
    DEFAULT_PATH,
    read_declarations,
    read_known,
    read_policies,
    read_settings,
    refuse_taken,
)
from uts_policy.pipeline.values import (
    STANDARD_INPUT,
    Configuration,
    Declared,
    Policies,
    Prepared,
    ProfilingEngine,
    Request,
    Since,
    silent,
)

__all__ = [
    "DEFAULT_PATH",
    "STANDARD_INPUT",
    "Configuration",
    "Declared",
    "DifferingEngine",
    "Policies",
    "Prepared",
    "ProfilingEngine",
    "QueryingEngine",
    "Request",
    "Since",
    "check",
    "check_all",
    "choose",
    "corpus_text",
    "diff",
    "facts_of",
    "opa_bundle",
    "prepare",
    "profile_rules",
    "read_declarations",
    "read_known",
    "read_policies",
    "read_settings",
    "refuse_taken",
    "schema_for_editors",
    "silent",
    "test_policies",
    "validate",
    "who",
]
