"""Words for what does not fit a schema: what is wrong, and what to write."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import replace
from typing import Any

from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Fix, Problem
from uts_policy.model.place import Route
from uts_policy.model.rule import FixKind
from uts_policy.schema import definitions
from uts_policy.schema.faults import MISSING, UNKNOWN, Fault
from uts_policy.schema.source import quoted, tag_before, written
from uts_policy.schema.unknown_keys import MERGE_KEY, Advice, advise, apart, meant

Words = tuple[str, str]
"""A message and a remedy."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
_YES_NO = {"yes": "true", "y": "true", "on": "true", "true": "true", "no": "false", "n": "false", "off": "false"}
_YES_NO["false"] = "false"
_CODES = re.compile(r"[RASCI](?:[\s,/+&]*[RASCI])+", re.IGNORECASE)
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9 ._/-]*")


def subject(route: Route) -> str:
    """What a message calls the value at `route`: its key, or its number in a list (from 1)."""
    if not route:
        return "the document"
    last = route[-1]
    if isinstance(last, str):
        return quoted(last)
    return f"item {last + 1} of {subject(route[:-1])}"


def wrong_type(root: definitions.Schema, fault: Fault, spelled: str) -> Words:
    """Words for a value of the wrong type. `spelled` is the plain scalar as written, or empty."""
    value, part = fault.value, definitions.at(root, fault.route)
    wanted = [fault.limit] if isinstance(fault.limit, str) else list(fault.limit)
    what = subject(fault.route)
    if value is None:
        word = f' If the word itself is meant, write "{spelled}".' if spelled and "string" in wanted else ""
        give = "List its entries" if wanted == ["array"] else "Give it a value"
        return f"{what} has no value", f"{give}{_or_drop(root, fault.route)}.{word}"
    must = "a date" if part.get("title") == "date" else " or ".join(_TYPES[each] for each in wanted)
    message = f"{what} must be {must}, but {_got(value, spelled)}"
    return message, _rewrite(root, fault, wanted, spelled)


def _or_drop(root: definitions.Schema, route: Route) -> str:
    if not definitions.optional(root, route):
        return ""
    return ", or take the empty item out" if isinstance(route[-1], int) else ", or take the key out"


def _got(value: Any, spelled: str) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return f"{quoted(value)} is text"
    if isinstance(value, dict):
        return "it is a mapping"
    if isinstance(value, list):
        return "it is a list"
    shown = spelled or json.dumps(value)
    return f"{shown} is a truth value" if isinstance(value, bool) else f"{shown} is a number"


def _rewrite(root: definitions.Schema, fault: Fault, wanted: list[str], spelled: str) -> str:
    """What to write in place of a value of the wrong type."""
    value, part = fault.value, definitions.at(root, fault.route)
    if not fault.route:
        return f'Begin with a key, such as "{definitions.fields(root, ())[0]}:".'
    if isinstance(value, list):
        return _unlisted(value, "each key with its" if wanted == ["object"] else "")
    respelled = _respell(part, value, set(wanted), spelled)
    if respelled:
        return respelled
    if "object" in wanted and not isinstance(value, dict):
        return _as_mapping(part, value)
    if "array" in wanted:
        return _as_list(root, fault, spelled)
    return f"Write {' or '.join(_TYPES[each] for each in wanted)}."


def _unlisted(value: Sized, which: str = "") -> str:
    return f"Write {which or ('the one' if len(value) == 1 else 'one')} value, without dashes or brackets."


def _respell(part: definitions.Schema, value: Any, wanted: set[str], spelled: str) -> str:  # noqa: ANN401 - any JSON value
    """How to spell a scalar so that it has one of the `wanted` types; empty where that cannot be told."""
    if part.get("title") == "date":
        return "Write YYYY-MM-DD, YYYY-MM or YYYY."
    if "enum" in part:
        return f"Write one of: {', '.join(part['enum'])}."
    if isinstance(value, dict) or "then" in part:
        return ""
    if not isinstance(value, str):
        return f'Write "{spelled or json.dumps(value)}".' if "string" in wanted else ""
    if "boolean" in wanted and value.casefold() in _YES_NO:
        return f"Write {_YES_NO[value.casefold()]}: in YAML 1.2 only true and false are truth values."
    whole = wanted & {"integer", "number"} and re.fullmatch(r"[+-]?[0-9]+", value.strip(), re.ASCII)
    return f"Write {int(value)}, without quotes." if whole else ""


def _as_mapping(part: definitions.Schema, value: Any) -> str:  # noqa: ANN401 - any JSON value
    required = part.get("required", ())
    if len(required) == 1 and isinstance(value, str) and _SAFE.fullmatch(value):
        return f"Write {{{required[0]}: {value}}}."
    needed = ", ".join(required or tuple(part.get("properties", ()))[:3])
    return f"Write a mapping with the keys {needed}." if needed else "Write a mapping."


