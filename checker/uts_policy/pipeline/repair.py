"""Repairs: from findings to edits, again and again until nothing is left that can be repaired."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from uts_policy.common.nearest import nearest
from uts_policy.corpus.build import build
from uts_policy.edit.changes import Change, EditRefusedError, Remove, RenameKey, SetValue
from uts_policy.edit.splice import Edited, spliced
from uts_policy.engine.interface import Engine
from uts_policy.judge.identity import of_problem
from uts_policy.load.files import LoadedFiles
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Finding, Problem, Repair, Replacement
from uts_policy.model.place import Location, Route, Span
from uts_policy.model.report import Report
from uts_policy.model.rule import FixKind, Rule, from_loader
from uts_policy.pipeline.check import check_declared
from uts_policy.pipeline.edits import Rewritten, read, refuse_unwritable, rewritten
from uts_policy.pipeline.inputs import formed, read_declarations
from uts_policy.pipeline.request import Declared, Policies, Request
from uts_policy.schema.validate import schema_problems

_ROUNDS = 100
"""After so many rounds what is left is left: a repair that begets another without end is none."""

_MOST = 100
"""How many repairs a report carries: each takes another look at its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would repair one finding: a change in a file, in words. `identity` is the finding's.

    `doubt` says why a person has to decide whether that is meant; empty where it is clear.
    """

    identity: str
    rule: str
    location: Location
    description: str
    change: Change
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A repair that was not made, and why."""

    proposal: Proposal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What came of it. `report` is on the declarations as they are afterwards; `more` unsafe ones could be made."""

    files: tuple[Rewritten, ...]
    made: tuple[Proposal, ...]
    refused: tuple[Refusal, ...]
    report: Report
    more: int


def repair(request: Request, policies: Policies, engine: Engine, *, unsafe: bool) -> Repaired:
    """The files with everything repaired that can be; nothing is written.

    A repair that would add a finding of `yaml/` or `schema/`, or would not take its own away, is not made. Raises
    UtsPolicyError where the declarations cannot be judged, or cannot be written back.
    """
    refuse_unwritable(request)
    declared = first = read_declarations(request)
    made: list[Proposal] = []
    refused: dict[tuple[str, str], Refusal] = {}
    for _ in range(_ROUNDS):
        report = check_declared(request, policies, engine, declared, None)
        wanted = list(proposals(report, declared, policies.catalogue, unsafe=unsafe))
        doubtful = {(each.identity, each.description): each for each in wanted if each.doubt}
        refused |= {key: Refusal(proposal=each, reason=each.doubt) for key, each in doubtful.items()}
        found = _once(wanted, refused)
        if not found:
            break
        declared, now, wrong = _round(request, declared, found)
        made += now
        refused |= {(each.proposal.identity, each.proposal.description): each for each in wrong}
        if not now:
            break
    more = 0
    if not unsafe:
        others = _once(proposals(report, declared, policies.catalogue, unsafe=True), refused)
        more = len(_round(request, declared, others)[1])
    return Repaired(
        files=rewritten(request, first, declared.files.sources),
        made=tuple(made),
        refused=tuple(refused.values()),
        report=report,
        more=more,
    )


def _once(found: Iterable[Proposal], refused: Container[tuple[str, str]]) -> list[Proposal]:
    """Those neither doubtful nor refused, each change once: several codes of one assignment stand in one place."""
    return list(
        {
            (each.location.file, repr(each.change)): each
            for each in found
            if not each.doubt and (each.identity, each.description) not in refused
        }.values()
    )


def _again(request: Request, declared: Declared, sources: Mapping[str, Source]) -> Declared:
    """What was read, with these files in place of those."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for name, source in {**declared.files.sources, **sources}.items():
        if name in sources:
            read_again, faults = read(source)
            documents += read_again
            problems += faults
        else:
            documents += [each for each in declared.files.documents if each.path == name]
            problems += [each for each in declared.files.problems if each.location.file == name]
    known = {**declared.files.sources, **sources}
    problems += [each for each in declared.files.problems if each.location.file not in known]
    files = replace(declared.files, sources=known, documents=tuple(documents), problems=tuple(problems))
    return formed(request, files)


