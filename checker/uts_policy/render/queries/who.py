"""The chain behind an owner, step by step: assignment, role, holder, authority, delegation, each with its place."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.common.sanitise import visible, wrap
from uts_policy.model.answers import Question, Who
from uts_policy.model.corpus import LAST_DAY
from uts_policy.model.matrix import CODE_NAMES
from uts_policy.render.common.terminal import Paint, beside, listed, term
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


def following(chain: ChainFact) -> str:
    """Who is next in succession: the first successor whom somebody holds."""
    if not chain["successors"]:
        if chain["everyone"] or chain["external"]:
            return "no successor is asked for"
        return "no successor is listed" if chain["stated"]["successors"] else "not stated"
    found = next((each for each in chain["successors"] if each["role"] == chain["next"]), None)
    silent = [each["role"] for each in chain["successors"] if not each["stated"]]
    if found is None and silent:
        return f"{_quoted(each['role'] for each in chain['successors'])}; not stated who holds {_quoted(silent)}"
    if found is None:
        return f"none of the successors is there: {_quoted(each['role'] for each in chain['successors'])}"
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


def _holders(chain: ChainFact, style: Style) -> Iterator[str]:
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


def _power(power: ChainFact, style: Style) -> Iterator[str]:
    words = {
        "held": "",
        "lapsed": "which has lapsed",
        "none": "which it does not hold",
        "not-stated": "not stated whether it holds it",
    }[power["state"]]
    doubt = (
        " (a scope or a delegator on the way to it is not in force, so this is not judged)" if power["doubtful"] else ""
    )
    yield from step("needs", f'"{power["authority"]}" {words}{doubt}', power["required_location"], style)
    for grant in power["grants"]:
        yield from _grant(grant, style)
    for ended in power["ended"]:
        yield from step("  ended", f'on {ended["on"]}, at "{ended["role"]}"', ended["location"], style)


def _grant(grant: ChainFact, style: Style) -> Iterator[str]:
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


SCHEMA = "uts-policy/who/1"
NOT_JUDGED = "Whether anybody holds a role is not judged: nobody declared who holds which."
"""What is told where no role has a holder or a vacancy."""
JsonObject: TypeAlias = Mapping[str, Any]

_ABSENT = {
    "vacant": 'Nobody holds "{role}"',
    "vacancy": '"{role}" is deliberately vacant',
    "invalid": '"{role}" has no valid holder',
}
_POWERLESS = {
    "narrow": '"{role}" does not hold "{authority}" there, which it needs',
    "lapsed": '"{role}" no longer holds "{authority}", which it needs',
    "none": '"{role}" does not hold "{authority}", which it needs',
}
_INDENT = "  "
_DEEPER = "    "


def as_json(who: Who, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The answers as the view gave them, with the question, and a location beside every path."""
    asked = who.question
    question = {"responsibility": asked.responsibility, "unit": asked.unit, "vector": asked.vector}
    whole = {
        "schema": SCHEMA,
        "as_of": who.as_of,
        "question": question,
        "unjudged": list(who.unjudged),
        "answers": who.answers,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_text(who: Who, style: Style) -> str:
    """A block for each responsibility: who answers where, then the chain behind it."""
    lines = [line for answer in who.answers for line in _Block(answer, who.question, style).lines()]
    if len(who.answers) > 1:
        lines.append(f'{len(who.answers)} responsibilities have "{visible(who.question.responsibility)}" in them.')
    if who.unjudged:
        lines += wrap(NOT_JUDGED, style.width)
    lines.append(f"As of {who.as_of} (UTC).")
    return "".join(f"{line.rstrip()}\n" for line in lines)


class _Block:
    """One answer, and what every part of its text needs."""

    def __init__(self, answer: JsonObject, question: Question, style: Style) -> None:
        self._answer = answer
        self._question = question
        self._style = style
        self._paint = Paint(style)
        self._chains = {chain["assignment"]: chain for chain in answer["accountable"]}

    def lines(self) -> Iterator[str]:
        answer = self._answer
        yield from beside(answer["responsibility"], answer["location"], self._style)
        yield from self._wrapped(answer["statement"])
        yield ""
        if answer["status"] != "active":
            yield from ("Nobody, and nobody has to: it is retired.", "")
            return
        for place in answer["places"]:
            yield from self._place(place)
        if not answer["places"]:
            yield from self._wrapped(self._nowhere())
        yield ""
        for chain in self._shown():
            yield from (*chain_lines(chain, self._style), "")
        for other in answer["others"]:
            yield from step(CODE_NAMES[other["code"]], f'"{other["role"]}"', other["location"], self._style)
        if answer["others"]:
            yield ""

    def _wrapped(self, text: str, indent: str = "") -> Iterator[str]:
        for line in wrap(visible(text), self._style.width - len(indent)):
            yield indent + line

    def _nowhere(self) -> str:
        asked = (("unit", self._question.unit), ("vector", self._question.vector))
        named = [f'the {name} "{value}"' for name, value in asked if value is not None]
        if named:
            return f"Nobody has to: its scope does not reach {listed(named)}."
        return "NOBODY answers: its scope reaches no unit, or no vector, that is in force."

    def _shown(self) -> list[JsonObject]:
        """The chains that reach a place that was asked for; all where none was."""
        if self._question.unit is None and self._question.vector is None:
            return list(self._chains.values())
        reaching = {one for place in self._answer["places"] for one in place["reaching"]}
        return [chain for one, chain in self._chains.items() if one in reaching]

    def _place(self, place: JsonObject) -> Iterator[str]:
        where = self._where(place)
        if not place["answered"]:
            yield from (self._paint.caret(line) for line in self._wrapped(_nobody(where, place["nobody"])))
            for reason in place["nobody"]:
                yield from self._wrapped(self._reason(reason), _INDENT)
                yield from self._behind(reason)
            return
        roles = list(dict.fromkeys(self._named(one) for one in place["by"]))
        yield from self._wrapped(f"{where}{listed(roles)} {'answers' if len(roles) == 1 else 'answer'}.")
        for reason in place["besides"]:
            yield from self._wrapped(self._reason(reason), _INDENT)
        if place["contested"]:
            agreed = ", as `joint_accountability` says" if self._answer["joint"] else ", where there should be one"
            count = len({self._chains[one]["role"] for one in place["reaching"] if self._lives(one)})
            yield from self._wrapped(f"{count} roles are accountable for the same{agreed}.", _INDENT)
        for role in dict.fromkeys(self._chains[one]["role"] for one in place["by"] if self._away(one)):
            yield from self._wrapped(f'Everybody who holds "{role}" is on leave.', _INDENT)

    def _lives(self, one: str) -> bool:
        return bool(self._chains[one]["state"] == "living")

    def _away(self, one: str) -> bool:
        """All who hold the role, and can be said to, are on leave."""
        states = {holder["state"] for holder in self._chains[one]["holders"]} - NO_HOLDER.keys()
        return states == {"on-leave"}

    def _where(self, place: JsonObject) -> str:
        """`In "a" and below except "b", for "travel": `, as far as places differ or were asked for."""
        places = self._answer["places"]
        parts = []
        parts += [f"in {each}" for each in self._extents(place["where"])]
        vectors = _with_quotes(place["vectors"])
        if vectors and (
            self._question.vector is not None or any(each["vectors"] != place["vectors"] for each in places)
        ):
            parts.append(f"for {listed(vectors)}")
        where = ", ".join(parts)
        return f"{where[0].upper()}{where[1:]}: " if where else ""

    def _extents(self, where: Sequence[JsonObject]) -> Iterator[str]:
        """`"a" and "b" and below`, and each of which something is cut out by itself."""
        below = "" if self._question.unit is not None else " and below"
        whole = _with_quotes([each["unit"] for each in where if not each["but"]])
        if whole:
            yield f"{listed(whole)}{below}"
        for each in where:
            if each["but"]:
                yield f'"{each["unit"]}"{below} except {listed(_with_quotes(each["but"]))}'

    def _named(self, one: str) -> str:
        chain = self._chains[one]
        title = chain.get("title")
        return f'"{chain["role"]}" ({title})' if title else f'"{chain["role"]}"'

    def _reason(self, reason: JsonObject) -> str:
        match reason["kind"]:
            case "gap":
                return "No role is accountable there."
            case "no-role":
                return f"{NO_ROLE[reason['state']].format(**reason)}."
            case "vacant":
                return f"{_ABSENT[reason['state']].format(**reason)}."
            case _:
                return f"{_POWERLESS[reason['state']].format(**reason)}."

    def _behind(self, reason: JsonObject) -> Iterator[str]:
        """What lies behind a reason: who was there, what has ended, who comes next."""
        if reason["kind"] == "gap":
            for other in self._answer["not_in_force"]:
                yield from self._fact(f'"{other["role"]}" is accountable {term(other)}', other["location"])
            return
        chain = self._chains[reason["assignment"]]
        if reason["kind"] == "vacant":
            yield from self._unheld(chain)
        for power in chain["authorities"] if reason["kind"] == "powerless" else ():
            if power["authority"] == reason["authority"]:
                for ended in power["ended"]:
                    yield from self._fact(f'ended on {ended["on"]}, at "{ended["role"]}"', ended["location"])

    def _unheld(self, chain: JsonObject) -> Iterator[str]:
        for holder in chain["holders"]:
            yield from self._fact(f'"{holder["person"]}" {NO_HOLDER[holder["state"]]}', holder["location"])
        for vacancy in chain["vacancy"]:
            yield from self._fact(vacancy_words(vacancy), vacancy["location"])
        for chair in chain["chair"]:
            yield from self._fact(f"In the chair: {chaired(chain, chair)}", chair["location"])
        yield from self._fact(f"Next in succession: {following(chain)}.", None)

    def _fact(self, text: str, location: JsonObject | None) -> list[str]:
        return beside(text, location, self._style, lead=_DEEPER)


def _nobody(where: str, reasons: Sequence[JsonObject]) -> str:
    """That nobody answers: without emphasis if every post is deliberately vacant, to which no rule objects."""
    if all(each.get("state") == "vacancy" for each in reasons):
        return f"{where}{'n' if where else 'N'}obody answers for now."
    return f"{where}NOBODY answers."


def _with_quotes(names: Sequence[str]) -> list[str]:
    """Names in quotation marks; the nameless element, which stands where none is declared, left out."""
    return [f'"{name}"' for name in names if name]
