"""OSCAL catalogues: a demand for each control, its statement whole, with its parameters filled in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from uts_policy.model.errors import UsageError
from uts_policy.model.obligations import Demand, DemandReading

_INSERT: Final = re.compile(r"\{\{\s*(?:insert:\s*)?param(?:,|\s)\s*([\w.\-]+)\s*\}\}")
_DEEPEST: Final = 30
_KINDS: Final = ("profile", "component-definition", "system-security-plan", "assessment-plan", "assessment-results")


def read_catalog(data: Any, file: str) -> DemandReading:  # noqa: ANN401 - what JSON or YAML holds
    """The demands of a catalogue. Raises UsageError, with the way out, for what is not one."""
    if not isinstance(data, dict) or not isinstance(data.get("catalog"), dict):
        kind = next((each for each in _KINDS if isinstance(data, dict) and each in data), "")
        if kind == "profile":
            raise UsageError(
                f'"{file}" is an OSCAL profile: it chooses controls and does not hold their text',
                "Resolve it first (compliance-trestle: `trestle author profile-resolve`), and import the catalogue.",
            )
        what = f"an OSCAL {kind}" if kind else "not OSCAL"
        raise UsageError(f'"{file}" is {what}, not a catalogue', "Import a file with the key `catalog`.")
    catalog = data["catalog"]
    demands: list[Demand] = []
    left: list[tuple[str, str, str]] = []
    count = 0
    for control, parameters in _controls(catalog, {}, 0):
        count += 1
        ref = _label(control) or str(control.get("id", ""))
        title = str(control.get("title", ""))
        text = "\n".join(_statement(control, parameters))
        where = f'control "{control.get("id", "")}"'
        if _property(control, "status").lower() == "withdrawn":
            left.append((where, title, "withdrawn"))
        elif not text:
            left.append((where, title, "it has no statement"))
        else:
            demands.append(Demand(ref=f"{ref} {title}".strip(), text=text, where=where, key=str(control.get("id", ""))))
    metadata = catalog.get("metadata")
    named = str(metadata.get("title", "")) if isinstance(metadata, dict) else ""
    return DemandReading(
        title=named or file, file=file, demands=tuple(demands), left=tuple(left), looked_at=count, unit="control"
    )


def _list(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what JSON holds
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _controls(
    group: Mapping[str, Any], outer: Mapping[str, str], depth: int
) -> Iterator[tuple[dict[str, Any], Mapping[str, str]]]:
    """Every control below a group, in order, each with the parameters in reach."""
    if depth > _DEEPEST:
        raise UsageError(f"the catalogue is nested deeper than {_DEEPEST} levels", "Check where it comes from.")
    parameters = {**outer, **_parameters(group)}
    for inner in _list(group.get("groups")):
        yield from _controls(inner, parameters, depth + 1)
    for control in _list(group.get("controls")):
        mine = {**parameters, **_parameters(control)}
        yield control, mine
        yield from _controls({"controls": control.get("controls")}, mine, depth + 1)


def _parameters(holder: Mapping[str, Any]) -> dict[str, str]:
    """What stands for each parameter: its value, its choices, or its label in brackets."""
    found = {}
    for each in _list(holder.get("params")):
        values = [str(value) for value in each.get("values") or () if value]
        select = each.get("select")
        choices = [str(value) for value in select.get("choice") or ()] if isinstance(select, dict) else []
        named = f"[{' or '.join(choices) or each.get('label') or each.get('id')}]"
        text = ", ".join(values) or named
        found[str(each.get("id"))] = text
    return found


def _statement(control: Mapping[str, Any], parameters: Mapping[str, str]) -> Iterator[str]:
    for part in _list(control.get("parts")):
        if part.get("name") == "statement":
            yield from _lines(part, parameters, 0)


def _lines(part: Mapping[str, Any], parameters: Mapping[str, str], depth: int) -> Iterator[str]:
    prose = _filled(str(part.get("prose", "")), parameters)
    line = f"{_label(part)} {prose}".strip() if prose else ""
    if line:
        yield line
    for inner in _list(part.get("parts")) if depth < _DEEPEST else ():
        yield from _lines(inner, parameters, depth + 1)


def _filled(prose: str, parameters: Mapping[str, str]) -> str:
    """The prose with its parameters; one may stand in the choices of another."""
    for _ in range(3):
        prose = _INSERT.sub(lambda found: parameters.get(found[1], f"[{found[1]}]"), prose)
    return " ".join(prose.split())


def _label(holder: Mapping[str, Any]) -> str:
    return _property(holder, "label")


def _property(holder: Mapping[str, Any], name: str) -> str:
    found = [each for each in _list(holder.get("props")) if each.get("name") == name]
    plain = [each for each in found if each.get("class") != "zero-padded"] or found
    return str(plain[0].get("value", "")) if plain else ""
