"""One entry as the corpus holds it: defaults and open ends filled in, dates full, what is the author's own left out."""

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from uts_policy.corpus.dates import Calendar
from uts_policy.corpus.entries import Written, bad_value
from uts_policy.corpus.tables import Shape
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY
from uts_policy.model.place import Route

if TYPE_CHECKING:
    from uts_policy.model.finding import Problem

_WHOLE_SHARE = 1_000_000_000


class Normaliser:
    """Normalises entries, and collects the `problems` of dates that do not exist and of terms that end too early."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.problems: list[Problem] = []

    def entry(self, written: Written, shape: Shape) -> dict[str, Any]:
        """A new mapping; the author's is left as it is."""
        return self._mapping(written, (), written.data, shape)

    def _mapping(self, written: Written, route: Route, data: dict[str, Any], shape: Shape) -> dict[str, Any]:
        result = _fields(data, shape)
        if shape.dates:
            self._dates(written, route, result, shape)
        if "share" in result:
            result["share"] = _billionths(result["share"])
        for key, inner in shape.one.items():
            nested = result.get(key)
            if isinstance(nested, dict):
                result[key] = self._mapping(written, (*route, key), nested, inner)
        for key, inner in shape.many.items():
            items = result[key]
            result[key] = [
                self._mapping(written, (*route, key, index), item if isinstance(item, dict) else {}, inner)
                for index, item in enumerate(items if isinstance(items, list) else ())
            ]
        return result

    def _dates(self, written: Written, route: Route, result: dict[str, Any], shape: Shape) -> None:
        for key, field in shape.dates.items():
            raw = result.get(key)
            if raw is None:
                if field.default is not None:
                    result[key] = field.default
                continue
            full = self.calendar.full(raw, last=field.last)
            assert full is not None  # noqa: S101 - the schema lets no other date pass
            result[key] = full
        if result.get("to", LAST_DAY) < result.get("from", FIRST_DAY):
            self._too_early(written, (*route, "to"), result["from"], result["to"])

    def _too_early(self, written: Written, route: Route, start: str, end: str) -> None:
        self.problems.append(
            bad_value(
                written,
                route,
                "term",
                f'"to" ({end}) is before "from" ({start})',
                "Let it end on or after the day on which it begins; both days belong to it.",
            )
        )


def _fields(data: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """What was written, cleaned, and the defaults of what was not. Mappings that have a shape are left for later."""
    template = shape.template
    result = {**template, **data}
    for key, value in data.items():
        if value is None or key[:2] == "x-" or (key in shape.or_none and not value):
            del result[key]
            if key in template:
                result[key] = template[key]
        elif type(value) in _CONTAINERS and key not in shape.one and key not in shape.many:
            result[key] = _clean(value)
    return result


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """What rules may see of a mapping: not what the author marked as outside the model (`x-`)."""
    return {
        key: _clean(value) if type(value) in _CONTAINERS else value
        for key, value in data.items()
        if value is not None and key[:2] != "x-"
    }


_CONTAINERS = (dict, list)


def _clean(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return _own(value)
    for item in value:
        if type(item) in _CONTAINERS:
            return [_clean(item) if type(item) in _CONTAINERS else item for item in value]
    return value


def _billionths(share: object) -> int:
    """A share as whole billionths, which engines add alike: of a decimal fraction, up to nine digits are exact.

    What is longer is rounded down: shares that were rounded one by one accuse nobody of having too much.
    """
    if isinstance(share, bool) or not isinstance(share, int | float) or not math.isfinite(share):
        return _WHOLE_SHARE
    return math.floor(Decimal(str(share)) * _WHOLE_SHARE)  # as it was written: a float is a little beside that
