"""The embedded engine's syntax trees: what the portability check needs to know of their shape.

A node is an object with one key that names its kind, around an object with `span` and the kind's own parts. Both
engines' contract tests pin the shape.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Node: TypeAlias = Mapping[str, Any]

COMPREHENSIONS = frozenset({"ArrayCompr", "SetCompr", "ObjectCompr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One policy file: its path, its package as `data.a.b`, what its imports stand for, its rules' nodes."""

    path: str
    package: str
    imports: Mapping[str, str]
    import_nodes: tuple[Node, ...]
    rules: tuple[Node, ...]
    text: str


def modules(trees: Any) -> Iterator[Module]:  # noqa: ANN401 - JSON
    """The modules of the engine's JSON, parsed."""
    for tree in trees:
        source, ast = tree["source"], tree["ast"]
        imports: dict[str, str] = {}
        for item in ast["imports"]:
            path = dotted(item["refr"]) or ""
            alias = item.get("as")
            name = slice_of(source["contents"], alias) if alias else path.rpartition(".")[2]
            imports[name] = path
        yield Module(
            path=source["file"],
            package=f"data.{dotted(ast['package']['refr'])}",
            imports=imports,
            import_nodes=tuple(ast["imports"]),
            rules=tuple(ast["rules"]),
            text=source["contents"],
        )


def kind_of(node: Any) -> tuple[str, Node] | None:  # noqa: ANN401 - JSON
    """The kind of a node and its parts; None for what is no node."""
    if isinstance(node, Mapping) and len(node) == 1:
        kind, parts = next(iter(node.items()))
        if isinstance(parts, Mapping) and kind[0].isupper():
            return kind, parts
    return None


def nodes(tree: Any) -> Iterator[tuple[str, Node]]:  # noqa: ANN401 - JSON
    """Every node at and below `tree`, with its kind, outermost first."""
    found = kind_of(tree)
    if found is not None:
        yield found
    for child in children(tree):
        yield from nodes(child)


def children(tree: Any) -> list[Any]:  # noqa: ANN401 - JSON
    """What stands directly below."""
    if isinstance(tree, Mapping):
        return list(tree.values())
    return tree if isinstance(tree, list) else []


def dotted(reference: Any) -> str | None:  # noqa: ANN401 - JSON
    """A reference as `a.b.c`, where each step is a name or a literal string; else None."""
    steps: list[str] = []
    while (found := kind_of(reference)) is not None:
        kind, parts = found
        if kind == "Var":
            return ".".join([parts["value"], *reversed(steps)])
        if kind == "RefDot":
            steps.append(parts["field"][1])
        elif kind == "RefBrack" and "String" in parts["index"]:
            steps.append(parts["index"]["String"]["value"])
        else:
            return None
        reference = parts["refr"]
    return None


def root(reference: Any) -> str:  # noqa: ANN401 - JSON
    """The name that a reference begins with, else empty."""
    while (found := kind_of(reference)) is not None:
        kind, parts = found
        if kind == "Var":
            return str(parts["value"])
        if "refr" not in parts:
            return ""
        reference = parts["refr"]
    return ""