def proposals(report: Report, declared: Declared, catalogue: Iterable[Rule], *, unsafe: bool) -> Iterator[Proposal]:
    """What would repair the findings of a report; one for each finding at most."""
    if not report.evaluated:
        for problem in declared.problems:
            if problem.fix is not None:
                yield _of_problem(problem)
        return
    rules = {rule.id: rule for rule in catalogue if rule.fixes}
    for finding in report.findings:
        rule = rules.get(finding.rule)
        if rule is None or report.corpus is None or finding.waiver is not None:
            continue
        for kind in rule.fixes:
            proposal = _of_finding(finding, kind, report.corpus) if kind.safe or unsafe else None
            if proposal is not None:
                yield proposal
                break


def _of_problem(problem: Problem) -> Proposal:
    assert problem.fix is not None  # noqa: S101 - for the type checker
    kind, text = problem.fix.kind, problem.fix.text
    if kind is FixKind.RESPELL:
        change: Change = RenameKey(document=problem.document, route=problem.route, key=text)
        description = f'the key "{problem.route[-1]}" becomes "{text}"'
    else:
        change = SetValue(document=problem.document, route=problem.route, value=text)
        description = f'{text} becomes "{text}"'
    return Proposal(
        identity=of_problem(problem.rule, problem.location.file, problem.document, problem.route, problem.problem),
        rule=problem.rule,
        location=problem.location,
        description=description,
        change=change,
        doubt=problem.fix.doubt,
    )


def _of_finding(finding: Finding, kind: FixKind, corpus: Corpus) -> Proposal | None:
    """The change of that kind, if the finding is a case for it and where it stands is known."""
    found = _removed(finding, corpus) if kind is FixKind.REMOVE else _replaced(finding, kind, corpus)
    if finding.location is None or found is None:
        return None
    change, description, doubt = found
    return Proposal(
        identity=finding.identity,
        rule=finding.rule,
        location=finding.location,
        description=description,
        change=change,
        doubt=doubt,
    )


def _removed(finding: Finding, corpus: Corpus) -> tuple[Change, str, str] | None:
    section, name, *_ = map(str, finding.path)
    entry = corpus.origins.get((section, name))
    if entry is None:
        return None
    return Remove(document=entry.document.index, route=entry.route), f'"{name}" is taken out of {section}', ""


def _replaced(finding: Finding, kind: FixKind, corpus: Corpus) -> tuple[Change, str, str] | None:
    target, _, value = finding.cause.partition("/")
    origin = corpus.origin(finding.path)
    if origin is None:
        return None
    # What a short form means (the role of an assignment) leads on from what was written.
    route, written = _deepest(origin.document.data, origin.route)
    meant, doubt = _MEANT[kind](corpus.data, target, value) if written == value else _NOTHING
    if not meant:
        return None
    return SetValue(document=origin.document.index, route=route, value=meant), f'"{value}" becomes "{meant}"', doubt


_NOTHING = ("", "")
"""No id is meant, and there is no doubt about that."""


def _deepest(data: Any, route: Route) -> tuple[Route, Any]:  # noqa: ANN401 - any data
    """The longest part of a route that leads somewhere, and what is there."""
    for length, step in enumerate(route):
        known = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
        if step not in known:
            return route[:length], data
        data = data[step]
    return route, data


def _called(data: Mapping[str, Any], target: str, value: str) -> tuple[str, str]:
    """The entry of the section that was renamed from that, or is called so, and a doubt if there are several."""
    now = data["links"]["former_names"].get(target, {}).get(value)
    if now is not None:
        return now, ""
    found = sorted({name for section, name in data["links"]["called"].get(value, ()) if section == target})
    if not found:
        return _NOTHING
    return found[0], f'"{found[1]}" is called "{value}" too' if len(found) > 1 else ""


