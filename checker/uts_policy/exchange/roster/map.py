"""The map of a staff list: a small YAML file that the importer writes and a person corrects. It holds no names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from uts_policy.common.sanitise import visible
from uts_policy.exchange.map_values import Place, choice_of, flag_of, mapping_of, text_of
from uts_policy.exchange.roster.wording import RosterUse
from uts_policy.exchange.roster.words import MEANINGS, word_key
from uts_policy.exchange.text import folded
from uts_policy.model.errors import UsageError
from uts_policy.model.place import Route
from uts_policy.model.raci import RoleChoice
from uts_policy.model.roster import DATE_ORDERS, SAME_NAME, SEVERAL, RosterMap, RosterReading

_KEYS: Final = ("unit", "words", "dates", "several", "same_name", "hidden", "roles", "tables")
_KEYS_OF_ROLE: Final = ("id", "title", "skip")
_KEYS_OF_TABLE: Final = ("at", "read", "columns")
_USES: Final = tuple(use.value for use in RosterUse)
_OPEN: Final = {
    "dates": ("how 3/4/2026 is read", DATE_ORDERS),
    "several": ("what several holders of one post are", SEVERAL),
    "same_name": ("what rows with the same name are", SAME_NAME),
}


def map_from(data: Any, place: Place) -> RosterMap:  # noqa: ANN401 - what YAML holds
    """The map. Raises UsageError, with file, line and column, for what it must not hold."""
    mapping = mapping_of(data, (), place, _KEYS)
    unit = mapping_of(mapping.get("unit", {}), ("unit",), place, ("id", "name"))
    words = mapping_of(mapping.get("words", {}), ("words",), place)
    columns, skipped = _tables(mapping.get("tables", []), place)
    return RosterMap(
        unit_id=text_of(unit.get("id", ""), ("unit", "id"), place),
        unit_name=text_of(unit.get("name", ""), ("unit", "name"), place),
        hidden=flag_of(mapping.get("hidden", False), ("hidden",), place),
        words={
            word_key(str(word)): choice_of(meaning, ("words", word), place, tuple(MEANINGS))
            for word, meaning in words.items()
        },
        dates=_one_of(mapping, "dates", DATE_ORDERS, place),
        several=_one_of(mapping, "several", SEVERAL, place),
        same_name=_one_of(mapping, "same_name", SAME_NAME, place),
        columns=columns,
        skipped=skipped,
        roles={
            folded(str(title)): _role(choice, ("roles", title), place)
            for title, choice in mapping_of(mapping.get("roles", {}), ("roles",), place).items()
        },
    )


def _one_of(mapping: Mapping[str, Any], key: str, known: Sequence[str], place: Place) -> str:
    return choice_of(mapping[key], (key,), place, known) if key in mapping else ""


def _role(value: Any, route: Route, place: Place) -> RoleChoice:  # noqa: ANN401 - what YAML holds
    mapping = mapping_of(value, route, place, _KEYS_OF_ROLE)
    words = {key: text_of(mapping.get(key, ""), (*route, key), place) for key in ("id", "title")}
    return RoleChoice(**words, skip=flag_of(mapping.get("skip", False), (*route, "skip"), place))


def _tables(value: Any, place: Place) -> tuple[dict[str, Mapping[str, str]], frozenset[str]]:  # noqa: ANN401 - YAML
    if not isinstance(value, list):
        raise UsageError(f"{place(('tables',))}: this has to be a list", "Begin each table with `- at:`.")
    columns: dict[str, Mapping[str, str]] = {}
    skipped = set()
    for index, each in enumerate(value):
        route: Route = ("tables", index)
        mapping = mapping_of(each, route, place, _KEYS_OF_TABLE)
        at = text_of(mapping.get("at", ""), (*route, "at"), place)
        if "!" not in at or not at[-1:].isdigit():
            raise UsageError(
                f"{place(route)}: a table is named by the address of its first cell", "Write `at: Staff!A3`."
            )
        said = mapping_of(mapping.get("columns", {}), (*route, "columns"), place)
        if said:
            columns[at] = {
                str(letter): choice_of(use, (*route, "columns", letter), place, _USES) for letter, use in said.items()
            }
        if not flag_of(mapping.get("read", True), (*route, "read"), place):
            skipped.add(at)
    return columns, frozenset(skipped)


def map_text(
    reading: RosterReading,
    units: Sequence[Mapping[str, Any]],
    files: Sequence[str],
    scalar: Callable[[str], str],
    chosen: RosterMap,
) -> str:
    """The map of a reading as YAML, each guess with its reason. `scalar` writes a text as YAML."""
    unit = units[0]
    lines = [
        f"# How {', '.join(files)} is read. Correct what is wrong, and import again with --map. Write no names here:",
        "# the map is kept in the repository.",
        f"unit: {{id: {scalar(unit['id'])}, name: {scalar(unit['name'])}}}  # the unit above all others",
        "",
        "# What stands in the place of a name, or as a status:",
        f"# {', '.join(MEANINGS)}.",
        *(["words:"] if reading.words else ["words: {}"]),
    ]
    for word in reading.words:
        times = "once," if word.count == 1 else f"{word.count} times, first"
        lines.append(f"  {scalar(word.word)}: {word.meaning}  # {times} at {word.where}")
    lines.append("")
    said = {"dates": chosen.dates or reading.date_order, "several": chosen.several, "same_name": chosen.same_name}
    for key, (what, words) in _OPEN.items():
        start = key if said[key] else f"# {key}"
        lines.append(f"{start}: {said[key] or words[0]}  # {what}: {' or '.join(words)}")
    lines.append(f"hidden: {'true' if chosen.hidden else 'false'}  # whether hidden rows, columns and sheets are read")
    lines += ["", "# By the address of the first cell; `read: false` leaves one out.", "tables:"]
    for table in reading.tables:
        lines += [f"  - at: {scalar(table.at)}  # {table.area}", "    columns:"]
        lines += [f'      {each.letter}: {each.use}  # "{each.title}": {each.reason}' for each in table.columns]
    return "".join(f"{visible(line)}\n" for line in lines)
