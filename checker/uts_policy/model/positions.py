"""Where each node of a document stands: what a document needs of the loader's packed table."""

from typing import Protocol

from uts_policy.model.place import Route, Span


class Positions(Protocol):
    """Spans by route. The loader implements it over packed arrays (a tuple a node takes four times the memory)."""

    def value(self, route: Route) -> Span:
        """The span of the value at `route`; where a step is missing, of the deepest value on the way."""
        ...

    def key(self, route: Route) -> Span:
        """The span of the mapping key that the last step names; for a list item or the root, the value's."""
        ...

    def source(self, route: Route) -> str:
        """The value at `route` as it was written, without anchor and tag: what stands at its span.

        A plain scalar's is its text: it begins with neither a quote nor `|` nor `>`.
        """
        ...
