"""How an organisation stood at each moment of its history in git, judged by today's rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uts_policy.corpus.build import build, with_rules, with_views
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.judge.report import CRITICALITY, Assessment, report_assessed
from uts_policy.load.files import LoadedFiles, load
from uts_policy.load.git import Repository
from uts_policy.load.log import commits, former_paths
from uts_policy.load.tree import CommitTree, Revision
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.history import History, Moment
from uts_policy.model.report import Report
from uts_policy.model.rule import Selection
from uts_policy.pipeline.base import readable, repository_of
from uts_policy.pipeline.inputs import asked_for, excluded, formed
from uts_policy.pipeline.prepare import choose, complete, facts_of, placeholders
from uts_policy.pipeline.request import Declared, Policies, Request, Since
from uts_policy.view.answers import UNANSWERED
from uts_policy.view.forecast import OWNERS, counting, units_of
from uts_policy.view.history import chosen, days_between, days_to_fix

_AT_ONCE = 16
"""Moments that one process of the engine judges: it compiles the rules once for all of them."""
COMMIT = "commit"
"""Every commit, rather than every month or week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """One moment under way: what was declared, and the corpus of it or why there is none."""

    day: str
    commit: str
    declared: Declared
    corpus: Corpus | None
    fault: str = ""


def history(request: Request, policies: Policies, engine: EmbeddedEngine, *, since: str | None, every: str) -> History:
    """The moments from `since`, by default the first commit, to the as-of date.

    Raises NoVerdictError where there is no repository, or no commit of what was asked for.
    """
    repository = repository_of(_since(request), request)
    places = [each for each in (Revision(repository=repository, commit="").inside(path) for path in asked_for(request))
              if each is not None]  # fmt: skip
    former = [former_paths(repository, each) for each in places]
    line = commits(repository, [name for names in former for name in names])
    line = tuple((commit, day) for commit, day in line if day <= request.as_of)
    if not line:
        raise NoVerdictError(
            f"nothing that was asked for was committed on {request.as_of} or before", "name paths of the repository"
        )
    begin = max(since or line[0][1], line[0][1])
    if every == COMMIT:
        wanted = tuple((day, commit) for commit, day in line if day >= begin)
    else:
        wanted = chosen(line, days_between(begin, request.as_of, every))
    stages = list(_stages(request, policies, repository, former, wanted))
    documents = [each for stage in stages if stage.corpus for each in stage.declared.files.documents]
    selection = choose(request, policies, documents)
    moments = tuple(_moments(request, policies, engine, stages, selection))
    names = [stage.corpus.root_name for stage in stages if stage.corpus is not None]
    said = str(request.settings.values.get("organisation") or "")
    return History(organisation=said or (names[-1] if names else ""), moments=moments, days_to_fix=days_to_fix(moments))


def _since(request: Request) -> Since:
    return Since(
        revision="HEAD", start=request.settings.root, config=None, environment=request.environment,
        overlay=lambda settings: settings,
    )  # fmt: skip


def _stages(
    request: Request,
    policies: Policies,
    repository: Repository,
    former: Sequence[Sequence[str]],
    wanted: Sequence[tuple[str, str]],
) -> Iterator[_Stage]:
    """Each moment read from git. A file that is the same as at the moment before is not parsed again."""
    files: LoadedFiles | None = None
    read = ""
    declared: Declared | None = None
    words, facts = placeholders(policies, request.settings), complete(request.settings)
    for count, (day, commit) in enumerate(wanted, start=1):
        request.notify(f"reading {day}, moment {count} of {len(wanted)}")
        if declared is None or commit != read:
            tree = CommitTree(revision=Revision(repository=repository, commit=commit))
            files = _files(request, tree, former, files)
            declared, read = formed(request, files), commit
        if declared.problems:
            yield _Stage(day=day, commit=commit, declared=declared, corpus=None, fault=_first(declared))
            continue
        built = build(declared.files.documents, as_of=day, placeholders=words, complete=facts)
        if built.corpus is None or built.problems:
            yield _Stage(day=day, commit=commit, declared=declared, corpus=None, fault=built.problems[0].message)
        else:
            yield _Stage(day=day, commit=commit, declared=declared, corpus=built.corpus)


def _files(
    request: Request, tree: CommitTree, former: Sequence[Sequence[str]], before: LoadedFiles | None
) -> LoadedFiles:
    """What a commit declares, under the name that it had then."""
    settings = request.settings
    named = []
    for names in former:
        paths = [tree.revision.path(name) for name in names]
        named += [path for path in paths if tree.exists(path)][:1]
    same = {} if before is None else readable(before)
    return load(named, root=settings.root, exclude=excluded(settings), config_file=settings.config_file, tree=tree,
                same=same)  # fmt: skip


def _first(declared: Declared) -> str:
    first = declared.problems[0]
    return f"{first.location.file}:{first.location.span.line}: {first.message}"


def _moments(
    request: Request, policies: Policies, engine: EmbeddedEngine, stages: Sequence[_Stage], selection: Selection
) -> Iterator[Moment]:
    for start in range(0, len(stages), _AT_ONCE):
        some = stages[start : start + _AT_ONCE]
        request.notify(f"judging {some[0].day}, moment {start + 1} of {len(stages)}")
        corpora = [
            with_views(with_rules(stage.corpus, selection), CRITICALITY, OWNERS, UNANSWERED)
            for stage in some
            if stage.corpus is not None
        ]
        found = iter(engine.evaluate_each(corpora, policies.rule_set) if corpora else ())
        judged = iter(corpora)
        for stage in some:
            if stage.corpus is None:
                yield Moment(day=stage.day, commit=stage.commit, fault=stage.fault)
                continue
            corpus, evaluation = next(judged), next(found)
            facts = replace(facts_of(request, policies, stage.declared), as_of=stage.day)
            assessment = Assessment(corpus=corpus, selection=selection, evaluation=evaluation)
            yield _moment(stage, report_assessed(facts, assessment), corpus)


def _moment(stage: _Stage, report: Report, corpus: Corpus) -> Moment:
    findings = counting(report)
    units: dict[str, int] = {}
    for finding in findings.values():
        for unit in units_of(finding, report.views[OWNERS], corpus.data):
            units[unit] = units.get(unit, 0) + 1
    said = report.views[UNANSWERED]
    asked = sum(each.count for each in corpus.facts.values())
    return Moment(
        day=stage.day,
        commit=stage.commit,
        findings=findings,
        unanswered=len(said["unanswered"]),
        not_stated=len(said["not_stated"]),
        stated=asked - sum(len(each.silent) for each in corpus.facts.values()),
        asked=asked,
        units=dict(sorted(units.items())),
    )
