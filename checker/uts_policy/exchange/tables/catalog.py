"""OSCAL in XML, as the mapping that its JSON is: what a catalogue demands needs no more of it."""

from typing import Any, Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from uts_policy.exchange.tables.refused import RefusedFileError

_MANY: Final = {"group": "groups", "control": "controls", "param": "params", "part": "parts", "prop": "props"}
"""Elements that JSON lists under another name."""
_KEPT: Final = ("id", "name", "value", "class")
"""Attributes that are read."""
_TEXTS: Final = ("title", "label")
_DEEPEST: Final = 60


def read(data: bytes) -> dict[str, Any]:
    """The document as the worker's answer: `{"data": {"catalog": {...}}}`; of another root only its name."""
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise RefusedFileError("defines XML entities", "Do not trust it. Ask where it came from.") from error
    except ElementTree.ParseError as error:
        raise RefusedFileError(f"is not XML: {error}", "Check that it was saved whole.") from error
    name = _name(root)
    return {"data": {name: _holder(root, 0) if name == "catalog" else {}}}


def _holder(element: Any, depth: int) -> dict[str, Any]:  # noqa: ANN401 - an element; defusedxml has no types
    """A catalogue, group, control, parameter or part."""
    if depth > _DEEPEST:
        raise RefusedFileError(f"is nested deeper than {_DEEPEST} levels", "Check where it comes from.")
    found: dict[str, Any] = {key: element.get(key) for key in _KEPT if element.get(key) is not None}
    prose = []
    for child in element:
        name = _name(child)
        if name in _MANY:
            found.setdefault(_MANY[name], []).append(_holder(child, depth + 1))
        elif name == "metadata":
            found["metadata"] = _holder(child, depth + 1)
        elif name in _TEXTS:
            found[name] = _text(child, 0)
        elif name == "value":
            found.setdefault("values", []).append(_text(child, 0))
        elif name == "select":
            found["select"] = {"choice": [_text(each, 0) for each in child if _name(each) == "choice"]}
        elif _name(element) == "part":
            prose.append(_text(child, 0))
    if prose:
        found["prose"] = " ".join(prose)
    return found


def _text(element: Any, depth: int) -> str:  # noqa: ANN401 - an element
    """The text in an element, with `{{ insert: param, ID }}` where a parameter is inserted."""
    if depth > _DEEPEST:
        raise RefusedFileError(f"is nested deeper than {_DEEPEST} levels", "Check where it comes from.")
    parts = [element.text or ""]
    for child in element:
        inserted = child.get("id-ref") or child.get("param-id")
        parts.append(f"{{{{ insert: param, {inserted} }}}}" if inserted else _text(child, depth + 1))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _name(element: Any) -> str:  # noqa: ANN401 - an element
    """The name without its namespace; a comment or an instruction has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
