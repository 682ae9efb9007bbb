"""The baseline as YAML that people can read and compare: one finding a paragraph, sorted, every text quoted."""

import json
from collections.abc import Iterator

from uts_policy.model.baseline import Baseline

_HEAD = """\
# Findings that were there before: the check knows them and does not count them. `uts-policy baseline` writes this file:
# it grows only with a reason, and `uts-policy baseline prune` takes out what is fixed.
schema: uts-policy/baseline/1
"""


def render(baseline: Baseline) -> str:
    """The whole file, ending in a line end."""
    if not baseline.entries:
        return f"{_HEAD}{_paths(baseline)}findings: []\n"
    return f"{_HEAD}{_paths(baseline)}findings:\n" + "".join(f"{line}\n" for line in _lines(baseline))


def _paths(baseline: Baseline) -> str:
    return f"paths: [{', '.join(map(_quoted, baseline.paths))}]\n" if baseline.paths else ""


def _lines(baseline: Baseline) -> Iterator[str]:
    for entry in baseline.entries:
        yield f"  - id: {_quoted(entry.id)}"
        yield f"    rule: {_quoted(entry.rule)}"
        yield f"    entry: {_quoted(entry.entry)}"
        yield f"    message: {_quoted(entry.message)}"
        if entry.file:
            yield f"    file: {_quoted(entry.file)}"
        yield f"    reason: {_quoted(entry.reason)}"
        yield f"    accepted: {_quoted(entry.accepted)}"


def _quoted(text: str) -> str:
    """A double-quoted scalar. What JSON leaves as it is, and is no visible character, is escaped as well."""
    return "".join(
        char if char.isprintable() else f"\\U{ord(char):08x}" for char in json.dumps(text, ensure_ascii=False)
    )
