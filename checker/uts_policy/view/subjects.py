"""What a question is about: the responsibility, role, person or unit that a user means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.common import fields
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import UsageError
from uts_policy.view.answers import located, names, place, undeclared

MANDATE = "mandate"
"""The view that says what roles answer for."""
RESPONSIBILITIES = "responsibilities"
_SECTIONS = {RESPONSIBILITIES: "statement", "roles": "title", "people": "name", "units": "name"}
SUBJECTS = tuple(_SECTIONS)
"""What can be asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """Ids by section, and whether the user wrote the whole id or title of each, rather than a part of it."""

    ids: Mapping[str, tuple[str, ...]]
    exact: bool

    @property
    def answerable(self) -> bool:
        """Whether all of it is answered: what was named in full, one entry, or responsibilities alone."""
        count = sum(len(ids) for ids in self.ids.values())
        return self.exact or count == 1 or count == len(self.ids.get(RESPONSIBILITIES, ()))


def meant(data: Mapping[str, Any], wanted: str, sections: Iterable[str] = SUBJECTS) -> Subjects:
    """What `wanted` means: `section/id`, an id, a title, what assignments name for a role, else a part of id or title.

    Raises UsageError where it means nothing that is declared.
    """
    folded = _folded(wanted)
    section, _, name = wanted.partition("/")
    if section in sections and name in data[section]:
        return Subjects(ids={section: (name,)}, exact=True)
    chosen = tuple(sections)
    for found in (
        {each: tuple(name for name in data[each] if name == wanted) for each in chosen},
        {each: tuple(sorted(name for name in data[each] if _title(data, each, name) == folded)) for each in chosen},
        {"roles": _named_for_a_role(data, wanted) if "roles" in chosen else ()},
    ):
        if folded and any(found.values()):
            return Subjects(ids=found, exact=True)
    parts = {
        each: tuple(sorted(name for name in data[each] if folded in name or folded in _title(data, each, name)))
        for each in chosen
    }
    if not folded or not any(parts.values()):
        nouns = [fields.noun(each) for each in chosen]
        listed = nouns[0] if len(nouns) == 1 else f"{', '.join(nouns[:-1])} or {nouns[-1]}"
        known = [name for each in chosen for name in data[each]]
        raise undeclared(f'no {listed} has "{wanted}" as its id or in its title', wanted, known)
    return Subjects(ids=parts, exact=False)


def titled_entry(data: Mapping[str, Any], wanted: str, section: str) -> str:
    """The id of the one entry that has this id or title, or a part of it.

    Raises UsageError where there is none, or where several have the part.
    """
    ids = [name for name in meant(data, wanted, (section,)).ids[section] if name in data[section]]
    if len(ids) != 1:
        noun = fields.noun(section)
        if not ids:
            raise undeclared(f'"{wanted}" is not a declared {noun}', wanted, data[section])
        raise UsageError(f'"{wanted}" is a part of {len(ids)} ids or titles', f"name one {noun}: {', '.join(ids[:5])}")
    return ids[0]


def _named_for_a_role(data: Mapping[str, Any], wanted: str) -> tuple[str, ...]:
    """What assignments name where a role should stand: an unknown id, or a placeholder in any spelling."""
    named = data["links"]["assignments_by_role"]
    if wanted in named:
        return (wanted,)
    folded = _folded(wanted)
    return tuple(sorted(each for each in named if folded in data["placeholders"] and _folded(each) == folded))


def _title(data: Mapping[str, Any], section: str, name: str) -> str:
    return _folded(data[section][name].get(fields.label(section), ""))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def matches(corpus: Corpus, subjects: Subjects) -> tuple[Mapping[str, Any], ...]:
    """What the subject may mean, to choose from: by section, then id."""
    return tuple(
        {
            "section": section,
            "id": name,
            "title": corpus.data[section][name].get(fields.label(section), ""),
            "location": place(corpus.locate((section, name))),
        }
        for section, ids in subjects.ids.items()
        for name in ids
    )


def subjects_of(
    corpus: Corpus, subjects: Mapping[str, Iterable[str]], said: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    """Each role, person and unit that was asked about, with places, titles and the names of people."""
    roles = {name: mandate_of(corpus, mandate) for name, mandate in located(said["roles"], corpus).items()}
    made: list[Mapping[str, Any]] = [
        {"kind": "role", "id": name, "title": roles[name].get("title", ""), "roles": [roles[name]]}
        for name in subjects.get("roles", ())
    ]
    for section, kind in (("people", "person"), ("units", "unit")):
        for name in subjects.get(section, ()):
            found = located(said[section][name], corpus)
            held = [each["role"] for each in found["holdings"]] if section == "people" else found.pop("roles")
            title = corpus.data[section].get(name, {}).get("name", "")
            parts = _titles(corpus, "units", found.get("parts", ()))
            own = {"kind": kind, "id": name, "title": title, **found}
            own |= {"parts": parts} if section == "units" else {}
            made.append(own | {"roles": [roles[each] for each in dict.fromkeys(held)]})
    return tuple(made)


def mandate_of(corpus: Corpus, mandate: dict[str, Any]) -> dict[str, Any]:
    """What the view says of a role, located, with the titles of what it mentions, by id."""
    post = mandate["post"]
    named = [each["role"] for each in (*mandate["successors"], *mandate["chair"])]
    named += [each["delegate"] for each in mandate["passed_on"]]
    named += [
        each["delegator"] for power in mandate["powers"] for grant in power["grants"] for each in grant["delegations"]
    ]
    named += [post[field] for field in ("reports_to", "replaced_by") if field in post]
    scopes = [each["scope"] for each in mandate["duties"]]
    units = [name for scope in scopes for name in scope.get("units", ())]
    vectors = [name for scope in scopes for name in scope.get("vectors", ())]
    titles = _titles(corpus, "vectors", vectors)
    titles |= _titles(corpus, "units", [*units, *([post["unit"]] if "unit" in post else [])])
    titles |= _titles(corpus, "authorities", [name for each in mandate["passed_on"] for name in each["authorities"]])
    titles |= _titles(corpus, "roles", named)
    return {**mandate, "names": names(mandate, corpus), "titles": titles}


def _titles(corpus: Corpus, section: str, ids: Iterable[str]) -> dict[str, str]:
    entries = corpus.data[section]
    return {name: entries.get(name, {}).get(fields.label(section), name) for name in dict.fromkeys(ids)}
