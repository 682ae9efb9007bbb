"""What a change means: two sides judged on one day, by the rules of each, and laid over each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from uts_policy import __version__
from uts_policy.corpus.build import with_views
from uts_policy.engine.interface import Engine
from uts_policy.judge.report import CRITICALITY, Assessment, report_assessed
from uts_policy.load.discover import CONFIG_NAME
from uts_policy.load.files import LoadedFiles
from uts_policy.load.git import Repository
from uts_policy.load.revisions import find_revision, merge_base, resolve
from uts_policy.load.tree import Revision
from uts_policy.model.corpus import Corpus
from uts_policy.model.difference import Compared, Difference
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.rule import RuleSet
from uts_policy.model.settings import Settings
from uts_policy.pipeline.base import Base, OutsideRepositoryError, read_base, repository_of
from uts_policy.pipeline.comparison import Comparison, compare, judge
from uts_policy.pipeline.inputs import listed, read_declarations, read_known, read_policies, read_settings
from uts_policy.pipeline.prepare import facts_of, name_of, side_of
from uts_policy.pipeline.redaction import without_people
from uts_policy.pipeline.request import Configuration, Declared, Policies, Request, Side, Since
from uts_policy.view.difference import VIEW, JudgedSide, difference

WORK_TREE = "the work tree"
"""What the declarations are called that no revision or directory is named for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _SidePlace:
    """What is compared: a directory, a revision, or the work tree where it is neither."""

    compared: Compared
    directory: Path | None = None
    revision: Revision | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Once:
    """An engine that evaluates each corpus once, with the view of who answers, however often it is asked."""

    engine: Engine
    answers: dict[tuple[int, str], Evaluation] = field(default_factory=dict)

    def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
        """What the engine says."""
        key = (id(corpus), rule_set.digest)
        if key not in self.answers:
            self.answers[key] = self.engine.evaluate(with_views(corpus, CRITICALITY, VIEW), rule_set)
        return self.answers[key]


def diff(request: Request, policies: Policies, engine: Engine, since: Since, head: str | None) -> Difference:
    """What lies between `since.revision` and `head`: revisions or directories, without `head` the work tree.

    Of two revisions, as of the work tree, it is the merge base that counts. Raises NoVerdictError where a side is not
    there or invalid: half a corpus misleads; UsageError where a name could mean two things.
    """
    base_place, head_place = _places(since, head, request)
    notices: list[str] = [*base_place.notices, *head_place.notices]
    template = _template(request, policies)
    if head_place.directory is not None:
        after = _directory(head_place.directory, request)
    elif head_place.revision is not None:
        after = _stored(head_place, since, template, notices)
    else:
        after = _work_tree(request, policies)
    if base_place.directory is not None:
        before = _directory(base_place.directory, request)
    else:
        before = _stored(base_place, since, template if head_place.directory is not None else after, notices)
    _refuse_nothing((base_place, before), (head_place, after))
    if base_place.directory is not None or head_place.directory is not None:
        # A directory stands for the same place at another time: that other files are read weakens nothing.
        before = replace(before, paths=after.paths, tree=None)
    once = _Once(engine=engine)
    judged_base = _judged_base(base_place.compared, before, once)
    judged_head, comparison = _judged_head(head_place.compared, after, before, once, insist=since.fail_on_weakening)
    found = difference(
        judged_base,
        judged_head,
        tool_version=__version__,
        notices=(*notices, *comparison.notices),
        moves=comparison.renames,
        replaced=comparison.replaced,
        grown=comparison.taken,
    )
    return replace(found, name=name_of(request))


def _refuse_nothing(base: tuple[_SidePlace, Side], head: tuple[_SidePlace, Side]) -> None:
    """Raises NoVerdictError where a path that was asked for is on neither side, or neither declares anything."""
    for path in head[1].request.paths:
        if all(side.tree is not None and not side.tree.exists(_absolute(path, side)) for _, side in (base, head)):
            names = " nor ".join(_name(place.compared) for place, _ in (base, head))
            raise NoVerdictError(f'there is no "{path}" in {names}', "Correct --path; it counts from this directory.")
    if not any(side.declared.files.found for _, side in (base, head)):
        raise NoVerdictError(
            f"nothing to compare: no .yaml or .yml file in {listed(head[1].paths, head[1].request.settings.root)}",
            "Name the directory of declarations with --path, or set `paths` in uts-policy.yaml.",
        )


