"""What stands around the nodes of a document: dashes, commas, indentation, anchors, comments, line ends.

Spans say where a node begins and ends. Everything else is read from the text when a file is edited, which is rare, so
that the loader's table stays at two numbers a node: lines and columns turn back into offsets without loss.
"""

import re
from typing import Any, Final, NamedTuple

from uts_policy.common.lines import BREAK, Lines
from uts_policy.edit.changes import EditRefusedError
from uts_policy.model.document import Document, Source
from uts_policy.model.place import Route, Span

_TOKEN: Final = re.compile(
    r"[ \t\r\n]+|(?P<comment>#[^\r\n]*)|(?P<property>&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)|(?P<mark>[-?:,\[\]{}])"
)
_REST: Final = re.compile(r"[ \t]*(?:,[ \t]*)?(?P<comment>#[^\r\n]*)?(?=\r|\n|\Z)")

_COMMENT_LINE: Final = re.compile(r"(?P<indent>[ \t]*)#[^\r\n]*")


class Token(NamedTuple):
    """One sign between nodes: a comment, an anchor or a tag (`property`), or one of `- ? : , [ ] { }` itself."""

    kind: str
    begin: int
    end: int


class Layout:
    """One document in its text. Offsets are code points from 0 in `text`."""

    def __init__(self, source: Source, document: Document) -> None:
        self.text = source.text
        self.document = document
        self._lines = Lines(source.text)
        self._starts = self._lines.starts
        breaks = BREAK.search(source.text)
        self.eol = "\n" if breaks is None else breaks.group()

    def stretch(self, route: Route) -> tuple[int, int]:
        """Where the value at `route` begins and ends, without anchor and tag."""
        return self._offsets(self.document.positions.value(route))

    def key(self, route: Route) -> tuple[int, int]:
        """Where the key that ends `route` begins and ends."""
        return self._offsets(self.document.positions.key(route))

    def _offsets(self, span: Span) -> tuple[int, int]:
        return self._lines.offset(span.line, span.column), self._lines.offset(span.end_line, span.end_column)

    def value(self, route: Route) -> Any:  # noqa: ANN401 - any data
        """The data at `route`. Raises EditRefusedError where a step is missing."""
        data: Any = self.document.data
        for step in route:
            inside = step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
            if not inside:
                raise self.refused(route, "what is to be changed is not there", "Read the files again.")
            data = data[step]
        return data

    def alias(self, route: Route) -> bool:
        """Whether the value at `route` is written elsewhere: it is an alias, or lies behind one."""
        return any(self.text.startswith("*", self.stretch(route[:length])[0]) for length in range(1, len(route) + 1))

    def refused(self, route: Route, message: str, hint: str) -> EditRefusedError:
        """The error at the place of `route`."""
        return EditRefusedError(self.document.locate_key(route), message, hint)

    def bracket(self, route: Route) -> str:
        """`[` or `{` where the collection at `route` is written in flow style, `-` or `` in block style."""
        begin, _ = self.stretch(route)
        return self.text[begin : begin + 1] if self.text[begin : begin + 1] in tuple("[{-") else ""

    def in_flow(self, route: Route) -> bool:
        """Whether the value at `route` stands inside of brackets."""
        return any(self.bracket(route[:length]) in tuple("[{") for length in range(len(route)))

    def children(self, route: Route) -> list[Route]:
        """The routes of the items or values of the collection at `route`."""
        data = self.value(route)
        return [(*route, step) for step in (data if isinstance(data, dict) else range(len(data)))]

    def before(self, route: Route) -> list[Token]:
        """What stands between the item or key at `route` and what is before it in its collection.

        Raises EditRefusedError where that is more than signs: a key that is there twice, say.
        """
        siblings = self.children(route[:-1])
        place = siblings.index(route)
        begin = self.stretch(route[:-1])[0] if place == 0 else self.stretch(siblings[place - 1])[1]
        return self._tokens(begin, self._written(route)[0], route)

    def between(self, route: Route) -> list[Token]:
        """What stands between the key that ends `route` and its value; likewise."""
        return self._tokens(self.key(route)[1], self.stretch(route)[0], route)

    def _written(self, route: Route) -> tuple[int, int]:
        return self.key(route) if isinstance(route[-1], str) else self.stretch(route)

    def _tokens(self, begin: int, end: int, route: Route) -> list[Token]:
        tokens = []
        while begin < end:
            found = _TOKEN.match(self.text, begin, end)
            if found is None:
                raise self.refused(
                    route, "beside this stands what no data are made of", "Repair the findings of yaml/* first."
                )
            if found.lastgroup is not None:
                kind = found.group() if found.lastgroup == "mark" else found.lastgroup
                tokens.append(Token(kind, begin, found.end()))
            begin = found.end()
        return tokens

    def begin(self, route: Route) -> int:
        """Where the item or pair at `route` begins: at its dash, its question mark, its anchor, or itself."""
        begin = self._written(route)[0]
        dashed = not isinstance(route[-1], str) and self.bracket(route[:-1]) == "-"
        for token in reversed(self.before(route)):
            if token.kind == "-" and dashed:
                return token.begin
            if token.kind in {",", "[", "{", ":"}:
                break
            if token.kind in {"property", "?"}:
                begin = token.begin
        return begin

    def anchors(self, route: Route) -> bool:
        """Whether a value at or below `route`, or a key, has an anchor that an alias may name."""
        tokens = [] if not route else self.before(route)
        if route and isinstance(route[-1], str):
            tokens = [*tokens, *self.between(route)]
        last = max((token.end for token in tokens if token.kind in {",", "-"}), default=0)
        if any(token.kind == "property" and token.begin >= last for token in tokens):
            return True
        value = self.value(route)
        if self.alias(route) or not isinstance(value, dict | list):
            return False
        return any(self.anchors(child) for child in self.children(route))

    def first_alias(self, route: Route) -> str:
        """The first alias of an anchor at or above the value at `route`, in words, with its line and column."""
        for length in range(len(route), 0, -1):
            tokens = self.between(route[:length]) if isinstance(route[length - 1], str) else self.before(route[:length])
            for token in tokens:
                name = re.escape(self.text[token.begin + 1 : token.end])
                found = re.compile(rf"\*{name}(?=[\s,\]}}]|\Z)").search(self.text, token.end)
                if token.kind == "property" and self.text[token.begin] == "&" and found:
                    line, column = self._lines.place(found.start())
                    return f"the alias {found.group()} at {line}:{column}"
        return "an alias elsewhere"

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` begins."""
        return self._starts[self._line(offset)]

    def _line(self, offset: int) -> int:
        return self._lines.place(offset)[0] - 1

    def column(self, offset: int) -> int:
        """Code points before `offset` on its line."""
        return offset - self.line_start(offset)

    def line_end(self, offset: int, route: Route) -> int:
        """Where the line ends, its comment included, that goes on at `offset` with no more than a comma.

        Raises EditRefusedError where there is more.
        """
        found = _REST.match(self.text, offset)
        if found is None:
            raise self.refused(route, "something else stands on the same line", "Put it on a line of its own first.")
        return found.end()

    def ends_line(self, offset: int) -> bool:
        """Whether no more than a comma and a comment stands between `offset` and the end of its line."""
        return _REST.match(self.text, offset) is not None

    def past_comments(self, offset: int, column: int) -> int:
        """Where the comment lines end that begin right below the line end at `offset`, at `column` or to its right."""
        while True:
            found = _COMMENT_LINE.match(self.text, self.after_break(offset))
            if found is None or len(found["indent"]) < column or found.end() <= offset:
                return offset
            offset = found.end()

    def first_comment(self, route: Route) -> int:
        """Where the comment lines begin that stand right above the list item at `route`, in its column; else its line.

        They are about the item: a blank line sets apart what is not.
        """
        begin = self.begin(route)
        siblings = self.children(route[:-1])
        place = siblings.index(route)
        least = self.stretch(siblings[place - 1])[1] if place else self.stretch(route[:-1])[0] - self.column(begin)
        least = self.key(route[:-1])[1] if not place and isinstance(route[-2], str) else least
        line = self._line(begin)
        while line and self._starts[line - 1] >= least:
            found = _COMMENT_LINE.match(self.text, self._starts[line - 1])
            if found is None or len(found["indent"]) != self.column(begin):
                break
            line -= 1
        return self._starts[line]

    def after_break(self, offset: int) -> int:
        """The offset after the line end at `offset`, if there is one."""
        found = BREAK.match(self.text, offset)
        return offset if found is None else found.end()

    def alone(self, offset: int) -> bool:
        """Whether nothing but white space stands before `offset` on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def blank_before(self, offset: int) -> int:
        """Where the blank lines begin that stand right above the line of `offset`."""
        line = self._line(offset)
        while line and not self.text[self._starts[line - 1] : self._starts[line]].strip():
            line -= 1
        return self._starts[line]

    def blank_after(self, offset: int) -> int:
        """Where the blank lines end that begin at `offset`, which begins a line."""
        line = self._line(offset)
        while line + 1 < len(self._starts) and not self.text[self._starts[line] : self._starts[line + 1]].strip():
            line += 1
        return self._starts[line]

    def key_quote(self) -> str:
        """`"` in a document of JSON, which is in braces and has its keys in these quotes; empty in any other."""
        keys = self.children(()) if isinstance(self.document.data, dict) and self.bracket(()) == "{" else []
        return '"' if keys and all(self.text[self.key(each)[0]] == '"' for each in keys) else ""

    def quote(self, route: Route) -> str:
        """The quotes that every text in the collection at `route` has; empty where there is another one, or none."""
        data = self.value(route)
        routes = self.children(route) if isinstance(data, dict | list) else []
        first = {self.text[self.stretch(each)[0]] for each in routes if isinstance(self.value(each), str)}
        return first.pop() if len(first) == 1 and first <= {'"', "'"} else ""
