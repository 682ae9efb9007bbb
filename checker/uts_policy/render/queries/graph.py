"""Units, reporting lines and escalation as a drawing: Mermaid, SVG or DOT, cut where it would be too large."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.answers import Structure, StructurePart
from uts_policy.render.common.organigram import OrganigramTree, from_the_top, organigram

NODES = 200
"""Nodes that a drawing has room for. NOTE: Mermaid itself refuses more than 500 edges."""
CHARACTERS = 48_000
"""Mermaid refuses more than 50,000."""
_LABEL = 40
"""Characters of a name before it is cut: each may take six where it is written as a number."""
_LETTER = {StructurePart.UNITS: "u", StructurePart.ROLES: "r", StructurePart.ESCALATION: "l"}
_TITLE = {
    StructurePart.UNITS: "Units",
    StructurePart.ROLES: "Roles and whom they report to",
    StructurePart.ESCALATION: "Escalation",
}

Ids: TypeAlias = dict[tuple[StructurePart, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The flowchart, and what a person should know of it: how much was left out."""

    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _GraphTree:
    """One part: the lines of each node's label, and what each node hangs below; `vacant` ones are drawn dashed."""

    part: StructurePart
    labels: Mapping[str, Sequence[str]]
    above: Mapping[str, str]
    vacant: Collection[str] = ()


