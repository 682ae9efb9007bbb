"""What would follow from a change that nobody has written down: the rules' own verdict on changed declarations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from uts_policy.common import fields
from uts_policy.corpus.build import build, with_rules, with_views
from uts_policy.corpus.supposition import apart, supposed, without_people
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.judge.report import CRITICALITY, Assessment, Facts, report_invalid
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.report import Report
from uts_policy.model.supposition import Change, ChangeKind, Loss, Losses, Standing, Supposition
from uts_policy.pipeline.inputs import known_identities, read_declarations
from uts_policy.pipeline.prepare import complete, corpus_of, facts_of, placeholders, prepare
from uts_policy.pipeline.queries import hidden_name, staffed
from uts_policy.pipeline.redaction import report_knowing
from uts_policy.pipeline.request import Policies, Prepared, Request
from uts_policy.view.answers import DECIDING, UNANSWERED, by_criticality, unanswered_in
from uts_policy.view.forecast import counting
from uts_policy.view.subjects import titled_entry

_SECTIONS = {
    ChangeKind.DEPARTS: "people",
    ChangeKind.ABOLISH: "roles",
    ChangeKind.MERGE: "units",
    ChangeKind.RESCIND: "delegations",
}
"""What each change is about."""


def what_if(
    request: Request, policies: Policies, engine: EmbeddedEngine, changes: Sequence[Change], day: str | None
) -> Supposition | Report:
    """What would follow from the changes on `day`, by default the as-of date; or why the declarations are invalid.

    Without changes, what another day alone brings. Raises UsageError for what is not declared, or has ended already.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    after_day = day or request.as_of
    base_day = after_day if changes else request.as_of
    meant = [_meant(request, prepared.corpus, change) for change in changes]
    for change in meant:
        _refuse_ended(prepared.corpus.data, change, after_day)
    documents = declared.files.documents
    request.notify("judging what would follow")
    sides = (
        (base_day, _judged_on(request, policies, prepared, documents, base_day)),
        (after_day, _judged_on(request, policies, prepared, supposed(documents, meant, after_day), after_day)),
    )
    said = engine.evaluate_each([corpus for _, corpus in sides], policies.rule_set)
    facts, known = facts_of(request, policies, declared), known_identities(request.settings)
    selection = prepared.selection
    before, after = (
        _standing(
            request,
            replace(facts, as_of=each),
            Assessment(corpus=corpus, selection=selection, evaluation=evaluation),
            known,
        )
        for (each, corpus), evaluation in zip(sides, said, strict=True)
    )
    was, will = counting(before.report), counting(after.report)
    lost = [name for name in after.unanswered if name not in before.unanswered]
    return Supposition(
        as_of=after_day,
        base_day=base_day,
        words=tuple(_words(prepared.corpus.data, change) for change in meant),
        before=before,
        after=after,
        introduced=tuple(finding for name, finding in will.items() if name not in was),
        gone=tuple(finding for name, finding in was.items() if name not in will),
        unanswered=by_criticality(after.unanswered[name] for name in lost),
        answered=tuple(sorted(before.unanswered.keys() - after.unanswered.keys())),
        not_stated=after.not_stated,
        sources=declared.files.sources,
    )


def _meant(request: Request, corpus: Corpus, change: Change) -> Change:
    """The change with ids, where the user wrote titles."""
    section = _SECTIONS[change.kind]
    subject = titled_entry(corpus.data, hidden_name(request, corpus, change.subject), section)
    into = titled_entry(corpus.data, change.into, section) if change.into else ""
    if into == subject:
        raise UsageError(f'the unit "{subject}" cannot be merged into itself', "name the unit that takes over")
    return replace(change, subject=subject, into=into)


def _refuse_ended(data: Mapping[str, Any], change: Change, day: str) -> None:
    """Raises UsageError for a change after which everything would be as before."""
    entry = data[_SECTIONS[change.kind]][change.subject]
    name = f'the {fields.noun(_SECTIONS[change.kind])} "{change.subject}"'
    hint = "nothing would follow; `uts-policy who` shows what is in force"
    if change.kind is ChangeKind.ABOLISH and (entry["status"] == "abolished" or entry.get("abolished_on", day) < day):
        raise UsageError(f"{name} is abolished already", hint)
    if change.kind is ChangeKind.RESCIND and (entry.get("rescinded_on", day) < day or entry["to"] < day):
        raise UsageError(f"{name} has ended already", hint)
    if change.kind is ChangeKind.MERGE and any(
        data["units"][each]["status"] != "active" for each in (change.subject, change.into)
    ):
        raise UsageError(f'{name} or "{change.into}" is archived', "name two units that are in force")


