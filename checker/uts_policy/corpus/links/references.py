"""References: which fields name entries, which name none, and what was probably meant."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from uts_policy.common import fields
from uts_policy.common.fields import Field
from uts_policy.common.nearest import nearest
from uts_policy.corpus.in_force import Sections


@cache
def checked() -> tuple[Field, ...]:
    """Every field that must hold an id. `reference/unknown` looks at all but those of waivers: rules of theirs do."""
    return tuple(each for each in fields.references() if each.is_reference)


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


def _dangling(sections: Sections, placeholders: Collection[str]) -> dict[str, set[str]]:
    """{what is written and no id: the sections that are asked what is called so}."""
    wanted: dict[str, set[str]] = {}
    for reference in checked():
        known = {entry for target in reference.names for entry in sections[target]}
        if reference.names == ("incidents",) and not known:
            continue
        for value in values(sections, reference) - known:
            if not (reference.is_owner and folded(value) in placeholders):
                sections_meant = {*reference.names, *(("people", "units") if "roles" in reference.names else ())}
                wanted.setdefault(value, set()).update(sections_meant)
    return wanted


def called(sections: Sections, placeholders: Collection[str]) -> dict[str, list[list[str]]]:
    """{what is written [[section, id]]} where it is no id and what else is called so, for the first hundred of them.

    Of an entry of the right section its title or name; where a role should stand, also the id or name of a person or a
    unit. Compared by letters and digits, capitals aside.
    """
    wanted = _dangling(sections, placeholders)
    if not wanted:
        return {}
    names: dict[tuple[str, str], list[str]] = {}
    for section in sorted({each for many in wanted.values() for each in many}):
        for entry_id, entry in sections[section].items():
            title = entry.get(fields.label(section))
            for name in {letters(entry_id), letters(str(title or ""))} - {""}:
                names.setdefault((section, name), []).append(entry_id)
    found: dict[str, list[list[str]]] = {}
    for value, many in sorted(wanted.items()):
        meant = [[section, each] for section in sorted(many) for each in names.get((section, letters(value)), ())]
        if meant and len(found) < AT_MOST:
            found[value] = meant
    return found


def unspelt(sections: Sections, nearest_ids: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """{unknown authority: those that may be meant}: the nearest one, else any that is declared.

    Whoever holds or passes on what is misspelt may have any of these: that it is misspelt is told once.
    """
    near = nearest_ids.get("authorities", {})
    declared = tuple(sections["authorities"])
    written = {
        value for reference in checked() if reference.names == ("authorities",) for value in values(sections, reference)
    }
    return {value: (near[value],) if value in near else declared for value in written - {*declared}}


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


def letters(text: str) -> str:
    """The letters and digits of a text, in one case, with one space between words: how titles are compared."""
    # Case folding can undo NFKC and the other way round (a ligature in capitals), hence twice.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _OTHER.sub(" ", plain).strip()


# NOTE: \w holds the underscore, which is neither letter nor digit; and combining marks are not in \w.
_OTHER = re.compile(r"[\W_]+")


def folded(word: str) -> str:
    """Trimmed, white space collapsed, lower-cased: how placeholders are compared."""
    return " ".join(word.split()).lower()


def words(placeholders: Sequence[str]) -> list[str]:
    """Placeholders as the corpus has them."""
    return sorted({folded(word) for word in placeholders})