def draw(structure: Structure, parts: Sequence[StructurePart], nodes: int = NODES) -> Drawing:
    """The parts of the structure; each gets its share of `nodes`, from the top down, and says what it leaves out."""
    trees = [tree for tree in (_tree(structure, part) for part in parts) if tree.labels]
    shown = _shared_out(trees, nodes)
    ids = {(part, name): f"{_LETTER[part]}{place}" for part, names in shown.items() for place, name in enumerate(names)}
    notes = tuple(
        f"{len(shown[tree.part])} of {len(tree.labels)} {tree.part} drawn, from the top; --unit draws less"
        for tree in trees
        if len(shown[tree.part]) < len(tree.labels)
    )
    lines = [f"%% As of {structure.as_of} (UTC)", *(f"%% {note}" for note in notes), "flowchart TD"]
    for tree in trees:
        lines += _drawn(tree, shown[tree.part], ids)
    lines += _commands(structure, ids)
    lines.append("  classDef vacant stroke-dasharray: 5 5")
    lines.append("  classDef cut fill:none,stroke:none")
    text = "".join(f"{line}\n" for line in lines)
    return (
        draw(structure, parts, nodes // 2) if len(text) > CHARACTERS and nodes > 1 else Drawing(text=text, notes=notes)
    )


def escaped(text: str) -> str:
    """A label's text: all but letters, figures and spaces by number.

    NOTE: a quotation mark ends a label, `1.` or `-` begins a list, a backtick Markdown, `<` HTML, `#` a number like
    these, `%%` a comment.
    """
    plain = " ".join(text.split())
    short = plain if len(plain) <= _LABEL else f"{plain[: _LABEL - 1].rstrip()}…"
    return "".join(
        each if each.isalnum() or each in " …" or _harmless(short, place) else f"#{ord(each)};"
        for place, each in enumerate(short)
    )


def _harmless(text: str, place: int) -> bool:
    """A comma or hyphen behind a letter or figure."""
    return text[place] in ",-" and place > 0 and text[place - 1].isalnum()


def _tree(structure: Structure, part: StructurePart) -> _GraphTree:
    match part:
        case StructurePart.UNITS:
            return _GraphTree(
                part=part,
                labels={name: [unit["name"]] for name, unit in structure.units.items()},
                above=_fields(structure.units, "parent"),
            )
        case StructurePart.ROLES:
            return _GraphTree(
                part=part,
                labels={name: [role["title"], role["unit"]] for name, role in structure.roles.items()},
                above=_fields(structure.roles, "reports_to"),
                vacant={name for name, role in structure.roles.items() if role["vacant"]},
            )
        case StructurePart.ESCALATION:
            return _GraphTree(
                part=part,
                labels={name: [line["title"]] for name, line in structure.lines.items()},
                above=_fields(structure.lines, "escalate_to"),
            )


def _fields(entries: Mapping[str, Mapping[str, str]], field: str) -> dict[str, str]:
    return {name: entry[field] for name, entry in entries.items() if entry.get(field) in entries}


def _shared_out(trees: Sequence[_GraphTree], nodes: int) -> dict[StructurePart, list[str]]:
    """The nodes of each tree that there is room for: what a small tree leaves goes to the larger ones."""
    shown: dict[StructurePart, list[str]] = {}
    left = nodes
    for index, tree in enumerate(sorted(trees, key=lambda each: len(each.labels))):
        shown[tree.part] = _from_the_top(tree)[: left // (len(trees) - index)]
        left -= len(shown[tree.part])
    return shown


def _from_the_top(tree: _GraphTree) -> list[str]:
    return from_the_top(tree.labels, tree.above)


def svg(structure: Structure, parts: Sequence[StructurePart], nodes: int = NODES) -> Drawing:
    """The same as a picture that every browser and word processor shows."""
    trees = [tree for tree in (_tree(structure, part) for part in parts) if tree.labels]
    drawn = organigram(
        [
            OrganigramTree(
                title=_TITLE[tree.part],
                labels={name: ", ".join(lines) for name, lines in tree.labels.items()},
                above=tree.above,
                marks=dict.fromkeys(tree.vacant, "nobody can act"),
                faint=tree.vacant,
            )
            for tree in trees
        ],
        nodes // max(len(trees), 1),
        f"{', '.join(_TITLE[tree.part].lower() for tree in trees)}, as of {structure.as_of}",
    )
    notes = (f"{number(drawn.left_out, 'node')} left out; --unit draws less",) if drawn.left_out else ()
    return Drawing(text=f"{drawn.svg}\n", notes=notes)


def dot(structure: Structure, parts: Sequence[StructurePart], nodes: int = NODES) -> Drawing:
    """The same for Graphviz: `dot -Tsvg`."""
    trees = [tree for tree in (_tree(structure, part) for part in parts) if tree.labels]
    shown = _shared_out(trees, nodes)
    lines = [f"// As of {structure.as_of} (UTC)", "digraph organisation {", "  rankdir=LR;", "  node [shape=box];"]
    notes = []
    for tree in trees:
        kept = shown[tree.part]
        letter, there = _LETTER[tree.part], set(kept)
        if len(kept) < len(tree.labels):
            notes.append(f"{len(kept)} of {len(tree.labels)} {tree.part} drawn, from the top; --unit draws less")
        lines.append(f"  subgraph cluster_{tree.part} {{")
        lines.append(f"    label={_dotted(_TITLE[tree.part])};")
        for name in kept:
            style = ", style=dashed" if name in tree.vacant else ""
            lines.append(f"    {_dotted(f'{letter}/{name}')} [label={_dotted(*tree.labels[name])}{style}];")
        for name, above in tree.above.items():
            if name in there and above in there:
                ends = (name, above) if tree.part is StructurePart.ESCALATION else (above, name)
                first, second = (_dotted(f"{letter}/{each}") for each in ends)
                lines.append(f"    {first} -> {second};")
        lines.append("  }")
    return Drawing(text="".join(f"{line}\n" for line in [*lines, "}"]), notes=tuple(notes))


def _dotted(*lines: str) -> str:
    """A string of DOT, in so many lines: a backslash begins an escape there."""
    plain = (visible(" ".join(line.split())).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    joined = "\\n".join(plain)
    return f'"{joined}"'


def _drawn(tree: _GraphTree, shown: Sequence[str], ids: Ids) -> Iterator[str]:
    """A subgraph: nodes, edges from above to below, and a stub where something below is left out."""
    part = tree.part
    drawn = set(shown)
    yield f'  subgraph {part}_part["{escaped(_TITLE[part])}"]'
    for name in shown:
        label = "<br/>".join(escaped(line) for line in tree.labels[name])
        yield f'    {ids[part, name]}["{label}"]{":::vacant" if name in tree.vacant else ""}'
    cut: dict[str, int] = {}
    for name, above in tree.above.items():
        if above in drawn and name not in drawn:
            cut[above] = cut.get(above, 0) + 1
    for above, count in cut.items():
        yield f'    {ids[part, above]}_more["… {count} more"]:::cut'
    arrow = "-->|escalates to|" if part is StructurePart.ESCALATION else "---"
    for name, above in tree.above.items():
        if name in drawn and above in drawn:
            first, second = (name, above) if part is StructurePart.ESCALATION else (above, name)
            yield f"    {ids[part, first]} {arrow} {ids[part, second]}"
    for above in cut:
        yield f"    {ids[part, above]} -.- {ids[part, above]}_more"
    yield "  end"


def _commands(structure: Structure, ids: Ids) -> Iterator[str]:
    """Who commands each line, where both are drawn."""
    for name, line in structure.lines.items():
        first, second = (
            ids.get((StructurePart.ESCALATION, name)),
            ids.get((StructurePart.ROLES, line.get("command", ""))),
        )
        if first and second:
            yield f"  {first} -.->|commanded by| {second}"
