"""A rule's METADATA: which keys it has, the types of parameters, and what is wrong with it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from uts_policy.common import fields
from uts_policy.common.facts import FACTS
from uts_policy.common.nearest import nearest
from uts_policy.model.document import Document
from uts_policy.model.place import Route
from uts_policy.model.rule import Criterion, FixKind, Level, Parameter, Profile, Rule, Stricter


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


_TOP = frozenset({"title", "description", "custom"})
_TOP_OPTIONAL = frozenset({"scope", "authors", "organizations", "related_resources"})
_CUSTOM = frozenset({"level", "profile", "subjects", "criteria", "effect", "remediation"})
_CUSTOM_OPTIONAL = frozenset({"fix", "needs", "parameters", "sections", "waive"})
_PARAMETER = frozenset({"type", "default", "description"})

_SECTION = re.compile(r"[a-z][a-z_]*")
_ANY = re.compile(r".+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class MetadataError(Exception):
    """What is wrong, and the line, from 1, in the policy file."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def metadata_block(text: str, package_line: int) -> tuple[str, int]:
    """The YAML of the METADATA block that ends above line `package_line`, and its first line.

    Every character stands where it stood in the file, `#` and all before the block being white space, so that what a
    parser says of lines and columns holds for the file. Raises MetadataError where there is no block.
    """
    lines = text.split("\n")[: package_line - 1]
    while lines and not lines[-1].strip():
        lines.pop()
    start = len(lines)
    while start and lines[start - 1].startswith("#"):
        start -= 1
    marks = [number for number in range(start, len(lines)) if lines[number].rstrip() == "# METADATA"]
    if not marks:
        raise MetadataError("there is none: a comment block that begins with `# METADATA` is missing", package_line)
    first = marks[-1] + 1
    block = "\n" * first + "".join(f" {line[1:]}\n" for line in lines[first:])
    return block, first + 1


def rule_of(rule: str, document: Document | None, first_line: int, *, builtin: bool) -> Rule:
    """The rule that `document` describes. Raises MetadataError for a key too many, too few or of the wrong type.

    A built-in rule says of each parameter what its unit is and, if there is an order, which way is the stricter one.
    """
    if document is None or not isinstance(document.data, Mapping):
        raise MetadataError("is no mapping of keys", first_line)
    reader = _Reader(document)
    top = reader.mapping((), _TOP, _TOP_OPTIONAL)
    if top.get("scope", "package") != "package":
        raise reader.wrong(("scope",), "must be package")
    at: Route = ("custom",)
    custom = reader.mapping(at, _CUSTOM, _CUSTOM_OPTIONAL)
    parameters = reader.mapping((*at, "parameters"), frozenset(), None) if "parameters" in custom else {}
    return Rule(
        id=rule,
        level=Level(reader.choice((*at, "level"), [level.value for level in Level])),
        profile=Profile(reader.choice((*at, "profile"), [profile.value for profile in Profile])),
        title=reader.text(("title",)),
        description=reader.text(("description",)),
        effect=reader.text((*at, "effect")),
        remediation=reader.text((*at, "remediation")),
        waive=reader.text((*at, "waive")) if "waive" in custom else "",
        criteria=_criteria(reader, (*at, "criteria")),
        parameters={name: _parameter(reader, (*at, "parameters", name), name, builtin=builtin) for name in parameters},
        subjects=_subjects(reader, (*at, "subjects")),
        sections=_sections(reader, (*at, "sections")) if "sections" in custom else (),
        needs=_needs(reader, (*at, "needs")) if "needs" in custom else (),
        fixes=_fixes(reader, (*at, "fix")) if "fix" in custom else (),
        builtin=builtin,
    )


