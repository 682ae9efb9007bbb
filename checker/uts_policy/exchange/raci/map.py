"""The map of an import: a small YAML file that the importer writes and a person corrects."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from uts_policy.common.sanitise import visible
from uts_policy.exchange.map_values import Place, flag_of, mapping_of, text_of
from uts_policy.exchange.raci.remarks import USES
from uts_policy.exchange.raci.wording import LETTERS
from uts_policy.exchange.text import folded
from uts_policy.model.errors import UsageError
from uts_policy.model.place import Route
from uts_policy.model.raci import MatrixMap, MatrixReading, RoleChoice, TableChoice

OPEN: Final = "TBD"
"""What stands for a code that a person still has to write."""
_KEYS: Final = ("unit", "units", "codes", "shared", "partial", "elsewhere", "hidden", "roles", "tables")
_KEYS_OF_ROLE: Final = ("id", "title", "unit", "skip")
_KEYS_OF_TABLE: Final = ("at", "read", "roles", "columns")
_LONGEST_REASON: Final = 90


def map_from(data: Any, place: Place) -> MatrixMap:  # noqa: ANN401 - what YAML holds
    """The map. Raises UsageError, with file, line and column, for what it must not hold."""
    mapping = mapping_of(data, (), place, _KEYS)
    unit = mapping_of(mapping.get("unit", {}), ("unit",), place, ("id", "name"))
    tables = _tables(mapping.get("tables", []), place)
    return MatrixMap(
        unit_id=text_of(unit.get("id", ""), ("unit", "id"), place),
        unit_name=text_of(unit.get("name", ""), ("unit", "name"), place),
        units={
            str(id_): text_of(name, ("units", id_), place)
            for id_, name in mapping_of(mapping.get("units", {}), ("units",), place).items()
        },
        codes=_codes(mapping_of(mapping.get("codes", {}), ("codes",), place), place),
        partial=flag_of(mapping["partial"], ("partial",), place) if "partial" in mapping else None,
        hidden=flag_of(mapping.get("hidden", False), ("hidden",), place),
        roles={
            folded(str(title)): _role(choice, ("roles", title), place)
            for title, choice in mapping_of(mapping.get("roles", {}), ("roles",), place).items()
        },
        tables=tables,
        shared=_both(mapping, "shared", ("reason", "approved_by"), place),
        elsewhere=_both(mapping, "elsewhere", ("id", "title"), place),
    )


def _both(mapping: Mapping[str, Any], key: str, parts: Sequence[str], place: Place) -> Mapping[str, str]:
    """The mapping under a key, which has every part; empty if there is none."""
    if key not in mapping:
        return {}
    said = mapping_of(mapping[key], (key,), place, parts)
    for part in parts:
        if not str(said.get(part, "")).strip():
            raise UsageError(f'{place((key,))}: "{part}" is missing', f"Write both {' and '.join(parts)}.")
    return {part: text_of(said[part], (key, part), place) for part in parts}


def _codes(mapping: Mapping[str, Any], place: Place) -> dict[str, str]:
    codes = {}
    for word, value in mapping.items():
        route = ("codes", word)
        said = "".join(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else value
        text = text_of(said, route, place).strip()
        if text == OPEN:
            continue
        letters = "" if text.lower() == "none" else text.upper().replace("/", "").replace(",", "").replace(" ", "")
        if not set(letters) <= set(LETTERS):
            raise UsageError(
                f'{place(route)}: "{text}" is not a code', "Write R, A, S, C, I, several of them such as AR, or none."
            )
        codes[folded(str(word))] = letters
    return codes


def _role(value: Any, route: Route, place: Place) -> RoleChoice:  # noqa: ANN401 - what YAML holds
    mapping = mapping_of(value, route, place, _KEYS_OF_ROLE)
    words = {key: text_of(mapping.get(key, ""), (*route, key), place) for key in ("id", "title", "unit")}
    return RoleChoice(**words, skip=flag_of(mapping.get("skip", False), (*route, "skip"), place))


def _tables(value: Any, place: Place) -> dict[str, TableChoice]:  # noqa: ANN401 - what YAML holds
    if not isinstance(value, list):
        raise UsageError(f"{place(('tables',))}: this has to be a list", "Begin each table with `- at:`.")
    found = {}
    for index, each in enumerate(value):
        route: Route = ("tables", index)
        mapping = mapping_of(each, route, place, _KEYS_OF_TABLE)
        columns = mapping_of(mapping.get("columns", {}), (*route, "columns"), place)
        for letter, use in columns.items():
            if use not in USES:
                raise UsageError(
                    f'{place((*route, "columns", letter))}: "{use}" is not a use of a column',
                    f"Write one of: {', '.join(USES)}.",
                )
        roles_in = mapping.get("roles", "")
        if roles_in not in {"", "rows", "columns"}:
            raise UsageError(
                f'{place((*route, "roles"))}: roles are in "rows" or in "columns"', "Write one of the two."
            )
        found[text_of(mapping.get("at", ""), (*route, "at"), place)] = TableChoice(
            read=flag_of(mapping.get("read", True), (*route, "read"), place),
            roles_in=roles_in,
            columns={str(letter): use for letter, use in columns.items()},
        )
    return found


def map_text(
    reading: MatrixReading,
    entries: Mapping[str, Sequence[Mapping[str, Any]]],
    files: Sequence[str],
    scalar: Callable[[str], str],
    chosen: MatrixMap,
) -> str:
    """The map of a reading as YAML, each guess with its reason. `scalar` writes a text as YAML."""
    unit = entries["units"][0]
    why = "" if chosen.unit_name else "  # the file does not say whose matrix it is: write the name of yours"
    lines = [
        f"# How {', '.join(files)} is read. Correct what is wrong, and import again with --map.",
        f"unit: {{id: {scalar(unit['id'])}, name: {scalar(unit['name'])}}}{why}",
    ]
    if chosen.units:
        lines += ["units:", *(f"  {scalar(id_)}: {scalar(name)}" for id_, name in chosen.units.items())]
    lines += ["", "# What the cells say: R, A, S, C, I, several of them such as AR, or none.", "codes:"]
    for guess in sorted(reading.codes, key=lambda each: each.codes is not None):
        code = OPEN if guess.codes is None else (guess.codes or "none")
        reason = guess.reason if len(guess.reason) <= _LONGEST_REASON else f"{guess.reason[:_LONGEST_REASON]}…"
        lines.append(f"  {scalar(folded(guess.word))}: {code}  # {_times(guess.count)} at {guess.where}: {reason}")
    if chosen.shared:
        lines += ["", "# Why several answer together for a duty with several A's, and the role that approved it."]
        lines.append(_written("shared", chosen.shared, scalar))
    shown = "true" if reading.partial else "false"
    lines += [
        "",
        "# Whether the file shows only some of those who have a part. If not, an empty cell says that there is nobody.",
        f"partial: {shown}  # {reading.partial_reason}",
        *([_written("elsewhere", chosen.elsewhere, scalar)] if chosen.elsewhere else []),
        f"hidden: {'true' if chosen.hidden else 'false'}  # whether hidden rows, columns and sheets are read",
        "",
        "# By the title in the file: id, title, unit; `skip: true` if it is not a role.",
        "roles:",
    ]
    for role, entry in zip(reading.roles, entries["roles"], strict=False):
        lines.append(f"  {scalar(role.title)}: {{id: {scalar(entry['id'])}}}  # {role.where}{_band(role.band)}")
    lines += ["", "# By the address of the first cell; `read: false` leaves one out.", "tables:"]
    for table in reading.tables:
        lines += [f"  - at: {scalar(table.at)}  # {table.area}, {table.duties} duties", f"    roles: {table.roles_in}"]
        lines.append("    columns:")
        lines += [
            f'      {scalar(column.letter)}: {column.use}  # "{column.title}": {column.reason}'
            for column in table.columns
        ]
    return "".join(f"{visible(line)}\n" for line in lines)


def _written(key: str, parts: Mapping[str, str], scalar: Callable[[str], str]) -> str:
    return f"{key}: {{{', '.join(f'{part}: {scalar(text)}' for part, text in parts.items())}}}"


def _times(count: int) -> str:
    return "once," if count == 1 else f"{count} times, first"


def _band(band: str) -> str:
    return f', below "{band}"' if band else ""
