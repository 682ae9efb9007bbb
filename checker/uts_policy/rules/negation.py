"""`not` over something that may be undefined, where the engines part.

OPA looks up what a call is given before it negates: where that is undefined, the whole statement is. The embedded
engine negates an undefined call, and goes on. So what stands beneath `not` must be sure to have a value, two forms
aside on which both agree: a reference (`not role.title`) and a comparison by `==` (`not role.status == "active"`).
A membership test whose answer is kept (`found := x in list`) parts the same way.
"""

from collections.abc import Iterator
from typing import Any

from uts_policy.rules.syntax_tree import (
    COMPREHENSIONS,
    Definitions,
    Module,
    Node,
    body,
    children,
    indices,
    kind_of,
    line_of,
    locals_of,
    nodes,
    root,
)

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
