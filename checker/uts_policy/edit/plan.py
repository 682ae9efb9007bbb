"""One change into splices: where something is written, and what, in the style of its neighbours."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from uts_policy.edit.changes import AddItem, AddKey, RenameKey, SetValue
from uts_policy.edit.layout import Layout
from uts_policy.edit.write import LONGEST_LINE, STEP, block, flow, item, scalar, text_lines, under
from uts_policy.model.place import Route

_BLANK_LINE: Final = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
_HEADER: Final = re.compile(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\r\n]*)?")
_SAFE_LINES: Final = re.compile(r"(?:[^\s#][^\n]*\n)*[^\s#][^\n]*\n?")


class Splice(NamedTuple):
    """The stretch of a text, in code points from 0, that `new` stands for afterwards."""

    begin: int
    end: int
    new: str


def set_value(layout: Layout, change: SetValue) -> Iterator[Splice]:
    """A value in place of another one, in the same quotes or brackets if it can be."""
    route, value = change.route, change.value
    begin, end = layout.stretch(route)
    old = layout.text[begin:end]
    inside = layout.in_flow(route)
    if layout.alias(route) or not route:
        yield Splice(begin, end, flow(value) if inside or not route else _inline(value))
    elif not inside and isinstance(route[-1], str) and _wants_lines(value) and not _in_block(layout, route):
        yield from _below(layout, route, value)
    elif old[:1] in {"|", ">"}:
        yield Splice(begin, end, _in_place_of_lines(layout, old, value))
    elif _in_block(layout, route):
        yield _in_place_of_block(layout, route, value)
    elif begin == end:
        colon = isinstance(route[-1], int) or any(token.kind == ":" for token in layout.between(route))
        yield Splice(begin, end, f"{'' if colon else ':'} {flow(value) if inside else _inline(value)}")
    else:
        quote = old[0] if old[0] in {"'", '"'} and isinstance(value, str) else ""
        quote = quote or (layout.key_quote() if isinstance(value, str | list | dict) else "")
        new = (
            flow(value, quote, layout.key_quote())
            if inside or isinstance(value, list | dict)
            else scalar(value, quote=quote)
        )
        yield Splice(begin, end, new)
        yield from _tag_taken_out(layout, route, value)


def _tag_taken_out(layout: Layout, route: Route, value: Any) -> Iterator[Splice]:  # noqa: ANN401 - any data
    """The tag of YAML's own (`!!int 7`) that the new value would not fit, with the white space after it."""
    if not route or type(value) is type(layout.value(route)):
        return
    for token in layout.between(route) if isinstance(route[-1], str) else layout.before(route):
        if layout.text.startswith("!!", token.begin):
            end = token.end
            while layout.text[end] in " \t":
                end += 1
            yield Splice(token.begin, end, "")


def _in_block(layout: Layout, route: Route) -> bool:
    """Whether the value at `route` is a list or mapping in block style."""
    return isinstance(layout.value(route), list | dict) and layout.bracket(route) in {"", "-"}


def _wants_lines(value: Any) -> bool:  # noqa: ANN401 - any data
    """Whether a value is written below its key and not beside it."""
    return bool(value) and (
        isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, list | dict) for each in value))
    )


def _inline(value: Any, quote: str = "") -> str:  # noqa: ANN401 - any data
    return flow(value, quote) if isinstance(value, list | dict) else scalar(value, quote=quote)


def _below(layout: Layout, route: Route, value: Any) -> Iterator[Splice]:  # noqa: ANN401 - any data
    """A list of entries where a scalar, brackets, or nothing stood beside the key."""
    begin, end = layout.stretch(route)
    first = begin
    while first and layout.text[first - 1] in " \t":
        first -= 1
    yield Splice(first, end, "")
    pad = layout.eol + " " * (
        layout.column(layout.key(route)[0]) + (_dash(layout) if isinstance(value, list) else STEP)
    )
    at = layout.line_end(end, route)
    yield Splice(at, at, "".join(pad + line for line in block(value, dash=_dash(layout))))


def _dash(layout: Layout) -> int:
    """How far the dashes of the document's first list of sections stand to the right of its key."""
    for route in layout.children(()):
        if isinstance(layout.value(route), list) and not layout.alias(route) and layout.bracket(route) == "-":
            return max(layout.column(layout.stretch(route)[0]) - layout.column(layout.key(route)[0]), 0)
    return STEP


def _in_place_of_lines(layout: Layout, old: str, value: Any) -> str:  # noqa: ANN401 - any data
    """What stands for a text of several lines: such a text again, or one line, the comment of its first line kept."""
    head = _HEADER.match(old)
    comment = "" if head is None else head["comment"] or ""
    lines = old.splitlines()
    if isinstance(value, str) and "\n" in value and _SAFE_LINES.fullmatch(value) and len(lines) > 1:
        pad = layout.eol + lines[1][: len(lines[1]) - len(lines[1].lstrip(" "))]
        body = value.removesuffix("\n").split("\n")
        return ("|" if value.endswith("\n") else "|-") + comment + "".join(pad + line for line in body)
    folded = text_lines(value) if isinstance(value, str) and old[0] == ">" and len(lines) > 1 else []
    if folded:
        pad = layout.eol + lines[1][: len(lines[1]) - len(lines[1].lstrip(" "))]
        return ">-" + comment + "".join(pad + line for line in folded)
    return _inline(value) + comment


