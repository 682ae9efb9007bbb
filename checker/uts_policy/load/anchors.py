"""Anchors and aliases of one document, and what they may do."""

from dataclasses import dataclass
from typing import Any, Final

from uts_policy.load.defects import Defects
from uts_policy.model.document import UNREAD
from uts_policy.model.place import Route

MAX_EXPANSION: Final = 100_000
"""How many nodes the aliases of one document may stand for beyond its own size."""


@dataclass(slots=True)
class Anchor:
    """A node that aliases may name. `nodes` is its size, what its own aliases stand for included."""

    value: Any = None
    nodes: int = 1
    open: bool = False


class Anchors:
    """The anchors met so far. `expanded` is how many nodes the aliases met so far stand for, themselves aside."""

    __slots__ = ("_anchors", "_defects", "_exhausted", "expanded")

    def __init__(self, defects: Defects) -> None:
        self._anchors: dict[str, Anchor] = {}
        self._defects = defects
        self._exhausted = False
        self.expanded = 0

    def begin(self, name: str) -> Anchor:
        """A collection with this anchor begins; it is the caller's to complete."""
        anchor = self._anchors[name] = Anchor(open=True)
        return anchor

    def scalar(self, name: str, value: object) -> None:
        """A scalar with this anchor. A name that was there before means the new one from now on."""
        self._anchors[name] = Anchor(value=value)

    def resolve(self, name: str, at: tuple[int, int], route: Route) -> Any:  # noqa: ANN401 - any data
        """What an alias stands for: the node itself, not a copy. UNREAD where that is not possible, and reported.

        That there are too many is said of the first one only: they have one cause.
        """
        anchor = self._anchors.get(name)
        if anchor is None:
            message = f"the alias *{name} has no anchor &{name} before it in this document"
            remedy = f'Write &{name} before the value that is meant; where text is meant, write "*{name}".'
            self._defects.add("yaml/syntax", message, remedy, at, route=route, problem=f"alias *{name}")
        elif anchor.open:
            message = f"the alias *{name} lies inside the value that it names: a circle"
            remedy = "Write out what is meant, without the alias."
            self._defects.add("yaml/limit", message, remedy, at, route=route, problem=f"cycle *{name}")
        elif self.expanded + anchor.nodes - 1 > MAX_EXPANSION:
            message = f"with *{name} this document's aliases stand for more than {MAX_EXPANSION:,} values"
            remedy = "Write out what is meant, or say it once in an entry that others refer to."
            if not self._exhausted:
                self._defects.add("yaml/limit", message, remedy, at, route=route, problem=f"aliases *{name}")
            self._exhausted = True
        else:
            self.expanded += anchor.nodes - 1
            return anchor.value
        return UNREAD