def _as_list(root: definitions.Schema, fault: Fault, spelled: str) -> str:
    item = definitions.at(root, (*fault.route, 0))
    if "enum" in item:
        return f"Write one of: {', '.join(item['enum'])}, or a list of them."
    if isinstance(fault.value, dict) and set(fault.limit) == {"string", "array"}:
        return _without_braces(fault.value)
    if isinstance(fault.value, dict):
        first = next(iter(item.get("required", ())), "")
        return f'Begin each item with "- {first}:".' if first else "Begin each item with a dash."
    if "properties" not in item and spelled and _SAFE.fullmatch(spelled):
        return f"Write [{spelled}]."
    return "Write a list: each item begins with a dash."


def _without_braces(value: Mapping[str, Any]) -> str:
    """For a mapping where ids are named: the one id in it, if there is one."""
    only = next(iter(value.values())) if len(value) == 1 else None
    if isinstance(only, str) and _SAFE.fullmatch(only):
        return f"Write {only}, without braces and key; to name several, write a list."
    return "Write the text itself, or a list: each item begins with a dash."


def wrong_value(root: definitions.Schema, fault: Fault) -> Words:
    """Words for a value of the right type that breaks a limit."""
    what, value, limit = subject(fault.route), fault.value, fault.limit
    match fault.keyword:
        case "enum":
            return f"{what} is {quoted(value)}, which is none of {', '.join(limit)}", _choose(value, limit)
        case "pattern":
            return _wrong_pattern(root, fault)
        case "maxItems":
            many = "1 value" if len(value) == 1 else f"{len(value)} values"
            return f"{what} must be text or an empty list, but it lists {many}", _unlisted(value)
        case "minimum" | "maximum" | "exclusiveMinimum":
            return _out_of_range(root, fault)
        case _:
            return _wrong_size(root, fault)


def _wrong_size(root: definitions.Schema, fault: Fault) -> Words:
    what, value = subject(fault.route), fault.value
    match fault.keyword:
        case "maxLength":
            return f"{what} has {len(value)} characters, and {fault.limit} are allowed", "Shorten it."
        case "minItems":
            return f"{what} is an empty list", f"Name at least one{_or_drop(root, fault.route)}."
        case "uniqueItems":
            return f"{subject(fault.route[:-1])} names {quoted(value)} twice", "Take one of the two out."
        case "minProperties":
            fields = ", ".join(definitions.fields(root, fault.route))
            return f"{what} is an empty mapping", f"Write at least one of: {fields}."
        case "const":
            return f"{what} is {quoted(value)}, and has to be {quoted(fault.limit)}", f"Write {fault.limit}."
        case _:
            return f"{what} is {quoted(value)}, which breaks {fault.keyword}", "See `uts-policy schema`."


def _choose(value: Any, choices: list[str]) -> str:  # noqa: ANN401 - any JSON value
    if "R" in choices and isinstance(value, str) and _CODES.fullmatch(value.strip()):
        return f"Write [{', '.join(re.findall('[RASCI]', value.upper()))}]."
    near = meant(value, choices) if isinstance(value, str) else ""
    return f'Did you mean "{near}"?' if near else f"Write one of: {', '.join(choices)}."


def _wrong_pattern(root: definitions.Schema, fault: Fault) -> Words:
    what, value, part = subject(fault.route), str(fault.value), definitions.at(root, fault.route)
    if "title" not in part or not value.strip():
        return f"{what} is blank", f"Write at least one visible character{_or_drop(root, fault.route)}."
    rule = str(part["patternErrorMessage"])
    better = _better(value, fault.limit)
    remedy = f"Write {better}: {rule}." if better else f"{rule[0].upper()}{rule[1:]}."
    return f"{what} is {quoted(value)}, which is no {part['title']}", remedy


def _better(value: str, pattern: str) -> str:
    """The nearest value that fits the pattern, where that is clear: an id in lower case, a date with its zeros."""
    lowered = re.sub(r"[^a-z0-9._]+", "-", value.strip().lower()).strip("-._")
    parts = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?(?:[T ].*)?", value.strip())
    dated = "-".join([parts[1], *(each.zfill(2) for each in parts.groups()[1:] if each)]) if parts else ""
    for candidate in (dated, value.strip(), lowered):
        if candidate and re.search(pattern.removesuffix("$") + r"\Z", candidate):
            return candidate
    return ""


def _out_of_range(root: definitions.Schema, fault: Fault) -> Words:
    part = definitions.at(root, fault.route)
    what = subject(fault.route)
    if part.get("title") == "date":
        return f"{what} is {fault.value}, which is no year of four digits", "Write YYYY-MM-DD, YYYY-MM or YYYY."
    bounds = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
    must = " and ".join(f"{word} {part[key]}" for key, word in bounds.items() if key in part)
    return f"{what} is {quoted(fault.value)}, but must be {must}", f"Write a number that is {must}."