def _words(data: Mapping[str, Any], change: Change) -> str:
    section = _SECTIONS[change.kind]

    def named(name: str) -> str:
        title = data[section][name].get(fields.label(section), "")
        return f"{title} ({name})" if title and title.casefold() != name else title or name

    match change.kind:
        case ChangeKind.DEPARTS:
            return f"{named(change.subject)} departs"
        case ChangeKind.ABOLISH:
            return f"the role {named(change.subject)} is abolished"
        case ChangeKind.MERGE:
            return f"the unit {named(change.subject)} is merged into {named(change.into)}"
        case ChangeKind.RESCIND:
            return f"the delegation {named(change.subject)} is rescinded"


def _judged_on(
    request: Request, policies: Policies, prepared: Prepared, documents: Sequence[Document], day: str
) -> Corpus:
    """The corpus of these documents on a day, with the rules of the check and the view of unanswered duties."""
    words, facts = placeholders(policies, request.settings), complete(request.settings)
    built = build(documents, as_of=day, placeholders=words, complete=facts)
    if built.corpus is None or built.problems:
        message = built.problems[0].problem if built.problems else ""
        raise NoVerdictError(f"the declarations would be invalid on {day}: {message}", "suppose less at once")
    return with_views(with_rules(built.corpus, prepared.selection), CRITICALITY, UNANSWERED)


def _standing(request: Request, facts: Facts, assessment: Assessment, known: frozenset[str]) -> Standing:
    report = report_knowing(request, facts, assessment, known)
    said = assessment.evaluation.views[UNANSWERED]
    return Standing(
        report=report, unanswered=unanswered_in(assessment.corpus, said), not_stated=tuple(said["not_stated"])
    )


_AT_ONCE = 16
"""Groups that one process of the engine judges before progress is shown: it compiles the rules once for all of them."""


def each_person(request: Request, policies: Policies, engine: EmbeddedEngine, top: int | None) -> Losses | Report:
    """For everybody who holds an accountable role, what would be unanswered without them; or why there is no corpus.

    Judged by the rules that decide what is unanswered, and no other. People with no duty in common are lost at once,
    since each duty depends on its own people alone.
    """
    whole = corpus_of(request, policies, refuse=False)
    if isinstance(whole, Report):
        return whole
    request.notify("looking for everybody who holds an accountable role")
    corpus = with_views(whole, UNANSWERED, rules=DECIDING)
    as_it_is = engine.evaluate(corpus, policies.rule_set).views[UNANSWERED]
    people: Mapping[str, Sequence[str]] = as_it_is["people"]
    groups = apart(people)
    lost: dict[str, list[Mapping[str, Any]]] = {each: [] for group in groups for each in group}
    for start in range(0, len(groups), _AT_ONCE):
        some = groups[start : start + _AT_ONCE]
        done = sum(len(group) for group in groups[:start])
        request.notify(f"judging the loss of {len(lost)} people, of whom {done} are done")
        corpora = [without_people(corpus, group) for group in some]
        for group, evaluation in zip(some, engine.evaluate_each(corpora, policies.rule_set), strict=True):
            for name, duty in unanswered_in(corpus, evaluation.views[UNANSWERED]).items():
                if name not in as_it_is["unanswered"]:
                    [person] = group.intersection(people[name])
                    lost[person].append(duty)
    names = {each: corpus.data["people"][each].get("name", "") for each in lost}
    found = [Loss(person=each, name=names[each], unanswered=by_criticality(lost[each])) for each in lost]
    ranked = sorted(found, key=lambda each: (-each.critical, -len(each.unanswered), each.person))
    return Losses(
        as_of=request.as_of,
        people=tuple(ranked[:top]),
        left_out=len(ranked[top:]) if top is not None else 0,
        already=len(as_it_is["unanswered"]),
        not_stated=len(as_it_is["not_stated"]),
        unjudged=not staffed(whole),
    )