def _absolute(path: Path, side: Side) -> Path:
    """A path as the commit of a side knows it."""
    inside = None if side.tree is None else side.tree.revision.inside(path)
    return path.absolute() if side.tree is None or inside is None else side.tree.revision.path(inside)


def _places(since: Since, head: str | None, request: Request) -> tuple[_SidePlace, _SidePlace]:
    """What the two names mean. Raises NoVerdictError for a revision that is not there."""
    there = _opened(request, since)
    base_directory = _is_directory(since.revision, there)
    head_directory = head is not None and _is_directory(head, there)
    for name, directory in ((since.revision, base_directory), (head, head_directory)):
        if name is not None and not directory:
            _refuse_no_side(name, there, since, request)
    base = _SidePlace(compared=Compared(name=since.revision), directory=Path(since.revision))
    after = _SidePlace(
        compared=Compared(name=head or WORK_TREE), directory=Path(head) if head and head_directory else None
    )
    if base_directory and (head is None or head_directory):
        return base, after
    repository = there or repository_of(since, request)
    if head is not None and not head_directory:
        after = _commit(repository, head, resolve(repository, head).commit)
    if not base_directory:
        # A directory has no history: the revision itself is meant.
        if head_directory:
            found = resolve(repository, since.revision)
            base = _commit(repository, since.revision, found.commit, [found.notice] if found.notice else [])
        else:
            between = merge_base(repository, since.revision, head)
            base = _commit(repository, since.revision, between.commit, between.notices)
    return base, after


def _commit(repository: Repository, name: str, commit: str, notices: Sequence[str] = ()) -> _SidePlace:
    return _SidePlace(
        compared=Compared(name=name, commit=commit),
        revision=Revision(repository=repository, commit=commit),
        notices=tuple(notices),
    )


def _opened(request: Request, since: Since) -> Repository | None:
    """The repository of what is compared, if there is one."""
    try:
        return repository_of(since, request)
    except NoVerdictError:
        return None


def _is_directory(name: str, repository: Repository | None) -> bool:
    """Whether a name means a directory. Raises UsageError where it means a revision as well."""
    if not Path(name).is_dir():
        return False
    if not _is_path(name) and repository is not None and find_revision(repository, name) is not None:
        raise UsageError(f'"{name}" is a revision and a directory', f"write ./{name} or refs/heads/{name}")
    return True


def _is_path(name: str) -> bool:
    """Whether a name is written as no revision would be."""
    return name.endswith("/") or name.startswith((".", "/")) or Path(name).is_absolute()


def _refuse_no_side(name: str, repository: Repository | None, since: Since, request: Request) -> None:
    """Raises NoVerdictError for a name that means no directory, and can mean no revision."""
    if repository is not None and find_revision(repository, name) is not None:
        return
    if Path(name).exists():
        raise NoVerdictError(
            f'"{name}" is a file, and what is compared are directories or revisions',
            "Name the directory that holds it; --path narrows both sides to one file.",
        )
    if _is_path(name):
        raise NoVerdictError(f'there is no directory "{name}"', "Correct its name, or name a git revision.")
    if repository is None:
        # Why there is none, git knows best: it may be there, and belong to someone else.
        try:
            repository_of(since, request)
        except OutsideRepositoryError:
            raise
        except NoVerdictError as error:
            raise NoVerdictError(f'there is no directory "{name}", and {error.message}', error.hint) from error


def _template(request: Request, policies: Policies) -> Side:
    """A side that declares nothing: what a commit is read beside where no work tree is compared."""
    nothing = LoadedFiles(sources={}, documents=(), problems=(), ignored={})
    return Side(
        request=request,
        policies=policies,
        declared=Declared(files=nothing, problems=()),
        prepared=None,
        problems=(),
        paths=(),
        baseline=None,
    )


