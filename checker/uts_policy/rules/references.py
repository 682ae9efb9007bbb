"""Whether policies look into the corpus where it has something: `input.rolez` is undefined for ever, and finds nothing.

Judged from the syntax trees, before anything runs, against the corpus schema: the beginning of each reference into
`input`, through names, literal strings and what a variable stands for (`[_]`, `[id]`), as far as the schema says what
is there. What a rule reaches through a variable of its own (`some role in input.roles`, then `role.titel`) is not seen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from uts_policy import resources
from uts_policy.common.nearest import nearest
from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.syntax_tree import Module, kind_of, line_of, modules, nodes

Steps: TypeAlias = tuple[str | int | None, ...]
"""What follows `input` in a reference: names and indices, None for what only the run knows."""

_VIEWS = "data.uts.view."
_QUESTION = "question"
"""What views are asked, and rules are not: `input.question` has its own shape for each view."""


def check_references(files: Sequence[PolicyFile], ast_json: str) -> None:
    """Raise NoVerdictError, with file and line, for the first reference in `files` that leads nowhere.

    `ast_json` is what the embedded engine says of these files. Tests, which bring their own input, are passed over.
    """
    problems = reference_problems(files, ast_json)
    if problems:
        path, line, words, hint = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise NoVerdictError(f"{path}:{line}: {words}{more}", hint)


def reference_problems(files: Sequence[PolicyFile], ast_json: str) -> list[tuple[str, int, str, str]]:
    """Every reference in `files` that the corpus schema has nothing for: path, line, what is wrong, advice."""
    wanted = {file.path for file in files if not file.path.endswith(TEST_SUFFIX)}
    found = {
        (module.path, *problem)
        for module in modules(json.loads(ast_json))
        if module.path in wanted
        for problem in _problems(module)
    }
    return sorted(found)


def _problems(module: Module) -> Iterator[tuple[int, str, str]]:
    for kind, parts in nodes([*module.rules, *(item["refr"] for item in module.import_nodes)]):
        if kind in {"RefDot", "RefBrack"}:
            steps = _steps_into_input(module, {kind: parts})
            if steps and not (steps[0] == _QUESTION and module.package.startswith(_VIEWS)):
                problem = _nowhere(steps)
                if problem is not None:
                    yield line_of(parts), *problem


def _steps_into_input(module: Module, reference: Mapping[str, Any]) -> Steps:
    """The steps of a reference that begins at `input`, directly or through an import; empty for any other."""
    steps: list[str | int | None] = []
    node: Any = reference
    while (found := kind_of(node)) is not None:
        kind, parts = found
        if kind == "Var":
            first, *more = module.imports.get(parts["value"], str(parts["value"])).split(".")
            return (*more, *reversed(steps)) if first == "input" else ()
        if kind == "RefDot":
            steps.append(parts["field"][1])
        elif kind == "RefBrack":
            steps.append(_constant(parts["index"]))
        else:
            return ()
        node = parts["refr"]
    return ()


def _constant(index: Any) -> str | int | None:  # noqa: ANN401 - JSON
    found = kind_of(index)
    if found is None or found[0] not in {"String", "RawString", "Number"}:
        return None
    value = found[1]["value"]
    return value if isinstance(value, str | int) else None


def _nowhere(steps: Steps) -> tuple[str, str] | None:
    """Where the steps leave what the schema describes, in words, and advice; None where they do not."""
    schema = _corpus_schema()
    node = schema
    for position, step in enumerate(steps):
        node = _resolved(node, schema)
        kind = node.get("type")
        if kind == "object":
            following = _in_object(node, step)
            if following is None:
                return _missing(steps[: position + 1], node)
        elif kind == "array":
            if isinstance(step, str):
                return f"`{_written(steps[: position + 1])}`: what is before it is a list", _OF_A_LIST
            following = _in_array(node, step)
        elif kind in {"string", "integer", "number", "boolean"}:
            return f"`{_written(steps[: position + 1])}`: what is before it is a plain value", _ADVICE
        else:
            return None
        if not isinstance(following, Mapping):
            return None
        node = following
    return None


_OF_A_LIST = "Go through it with `some … in`."
_ADVICE = "`uts-policy schema corpus` says what the corpus holds."


def _missing(steps: Steps, node: Mapping[str, Any]) -> tuple[str, str]:
    near = nearest(str(steps[-1]), node["properties"])
    words = f"`{_written(steps)}` is not in the corpus, so it is undefined whatever is declared"
    return words, f'Did you mean "{near}"? {_ADVICE}' if near else _ADVICE


def _in_object(node: Mapping[str, Any], step: str | int | None) -> Any:  # noqa: ANN401 - a schema, or true
    """The schema of what stands under a key; true where it is not described, None where there is no such key."""
    properties = node.get("properties", {})
    if step is None:
        return True if properties else node.get("additionalProperties", True)
    if step in properties:
        return properties[step]
    further = node.get("additionalProperties", True)
    return None if further is False else further


def _in_array(node: Mapping[str, Any], step: int | None) -> Any:  # noqa: ANN401 - a schema, or true
    first = node.get("prefixItems")
    if first is None:
        return node.get("items", True)
    return first[step] if isinstance(step, int) and step < len(first) else True


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return node


def _written(steps: Steps) -> str:
    """`input.roles[_].title`."""
    shown = "input"
    for step in steps:
        if step is None:
            shown += "[_]"
        elif isinstance(step, str) and step.isidentifier():
            shown += f".{step}"
        else:
            shown += f"[{json.dumps(step, ensure_ascii=False)}]"
    return shown


@cache
def _corpus_schema() -> Mapping[str, Any]:
    parsed: dict[str, Any] = json.loads((resources.schemas_dir() / "corpus.schema.json").read_bytes())
    return parsed
