"""The types of rules' parameters."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from uts_policy.model.rule import Parameter


def _integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> bool:
    return _integer(value) or isinstance(value, float)


def _texts(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(item, str) for item in value)


_TYPES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "integer": (_integer, "an integer"),
    "number": (_number, "a number"),
    "string": (lambda value: isinstance(value, str), "a string"),
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "array": (_texts, "a list of strings"),
}


def type_names() -> tuple[str, ...]:
    """The types that a parameter may have, by their names in JSON Schema. An `array` is of strings."""
    return tuple(_TYPES)


def is_type(value: object, name: str) -> bool:
    """Whether `value` is of the type called `name`."""
    return _TYPES[name][0](value)


def fits(value: Any, parameter: Parameter) -> str:  # noqa: ANN401 - YAML
    """What is wrong with `value` for `parameter`: "must be …", or nothing."""
    check, words = _TYPES[parameter.type]
    if not check(value):
        return f"must be {words}"
    if parameter.minimum is not None and value < parameter.minimum:
        return f"must be at least {parameter.minimum}"
    return ""
