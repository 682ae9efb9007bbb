"""From a report, and what the engine says of populations, to a scorecard."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uts_policy.model.answers import (
    OwnerShare,
    QuestionSet,
    RestsOn,
    Scorecard,
    ScorecardQuestion,
    ScorecardStanding,
    Tile,
)
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.report import Report

if TYPE_CHECKING:
    from uts_policy.model.finding import Finding

VIEW = "scorecard"
"""The view that says what is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Populations:
    """What is counted.

    `members`: by population, the ids in force and the roles that own each. `speaks`: by population, section and id, the
    members that an entry of another section speaks for.
    """

    members: Mapping[str, Mapping[str, Sequence[str]]]
    speaks: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]

    def concerned(self, population: str, entry: str) -> frozenset[str]:
        """The members that an entry, `section/id`, speaks for; none where it is about something else."""
        section, _, name = entry.partition("/")
        spoken = [name] if section == population else self.speaks.get(population, {}).get(section, {}).get(name, ())
        return frozenset(spoken) & self.members[population].keys()


def question_set(data: Mapping[str, Any]) -> QuestionSet:
    """The questions of a file that its schema has accepted."""
    return QuestionSet(title=data["title"], questions=tuple(map(_question, data["questions"])))


def populations(answer: object) -> Populations:
    """What the view answered. Raises NoVerdictError where it is something else."""
    if not isinstance(answer, Mapping) or answer.keys() != {"members", "speaks"}:
        raise NoVerdictError(
            f"the view {VIEW} has another shape than is documented", "The rules are not of this version."
        )
    return Populations(members=answer["members"], speaks=answer["speaks"])


def score(questions: QuestionSet, report: Report, found: Populations) -> Scorecard:
    """Every question answered by the findings of a report whose rules were evaluated."""
    tiles = tuple(_tile(question, report, found) for question in questions.questions)
    return Scorecard(tool_version=report.tool_version, as_of=report.as_of, title=questions.title, tiles=tiles)


def unanswered(questions: QuestionSet, report: Report, reason: str) -> Scorecard:
    """Every question not assessed, for one reason: no rule of the report was evaluated."""
    tiles = tuple(_empty(question, reason) for question in questions.questions)
    return Scorecard(tool_version=report.tool_version, as_of=report.as_of, title=questions.title, tiles=tiles)


def _empty(question: ScorecardQuestion, reason: str) -> Tile:
    return Tile(
        question=question,
        standing=ScorecardStanding.NOT_ASSESSED,
        met=0,
        of=0,
        not_stated=0,
        lacking=(),
        owners=(),
        findings=(),
        waived=(),
        reasons=(reason,),
    )


def _question(data: Mapping[str, Any]) -> ScorecardQuestion:
    return ScorecardQuestion(
        id=data["id"],
        question=data["question"],
        population=data["population"],
        rules=tuple(map(_asked, data["rules"])),
        source=data.get("source", ""),
    )


def _asked(data: str | Mapping[str, Any]) -> RestsOn:
    if isinstance(data, str):
        return RestsOn(rule=data)
    return RestsOn(rule=data["rule"], sections=frozenset(data.get("on", ())))


def _tile(question: ScorecardQuestion, report: Report, found: Populations) -> Tile:
    members = found.members[question.population]
    concerning: list[tuple[Finding, frozenset[str]]] = []
    for finding in report.findings:
        if any(asked.means(finding) for asked in question.rules):
            concerned = found.concerned(question.population, finding.entry)
            if concerned:
                concerning.append((finding, concerned))
    counting = [(finding, concerned) for finding, concerned in concerning if finding.waiver is None]
    lacking = frozenset(member for _, concerned in counting for member in concerned)
    unjudged = _unjudged(question, report, found) - lacking
    reasons = tuple(_reasons(question, report, empty=not members))
    return Tile(
        question=question,
        standing=_standing(lacking=bool(lacking), doubtful=bool(reasons or unjudged)),
        met=len(members) - len(lacking) - len(unjudged),
        of=len(members),
        not_stated=len(unjudged),
        lacking=tuple(sorted(lacking)),
        owners=_owners(members, lacking, unjudged),
        findings=tuple(finding for finding, _ in counting),
        waived=tuple(finding for finding, _ in concerning if finding.waiver is not None),
        reasons=reasons,
    )


def _unjudged(question: ScorecardQuestion, report: Report, found: Populations) -> frozenset[str]:
    """The members that a rule of the question could not judge."""
    return frozenset(
        member
        for asked in question.rules
        for entry in report.not_judged.get(asked.rule, ())
        if not asked.sections or entry.partition("/")[0] in asked.sections
        for member in found.concerned(question.population, entry)
    )


def _standing(*, lacking: bool, doubtful: bool) -> ScorecardStanding:
    """One finding is enough for `not met`; `met` needs every rule of the question."""
    if lacking:
        return ScorecardStanding.NOT_MET
    return ScorecardStanding.NOT_ASSESSED if doubtful else ScorecardStanding.MET


def _reasons(question: ScorecardQuestion, report: Report, *, empty: bool) -> Iterable[str]:
    """Why nothing can be said, or not everything: nobody is counted, or a rule was not evaluated."""
    if empty:
        yield f"no {question.population} in force"
    told = {each.rule: each.reason for each in report.not_assessed}
    evaluated = frozenset(report.evaluated)
    for rule in dict.fromkeys(asked.rule for asked in question.rules):
        if rule not in evaluated:
            yield f"{rule}: {told.get(rule, 'not among the rules of this run')}"


def _owners(
    members: Mapping[str, Sequence[str]], lacking: frozenset[str], unjudged: frozenset[str]
) -> tuple[OwnerShare, ...]:
    """Who owns how many, those with most that lack first, then those with most that could not be judged.

    What nobody owns stands under an empty name.
    """
    total: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    open_: Counter[str] = Counter()
    for member, owners in members.items():
        for role in owners or ("",):
            total[role] += 1
            bad[role] += member in lacking
            open_[role] += member in unjudged
    ordered = sorted(total, key=lambda role: (-bad[role], -open_[role], role))
    return tuple(OwnerShare(role=role, met=total[role] - bad[role] - open_[role], of=total[role]) for role in ordered)