def _in_place_of_block(layout: Layout, route: Route, value: Any) -> Splice:  # noqa: ANN401 - any data
    begin, end = layout.stretch(route)
    if isinstance(value, list | dict) and value:
        pad = layout.eol + " " * layout.column(begin)
        return Splice(begin, end, pad.join(block(value, dash=_dash(layout))))
    # Nothing of several lines is left: it stands beside the key, if nothing but white space is between.
    if isinstance(route[-1], str):
        tokens = layout.between(route)
        if tokens and not any(token.kind == "comment" for token in tokens):
            return Splice(tokens[-1].end, end, f" {_inline(value)}")
    return Splice(begin, end, _inline(value))


def rename_key(layout: Layout, change: RenameKey) -> Iterator[Splice]:
    """A key in place of another one, in the same quotes."""
    begin, end = layout.key(change.route)
    first = layout.text[begin : begin + 1]
    quote = first if first in {"'", '"'} else ""
    yield Splice(begin, end, scalar(change.key, quote=quote, flow=True))


def add(layout: Layout, route: Route, changes: Sequence[AddKey | AddItem], last: Route | None) -> Iterator[Splice]:
    """New children of one collection behind `last`, which stays; None where it is an empty document."""
    if last is None:
        yield _first_lines(layout, changes)
    elif layout.bracket(route) in {"[", "{"}:
        yield from _add_in_brackets(layout, changes, last)
    else:
        yield from _add_lines(layout, route, changes, last)


def add_first(layout: Layout, changes: Sequence[AddKey | AddItem], first: Route) -> Iterator[Splice]:
    """New items of a list before `first`, which stays."""
    begin = layout.begin(first)
    values = [each.value for each in changes]
    if layout.bracket(first[:-1]) in {"[", "{"}:
        quote = layout.quote(first[:-1])
        yield Splice(begin, begin, "".join(f"{flow(value, quote)}, " for value in values))
        return
    siblings = layout.children(first[:-1])
    apart = len(siblings) > 1 and _blank_between(layout, siblings[0], siblings[1])
    pad = layout.eol + " " * layout.column(begin)
    gap = max(layout.stretch(first)[0] - begin - 1, 1)
    new = ""
    for value in values:
        new += pad.join(_item(layout, first, value, gap=gap)) + (layout.eol if apart else "") + pad
    yield Splice(begin, begin, new)


def _item(layout: Layout, beside: Route, value: Any, *, gap: int, quote: str = "") -> list[str]:  # noqa: ANN401 - any data
    """The lines of a new item: one in braces if the item beside it is, and it fits; else as `write.item` has it."""
    if isinstance(value, dict) and not layout.alias(beside) and layout.bracket(beside) == "{":
        line = f"-{' ' * gap}{flow(value, quote)}"
        if layout.column(layout.begin(beside)) + len(line) <= LONGEST_LINE:
            return [line]
    return item(value, gap=gap, dash=_dash(layout), quote=quote)


def _blank_between(layout: Layout, one: Route, other: Route) -> bool:
    return _BLANK_LINE.search(layout.text, layout.stretch(one)[1], layout.begin(other)) is not None


def _first_lines(layout: Layout, changes: Sequence[AddKey | AddItem]) -> Splice:
    """The first sections of a document in which nothing is written."""
    end = len(layout.text)
    lines = [line for each in changes if isinstance(each, AddKey) for line in under(f"{scalar(each.key)}:", each.value)]
    start = "" if layout.alone(end) and layout.column(end) == 0 else layout.eol
    return Splice(end, end, start + "".join(line + layout.eol for line in lines))


def _add_in_brackets(layout: Layout, changes: Sequence[AddKey | AddItem], last: Route) -> Iterator[Splice]:
    quote = layout.quote(last[:-1])
    _, end = layout.stretch(last)
    begin = layout.begin(last)
    keys = layout.key_quote()
    quote = keys or quote
    new = [
        f"{scalar(each.key, quote=keys, flow=True)}: {flow(each.value, quote, keys)}"
        if isinstance(each, AddKey)
        else flow(each.value, quote, keys)
        for each in changes
    ]
    if not layout.alone(begin) or not layout.ends_line(end):
        yield Splice(end, end, "".join(f", {each}" for each in new))
        return
    # Each stands on a line of its own; a comment after the last one stays with it.
    at = layout.line_end(end, last)
    comma = layout.text[end:at].lstrip(" \t").startswith(",")
    if not comma:
        yield Splice(end, end, ",")
    pad = layout.eol + " " * layout.column(begin)
    yield Splice(at, at, ",".join(pad + each for each in new) + ("," if comma else ""))


