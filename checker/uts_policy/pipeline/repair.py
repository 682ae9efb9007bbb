"""Repairs: from findings to edits, again and again until nothing is left that can be repaired."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from uts_policy.corpus.build import build
from uts_policy.edit import places
from uts_policy.edit.changes import EditRefusedError
from uts_policy.edit.splice import Edited, spliced
from uts_policy.engine.interface import Engine
from uts_policy.load.files import LoadedFiles
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Finding, Problem, Repair, Replacement
from uts_policy.model.report import Report
from uts_policy.model.rule import from_loader
from uts_policy.pipeline.check import check_declared
from uts_policy.pipeline.edits import Rewritten, read, refuse_unwritable, rewritten
from uts_policy.pipeline.inputs import formed, read_declarations
from uts_policy.pipeline.proposals import Proposal, proposals, proposed
from uts_policy.pipeline.request import Declared, Policies, Request
from uts_policy.schema.validate import schema_problems

_ROUNDS = 100
"""After so many rounds what is left is left: a repair that begets another without end is none."""

_MOST = 100
"""How many repairs a report carries: each takes another look at its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A repair that was not made, and why."""

    proposal: Proposal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What came of it; every place is one of the files as they are to be, of what was taken out as they were.

    `report` is on the declarations as they are afterwards. `uncovered` are its findings on the form that were not there
    before. `more` unsafe repairs could be made next, and others may follow from them.
    """

    files: tuple[Rewritten, ...]
    made: tuple[Proposal, ...]
    refused: tuple[Refusal, ...]
    report: Report
    uncovered: tuple[Finding, ...]
    more: int


def repair(request: Request, policies: Policies, engine: Engine, *, unsafe: bool) -> Repaired:
    """The files with everything repaired that can be; nothing is written.

    A repair that would add a finding of `yaml/` or `schema/` to its file, or would not take its own away, is not made.
    Raises UtsPolicyError where the declarations cannot be judged, or cannot be written back.
    """
    refuse_unwritable(request)
    declared = first = read_declarations(request)
    made: list[Proposal] = []
    rounds: list[Mapping[str, Edited]] = []
    reasons: dict[tuple[str, str], str] = {}
    known: Counter[tuple[str, str]] | None = None
    for _ in range(_ROUNDS):
        report = check_declared(request, policies, engine, declared, None)
        known = _faults(report) if known is None else known
        wanted = list(proposals(report, declared, policies.catalogue, unsafe=unsafe))
        reasons |= {each.key: each.doubt for each in wanted if each.doubt}
        found = _once(wanted, reasons)
        if not found:
            break
        declared, now, wrong, edits = _round(request, declared, found)
        made += [_at_first(each, reversed(rounds)) for each in now]
        made = [each for each in (_moved(each, edits) for each in made) if each is not None]
        rounds.append(edits)
        reasons |= {each.proposal.key: each.reason for each in wrong}
        if not now:
            break
    more = 0
    if not unsafe:
        others = _once(proposals(report, declared, policies.catalogue, unsafe=True), reasons)
        more = len(_round(request, declared, others)[1])
    return Repaired(
        files=rewritten(request, first, declared.files.sources),
        made=tuple(made),
        refused=tuple(
            {
                each.key: Refusal(proposal=each, reason=_reason_now(declared, each, reasons[each.key]))
                for each in wanted
                if each.key in reasons
            }.values()
        ),
        report=report,
        uncovered=tuple(
            each
            for each in report.findings
            if from_loader(each.rule) and (each.rule, each.message) not in (known or ())
        ),
        more=more,
    )


def _faults(report: Report) -> Counter[tuple[str, str]]:
    """The findings on the form, without their places."""
    return Counter((each.rule, each.message) for each in report.findings if from_loader(each.rule))


def _moved(made: Proposal, edits: Mapping[str, Edited]) -> Proposal | None:
    """A repair at its place in the file after these edits; None where they took out what it had repaired."""
    edited = edits.get(made.location.file)
    if edited is None or made.removes:
        return made
    location = places.after(made.location, edited)
    return None if location is None else replace(made, location=location)


def _at_first(made: Proposal, rounds: Iterable[Mapping[str, Edited]]) -> Proposal:
    """A removal at its place in the file before all edits."""
    location = made.location
    for edits in rounds:
        if made.removes and location.file in edits:
            location = places.before(location, edits[location.file])
    return replace(made, location=location)


