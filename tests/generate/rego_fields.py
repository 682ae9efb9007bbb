"""`policies/uts/lib/fields.rego`: what the declarations schema says of fields, for rules that walk them.

`make generate` writes it; a test sees to it that it is current.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from uts_policy.common import fields
from uts_policy.common.fields import Field

FILE = Path(__file__).resolve().parents[2] / "policies" / "uts" / "lib" / "fields.rego"
HEAD = """\
# METADATA
# title: Fields
# description: >-
#   What the schema of the declarations says of fields: which name entries, which are an owner's place, which hold text.
#   Generated from it by `make generate`. Do not edit.
package uts.lib.fields

import rego.v1
"""


def text() -> str:
    """The whole file."""
    return "\n".join((HEAD, *_definitions()))


def _definitions() -> Iterator[str]:
    every = fields.every()
    references = [each for each in fields.references() if each.is_reference]
    by_shape: dict[tuple[bool, ...], list[list[object]]] = {}
    for each in references:
        if len(each.names) == 1:
            by_shape.setdefault(_shape(each), []).append([each.section, *each.route, each.names[0]])
    # NOTE: a contact is the organisation's, and no text in which a person's address would be a finding.
    judged = [each for each in every if each.is_text and each.kind != "contact"]
    texts = {each.name for each in judged if len(each.route) == 1 and each.kinds[-1:] == ("text",)}
    yield _list("Every section.", "sections", fields.sections())
    yield _object(
        "What people call an entry, by section.", "labels", {each: fields.label(each) for each in fields.sections()}
    )
    yield _list("A field that names one entry: section, field, section of the entry.", "single", by_shape.pop((False,)))
    yield _list("A list of such ids.", "lists", by_shape.pop((True,)))
    yield _list("A field of mappings in a list.", "records", by_shape.pop((True, False)))
    yield _list("A list in such a mapping's own mapping.", "record_lists", by_shape.pop((True, False, True)))
    yield _list("A field of a mapping.", "inner", by_shape.pop((False, False)))
    yield _list("A list in a mapping.", "inner_lists", by_shape.pop((False, True)))
    if by_shape:
        raise AssertionError(f"no rule walks references of this shape: {by_shape}")
    yield _list(
        "A list of ids of any of several sections.",
        "either",
        [[each.section, *each.route, list(each.names)] for each in references if len(each.names) > 1],
    )
    yield _object("Where a role answers, by section.", "owners", dict(_owners("roles")))
    yield _object("Where a person stands for a role, by section.", "owner_people", dict(_owners(fields.PEOPLE)))
    yield _set("Fields of entries that hold a text.", "texts", texts)
    yield _set(
        "Fields that hold texts further down, or a text, or a list of texts.",
        "nested_texts",
        {each.route[0] for each in judged} - texts,
    )
    yield _set(
        "Of both, those that every entry may have.",
        "common_texts",
        _common(),
    )
    yield _set(
        "Keys of what such fields hold, beneath which a text stands.",
        "inner_texts",
        {each.name for each in every if len(each.route) > 1 and each.kind == "text"},
    )


def _common() -> frozenset[str]:
    """The texts that an entry of every section may have."""
    texts = (frozenset(each.name for each in fields.fields(section) if each.is_text) for section in fields.sections())
    return frozenset.intersection(*texts)


def _shape(field: Field) -> tuple[bool, ...]:
    """Whether there is a list at each step of the way."""
    ways = [fields.at(field.section, field.route[: length + 1]) for length in range(len(field.route))]
    return tuple(each is not None and each.many for each in ways)


def _owners(target: str) -> Iterator[tuple[str, list[object]]]:
    for section in fields.sections():
        ways = [
            each.route
            for each in fields.references()
            if each.section == section and each.is_owner and target in each.names
        ]
        if ways:
            yield section, [way[0] if len(way) == 1 else list(way) for way in ways]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _body(lines: Iterable[str], brackets: str) -> str:
    return "\n".join((brackets[0], *(f"\t{line}," for line in lines), brackets[1]))


def _list(comment: str, name: str, values: Sequence[object]) -> str:
    return f"# {comment}\n{name} := {_body(map(_json, values), '[]')}\n"


def _set(comment: str, name: str, values: Iterable[str]) -> str:
    return f"# {comment}\n{name} := {_body(map(_json, sorted(values)), '{}')}\n"


def _object(comment: str, name: str, values: Mapping[str, object]) -> str:
    return f"# {comment}\n{name} := {_body((f'{_json(key)}: {_json(value)}' for key, value in values.items()), '{}')}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