def _add_lines(layout: Layout, route: Route, changes: Sequence[AddKey | AddItem], last: Route) -> Iterator[Splice]:
    begin = layout.begin(last)
    at = layout.line_end(layout.stretch(last)[1], last)
    siblings = layout.children(route)
    if len(siblings) > 1 and last == siblings[0]:
        apart = isinstance(last[-1], int) and _blank_between(layout, last, siblings[1])
    elif len(siblings) > 1:
        before = layout.stretch(siblings[siblings.index(last) - 1])[1]
        apart = _BLANK_LINE.search(layout.text, before, begin) is not None
    else:
        apart = route == ()
    # Before a sibling only the comments that stand deeper are about this one.
    deeper = 1 if last != siblings[-1] else 0
    at = layout.past_comments(at, max(layout.column(begin) + deeper, 1) if route else deeper)
    pad = layout.eol + " " * layout.column(begin)
    quote = layout.quote(route) or (layout.quote(last) if isinstance(last[-1], int) else "")
    new = ""
    for each in changes:
        if isinstance(each, AddKey):
            lines = under(f"{scalar(each.key)}:", each.value, dash=_dash(layout), quote=quote)
        else:
            written = layout.stretch(last)[0]
            gap = written - begin - 1 if layout.line_start(written) == layout.line_start(begin) else 1
            lines = _item(layout, last, each.value, gap=max(gap, 1), quote=quote)
        new += (layout.eol if apart else "") + "".join(pad + line for line in lines)
    yield Splice(at, at, new)


def remove(layout: Layout, route: Route, gone: Sequence[Route]) -> Iterator[Splice]:
    """Children of one collection out of it; all of them only where `empties` holds.

    With an item of a block list go the comments right above it, in its column, and those below it that stand deeper.
    """
    siblings = layout.children(route)
    if route and len(gone) == len(siblings):  # a document whose sections all go is left without any
        at = max(token.end for token in layout.between(route) if token.kind != "comment")
        yield Splice(at, at, " []")
    flags = [child in set(gone) for child in siblings]
    if layout.bracket(route) in {"[", "{"}:
        yield from _remove_in_brackets(layout, siblings, flags)
        return
    place = 0
    # What begins on the line of a dash is replaced by the first that stays.
    items = isinstance(siblings[0][-1], int)
    if flags[0] and not layout.alone(layout.begin(siblings[0])):
        place = flags.index(False)
        begin, stays = layout.begin(siblings[0]), layout.begin(siblings[place])
        end = layout.line_end(layout.stretch(siblings[place - 1])[1], siblings[place - 1])
        if any(token.kind == "comment" and token.begin >= end for token in layout.before(siblings[place])):
            stays = end
        yield Splice(begin, stays, "")
    for index in range(place, len(siblings)):
        if flags[index]:
            begin = layout.begin(siblings[index])
            above = layout.first_comment(siblings[index]) if items else layout.line_start(begin)
            first = layout.blank_before(above) if index else above
            end = layout.line_end(layout.stretch(siblings[index])[1], siblings[index])
            end = layout.past_comments(end, layout.column(begin) + 1) if items else end
            after = layout.after_break(end)
            if index == 0 and after > end:
                after = layout.blank_after(after)
            if after == end and first:  # the last line of a file that ends without a line end
                first -= len(layout.eol) if layout.text[:first].endswith(layout.eol) else 1
            yield Splice(first, after, "")


def empties(layout: Layout, route: Route) -> bool:
    """Whether all items of the list at `route` can be taken out, a line each, with ` []` beside its key instead."""
    return (
        bool(route)
        and isinstance(route[-1], str)
        and layout.bracket(route) == "-"
        and any(token.kind == ":" for token in layout.between(route))
        and all(layout.alone(layout.begin(child)) for child in layout.children(route))
    )


def _remove_in_brackets(layout: Layout, siblings: Sequence[Route], flags: Sequence[bool]) -> Iterator[Splice]:
    index = 0
    while index < len(siblings):
        if not flags[index]:
            index += 1
            continue
        stop = index
        while stop < len(siblings) and flags[stop]:
            stop += 1
        begin = layout.begin(siblings[index])
        between = [token for each in siblings[index + 1 : stop + 1] for token in layout.before(each)]
        if index and stop == len(siblings):
            between += layout.before(siblings[index])
        if any(token.kind == "comment" for token in between):
            child = siblings[index]
            raise layout.refused(child, "a comment stands between this and its neighbour", "Take it out by hand.")
        if stop < len(siblings):
            yield Splice(begin, layout.begin(siblings[stop]), "")
        else:
            yield Splice(layout.stretch(siblings[index - 1])[1], layout.stretch(siblings[stop - 1])[1], "")
        index = stop
