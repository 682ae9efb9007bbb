"""Which fields name entries of which section."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from uts_policy.common import fields
from uts_policy.common.fields import Field
from uts_policy.common.nearest import nearest
from uts_policy.corpus.in_force import Sections


@cache
def checked() -> tuple[Field, ...]:
    """Every reference that `reference/unknown` looks at. What waivers name is a matter of rules of their own."""
    return tuple(each for each in fields.references() if each.is_reference and each.section != "waivers")


def values(sections: Sections, reference: Field) -> set[str]:
    """Everything that is written in that field."""
    found: list[Any] = list(sections[reference.section].values())
    for step in reference.route:
        deeper: list[Any] = []
        for entry in found:
            value = entry.get(step)
            if isinstance(value, list):
                deeper += value
            elif value is not None:
                deeper.append(value)
        found = deeper
    return {value for value in found if isinstance(value, str)}


AT_MOST = 100


def suggestions(sections: Sections, placeholders: Collection[str]) -> dict[str, dict[str, str]]:
    """{section {dangling id: the nearest id of the section}} for the first hundred dangling ids that have one near.

    Where a field may name entries of two sections (stakeholders), each of them has its own suggestion. `placeholders`
    are the words as the corpus has them; in an owner's place they are no misspelt ids. To an entry that alone writes an
    id, it is not suggested itself.
    """
    dangling: set[tuple[str, str]] = set()
    for reference in checked():
        known: set[str] = set()
        for target in reference.names:
            known |= sections[target].keys()
        if reference.names == ("incidents",) and not known:
            continue
        for value in values(sections, reference) - known:
            if not (reference.is_owner and folded(value) in placeholders):
                dangling.update((target, value) for target in reference.names)
    found: dict[str, dict[str, str]] = {}
    ids = {section: list(entries) for section, entries in sections.items()}
    for target, value in sorted(dangling)[:AT_MOST]:
        suggestion = nearest(value, ids[target])
        if suggestion is not None and _writes_alone(sections, target, suggestion, value):
            suggestion = nearest(value, (each for each in ids[target] if each != suggestion))
        if suggestion is not None:
            found.setdefault(target, {})[value] = suggestion
    return found


def _writes_alone(sections: Sections, section: str, name: str, value: str) -> bool:
    """Whether the entry `name`, and no other entry, writes `value` where an id of `section` belongs."""
    references = [each for each in checked() if section in each.names]
    itself = {section: {name: sections[section][name]}}
    # What hardly ever holds is asked first: to look at all others takes a walk through them.
    if not any(each.section == section and value in values(itself, each) for each in references):
        return False
    others = {**sections, section: {each: entry for each, entry in sections[section].items() if each != name}}
    return not any(value in values(others, each) for each in references)


def folded(word: str) -> str:
    """Trimmed, white space collapsed, lower-cased: how placeholders are compared."""
    return " ".join(word.split()).lower()


def words(placeholders: Sequence[str]) -> list[str]:
    """Placeholders as the corpus has them."""
    return sorted({folded(word) for word in placeholders})
