"""Whether a document fits its schema: one compiled validator each, and no reasons given.

Most documents fit, and this says so a hundred times faster than the validator that explains.
"""

from collections.abc import Callable
from functools import cache

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
