"""The page of a scorecard."""

from collections.abc import Sequence
from dataclasses import dataclass

from uts_policy.common.words import counted
from uts_policy.model.answers import OwnerShare, Scorecard, ScorecardStanding, Tile
from uts_policy.model.finding import Finding
from uts_policy.render.html.environment import rendered
from uts_policy.render.html.findings import place

_CLASSES = {
    ScorecardStanding.MET: "met",
    ScorecardStanding.NOT_MET: "not-met",
    ScorecardStanding.NOT_ASSESSED: "not-assessed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """One question as the page shows it, with its members counted in words.

    `share` is the numerator in hundredths, rounded down: full is only what is.
    """

    tile: Tile
    members: str
    class_: str
    share: int
    lacking: Sequence[OwnerShare]
    findings: Sequence[tuple[str, Finding]]
    waived: Sequence[tuple[str, Finding]]


def page(card: Scorecard) -> str:
    """A page like the report's. The same scorecard gives the same bytes."""
    return rendered(
        "scorecard.html",
        {
            "card": card,
            "answers": [_answer(tile) for tile in card.tiles],
            "counts": [(sum(tile.standing is each for tile in card.tiles), each.value) for each in ScorecardStanding],
        },
    )


def _answer(tile: Tile) -> ShownAnswer:
    return ShownAnswer(
        tile=tile,
        members=counted(tile.of, tile.question.population),
        class_=_CLASSES[tile.standing],
        share=100 * tile.met // tile.of if tile.of else 0,
        lacking=[owner for owner in tile.owners if owner.met < owner.of],
        findings=[(place(finding.location), finding) for finding in tile.findings],
        waived=[(place(finding.location), finding) for finding in tile.waived],
    )
