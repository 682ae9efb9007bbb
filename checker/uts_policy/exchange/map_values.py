"""Values of a map, checked: each raises UsageError, with file, line and column, for what is not of its type."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.common.nearest import nearest
from uts_policy.model.errors import UsageError
from uts_policy.model.place import Route

Place: TypeAlias = Callable[[Route], str]
"""`FILE:LINE:COLUMN` of a route in the map."""


def mapping_of(
    value: Any,  # noqa: ANN401 - what YAML holds
    route: Route,
    place: Place,
    keys: Sequence[str] = (),
) -> Mapping[str, Any]:
    """The value as a mapping, with no other keys than `keys`, if there are any."""
    if not isinstance(value, dict):
        raise UsageError(f"{place(route)}: this has to be a mapping", "Write keys with values below it.")
    for key in value:
        if keys and key not in keys:
            near = nearest(str(key), keys, guessing=True)
            hint = f'Did you mean "{near}"?' if near else f"It may be one of {', '.join(keys)}."
            raise UsageError(f'{place((*route, key))}: unknown key "{key}"', hint)
    return value


def text_of(value: Any, route: Route, place: Place) -> str:  # noqa: ANN401 - what YAML holds
    """The value as text."""
    if not isinstance(value, str):
        raise UsageError(f"{place(route)}: this has to be text", 'Put it in quotes, as in "007".')
    return value


def flag_of(value: Any, route: Route, place: Place) -> bool:  # noqa: ANN401 - what YAML holds
    """The value as true or false."""
    if not isinstance(value, bool):
        raise UsageError(f"{place(route)}: this has to be true or false", "Write one of the two.")
    return value


def choice_of(value: Any, route: Route, place: Place, known: Sequence[str]) -> str:  # noqa: ANN401 - what YAML holds
    """The value as one of the words that are known."""
    if value not in known:
        raise UsageError(f'{place(route)}: "{value}" is not known here', f"Write one of: {', '.join(known)}.")
    return str(value)