def _nearest(data: Mapping[str, Any], target: str, value: str) -> tuple[str, str]:
    """The nearest id, and a doubt if another is near; none where something is called so, for that is probably meant."""
    near: str | None = data["links"]["nearest"].get(target, {}).get(value)
    if near is None or value in data["links"]["called"]:
        return _NOTHING
    other = nearest(value, (each for each in data[target] if each != near))
    return near, "" if other is None else f'"{other}" may be meant too'


def _successor(data: Mapping[str, Any], target: str, value: str) -> tuple[str, str]:
    """The role that took over, or the one that took over from that one; none where they go round in a circle."""
    seen = {value}
    role = data.get(target, {}).get(value, {})
    while target == "roles" and "abolished_on" in role and role.get("replaced_by") in data["roles"]:
        value = role["replaced_by"]
        if value in seen:
            break
        seen.add(value)
        role = data["roles"][value]
        if "abolished_on" not in role:
            return value, ""
    return _NOTHING


_MEANT = {FixKind.CALLED: _called, FixKind.NEAREST: _nearest, FixKind.SUCCESSOR: _successor}


def _round(
    request: Request, declared: Declared, found: Sequence[Proposal]
) -> tuple[Declared, list[Proposal], list[Refusal]]:
    """What is declared after what can be repaired at once, what was, and what cannot be."""
    made, refused = _by_file(declared, found)
    # Two entries may have one id then, wherever they stand.
    made, clashing = _able(made, lambda some: _clash(request, declared, some))
    return _after(request, declared, made), made, [*refused, *clashing]


def _able(
    found: Sequence[Proposal], why_not: Callable[[Sequence[Proposal]], str]
) -> tuple[list[Proposal], list[Refusal]]:
    """Repairs that can be made together, and those that cannot be made at all; by halves, for most can be.

    What can be made by itself and not with the others is neither: it is for the next round.
    """
    reason = why_not(found) if found else ""
    if not reason:
        return list(found), []
    if len(found) == 1:
        return [], [Refusal(proposal=found[0], reason=reason)]
    half = len(found) // 2
    (first, no), (second, nor) = _able(found[:half], why_not), _able(found[half:], why_not)
    both = [*first, *second]
    if first and second and why_not(both):
        both = first
    return both, [*no, *nor]


def _after(request: Request, declared: Declared, made: Sequence[Proposal]) -> Declared:
    sources = {}
    for name, some in _grouped(made).items():
        edited = _edited(declared, name, some)
        if not isinstance(edited, str):
            sources[name] = edited.after
    return _again(request, declared, sources)


def _clash(request: Request, declared: Declared, made: Sequence[Proposal]) -> str:
    """Why the documents could not be put together after these repairs, as they can be now; empty where they could."""
    if declared.problems:
        return ""
    both = (declared, _after(request, declared, made))
    faults = [build(each.files.documents, as_of=request.as_of, placeholders=()).problems for each in both]
    more = Counter(map(_said, faults[1])) - Counter(map(_said, faults[0]))
    return next(iter(more))[1] if more else ""


def _said(problem: Problem) -> tuple[str, str]:
    """What tells two faults of the whole apart, and the reason not to make a repair that it would follow from."""
    if problem.rule == "schema/duplicate-id" and problem.problem.startswith("assignments/"):
        return problem.problem, "that role has this part in the responsibility already"
    return problem.problem, f"then {problem.message}"


def _by_file(declared: Declared, found: Sequence[Proposal]) -> tuple[list[Proposal], list[Refusal]]:
    """What can be repaired at once, each file looked at by itself, and what cannot be."""
    made: list[Proposal] = []
    refused: list[Refusal] = []
    for name, wanted in _grouped(found).items():
        able, unable = _able(wanted, lambda some, name=name: _reason(_edited(declared, name, some)))  # type: ignore[misc]
        made += able
        refused += unable
    return made, refused


