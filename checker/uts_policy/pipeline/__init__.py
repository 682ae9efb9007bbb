"""Composition: files → documents → corpus → verdict → report. One function a stage; callers bring clock and choices."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uts_policy.pipeline.check import check, check_all, profile_rules, validate
    from uts_policy.pipeline.difference import DifferingEngine, diff
    from uts_policy.pipeline.exports import corpus_text, opa_bundle, schema_for_editors, test_policies
    from uts_policy.pipeline.inputs import (
        DEFAULT_PATH,
        paths_of,
        read_declarations,
        read_known,
        read_policies,
        read_settings,
        refuse_taken,
        unread_entries,
    )
    from uts_policy.pipeline.prepare import choose, facts_of, prepare
    from uts_policy.pipeline.queries import ForecastingEngine, QueryingEngine, explain, forecast, matrix, structure, who
    from uts_policy.pipeline.request import (
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
    "ForecastingEngine",
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
    "explain",
    "facts_of",
    "forecast",
    "matrix",
    "opa_bundle",
    "paths_of",
    "prepare",
    "profile_rules",
    "read_declarations",
    "read_known",
    "read_policies",
    "read_settings",
    "refuse_taken",
    "schema_for_editors",
    "silent",
    "structure",
    "test_policies",
    "unread_entries",
    "validate",
    "who",
]

_MODULES = {
    "asking": ("QueryingEngine", "matrix", "structure", "who"),
    "checking": ("check", "check_all", "profile_rules", "validate"),
    "differing": ("DifferingEngine", "diff"),
    "explaining": ("explain",),
    "facts": ("facts_of",),
    "forecasting": ("ForecastingEngine", "forecast"),
    "preparing": ("choose", "prepare"),
    "products": ("corpus_text", "opa_bundle", "schema_for_editors", "test_policies"),
    "reading": (
        "DEFAULT_PATH",
        "paths_of",
        "read_declarations",
        "read_known",
        "read_policies",
        "read_settings",
        "refuse_taken",
        "unread_entries",
    ),
    "values": (
        "STANDARD_INPUT",
        "Configuration",
        "Declared",
        "Policies",
        "Prepared",
        "ProfilingEngine",
        "Request",
        "Since",
        "silent",
    ),
}
"""Each module and what it gives. Imported when asked for: a check needs half, and start-up counts."""

_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
