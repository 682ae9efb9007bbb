"""What the modules of a rule set define: whether a name always has a value, and who calls whom."""

from collections.abc import Iterator, Sequence
from typing import Any

from uts_policy.rules.syntax_tree import Module, Node, body, dotted, head, line_of, locals_of, nodes, root, rule_name

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