def _grouped(found: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    by_file: dict[str, list[Proposal]] = {}
    for proposal in found:
        by_file.setdefault(proposal.location.file, []).append(proposal)
    return by_file


def _reason(edited: Edited | str) -> str:
    return edited if isinstance(edited, str) else ""


def _edited(declared: Declared, name: str, found: Sequence[Proposal], *, by_itself: bool = False) -> Edited | str:
    """The file after these repairs, or why they cannot be made.

    What they bring to light may need safe repairs in its turn, unless they are to be made `by_itself`.
    """
    source = declared.files.sources[name]
    documents = [each for each in declared.files.documents if each.path == name]
    try:
        edited = spliced(source, documents, [each.change for each in found], read)
    except EditRefusedError as error:
        return f"{error.message.partition(': ')[2]}. {error.hint}"
    before = _form(source)
    after = _form(edited.after if by_itself else _followed(edited.after, before))
    more = after - before
    if more:
        return f"repair this first: {next(iter(more))[1]}"
    of_form = sum(from_loader(each.rule) for each in found)
    if sum(before.values()) - sum(after.values()) < of_form:
        return "the finding would still be there"
    return edited


def _followed(source: Source, before: Mapping[tuple[str, str], int]) -> Source:
    """The file with everything safely repaired that is wrong with its form and was not `before`: it lay below a key."""
    for _ in range(_DEEPEST):
        changes = [
            _of_problem(each).change
            for each in _problems(source)
            if each.fix and not each.fix.doubt and _what(each) not in before
        ]
        if not changes:
            break
        try:
            source = spliced(source, read(source)[0], changes, read).after
        except EditRefusedError:
            break
    return source


_DEEPEST = 10
"""How many levels of keys, one in the other, may all be misspelt."""


def _form(source: Source) -> Counter[tuple[str, str]]:
    """Everything that is wrong with the form of a file."""
    return Counter(map(_what, _problems(source)))


def _what(problem: Problem) -> tuple[str, str]:
    return problem.rule, problem.message


@lru_cache(maxsize=2)  # a file before and after
def _problems(source: Source) -> tuple[Problem, ...]:
    documents, faults = read(source)
    return (*faults, *schema_problems(documents, {source.path: source}))


def with_repairs(request: Request, report: Report) -> Report:
    """The report with the safe repairs of its findings, each for itself, of the first hundred that have one.

    Only files with such a finding are parsed again.
    """
    if request.redaction is not None:
        return report
    repairable = {rule.id for rule in report.rules if any(kind.safe for kind in rule.fixes)}
    places = (each.location for each in report.findings if each.rule in repairable)
    sources = {each.file: report.sources[each.file] for each in places if each and each.file in report.sources}
    nothing = LoadedFiles(sources={}, documents=(), problems=(), ignored={})
    declared = _again(request, Declared(files=nothing, problems=()), sources)
    found: dict[str, Repair] = {}
    for proposal in islice(proposals(report, declared, report.rules, unsafe=False), _MOST):
        name = proposal.location.file
        edited = proposal.doubt or _edited(declared, name, [proposal], by_itself=True)
        if not isinstance(edited, str):
            found[proposal.identity] = _as_text(name, proposal, edited)
    return replace(report, repairs=found)


def _as_text(file: str, proposal: Proposal, edited: Edited) -> Repair:
    replacements = tuple(
        Replacement(span=_span(edited.before.text, begin, end), text=new) for begin, end, new in edited.splices
    )
    return Repair(file=file, description=proposal.description, replacements=replacements)


def _span(text: str, begin: int, end: int) -> Span:
    (line, column), (end_line, end_column) = _place(text, begin), _place(text, end)
    return Span(line=line, column=column, end_line=end_line, end_column=end_column)


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")
