"""What an unknown key was probably meant to be."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from uts_policy.common import fields
from uts_policy.common.nearest import nearest
from uts_policy.model.place import Route
from uts_policy.schema import definitions
from uts_policy.schema.definitions import schema
from uts_policy.schema.source import quoted

_SAME_SENSE = (
    frozenset({"from", "start", "since", "start_date", "valid_from"}),
    frozenset({"to", "end", "until", "end_date", "valid_to"}),
    frozenset({"accountable", "owner"}),
)
MERGE_KEY = "<<"


class Advice(NamedTuple):
    """What to tell about an unknown key. `meant` is the key of the same mapping that it stands for, or empty.

    `respelled`: it can only be that one, in another spelling.
    """

    fact: str
    remedy: str
    meant: str = ""
    respelled: bool = False


def advise(root: definitions.Schema, route: Route, present: Container[str]) -> Advice:
    """What to tell about the unknown key that ends `route`; `present` are the keys written beside it."""
    *upper, key = route
    parent: Route = tuple(upper)
    fact = f"{quoted(key)} is not {_what(root, parent)}"
    if key == MERGE_KEY:
        return Advice(
            '"<<" is an unknown key: merge keys are YAML 1.1, and not YAML 1.2',
            "Write the fields out, or use an alias for one whole value (successors: *deputies).",
        )
    known = definitions.fields(root, parent)
    before, _, after = str(key).partition(":")
    if after and before in known and before not in present:
        return Advice(f'a space is missing after the colon of "{before}"', f'Write "{before}: {after}".', before)
    near = meant(str(key), known)
    if near and near in present:
        # Of two that are near, the one that is written already is not meant: "delegater" beside "delegate".
        other = meant(str(key), [each for each in known if each not in present])
        if not other:
            return Advice(fact, f'Remove this key: "{near}" already exists here.')
        near = other
    if near:
        return Advice(
            fact, f'Did you mean "{near}"?', near, _only_spelling(str(key), definitions.fields(root, parent)) == near
        )
    return _elsewhere(root, parent, str(key), fact) or Advice(fact, _choices(root, parent))


def apart(root: definitions.Schema, advice: Mapping[Route, Advice], data: Any) -> dict[Route, Advice]:  # noqa: ANN401 - JSON
    """The advice, with no key of a mapping advised twice: of two unknown keys one may stand for another known one."""
    told = dict(advice)
    wishes: dict[tuple[Route, str], list[Route]] = {}
    for route, each in advice.items():
        if each.meant:
            wishes.setdefault((route[:-1], each.meant), []).append(route)
    for (parent, wish), routes in wishes.items():
        if len(routes) == 1:
            continue
        present = definitions.value_at(data, parent)
        free = [
            each for each in definitions.fields(root, parent) if each not in present and (parent, each) not in wishes
        ]
        others = {other for route in routes if (other := meant(str(route[-1]), free))}
        if len(routes) == 2 and len(others) == 1:  # noqa: PLR2004 - one for each
            (other,) = others
            nearer = nearest(other, [str(route[-1]) for route in routes])
            for route in routes:
                if route[-1] == nearer:
                    told[route] = Advice(told[route].fact, f'Did you mean "{other}"?', other)
        else:
            for route in routes:
                told[route] = told[route]._replace(remedy=f'Several keys here may be "{wish}": keep one of them.')
    return told


def meant(word: str, known: Iterable[str]) -> str:
    """The one of `known` that `word` stands for, or empty: in other spelling or style, or by another word for it."""
    candidates = list(known)
    plain = {_plain(name): name for name in candidates}
    near = plain.get(_plain(word)) or nearest(word, candidates)
    called = frozenset({"label", *(each.name for each in fields.every() if each.is_label)})
    sense = next((group for group in (called, *_SAME_SENSE) if word.casefold() in group), frozenset())
    return near or next((name for name in candidates if name in sense), "")


def _only_spelling(word: str, known: Iterable[str]) -> str:
    """The one of `known` that is `word` in other letters' case or style, or else the only one near; empty for none."""
    candidates = list(known)
    same = [name for name in candidates if _plain(name) == _plain(word)]
    if same:
        return same[0] if len(same) == 1 else ""
    near = nearest(word, candidates)
    others = [name for name in candidates if name != near]
    sure = near is not None and nearest(word, others) is None and not _is_opposite(_plain(word), _plain(near))
    return near or "" if sure else ""


_NEGATIONS = ("un", "non", "no", "not", "in", "im", "dis", "de", "anti")
_STEM = 4
"""Letters that a word has at least which something can be put before to mean the opposite."""


def _is_opposite(one: str, other: str) -> bool:
    """Whether two words may differ by what negates one of them: unaccountable, accountable."""
    short, long = sorted((one, other), key=len)
    return any(
        long.startswith(each) and not short.startswith(each) and nearest(long.removeprefix(each), [short]) is not None
        for each in _NEGATIONS
        if len(long) - len(each) >= _STEM
    )


def _plain(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


def _what(root: definitions.Schema, parent: Route) -> str:
    if parent:
        return f"a field of {definitions.article(definitions.name(root, parent))}"
    return "a section" if root["title"] == "declarations" else f"a key of the {root['title']}"


def _choices(root: definitions.Schema, parent: Route) -> str:
    listed = ", ".join(definitions.fields(root, parent))
    own = ' A key of your own begins with "x-".' if "patternProperties" in definitions.at(root, parent) else ""
    return f"Use one of: {listed}.{own}"


def _elsewhere(root: definitions.Schema, parent: Route, key: str, fact: str) -> Advice | None:
    """Advice for a key that is right in another place: of the mapping around, of a section, or a section itself."""
    if not parent and root["title"] == "declarations" and key in definitions.fields(schema("config"), ()):
        return Advice(f"{fact}; it is a key of the configuration", "Move it to uts-policy.yaml.")
    for length in range(len(parent) - 1, -1, -1):
        if key in definitions.fields(root, parent[:length]):
            around = (
                "a section" if length == 0 else f"a field of the {definitions.name(root, parent[:length])} around it"
            )
            return Advice(f"{fact}; it is {around}", "Check the indentation.")
    sections = [
        section
        for section in definitions.fields(root, ())
        if definitions.at(root, (section,)).get("type") == "array" and key in definitions.fields(root, (section, 0))
    ]
    if not sections:
        return None
    if key == "id":
        return Advice(fact, "Take it out: it is not referred to by an id.")
    entries = " and of ".join(definitions.article(definitions.name(root, (section, 0))) for section in sections[:2])
    remedy = "Check the indentation." if not parent else "Move it, or take it out."
    return Advice(f"{fact}; it is a field of {entries}", remedy)