def _work_tree(request: Request, policies: Policies) -> Side:
    baseline = without_people(read_known(request.settings), request.redaction)
    return side_of(request, policies, read_declarations(request), baseline, refuse=False)


def _directory(directory: Path, request: Request) -> Side:
    """What a directory declares: by its own configuration where it has one, else by that of the run."""
    if (directory / CONFIG_NAME).is_file():
        configuration = read_settings(str(directory / CONFIG_NAME), directory)
        paths: tuple[Path, ...] = ()
    else:
        configuration = Configuration(settings=_rooted(request.settings, directory.absolute()), document=None)
        paths = (directory,)
    settings = configuration.settings
    own = replace(request, settings=settings, config=configuration.document, paths=paths)
    return _work_tree(own, read_policies(settings))


def _rooted(settings: Settings, root: Path) -> Settings:
    """The settings for another root: files are named from there, policies and baseline are where they were."""
    return replace(
        settings,
        root=root,
        policies=tuple(str((settings.root / each).absolute()) for each in settings.policies),
        baseline=None if settings.baseline is None else str((settings.root / settings.baseline).absolute()),
    )


def _stored(place: _SidePlace, since: Since, beside: Side, notices: list[str]) -> Side:
    """What a commit declares. Raises NoVerdictError where that cannot be judged."""
    assert place.revision is not None  # noqa: S101 - the caller has looked
    found = read_base(place.revision, since, beside)
    if found.side is None:
        raise NoVerdictError(f"{_name(place.compared)} cannot be judged: {'; '.join(found.notices)}")
    notices += [notice for notice in found.notices if notice not in notices]
    return found.side


def _name(compared: Compared) -> str:
    return f"{compared.name} ({compared.commit[:12]})" if compared.commit else compared.name


def _judged_base(compared: Compared, side: Side, once: _Once) -> JudgedSide:
    corpus = _corpus(compared, side)
    report = judge(side, once)
    # Where nothing was declared yet, nothing could be found.
    findings = () if report is None else report.findings
    return JudgedSide(compared=compared, corpus=corpus, answer=_answer(side, corpus, once), findings=findings)


def _judged_head(
    compared: Compared, side: Side, before: Side, once: _Once, *, insist: bool
) -> tuple[JudgedSide, Comparison]:
    """The head, and what its comparison with the base gave."""
    corpus = _corpus(compared, side)
    assert side.prepared is not None  # noqa: S101 - it has a corpus
    evaluation = once.evaluate(corpus, side.policies.rule_set)
    comparison = compare(side, evaluation, _base(before), once, insist=insist)
    assessment = Assessment(
        corpus=corpus, selection=side.prepared.selection, evaluation=evaluation, compared=comparison.compared
    )
    report = report_assessed(facts_of(side.request, side.policies, side.declared), assessment)
    answer = _answer(side, corpus, once)
    return JudgedSide(compared=compared, corpus=corpus, answer=answer, findings=report.findings), comparison


def _corpus(compared: Compared, side: Side) -> Corpus:
    """The corpus of a side. Raises NoVerdictError, with the first place, where it is invalid."""
    if side.prepared is not None:
        return side.prepared.corpus
    place = side.problems[0].location
    raise NoVerdictError(
        f"{_name(compared)} cannot be compared, for it is invalid: "
        f"{place.file}:{place.span.line}:{place.span.column}: {side.problems[0].message}",
        "`uts-policy check` shows everything that is wrong with it",
    )


def _answer(side: Side, corpus: Corpus, once: _Once) -> Mapping[str, Any]:
    side.request.notify("asking who answers")
    answer: Mapping[str, Any] = once.evaluate(corpus, side.policies.rule_set).views[VIEW]
    return answer


def _base(side: Side) -> Base:
    return Base(side=side, notices=(), settings=side.request.settings)