class _Reader:
    """Looks values up in a document, and knows the line of each."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def wrong(self, route: Route, words: str) -> MetadataError:
        """The error for the key at `route`."""
        name = ".".join(map(str, route)) or "the block"
        return MetadataError(f"{name} {words}", self._document.locate_key(route).span.line)

    def get(self, route: Route) -> Any:  # noqa: ANN401 - YAML
        """The value at `route`, whose mappings are known to be there."""
        value: Any = self._document.data
        for step in route:
            value = value[step]
        return value

    def mapping(self, route: Route, required: frozenset[str], optional: frozenset[str] | None) -> Mapping[str, Any]:
        """The mapping at `route`, its keys checked; with `optional` None any further key will do."""
        value = self.get(route)
        if not isinstance(value, Mapping):
            raise self.wrong(route, "must be a mapping")
        for key in value:
            if optional is not None and key not in required | optional:
                close = nearest(str(key), required | optional)
                hint = f'; did you mean "{close}"?' if close else ""
                raise self.wrong((*route, key), f"is no key of METADATA{hint}")
        for key in sorted(required - value.keys()):
            raise self.wrong(route, f'lacks "{key}"')
        return value

    def text(self, route: Route) -> str:
        """The string at `route`, which says something."""
        value = self.get(route)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(route, "must be a text")
        return value.strip()

    def choice(self, route: Route, allowed: list[str]) -> str:
        """The string at `route`, one of `allowed`."""
        value = self.get(route)
        if value not in allowed:
            raise self.wrong(route, f"must be one of {', '.join(allowed)}")
        return str(value)

    def items(self, route: Route) -> list[Any]:
        """The list at `route`."""
        value = self.get(route)
        if not isinstance(value, list):
            raise self.wrong(route, "must be a list")
        return value

    def texts(self, route: Route, pattern: re.Pattern[str], words: str) -> list[str]:
        """The list of strings at `route`, each of which `pattern` matches."""
        for number, item in enumerate(self.items(route)):
            if not isinstance(item, str) or pattern.fullmatch(item) is None:
                raise self.wrong((*route, number), f"must be {words}")
        return self.items(route)


def _criteria(reader: _Reader, route: Route) -> tuple[Criterion, ...]:
    found: list[Criterion] = []
    for number in range(len(reader.items(route))):
        at = (*route, number)
        reader.mapping(at, frozenset({"source", "text"}), frozenset())
        found.append(Criterion(source=reader.text((*at, "source")), text=reader.text((*at, "text"))))
    return tuple(found)


def _subjects(reader: _Reader, route: Route) -> tuple[str, ...]:
    if reader.get(route) == ["*"]:
        return ("*",)
    found = reader.texts(route, _SECTION, 'a section, or "*" alone for all of them')
    if not found:
        raise reader.wrong(route, "must name a section")
    for number, section in enumerate(found):
        _refuse_unknown(reader, (*route, number), section, "section", fields.sections())
    return tuple(found)


def _sections(reader: _Reader, route: Route) -> tuple[str, ...]:
    found = reader.texts(route, _SECTION, "a section")
    for number, section in enumerate(found):
        _refuse_unknown(reader, (*route, number), section, "section", fields.sections())
    return tuple(found)


def _needs(reader: _Reader, route: Route) -> tuple[str, ...]:
    found = reader.texts(route, _ANY, "a fact")
    for number, need in enumerate(found):
        _refuse_unknown(reader, (*route, number), need, "fact", FACTS)
    return tuple(found)


def _fixes(reader: _Reader, route: Route) -> tuple[FixKind, ...]:
    allowed = [kind.value for kind in FixKind]
    return tuple(FixKind(reader.choice((*route, number), allowed)) for number in range(len(reader.items(route))))


def _refuse_unknown(reader: _Reader, route: Route, name: str, kind: str, known: Collection[str]) -> None:
    """A rule that asks about what there is not would never be assessed."""
    if name not in known:
        close = nearest(name, known)
        hint = f'; did you mean "{close}"?' if close else ""
        raise reader.wrong(route, f'"{name}" is no {kind}{hint}')


_ORDERS: Mapping[str, tuple[Stricter, ...]] = {
    "integer": (Stricter.HIGHER, Stricter.LOWER),
    "number": (Stricter.HIGHER, Stricter.LOWER),
    "array": (Stricter.LONGER,),
}
"""The types of parameters of which one value asks for more than another, and which that can be."""


def _stricter(reader: _Reader, route: Route, kind: str) -> Stricter | None:
    if "stricter" not in reader.get(route):
        return None
    if kind not in _ORDERS:
        raise reader.wrong((*route, "stricter"), f"must be left out: {_TYPES[kind][1]} is neither more nor less")
    return Stricter(reader.choice((*route, "stricter"), [each.value for each in _ORDERS[kind]]))


def _parameter(reader: _Reader, route: Route, name: str, *, builtin: bool) -> Parameter:
    if _NAME.fullmatch(str(name)) is None:
        raise reader.wrong(route, "must be a name in lower case")
    value = reader.mapping(route, _PARAMETER, frozenset({"minimum", "unit", "stricter"}))
    kind = reader.choice((*route, "type"), list(type_names()))
    stricter = _stricter(reader, route, kind)
    if builtin and "unit" not in value:
        raise reader.wrong(route, 'lacks "unit"')
    if builtin and kind in _ORDERS and stricter is None:
        raise reader.wrong(route, 'lacks "stricter"')
    minimum = value.get("minimum")
    if minimum is not None and not is_type(minimum, "integer"):
        raise reader.wrong((*route, "minimum"), "must be an integer")
    parameter = Parameter(
        name=name,
        type=kind,
        default=value["default"],
        description=reader.text((*route, "description")),
        minimum=minimum,
        unit=reader.text((*route, "unit")) if "unit" in value else "",
        stricter=stricter,
    )
    problem = fits(parameter.default, parameter)
    if problem:
        raise reader.wrong((*route, "default"), problem)
    return parameter
