"""What authors stated, before any default: rules that need a fact are not assessed where nobody stated it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from uts_policy.corpus.tables import SHORT_FORMS
from uts_policy.model.document import Document


def stated(documents: Sequence[Document], wanted: Collection[str]) -> frozenset[str]:
    """Those of `wanted` that some entry states, in whatever state it is.

    Each is `section` (it has an entry), `section.field` (the key is written, an empty list counts) or
    `section.field=value` (the value is that, or a list that holds it).
    """
    left = set(wanted)
    parsed = {fact: _parsed(fact) for fact in left}
    found: set[str] = set()
    for document in documents:
        if not isinstance(document.data, Mapping):
            continue
        for fact in left - found:
            section, field, value = parsed[fact]
            entries = document.data.get(section)
            if isinstance(entries, list) and any(_states(entry, field, value) for entry in entries):
                found.add(fact)
    return frozenset(found)


def _parsed(fact: str) -> tuple[str, str, str]:
    name, _, value = fact.partition("=")
    section, _, field = name.partition(".")
    return section, field, value


def _states(entry: Any, field: str, value: str) -> bool:  # noqa: ANN401 - any YAML value
    if not isinstance(entry, Mapping):
        return False
    if not field:
        return True
    if field not in entry:
        return False
    written = entry[field]
    return not value or value in (written if isinstance(written, list) else [written])


def populated(documents: Sequence[Document]) -> frozenset[str]:
    """The sections with an entry. A short form is an assignment too, so `assignments` may be among them unwritten."""
    found: set[str] = set()
    for document in documents:
        if isinstance(document.data, Mapping):
            found.update(section for section, entries in document.data.items() if entries)
            duties = document.data.get("responsibilities")
            if "assignments" not in found and isinstance(duties, list) and any(_assigns(duty) for duty in duties):
                found.add("assignments")
    return frozenset(found)


def _assigns(duty: Any) -> bool:  # noqa: ANN401 - any YAML value
    return isinstance(duty, Mapping) and any(duty.get(key) for key in SHORT_FORMS)
