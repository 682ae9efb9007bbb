"""What a later version of a matrix changed, for a person: new, gone, changed, matched, and what both sides changed."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from uts_policy.common.sanitise import visible
from uts_policy.model.merge import MergeReport

_FEWEST = 4
"""Entries that are told together if the same changed in them."""


def as_lines(report: MergeReport, remarks: Sequence[str]) -> str:
    """A line for each match that was not exact, each change and each conflict; one that says so if there is none."""
    return "".join(f"{visible(line)}\n" for line in [*remarks, *_lines(report)])


def _lines(merge: MergeReport) -> Iterator[str]:
    yield from (f"new: {entry}" for entry in merge.added)
    yield from (f"gone: {entry}" for entry in merge.removed)
    yield from _changed(merge)
    for each in merge.conflicts:
        place = f"{each.location.file}:{each.location.span.line}"
        what = f"{each.entry}: {each.field}" if each.field else each.entry
        if each.theirs is None and not each.field:
            yield f"conflict: {what} ({place}): edited here, gone from the file"
        else:
            yield f"conflict: {what} ({place}): here {_said(each.ours)}, in the file {_said(each.theirs)}"
    if not (merge.added or merge.removed or merge.changed or merge.conflicts):
        yield "Nothing has changed."


def _changed(merge: MergeReport) -> Iterator[str]:
    """A line for each change; one for all entries that changed in the same way, such as those below a heading."""
    same: dict[tuple[str, str, str], list[str]] = {}
    for entry, key, old, new in merge.changed:
        same.setdefault((key, _said(old), _said(new)), []).append(entry)
    for (key, old, new), entries in same.items():
        if len(entries) < _FEWEST:
            yield from (f"changed: {entry}: {key}: {old} → {new}" for entry in entries)
        else:
            yield f"changed: {key}: {old} → {new} ({entries[0]}, {entries[1]} and {len(entries) - 2} more)"


def _said(value: Any) -> str:  # noqa: ANN401 - any field
    if value is None:
        return "not stated"
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return ", ".join(_item(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _item(value: dict[str, Any]) -> str:
    """`p-17 (from 2026-01-01, share 0.5)`."""
    first, *rest = value.items()
    more = ", ".join(f"{key} {each}" for key, each in rest)
    return f"{first[1]} ({more})" if more else str(first[1])