def _once(found: Iterable[Proposal], refused: Container[tuple[str, str]]) -> list[Proposal]:
    """Those neither doubtful nor refused, each change once: several codes of one assignment stand in one place."""
    return list(
        {
            (each.location.file, repr(each.changes)): each
            for each in found
            if not each.doubt and each.key not in refused
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


def _round(
    request: Request, declared: Declared, found: Sequence[Proposal]
) -> tuple[Declared, list[Proposal], list[Refusal], Mapping[str, Edited]]:
    """What is declared after what can be repaired at once, what was, what cannot be, and the edits, by file."""
    made, refused = _by_file(declared, found)
    # Two entries may have one id then, wherever they stand.
    made, clashing = _able(made, lambda some: _clash(request, declared, some))
    edits = _edits(declared, made)
    return _after(request, declared, edits), made, [*refused, *clashing], edits


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


def _edits(declared: Declared, made: Sequence[Proposal]) -> Mapping[str, Edited]:
    edits = {name: _edited(declared, name, some) for name, some in _grouped(made).items()}
    return {name: edited for name, edited in edits.items() if not isinstance(edited, str)}


def _after(request: Request, declared: Declared, edits: Mapping[str, Edited]) -> Declared:
    return _again(request, declared, {name: edited.after for name, edited in edits.items()})


def _clash(request: Request, declared: Declared, made: Sequence[Proposal]) -> str:
    """Why the documents could not be put together after these repairs, as they can be now; empty where they could."""
    if declared.problems:
        return ""
    both = (declared, _after(request, declared, _edits(declared, made)))
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


def _reason_now(declared: Declared, refused: Proposal, reason: str) -> str:
    """The reason with the place that the fault to repair first has after all repairs."""
    if not reason.startswith(_FIRST):
        return reason
    return _reason(_edited(declared, refused.location.file, [refused])) or reason


_FIRST = "repair this first: "


def _edited(declared: Declared, name: str, found: Sequence[Proposal], *, by_itself: bool = False) -> Edited | str:
    """The file after these repairs, or why they cannot be made.

    What they bring to light may need safe repairs in its turn, unless they are to be made `by_itself`.
    """
    source = declared.files.sources[name]
    documents = [each for each in declared.files.documents if each.path == name]
    try:
        edited = spliced(source, documents, [change for each in found for change in each.changes], read)
    except EditRefusedError as error:
        return f"{error.message.partition(': ')[2]}. {error.hint}"
    before = _form(source)
    edits = [edited] if by_itself else [edited, *_followed(edited.after, before)]
    after = _form(edits[-1].after)
    more = after - before
    if more:
        return f"{_FIRST}{_uncovered(edits, more)}"
    of_form = sum(from_loader(each.rule) for each in found)
    if sum(before.values()) - sum(after.values()) < of_form:
        return "the finding would still be there"
    return edited


def _uncovered(edits: Sequence[Edited], more: Container[tuple[str, str]]) -> str:
    """The place, in the file before the edits, and the words of the first fault that only shows after them."""
    known = {(_what(each), each.location.span.line, each.location.span.column) for each in _problems(edits[0].before)}
    for problem in _problems(edits[-1].after):
        location = problem.location
        for edited in reversed(edits):
            location = places.before(location, edited)
        line, column = location.span.line, location.span.column
        if _what(problem) in more and (_what(problem), line, column) not in known:
            return f"{location.file}:{line}:{column}: {problem.message}. {problem.remediation}"
    return next(message for rule, message in map(_what, _problems(edits[-1].after)) if (rule, message) in more)


def _followed(source: Source, before: Mapping[tuple[str, str], int]) -> Iterator[Edited]:
    """The edits that safely repair what is wrong with the form of a file and was not `before`: it lay below a key."""
    for _ in range(_DEEPEST):
        changes = [
            change
            for each in _problems(source)
            if each.fix and not each.fix.doubt and _what(each) not in before
            for change in proposed(each).changes
        ]
        if not changes:
            break
        try:
            edited = spliced(source, read(source)[0], changes, read)
        except EditRefusedError:
            break
        yield edited
        source = edited.after


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
        Replacement(span=places.span(edited.before.text, begin, end), text=new) for begin, end, new in edited.splices
    )
    return Repair(file=file, description=proposal.description, replacements=replacements)