def explain(
    root: definitions.Schema, found: Iterable[Fault], document: Document, source: Source | None
) -> list[Problem]:
    """One problem for each fault of `document` against the schema `root`.

    A key that is missing because its name is misspelled beside is told once, at the misspelled one.
    """
    every = list(found)
    advice = {fault.route: _advice(root, fault, document.data) for fault in every if fault.keyword == UNKNOWN}
    advice = apart(root, advice, document.data)
    misspelled = {(route[:-1], each.meant) for route, each in advice.items()}
    problems = list(_problems(root, every, advice, misspelled, document, source))
    # Two keys that may be the same one: which of them is, is for a person to say.
    wishes = Counter((each.route[:-1], each.fix.text) for each in problems if each.fix and each.fix.kind in _OF_KEYS)
    return [
        replace(each, fix=replace(each.fix, doubt=f'another key here may be "{each.fix.text}" as well'))
        if each.fix is not None and each.fix.kind in _OF_KEYS and wishes[each.route[:-1], each.fix.text] > 1
        else each
        for each in problems
    ]


_OF_KEYS = {FixKind.RESPELL, FixKind.SPACE}
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9](?:[\w ./@+-]*[\w./@+])?")
"""What can only be a value in plain style, whatever stands around it."""


def _advice(root: definitions.Schema, fault: Fault, data: Any) -> Advice:  # noqa: ANN401 - any JSON value
    return advise(root, fault.route, definitions.value_at(data, fault.route[:-1]))


def _problems(  # noqa: PLR0913, PLR0917 - the parts of one loop
    root: definitions.Schema,
    found: list[Fault],
    advice: dict[Route, Advice],
    misspelled: set[tuple[Route, str]],
    document: Document,
    source: Source | None,
) -> Iterator[Problem]:
    for fault in found:
        if fault.keyword == UNKNOWN:
            told = advice[fault.route]
            yield Problem(
                rule="schema/unknown-key",
                message=told.fact,
                remediation=told.remedy,
                location=document.locate_key(fault.route),
                document=document.index,
                route=fault.route,
                fix=_respelled(told, fault),
            )
        elif fault.keyword == MISSING:
            # What a merge key was to bring is no second fault.
            if (fault.route, fault.key) not in misspelled and MERGE_KEY not in fault.value:
                yield _missing(root, fault, document)
        else:
            yield _value(root, fault, document, source)


def _respelled(told: Advice, fault: Fault) -> Fix | None:
    if not told.meant:
        return None
    before, _, after = str(fault.route[-1]).partition(":")
    if after and before == told.meant:
        clear = fault.value is None and _PLAIN_VALUE.fullmatch(after)
        return Fix(kind=FixKind.SPACE, text=told.meant) if clear else None
    return Fix(kind=FixKind.RESPELL, text=told.meant, doubt="" if told.respelled else "it may mean something else")


def _missing(root: definitions.Schema, fault: Fault, document: Document) -> Problem:
    what = definitions.name(root, fault.route)
    called = fault.value.get("id")
    which = f'the {what} "{called}"' if isinstance(called, str) else f"this {what}"
    says = definitions.at(root, (*fault.route, fault.key)).get("description", "")
    return Problem(
        rule="schema/missing-key",
        message=f'{which} has no "{fault.key}"',
        remediation=f'Add "{fault.key}". {says}'.rstrip(),
        location=document.locate(fault.route),
        document=document.index,
        route=fault.route,
        problem=fault.key,
    )


def _value(root: definitions.Schema, fault: Fault, document: Document, source: Source | None) -> Problem:
    location = document.locate(fault.route)
    fix = None
    if fault.keyword == "type":
        rule = "schema/type"
        spelled = written(source, location.span)
        message, remedy = wrong_type(root, fault, spelled)
        fix = _in_quotes(root, fault, spelled)
        tag = tag_before(source, location.span)
        if tag:
            remedy = f"Remove the tag {tag}. {remedy}"
    else:
        rule = "schema/value"
        message, remedy = wrong_value(root, fault)
    return Problem(
        rule=rule,
        message=message,
        remediation=remedy,
        location=location,
        document=document.index,
        route=fault.route,
        fix=fix,
    )


def _in_quotes(root: definitions.Schema, fault: Fault, spelled: str) -> Fix | None:
    """The fix of a number that is to be text: its digits as they were written, 007 and not 7."""
    part = definitions.at(root, fault.route)
    is_number = isinstance(fault.value, int | float) and not isinstance(fault.value, bool)
    wants_text = "string" in ([fault.limit] if isinstance(fault.limit, str) else fault.limit)
    if not (spelled and is_number and wants_text) or part.get("title") == "date" or "enum" in part:
        return None
    return Fix(kind=FixKind.QUOTE, text=spelled)
