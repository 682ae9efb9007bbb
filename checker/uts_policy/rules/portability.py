"""Whether policies mean the same in the embedded engine and in OPA, judged from their syntax trees before they run."""

import json
from collections.abc import Iterator, Mapping, Sequence

from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.builtins import ALLOWED, CAREFUL, class_problem, format_problem, pattern_problem
from uts_policy.rules.negation import negation_problems
from uts_policy.rules.syntax_tree import Definitions, Module, Node, dotted, kind_of, line_of, modules, nodes, root

_HINT = "docs/guide/writing-rules.md says what is portable, and how to write the rest."
_RULES = "data.uts.rules"
_VIEWS = "data.uts.view."
_PATTERN_AT = {"regex.replace": 1}
"""Where the pattern stands among the arguments of a `regex.` function, if not first."""


def check_portable(files: Sequence[PolicyFile], ast_json: str) -> None:
    """Raise NoVerdictError, with file and line, for the first thing in `files` that engines may judge differently.

    `ast_json` is what the embedded engine says of these files. Tests are passed over.
    """
    problems = portability_problems(files, ast_json)
    if problems:
        path, line, words = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise NoVerdictError(f"{path}:{line}: not portable: {words}{more}", _HINT)


def portability_problems(files: Sequence[PolicyFile], ast_json: str) -> list[tuple[str, int, str]]:
    """Everything in `files` that engines may judge differently: path, line, words; in the order of the files."""
    wanted = {file.path for file in files if not file.path.endswith(TEST_SUFFIX)}
    trees = list(modules(json.loads(ast_json)))
    definitions = Definitions(trees)
    found: set[tuple[str, int, str]] = set()
    for module in trees:
        if module.path in wanted:
            for line, words in _problems(module, definitions):
                found.add((module.path, line, words))
    return sorted(found)


def _problems(module: Module, definitions: Definitions) -> Iterator[tuple[int, str]]:
    yield from _imports(module)
    yield from negation_problems(module, definitions)
    for line, name in definitions.recursive(module):
        yield line, f"{name} calls itself, which OPA refuses"
    for kind, parts in nodes(list(module.rules)):
        if kind == "Call":
            yield from _call(module, definitions, parts)
        elif kind in {"String", "RawString"}:
            problem = class_problem(str(parts["value"]))
            if problem:
                yield line_of(parts), problem
        elif kind == "Number" and isinstance(parts["value"], float):
            yield line_of(parts), "decimal numbers add up differently: count in thousandths"
        elif kind in {"RefDot", "RefBrack"}:
            yield from _reference(module, parts, {kind: parts})
    for line in _changed_inputs(list(module.rules)):
        yield line, "`with` replaces what the rule was given; only tests may do that"


def _imports(module: Module) -> Iterator[tuple[int, str]]:
    for item in module.import_nodes:
        path = dotted(item["refr"]) or ""
        if path != "rego.v1" and path.partition(".")[0] not in {"data", "input"}:
            yield line_of(item), f"import {path}: only `rego.v1`, `data…` and `input…` are imported"


def _call(module: Module, definitions: Definitions, parts: Node) -> Iterator[tuple[int, str]]:
    name = dotted(parts["fcn"])
    if name is None:
        yield line_of(parts), "a function that is chosen while the rule runs"
    elif definitions.resolve(module, parts["fcn"]) is not None:
        return
    elif root(parts["fcn"]) in {"data", *module.imports}:
        yield line_of(parts), f"there is no function {name}"
    elif name not in ALLOWED and (module.path, name) not in CAREFUL:
        yield line_of(parts), f"{name} is not among the functions on which the engines agree"
    elif name == "sprintf":
        yield from _sprintf(parts)
    elif name.startswith("regex."):
        yield from _regex(name, parts)


def _sprintf(parts: Node) -> Iterator[tuple[int, str]]:
    template, *rest = parts["params"]
    literal = _literal(template)
    if literal is None:
        yield line_of(parts), "sprintf needs its template as a literal"
        return
    array = kind_of(rest[0]) if rest else None
    count = len(array[1]["items"]) if array is not None and array[0] == "Array" else None
    problem = format_problem(literal, count)
    if problem:
        yield line_of(parts), problem


def _regex(name: str, parts: Node) -> Iterator[tuple[int, str]]:
    at = _PATTERN_AT.get(name, 0)
    literal = _literal(parts["params"][at]) if len(parts["params"]) > at else None
    problem = pattern_problem(literal) if literal is not None else ""
    if problem:
        yield line_of(parts), problem


def _reference(module: Module, parts: Node, node: Node) -> Iterator[tuple[int, str]]:
    """A rule that reads other rules would be evaluated with them, whether they are on or not.

    A view may: it is a question, and whoever asks it says which rules are loaded.
    """
    if module.package == "data.uts.main" or module.package.startswith(_VIEWS):
        return
    if root(node) not in {"data", *module.imports}:
        return
    name = dotted(node) or ""
    first, _, rest = name.partition(".")
    full = f"{module.imports.get(first, first)}.{rest}"
    if full == _RULES or full.startswith(f"{_RULES}."):
        yield line_of(parts), "a rule reads another rule: put what both need into a helper"


def _changed_inputs(tree: object) -> Iterator[int]:
    """The lines of statements with `with`."""
    if isinstance(tree, Mapping):
        if tree.get("with_mods"):
            yield line_of(tree)
        for child in tree.values():
            yield from _changed_inputs(child)
    elif isinstance(tree, list):
        for child in tree:
            yield from _changed_inputs(child)


def _literal(node: Node) -> str | None:
    found = kind_of(node)
    if found is not None and found[0] in {"String", "RawString"}:
        return str(found[1]["value"])
    return None
