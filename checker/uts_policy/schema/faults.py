"""Whether a document fits its schema: one compiled validator each, and no reasons given.

Most documents fit, and this says so a hundred times faster than the validator that explains.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from uts_policy.model.place import Route
from uts_policy.schema.definitions import schema


def accepts(name: str, data: object) -> bool:
    """Whether `data` fits the schema `name`. Data that is no JSON (a key that is no string) does not."""
    return _accepts(_compiled(name), data)


def accepts_entry(section: str, entry: object) -> bool:
    """Whether `entry` fits as an entry of `section` of the declarations."""
    return _accepts(_compiled("declarations", section), entry)


def _accepts(valid: Callable[[object], bool], data: object) -> bool:
    try:
        return valid(data)
    except ValueError:  # also UnicodeEncodeError: a lone surrogate
        return False


@cache
def _compiled(name: str, section: str = "") -> Callable[[object], bool]:
    # Loaded here, for `--help` needs no validator.
    import jsonschema_rs  # noqa: PLC0415 - lazy, see above

    whole = schema(name)
    if not section:
        return jsonschema_rs.validator_for(whole).is_valid
    entry = {"$schema": whole["$schema"], "$defs": whole["$defs"], **whole["properties"][section]["items"]}
    return jsonschema_rs.validator_for(entry).is_valid


MISSING = "required"
UNKNOWN = "additionalProperties"

_FIRST = ("type", "enum", "maxLength", "pattern")
"""Of several faults of one value the one that explains the others: a value of the wrong type breaks limits too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One keyword of the schema that one place breaks.

    `route` leads to the value; for an unknown key through that key, for a missing key to the mapping that lacks it,
    and `key` is its name. `limit` is the keyword's value in the schema, `value` what the document has there.
    """

    route: Route
    keyword: str
    value: Any
    limit: Any
    key: str = ""


class _Error(Protocol):
    """What is used of a jsonschema error."""

    validator: str
    validator_value: Any
    instance: Any

    @property
    def absolute_path(self) -> Any:  # noqa: ANN401 - a deque of strings and integers
        """The route to the instance."""


def faults(name: str, data: object) -> tuple[Fault, ...]:
    """All faults of `data` against the schema `name`, one for each place, in the schema's order of discovery."""
    return _chosen(_of_error(error, ()) for error in _explainer(name).iter_errors(data))


def faults_of_declarations(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """The same for declarations, without a close look at entries that the fast validator accepts.

    One slip in a file of 300,000 lines is explained at once, and not after ten seconds.
    """
    explainer, sections = _explainer("declarations"), schema("declarations")["properties"]
    lists = {section: data[section] for section in sections if isinstance(data.get(section), list)}
    # The schema says nothing of a section's list but what its entries are: without entries nothing is wrong with it.
    found = [_of_error(error, ()) for error in explainer.iter_errors({**data, **{section: [] for section in lists}})]
    for section, entries in lists.items():
        for index, entry in enumerate(entries):
            if not accepts_entry(section, entry):
                inside = explainer.descend(entry, sections[section]["items"])
                found += [_of_error(error, (section, index)) for error in inside]
    return _chosen(found)


def _chosen(found: Iterable[Iterable[Fault]]) -> tuple[Fault, ...]:
    """Of the faults of each place the one that explains the others."""
    chosen: dict[tuple[Route, str], Fault] = {}
    for fault in itertools.chain.from_iterable(found):
        place = (fault.route, fault.key)
        if place not in chosen or _weight(fault) < _weight(chosen[place]):
            chosen[place] = fault
    return tuple(chosen.values())


def _weight(fault: Fault) -> int:
    return _FIRST.index(fault.keyword) if fault.keyword in _FIRST else len(_FIRST)


def _of_error(error: _Error, above: Route) -> Iterator[Fault]:
    """One error of jsonschema, at `above` in the document, as faults: it tells all unknown keys in one breath."""
    route = (*above, *error.absolute_path)
    keyword, limit, value = error.validator, error.validator_value, error.instance
    if keyword == MISSING:
        # jsonschema raises one error for each missing key, and names it nowhere but in its message.
        for key in limit:
            if key not in value:
                yield Fault(route=route, keyword=keyword, value=value, limit=limit, key=key)
    elif keyword == UNKNOWN:
        for key in unknown_keys(error.schema, value):  # type: ignore[attr-defined]
            yield Fault(route=(*route, key), keyword=keyword, value=value[key], limit=limit)
    elif keyword == "uniqueItems":
        again = _repeated(value)
        yield Fault(route=(*route, again), keyword=keyword, value=value[again], limit=limit)
    else:
        yield Fault(route=route, keyword=keyword, value=value, limit=limit)


def unknown_keys(part: Mapping[str, Any], value: Mapping[Any, Any]) -> list[Any]:
    """The keys of `value` that neither `properties` nor `patternProperties` of its schema speak of."""
    known = part.get("properties", {})
    patterns = part.get("patternProperties", {})
    return [key for key in value if key not in known and not any(re.search(each, key) for each in patterns)]


def _repeated(values: list[Any]) -> int:
    """The index of the first value that stands in the list for the second time; 0 where each stands there once."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        # NOTE: as text, so that lists and mappings can be looked up too: to compare each with each takes the square.
        text = json.dumps(value, sort_keys=True, default=str)
        if text in seen:
            return index
        seen.add(text)
    return 0


@cache
def _explainer(name: str) -> Any:  # noqa: ANN401 - a class that jsonschema builds at run time
    # Loaded here, for only a rejected document needs an explanation.
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415 - lazy, see above

    def pattern(_validator: Any, limit: str, instance: object, _schema: object) -> Iterator[ValidationError]:  # noqa: ANN401
        # NOTE: "$" matches before a last line break in Python, and only at the very end elsewhere.
        if isinstance(instance, str) and not re.search(re.sub(r"(?<!\\)\$$", r"\\Z", limit), instance):
            yield ValidationError("pattern")

    def unique(_validator: Any, limit: bool, instance: object, _schema: object) -> Iterator[ValidationError]:  # noqa: ANN401, FBT001 - as jsonschema calls it
        # NOTE: its own compares each value with each other one where they cannot be sorted, as mappings cannot.
        if limit and isinstance(instance, list) and _repeated(instance):
            yield ValidationError("uniqueItems")

    own = {"pattern": pattern, "uniqueItems": unique}
    return validators.extend(Draft202012Validator, own)(schema(name))  # type: ignore[no-untyped-call]
