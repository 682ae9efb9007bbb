"""The corpus: documents merged, normalised and linked, and the one way it is written as text."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from uts_policy.common.collector import paused_collector
from uts_policy.common.former_names import former_names
from uts_policy.corpus.dates import Calendar
from uts_policy.corpus.in_force import eve
from uts_policy.corpus.links import adjacency
from uts_policy.corpus.links.adjacency import excused, same_statement, waived
from uts_policy.corpus.links.cycles import cycles
from uts_policy.corpus.links.delegator_authority import on_paper
from uts_policy.corpus.links.grants import Grants
from uts_policy.corpus.links.references import called, suggestions, unspelt, words
from uts_policy.corpus.merge import Merged, merge
from uts_policy.corpus.scopes import Space
from uts_policy.corpus.stated import asked, not_stated
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY, Corpus
from uts_policy.model.document import Document
from uts_policy.model.finding import Problem
from uts_policy.model.rule import Selection


def serialise(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no white space: equal data give equal text. Not ASCII only; encode it as UTF-8."""
    with paused_collector():
        return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


SCHEMA = "uts-policy/corpus/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The corpus, or None and the problems why there is none. Never both."""

    corpus: Corpus | None
    problems: tuple[Problem, ...]


def build(
    documents: Sequence[Document], *, as_of: str, placeholders: Sequence[str], complete: Collection[str] = ()
) -> Built:
    """Merges, normalises and links. `as_of` is a full date, `placeholders` the words that stand for no owner.

    `complete` are the facts of which the organisation says that it has stated all there is to state, or `all`.

    The documents have passed the schema. No rule is selected yet: see `with_rules`. The order of documents and of
    entries makes no difference.
    """
    with paused_collector():
        return _build(documents, as_of, placeholders, complete)


def _build(documents: Sequence[Document], as_of: str, placeholders: Sequence[str], complete: Collection[str]) -> Built:
    calendar = Calendar()
    for day in (FIRST_DAY, LAST_DAY, as_of):
        calendar.add(date.fromisoformat(day))
    merged = merge(documents, calendar)
    if merged.problems:
        return Built(corpus=None, problems=tuple(sorted(merged.problems, key=_order)))
    for day in _ends(merged.sections):
        calendar.add(date.fromisoformat(eve(day)))
    facts = asked(merged.sections, merged.written, as_of)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": as_of,
        "placeholders": words(placeholders),
        "rules": {},
        "days": calendar.days,
        "not_stated": not_stated(facts, complete),
        "links": _links(merged, as_of, words(placeholders)),
        **merged.sections,
    }
    corpus = Corpus(data=data, origins=merged.origins, details=merged.details, facts=facts)
    return Built(corpus=corpus, problems=())


def _ends(sections: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    """The days on which something ends on the eve."""
    for section, field in (("roles", "abolished_on"), ("delegations", "rescinded_on")):
        yield from {entry[field] for entry in sections[section].values() if field in entry}


def with_rules(corpus: Corpus, selection: Selection) -> Corpus:
    """The same corpus with the rules to run, by id: level and parameters."""
    rules = {rule.id: {"level": rule.level.value, "parameters": dict(rule.parameters)} for rule in selection.rules}
    return replace(corpus, data={**corpus.data, "rules": rules})


def with_views(
    corpus: Corpus,
    *views: str,
    question: Mapping[str, Any] | None = None,
    rules: Mapping[str, Any] | None = None,
) -> Corpus:
    """The same corpus with the views to answer beside its rules, or beside `rules`, and what is asked of them.

    The same object where no view is named.
    """
    if not views:
        return corpus
    asked = {"views": list(views)} | ({} if question is None else {"question": question})
    return replace(corpus, data={**corpus.data, **({} if rules is None else {"rules": rules}), **asked})


def _links(merged: Merged, as_of: str, placeholders: Sequence[str]) -> dict[str, Any]:
    sections = merged.sections
    loops = cycles(sections, as_of)
    space = Space(sections, loops["units"])
    near = suggestions(sections, placeholders)
    meant = unspelt(sections, near)
    grants = Grants(sections, space, meant, as_of)
    names = former_names(sections)
    subjects = excused(sections, names.now, as_of)
    return {
        **adjacency.plain(sections),
        "cycles": loops,
        "grants": grants.effective(),
        "grants_over_bad_scopes": grants.over_bad_scopes(),
        "called": called(sections, placeholders),
        "first_names": names.first,
        "former_names": names.now,
        "nearest": near,
        "on_paper": on_paper(sections, space, loops["support"], meant, as_of),
        "same_statement": same_statement(sections["responsibilities"]),
        "excused": subjects,
        "waived": waived(sections["waivers"], subjects, as_of),
        "own_scope": merged.own_scope,
        "written_together": merged.together,
    }


def _order(problem: Problem) -> tuple[Any, ...]:
    return problem.location, problem.document, problem.rule, problem.problem
