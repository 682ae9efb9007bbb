"""Where something stands before and after an edit of its file."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from uts_policy.common.lines import Lines
from uts_policy.edit.plan import Splice
from uts_policy.edit.splice import Edited
from uts_policy.model.place import Location, Span


def after(location: Location, edited: Edited) -> Location | None:
    """Where the beginning of a place of the file before is afterwards; None where what it lies in was taken out."""
    offset = _offset(edited.before.text, location)
    if any(begin < offset < end for begin, end, _ in edited.splices):
        return None
    return _carried(location, edited.before.text, edited.splices, edited.after.text)


def before(location: Location, edited: Edited) -> Location:
    """Where the beginning of a place of the file afterwards was before."""
    back: list[Splice] = []
    moved = 0
    for begin, end, new in edited.splices:
        back.append(Splice(begin + moved, begin + moved + len(new), edited.before.text[begin:end]))
        moved += len(new) - (end - begin)
    return _carried(location, edited.after.text, back, edited.before.text)


def span(text: str, begin: int, end: int) -> Span:
    """The span of a stretch of a text, in offsets, end exclusive."""
    return _lines(text).span(begin, end)


def _carried(location: Location, text: str, splices: Iterable[Splice], to: str) -> Location:
    offset, moved = _offset(text, location), 0
    for begin, end, new in splices:
        if end <= offset and begin < offset:
            moved += len(new) - (end - begin)
        elif begin < offset:
            moved += begin - offset
    return replace(location, span=span(to, offset + moved, offset + moved))


def _offset(text: str, location: Location) -> int:
    return _lines(text).offset(location.span.line, location.span.column)


_lines = lru_cache(maxsize=4)(Lines)
"""A file before and after an edit is asked for every repair in it."""
