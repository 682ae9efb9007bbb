"""The sentences of a policy that demand something: *shall*, *must*, *is responsible for*, with their headings."""

import re
from collections.abc import Iterator
from typing import Final

from uts_policy.exchange.text import clean
from uts_policy.model.grid import ForeignFile, Grid
from uts_policy.model.obligations import Demand

_DEMANDS: Final = re.compile(
    r"\b(?:shall|must|(?:is|are) (?:responsible|accountable) for|(?:is|are) (?:required|obliged) to|has to|have to"
    r"|muss|müssen|hat zu|haben zu|(?:ist|sind) (?:verantwortlich|zuständig) für|ist zu|sind zu"
    r"|doit|doivent|(?:est|sont) (?:responsables?|tenue?s?) d|debe|deben|deberán?|(?:es|son) responsables? de"
    r"|deve|devono|devem|dient|dienen|moet|moeten)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+(?=[\"'“(]?[A-ZÀ-ÖØ-ÞА-Я0-9])")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:e\.g|i\.e|cf|no|art|sec|bzw|z\.B|etc|Abs|Nr)|\b[A-Z])\.$")
_NUMBER: Final = re.compile(r"^((?:\d+\.)*\d+|[A-Z]\.\d+|\([a-z0-9]{1,3}\)|§ ?\d+)[.)]?\s+")
_LEAST: Final = 3


def read_prose(file: ForeignFile) -> tuple[list[Demand], list[tuple[str, str, str]], int]:
    """The demands of a text, the sentences that are none, and how many were looked at."""
    demands: list[Demand] = []
    left: list[tuple[str, str, str]] = []
    headings: list[tuple[int, str]] = []
    count = 0
    for block in file.blocks:
        if isinstance(block, Grid):
            continue
        text = clean(block.text)
        if block.level:
            headings = [each for each in headings if each[0] < block.level]
            headings.append((block.level, text))
            continue
        place = " / ".join(each for _, each in headings[-2:])
        number = _NUMBER.match(text)
        for sentence in _sentences(text[number.end() :] if number else text):
            count += 1
            if _DEMANDS.search(sentence):
                ref = " / ".join(filter(None, [place, number[1] if number else ""]))
                demands.append(Demand(ref=ref, text=sentence, where=place or "the beginning"))
            else:
                left.append((place or "the beginning", sentence, "it demands nothing"))
    return demands, left, count


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; an abbreviation ends none."""
    before = ""
    for part in _SENTENCE.split(text):
        whole = f"{before} {part}".strip()
        if _ABBREVIATION.search(whole):
            before = whole
            continue
        before = ""
        if len(whole.split()) >= _LEAST:
            yield whole
    if len(before.split()) >= _LEAST:
        yield before
