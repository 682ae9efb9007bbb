"""The chain behind an owner, step by step: assignment, role, holder, authority, delegation, each with its place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.render.common.terminal import beside, listed, term
from uts_policy.render.interface import Style

Fact: TypeAlias = Mapping[str, Any]

NO_ROLE = {
    "placeholder": '"{role}" stands where a role should',
    "unknown": '"{role}" names no role',
    "abolished": 'the role "{role}" is abolished',
}
"""Why what an assignment names is nobody, by the state that the view gives."""
NO_HOLDER = {"departed": "has left", "unknown": "is not declared", "placeholder": "is nobody"}
"""Why a holder is nobody."""
_BESIDE = {**NO_HOLDER, "on-leave": "is on leave"}
"""What is told beside a holder."""
_LABEL = 13


def step(label: str, text: str, location: Fact | None, style: Style) -> list[str]:
    """One step: what it is, in a column, what it says, and where that is written."""
    return beside(" ".join(text.split()), location, style, lead=f"  {label:<{_LABEL}}")


def chain_lines(chain: Fact, style: Style) -> Iterator[str]:
    """Every step from the assignment to the next in succession."""
    yield from step(
        "accountable", f'"{chain["role"]}" {_extent(chain["scope"])} {term(chain)}', chain["location"], style
    )
    if chain["state"] != "living":
        yield from step("role", NO_ROLE[chain["state"]].format(**chain), chain.get("role_location"), style)
        return
    yield from step("role", chain["title"], chain["role_location"], style)
    yield from _holders(chain, style)
    for power in chain["authorities"]:
        yield from _power(power, style)
    followers = chain["successors"]
    yield from step("next", following(chain), followers[0]["location"] if followers else None, style)


def following(chain: Fact) -> str:
    """Who is next in succession: the first successor whom somebody holds."""
    if not chain["successors"]:
        return "no successor is listed"
    found = next((each for each in chain["successors"] if each["role"] == chain["next"]), None)
    if found is None:
        return f"none of the successors is there: {_quoted(each['role'] for each in chain['successors'])}"
    return f'"{found["role"]}", held by {listed(found["persons"])}'


def chaired(chair: Fact) -> str:
    """Who is in the chair of a collective's unit."""
    if chair["state"] != "living":
        return NO_ROLE[chair["state"]].format(**chair)
    persons = "somebody elsewhere" if chair["external"] else listed(chair["persons"]) if chair["persons"] else "nobody"
    return f'"{chair["role"]}", held by {persons}'


def vacancy_words(vacancy: Fact) -> str:
    """A deliberate vacancy, in its author's words."""
    ending = "" if vacancy["until"] == "9999-12-31" else f" until {vacancy['until']}"
    return f"left vacant{ending}{', which is over' if vacancy['lapsed'] else ''}: {vacancy.get('reason', 'no reason')}"


def _holders(chain: Fact, style: Style) -> Iterator[str]:
    for holder in chain["holders"]:
        fault = _BESIDE.get(holder["state"])
        words = f"{holder['person']}, {holder['kind']} {term(holder)}".rstrip()
        yield from step("held by", f"{words}; {fault}" if fault else words, holder["location"], style)
    if not chain["holders"]:
        missing = "nobody" if chain["vacancy"] else "nobody that is declared"
        yield from step("held by", "somebody elsewhere" if chain["external"] else missing, None, style)
    for chair in chain["chair"]:
        yield from step("chaired by", chaired(chair), chair["location"], style)
    for vacancy in chain["vacancy"]:
        yield from step("", vacancy_words(vacancy), vacancy["location"], style)


def _power(power: Fact, style: Style) -> Iterator[str]:
    words = {"held": "", "lapsed": "which has lapsed", "none": "which it does not hold"}[power["state"]]
    doubt = (
        " (a scope or a delegator on the way to it is not in force, so this is not judged)" if power["doubtful"] else ""
    )
    yield from step("needs", f'"{power["authority"]}" {words}{doubt}', power["required_location"], style)
    for grant in power["grants"]:
        yield from _grant(grant, style)
    for ended in power["ended"]:
        yield from step("  ended", f'on {ended["on"]}, at "{ended["role"]}"', ended["location"], style)


def _grant(grant: Fact, style: Style) -> Iterator[str]:
    origin, links = grant["origin"], grant["delegations"]
    extent = _extent(grant["scope"])
    for own in origin["grants"]:
        words = f'"{origin["role"]}" by itself {"" if links else extent}{_paper(own.get("source"))}'
        yield from step("  granted to", words, own["location"], style)
    if not origin["grants"]:
        yield from step("  granted to", f'"{origin["role"]}", which answers elsewhere', None, style)
    for link in links:
        reach = extent if link is links[-1] else ""
        words = f'"{link["delegate"]}" by "{link["delegation"]}" {reach} {term(link)}{_paper(link.get("instrument"))}'
        yield from step("  passed to", words, link["location"], style)


def _extent(scope: Mapping[str, Sequence[str]]) -> str:
    """`in "a", for "travel"`; empty for all."""
    units, vectors = scope.get("units"), scope.get("vectors")
    parts = [f"in {_quoted(units)}"] if units else []
    parts += [f"for {_quoted(vectors)}"] if vectors else []
    return ", ".join(parts)


def _paper(citation: Any) -> str:  # noqa: ANN401 - a string, or an object with a title
    """The instrument, in brackets: its title, else its number."""
    if not citation:
        return ""
    if isinstance(citation, Mapping):
        citation = ", ".join(str(citation[name]) for name in ("title", "ref") if name in citation)
    return f" [{citation}]"


def _quoted(names: Any) -> str:  # noqa: ANN401 - any iterable of strings
    return listed([f'"{name}"' for name in names])