def indices(reference: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """What stands in the brackets of a reference."""
    while (found := kind_of(reference)) is not None and "refr" in found[1]:
        if "index" in found[1]:
            yield found[1]["index"]
        reference = found[1]["refr"]


def head(rule: Node) -> tuple[str, Node]:
    """The kind of a rule's head (Compr, Set, Func, or Default), and its parts."""
    kind, parts = next(iter(rule.items()))
    if kind == "Default":
        return kind, parts
    found: tuple[str, Node] = next(iter(parts["head"].items()))
    return found


def rule_name(rule: Node) -> str:
    """The first step of a rule's name."""
    return root(head(rule)[1]["refr"])


def line_of(parts: Node) -> int:
    """The line, from 1, that a node begins on."""
    return int(parts["span"]["line"])


def slice_of(text: str, span: Node) -> str:
    """The stretch of a file's text that a span covers. Spans count bytes."""
    return text.encode()[span["start"] : span["end"]].decode()


def body(rule: Node) -> list[Any]:
    """Everything of a rule but its name."""
    kind, parts = head(rule)
    inner = [value for name, value in parts.items() if name != "refr"]
    return [*inner, *indices(parts["refr"]), *([] if kind == "Default" else rule["Spec"]["bodies"])]


def locals_of(module: Module, rule: Node) -> frozenset[str]:
    """Every name that a rule declares for itself: arguments, `:=`, `some`, `every`."""
    kind, parts = head(rule)
    declaring: list[Any] = list(parts["args"]) if kind == "Func" else []
    names: set[str] = set()
    for found, node in nodes(body(rule)):
        if found == "AssignExpr" and node["op"] == "ColEq":
            declaring.append(node["lhs"])
        elif found == "SomeIn":
            declaring += [node["key"], node["value"]]
        elif found == "SomeVars":
            names.update(slice_of(module.text, span) for span in node["vars"])
        elif found == "Every":
            names.update(slice_of(module.text, span) for span in (node["key"], node["value"]) if span)
    names.update(str(node["value"]) for found, node in nodes(declaring) if found == "Var")
    return frozenset(names)


_FUNCTION = "function"
_ALWAYS = "always"
_MAYBE = "maybe"


class Definitions:
    """The rules and functions of all modules, by their full names (`data.uts.lib.scope.bad`)."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._kinds: dict[str, str] = {}
        self._calls: dict[str, set[str]] = {}
        self._packages = {module.package for module in modules}
        for module in modules:
            for rule in module.rules:
                self._define(f"{module.package}.{rule_name(rule)}", rule)
        for module in modules:
            for rule in module.rules:
                self._note_calls(module, rule)

    def resolve(self, module: Module, reference: Any) -> str | None:  # noqa: ANN401 - JSON
        """The full name of the policy's own rule or function that `reference` begins with; None where it is none.

        A package that is not among the modules is taken to define whatever is asked of it.
        """
        name = dotted(reference) or root(reference)
        first, _, rest = name.partition(".")
        if f"{module.package}.{first}" in self._kinds:
            return f"{module.package}.{first}"
        full = f"{module.imports[first]}.{rest}".rstrip(".") if first in module.imports else name
        if not full.startswith("data."):
            return None
        steps = full.split(".")
        for length in range(len(steps), 1, -1):
            known = ".".join(steps[:length])
            if known in self._kinds:
                return known
        return None if any(full.startswith(f"{package}.") for package in self._packages) else full

    def is_function(self, name: str) -> bool:
        """Whether the full name is a function's."""
        return self._kinds.get(name) == _FUNCTION

    def always(self, name: str) -> bool:
        """Whether the rule with this full name has a value in every corpus."""
        return self._kinds.get(name) == _ALWAYS

    def recursive(self, module: Module) -> Iterator[tuple[int, str]]:
        """The line and name of each rule of `module` from which calls lead back to it."""
        for rule in module.rules:
            name = f"{module.package}.{rule_name(rule)}"
            if name in self._reached(name):
                yield line_of(next(iter(rule.values()))), rule_name(rule)

    def _reached(self, name: str) -> set[str]:
        reached: set[str] = set()
        todo = list(self._calls.get(name, ()))
        while todo:
            step = todo.pop()
            if step not in reached:
                reached.add(step)
                todo.extend(self._calls.get(step, ()))
        return reached

    def _define(self, name: str, rule: Node) -> None:
        kind, parts = head(rule)
        if kind == "Func":
            self._kinds[name] = _FUNCTION
        elif kind in {"Default", "Set"} or "Var" not in parts["refr"] or not rule["Spec"]["bodies"]:
            self._kinds[name] = _ALWAYS
        else:
            self._kinds.setdefault(name, _MAYBE)

    def _note_calls(self, module: Module, rule: Node) -> None:
        callees = self._calls.setdefault(f"{module.package}.{rule_name(rule)}", set())
        own = locals_of(module, rule)
        for kind, parts in nodes(body(rule)):
            node = {kind: parts}
            if kind in {"Var", "RefDot", "RefBrack"} and root(node) not in own:
                callee = self.resolve(module, node)
                if callee is not None:
                    callees.add(callee)
