"""Who answers, for what, and why: text and JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.common.sanitise import visible, wrap
from uts_policy.model.answers import Question, Who
from uts_policy.model.matrix import CODE_NAMES
from uts_policy.render.common.terminal import Paint, beside, listed, term
from uts_policy.render.interface import Style
from uts_policy.render.queries.chain import NO_HOLDER, NO_ROLE, chain_lines, chaired, following, step, vacancy_words
from uts_policy.render.queries.portfolio import match_lines, subject_lines

SCHEMA = "uts-policy/who/2"
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
    """The answers as the views gave them, with the question, and a location beside every path."""
    whole = {
        "schema": SCHEMA,
        "as_of": who.as_of,
        "question": {"subject": who.question.subject, "unit": who.question.unit, "vector": who.question.vector},
        "unjudged": list(who.unjudged),
        "answers": who.answers,
        "subjects": who.subjects,
        "matches": who.matches,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_text(who: Who, style: Style) -> str:
    """A block for each responsibility: who answers where, then the chain behind it; then one for each other subject."""
    lines = [line for answer in who.answers for line in _Block(answer, who.question, style).lines()]
    if len(who.answers) > 1:
        lines.append(f'{len(who.answers)} responsibilities have "{visible(who.question.subject)}" in them.')
    lines += [line for each in who.subjects for line in subject_lines(each, style)]
    lines += match_lines(who, style)
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
