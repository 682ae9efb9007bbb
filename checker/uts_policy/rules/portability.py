"""The functions that a portable policy may call, and how: those that answer alike in the embedded engine and in OPA.

tests/contract/test_builtins.py puts every one of them to both engines. What is not here is refused, because it was
found to differ (`lower` beyond ASCII, `json.marshal`), reads a clock, a network or chance, or is missing in one.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.syntax_tree import (
    COMPREHENSIONS,
    Definitions,
    Module,
    Node,
    body,
    children,
    dotted,
    indices,
    kind_of,
    line_of,
    locals_of,
    modules,
    nodes,
    root,
)

ALLOWED = frozenset(
    """
    abs array.concat array.reverse array.slice ceil concat contains count endswith floor format_int graph.reachable
    indexof intersection is_array is_boolean is_null is_number is_object is_set is_string max min numbers.range
    object.filter object.get object.keys object.remove object.subset object.union object.union_n print product
    regex.find_all_string_submatch_n regex.find_n regex.match regex.replace replace round sort split sprintf
    startswith strings.any_prefix_match strings.any_suffix_match strings.reverse substring sum to_number trim
    trim_left trim_prefix trim_right trim_space trim_suffix type_name union walk
    """.split()  # noqa: SIM905 - a page of quotes would hide the names
)

CAREFUL = frozenset(
    {
        ("uts/lib/text.rego", "lower"),  # the letters on which engines differ are replaced before
        ("uts/rules/ownership/multiple-accountable.rego", "json.marshal"),  # the text only tells groups apart
    }
)
"""Built-in files that call a function on which the engines differ, and do it where they agree."""

_FORBIDDEN_VERB = re.compile(r"%(?![sv%])(.?)")
_VERB = re.compile(r"%[sv]")

_PERL_CLASS = re.compile(r"\\[dDwWsSbBpP]")
_DIFFERING = (
    (re.compile(r"\\[QECRXhHuUzZ<>0-9]"), "an escape that one of the engines does not know"),
    (re.compile(r"[+*?}]\+"), "a possessive repetition, which one of the engines does not know"),
    (re.compile(r"\(\?[a-zA-Z-]*[xuR]"), "a flag that one of the engines does not know"),
    (re.compile(r"\[[^\]]*(?:&&|--|~~|\[(?!:))"), "set arithmetic in a class, which one of the engines does not know"),
    (re.compile(r"(?<!\\)(?:^|(?<=[(|]))\{|\{,"), "a brace that stands for itself; write it as \\{"),
    (re.compile(r"\(\?(?:<?[=!])"), "a look-around, which neither engine has"),
)


def format_problem(template: str, arguments: int | None) -> str:
    """What is wrong with the template of a `sprintf`, for that many arguments where that is known; else empty."""
    plain = template.replace("%%", "")
    found = _FORBIDDEN_VERB.search(plain)
    if found is not None:
        return f"sprintf with %{found[1]}: the engines agree on %s for strings and %v for whole numbers only"
    verbs = len(_VERB.findall(plain))
    if arguments is not None and verbs != arguments:
        return f"sprintf has {verbs} verbs and {arguments} arguments"
    return ""


def class_problem(text: str) -> str:
    """What is wrong with a literal that looks like a regular expression, wherever it stands; else empty."""
    found = _PERL_CLASS.search(text.replace("\\\\", ""))
    if found is None:
        return ""
    return f"{found[0]} in a regular expression means ASCII in one engine and Unicode in the other: list the characters"


def pattern_problem(pattern: str) -> str:
    """What is wrong with a literal that is a regular expression; else empty."""
    plain = pattern.replace("\\\\", "")
    for expression, words in _DIFFERING:
        if expression.search(plain):
            return f"the regular expression has {words}"
    return ""


_REFERENCES = frozenset({"RefDot", "RefBrack"})
_EXPRESSIONS = frozenset({"Call", "Membership", "BoolExpr", "ArithExpr", "BinExpr", "AssignExpr", "UnaryExpr"})


def negation_problems(module: Module, definitions: Definitions) -> Iterator[tuple[int, str]]:
    """The line of each such place in `module`, and what to write."""
    for rule in module.rules:
        sure = _Sure(module, definitions, locals_of(module, rule))
        for kind, parts in nodes(body(rule)):
            if kind == "NotExpr":
                name = sure.doubt_in_negation(parts["expr"])
                if name:
                    yield line_of(parts), f"`not` over {name}, which may be undefined: give it a name on a line before"
            elif kind == "AssignExpr" and "Membership" in parts["rhs"]:
                name = sure.doubt(parts["rhs"])
                if name:
                    yield line_of(parts), f"the answer of `in` over {name}, which may be undefined, is kept"


class _Sure:
    """Looks, within one rule, for what may have no value."""

    def __init__(self, module: Module, definitions: Definitions, own: frozenset[str]) -> None:
        self._module = module
        self._definitions = definitions
        self._own = own

    def doubt_in_negation(self, node: Any) -> str:  # noqa: ANN401 - JSON
        """The first thing beneath a `not` that may be undefined in a place where the engines part; else empty."""
        found = kind_of(node)
        if found is None:
            return ""
        kind, parts = found
        if kind in _REFERENCES:
            return self._first(indices(node))
        if (kind == "BoolExpr" and parts["op"] == "Eq") or kind == "AssignExpr":
            return self._side(parts["lhs"]) or self._side(parts["rhs"])
        if kind == "Call":
            return self._first(parts["params"])
        if kind in _EXPRESSIONS:
            return self._first(children(parts))
        return ""

    def doubt(self, node: Any) -> str:  # noqa: ANN401 - JSON
        """The first thing in an expression that may be undefined, in words; else empty."""
        found = kind_of(node)
        if found is None:
            return self._first(children(node))
        kind, parts = found
        if kind in COMPREHENSIONS:
            return ""
        if kind in _REFERENCES or kind == "Var":
            return self._name_in_doubt(kind, node)
        if kind == "Call":
            name = self._definitions.resolve(self._module, parts["fcn"])
            return f"a call of {name.removeprefix('data.')}" if name else self._first(parts["params"])
        return self._first(children(parts))

    def _side(self, node: Node) -> str:
        """One side of `==`: a reference may be undefined, if what stands in its brackets may not."""
        found = kind_of(node)
        if found is not None and found[0] in _REFERENCES:
            return self._first(indices(node))
        if found is not None and found[0] == "Var":
            return ""
        return self.doubt(node)

    def _name_in_doubt(self, kind: str, node: Node) -> str:
        name = root(node)
        if name in self._own and kind == "Var":
            return ""
        rule = None if name in self._own else self._definitions.resolve(self._module, node)
        if kind == "Var":
            return f"`{name}`" if rule is not None and not self._definitions.always(rule) else ""
        if rule is not None and self._definitions.always(rule):
            return ""
        return f"a look-up in `{name}`"

    def _first(self, parts: Any) -> str:  # noqa: ANN401 - JSON
        return next((words for words in map(self.doubt, parts) if words), "")


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
