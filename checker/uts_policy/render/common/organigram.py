"""Trees as a picture in SVG: a box a line, indented below what it hangs on, so that every name can be read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from uts_policy.common.sanitise import visible, width

_ROW, _BOX, _INDENT, _MARGIN = 26, 20, 22, 8
"""Heights of a line and of a box in it, how far a level is indented, and what is left free around; in pixels."""
_CHARACTER = 7
"""Pixels of a column of text."""
_LONGEST = 60
"""Columns of a label before it is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganigramTree:
    """A heading, the label of each node by id, what each hangs below, and what some are marked with.

    `faint` ones are drawn dashed. What hangs in a loop stands at the top.
    """

    title: str
    labels: Mapping[str, str]
    above: Mapping[str, str]
    marks: Mapping[str, str]
    faint: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organigram:
    """The picture, and how many nodes there was no room for."""

    svg: str
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _OrganigramLine:
    """One line of the picture. `above` is the index of the line that it hangs on; None at the top."""

    text: str
    mark: str
    depth: int
    above: int | None
    kind: str


def organigram(trees: Sequence[OrganigramTree], most: int, label: str) -> Organigram:
    """At most `most` nodes of each tree, those nearest the top; `label` is what a screen reader says of the picture."""
    lines: list[_OrganigramLine] = []
    left_out = 0
    for tree in trees:
        kept = set(from_the_top(tree.labels, tree.above)[:most])
        left_out += len(tree.labels) - len(kept)
        if len(trees) > 1:
            lines.append(_OrganigramLine(text=tree.title, mark="", depth=0, above=None, kind="title"))
        lines += _lines(tree, kept, len(lines))
    return Organigram(svg=_svg(lines, label), left_out=left_out)


def from_the_top(labels: Collection[str], above: Mapping[str, str]) -> list[str]:
    """All nodes, level by level, by id; what hangs in a loop comes last."""
    below: dict[str, list[str]] = {}
    for name in sorted(above):
        below.setdefault(above[name], []).append(name)
    ordered = [name for name in sorted(labels) if name not in above]
    for name in ordered:
        ordered += below.get(name, ())
    there = set(ordered)
    return ordered + [name for name in sorted(labels) if name not in there]


def _lines(tree: OrganigramTree, kept: Collection[str], first: int) -> list[_OrganigramLine]:
    below: dict[str, list[str]] = {}
    for name, parent in tree.above.items():
        below.setdefault(parent, []).append(name)
    made: list[_OrganigramLine] = []
    seen: set[str] = set()

    def add(name: str, depth: int, above: int | None) -> None:
        stack = [(name, depth, above)]
        while stack:
            one, deep, hangs_on = stack.pop()
            if one in seen:
                continue
            seen.add(one)
            place = first + len(made)
            kind = "faint" if one in tree.faint else "box"
            made.append(
                _OrganigramLine(
                    text=_short(tree.labels[one]), mark=tree.marks.get(one, ""), depth=deep, above=hangs_on, kind=kind
                )
            )
            inner = sorted(below.get(one, ()), key=lambda each: (tree.labels[each], each))
            cut = [each for each in inner if each not in kept]
            if cut:
                made.append(
                    _OrganigramLine(text=f"… {len(cut)} more", mark="", depth=deep + 1, above=place, kind="cut")
                )
            stack += [(each, deep + 1, place) for each in reversed(inner) if each in kept]

    for name in from_the_top(tree.labels, tree.above):
        if name in kept and name not in tree.above:
            add(name, 0, None)
    for name in sorted(set(kept) - seen):
        add(name, 0, None)
    return made


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if width(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"


def _svg(lines: Sequence[_OrganigramLine], label: str) -> str:
    sizes = [width(visible(line.text)) * _CHARACTER + 2 * _MARGIN for line in lines]
    extents = [
        _left(line) + size + (width(line.mark) * _CHARACTER + 2 * _MARGIN if line.mark else 0)
        for line, size in zip(lines, sizes, strict=True)
    ]
    wide, high = max(extents, default=0) + _MARGIN, len(lines) * _ROW + 2 * _MARGIN
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" preserveAspectRatio="xMinYMin"'
    words = f'role="img" aria-label="{escape(visible(label))}"'
    font = 'font-family="sans-serif" font-size="12" fill="currentColor"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {words} {font}>']
    for index, (line, room) in enumerate(zip(lines, sizes, strict=True)):
        parts += _drawn(index, line, room, lines)
    return "\n".join([*parts, "</svg>"])


def _left(line: _OrganigramLine) -> int:
    return _MARGIN + line.depth * _INDENT


def _drawn(index: int, line: _OrganigramLine, size: int, lines: Sequence[_OrganigramLine]) -> Iterator[str]:
    x, y = _left(line), _MARGIN + index * _ROW
    if line.above is not None:
        over = lines[line.above]
        from_x, from_y = _left(over) + _MARGIN, _MARGIN + line.above * _ROW + _BOX
        yield (f'<path d="M{from_x} {from_y}V{y + _BOX // 2}H{x}" fill="none" stroke="gray"/>')
    text = escape(visible(line.text))
    if line.kind in {"box", "faint"}:
        dashed = ' stroke-dasharray="4 3"' if line.kind == "faint" else ""
        bold_line = ' stroke-width="2"' if line.mark else ""
        yield (
            f'<rect x="{x}" y="{y}" width="{size}" height="{_BOX}" rx="4" fill="none" stroke="currentColor"{dashed}'
            f"{bold_line}/>"
        )
    bold = ' font-weight="bold"' if line.kind == "title" else ""
    yield f'<text x="{x + _MARGIN}" y="{y + 14}"{bold}>{text}</text>'
    if line.mark:
        yield f'<text x="{x + size + _MARGIN}" y="{y + 14}" font-weight="bold">{escape(visible(line.mark))}</text>'
