"""The chain behind an owner, step by step: assignment, role, holder, authority, delegation, each with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.model.corpus import LAST_DAY
from uts_policy.render.common.terminal import beside, listed, term
from uts_policy.render.interface import Style

ChainFact: TypeAlias = Mapping[str, Any]

NO_ROLE = {
    "placeholder": '"{role}" stands where a role should',
    "unknown": '"{role}" names no role',
    "abolished": 'the role "{role}" is abolished',
}
"""Why what an assignment names is nobody, by the state that the view gives."""
NO_HOLDER = {"departed": "has left", "unknown": "is not declared", "placeholder": "is a placeholder"}
"""Why a holder is nobody."""
_BESIDE = {**NO_HOLDER, "on-leave": "is on leave"}
"""What is told beside a holder."""
_LABEL = 13


def step(label: str, text: str, location: ChainFact | None, style: Style) -> list[str]:
    """One step: what it is, in a column, what it says, and where that is written."""
    return beside(" ".join(text.split()), location, style, lead=f"  {label:<{_LABEL}}")


def chain_lines(chain: ChainFact, style: Style) -> Iterator[str]:
    """Every step from the assignment to the next in succession."""
    yield from step(
        "accountable", f'"{chain["role"]}" {extent_words(chain["scope"])} {term(chain)}', chain["location"], style
    )
    if chain["state"] != "living":
        yield from step("role", NO_ROLE[chain["state"]].format(**chain), chain.get("role_location"), style)
        return
    yield from step("role", chain["title"], chain["role_location"], style)
    yield from holder_lines(chain, style)
    for power in chain["authorities"]:
        yield from power_lines("needs", f'"{power["authority"]}"', power, power["required_location"], style)
    followers = chain["successors"]
    yield from step("next", following(chain), followers[0]["location"] if followers else None, style)


def following(chain: ChainFact) -> str:
    """Who is next in succession: the first successor whom somebody holds."""
    if not chain["successors"]:
        if chain["everyone"] or chain["external"]:
            return "no successor is asked for"
        return "no successor is listed" if chain["stated"]["successors"] else "not stated"
    found = next((each for each in chain["successors"] if each["role"] == chain["next"]), None)
    silent = [each["role"] for each in chain["successors"] if not each["stated"]]
    if found is None and silent:
        return f"{quoted(each['role'] for each in chain['successors'])}; not stated who holds {quoted(silent)}"
    if found is None:
        return f"none of the successors is there: {quoted(each['role'] for each in chain['successors'])}"
    return f'"{found["role"]}", held by {_people(chain, found["persons"])}'


def chaired(chain: ChainFact, chair: ChainFact) -> str:
    """Who is in the chair of a collective's unit."""
    if chair["state"] != "living":
        return NO_ROLE[chair["state"]].format(**chair)
    if chair["external"]:
        return f'"{chair["role"]}", held by somebody elsewhere'
    if not chair["persons"] and not chair["stated"]:
        return f'"{chair["role"]}"; not stated who holds it'
    return f'"{chair["role"]}", held by {_people(chain, chair["persons"]) if chair["persons"] else "nobody"}'


def called(chain: ChainFact, person: str) -> str:
    """`A Name (the-id)`, for a person of the chain whose name is declared."""
    name = chain.get("names", {}).get(person, "")
    return f"{name} ({person})" if name.casefold() not in {"", person} else person


def _people(chain: ChainFact, persons: Iterable[str]) -> str:
    return listed([called(chain, each) for each in persons])


def vacancy_words(vacancy: ChainFact) -> str:
    """A deliberate vacancy, in its author's words."""
    ending = "" if vacancy["until"] == LAST_DAY else f" until {vacancy['until']}"
    return f"vacant{ending}{', which is over' if vacancy['lapsed'] else ''}: {vacancy.get('reason', 'no reason')}"


def holder_lines(chain: ChainFact, style: Style) -> Iterator[str]:
    """Who holds a described role, who is in its chair, and why nobody does."""
    for holder in chain["holders"]:
        fault = _BESIDE.get(holder["state"])
        words = f"{called(chain, holder['person'])}, {holder['kind']} {term(holder)}".rstrip()
        yield from step("held by", f"{words}; {fault}" if fault else words, holder["location"], style)
    if not chain["holders"]:
        yield from step("held by", _holder_missing(chain), None, style)
    for chair in chain["chair"]:
        yield from step("chaired by", chaired(chain, chair), chair["location"], style)
    for vacancy in chain["vacancy"]:
        yield from step("", vacancy_words(vacancy), vacancy["location"], style)


def _holder_missing(chain: ChainFact) -> str:
    """What stands where no holder does."""
    if chain["external"]:
        return "somebody elsewhere"
    if chain["everyone"]:
        return "everyone of this kind: each answers for their own conduct"
    if not chain["stated"]["holders"]:
        return "not stated"
    return "nobody; deliberately vacant" if any(not each["lapsed"] for each in chain["vacancy"]) else "nobody"


def power_lines(label: str, name: str, power: ChainFact, location: ChainFact | None, style: Style) -> Iterator[str]:
    """An authority, what a role has of it, and where that comes from."""
    words = {
        "held": "",
        "lapsed": "which has lapsed",
        "none": "which it does not hold",
        "not-stated": "not stated whether it holds it",
    }[power["state"]]
    doubt = (
        " (a scope or a delegator on the way to it is not in force, so this is not judged)" if power["doubtful"] else ""
    )
    yield from step(label, f"{name} {words}{doubt}", location, style)
    for grant in power["grants"]:
        yield from _grant(grant, style)
    for ended in power["ended"]:
        yield from step("  ended", f'on {ended["on"]}, at "{ended["role"]}"', ended["location"], style)


def _grant(grant: ChainFact, style: Style) -> Iterator[str]:
    origin, links = grant["origin"], grant["delegations"]
    extent = extent_words(grant["scope"])
    for own in origin["grants"]:
        words = f'"{origin["role"]}" by itself {"" if links else extent}{_paper(own.get("source"))}'
        yield from step("  granted to", words, own["location"], style)
    if not origin["grants"]:
        yield from step("  granted to", f'"{origin["role"]}", which answers elsewhere', None, style)
    for link in links:
        reach = extent if link is links[-1] else ""
        words = f'"{link["delegate"]}" by "{link["delegation"]}" {reach} {term(link)}{_paper(link.get("instrument"))}'
        yield from step("  passed to", words, link["location"], style)


def extent_words(scope: Mapping[str, Sequence[str]]) -> str:
    """`in "a", for "travel"`; empty for all."""
    units, vectors = scope.get("units"), scope.get("vectors")
    parts = [f"in {quoted(units)}"] if units else []
    parts += [f"for {quoted(vectors)}"] if vectors else []
    return ", ".join(parts)


def _paper(citation: Any) -> str:  # noqa: ANN401 - a string, or an object with a title
    """The instrument, in brackets."""
    words = citation_words(citation)
    return f" [{words}]" if words else ""


def citation_words(citation: Any) -> str:  # noqa: ANN401 - a string, or an object with a title
    """A citation's title and number; empty for none."""
    if isinstance(citation, Mapping):
        return ", ".join(str(citation[name]) for name in ("title", "ref") if name in citation)
    return str(citation or "")


def quoted(names: Iterable[str]) -> str:
    """`"a", "b" and "c"`."""
    return listed([f'"{name}"' for name in names])
