"""Head against base: what was there before, and what a change does to the check itself."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from uts_policy.common.former_names import entries_of, first_named, former_names
from uts_policy.common.renaming import Renames, Renaming
from uts_policy.common.words import number
from uts_policy.corpus.links.adjacency import excused
from uts_policy.corpus.tables import SECTIONS
from uts_policy.engine.interface import Engine
from uts_policy.judge.baseline import fixed_at_base
from uts_policy.judge.identity import entry_of, in_corpus, of_violation
from uts_policy.judge.lineage import Lineage, claimed, lineage, renamed
from uts_policy.judge.outcomes import unassessed
from uts_policy.judge.report import Assessment, WithBase, report_assessed
from uts_policy.judge.waivers import applied
from uts_policy.judge.weakening.compare import weakenings
from uts_policy.judge.weakening.entries import replaced_entries, taken_identities, void_waivers
from uts_policy.judge.weakening.growth import Growth, by_waived, grown
from uts_policy.judge.weakening.stance import WEAKENS, LeftFile, Stance, Weakening
from uts_policy.load.discover import display_name
from uts_policy.load.tree import Disk
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.finding import Finding, Violation
from uts_policy.model.place import START, Location, Route
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.model.settings import Settings
from uts_policy.pipeline.base import Base
from uts_policy.pipeline.prepare import facts_of
from uts_policy.pipeline.request import Prepared, Side
from uts_policy.pipeline.unread import unread_files
from uts_policy.rules.selection import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the base says about the head. `known` are the identities of findings that it had, unwaived.

    `fixed` are those that its baseline lists and the base no longer had. `taken` are those of findings on entries whose
    id or first name stands for something else at the base, and of findings that concern more than there: they are new,
    whatever knows them. `replaced` are the entries whose id stands for something else. `renames` are the ids that the
    head has changed, and records.
    `threshold` is the lower of both sides: a change is not judged by a threshold that it raises itself. With
    `fail_on_weakening` a weakening fails the check below it as well.
    """

    known: frozenset[str]
    fixed: frozenset[str]
    taken: frozenset[str]
    replaced: frozenset[str]
    renames: Renames
    compared: WithBase
    threshold: Level | None
    notices: tuple[str, ...]
    fail_on_weakening: bool = False


def compare(head: Side, evaluation: Evaluation, base: Base, engine: Engine, *, insist: bool = False) -> Comparison:
    """Judges the base by its own rules, and what has changed in how the check is made.

    A finding that a waiver of the base hid is not known: where the waiver is gone, the change has uncovered it. One
    that concerns more than at the base is not known either. With `insist`, weakening is judged whatever profile and
    configuration say. Raises NoVerdictError where the engine gives no answer about the base.
    """
    side = base.side
    before = None if side is None else _evaluated(side, engine, (head, evaluation))
    report = None if side is None or before is None else _report(side, before)
    corpus = None if side is None or side.prepared is None else side.prepared.corpus
    lines = _RenamedBase(corpus, None if head.prepared is None else head.prepared.corpus)
    known = frozenset(
        lines.identity(finding) for finding in (() if report is None else report.findings) if finding.waiver is None
    )
    fixed: frozenset[str] = frozenset()
    if side is not None and corpus is not None and side.baseline is not None and side.request.redaction is None:
        fixed = fixed_at_base(side.baseline, report, corpus)
    growths: Mapping[str, Growth] = {}
    if lines.base is not None and before is not None and head.prepared is not None:
        moved = [lines.renaming.violation(each) for each in before.violations]
        growths = grown((lines.base, moved), (head.prepared.corpus, evaluation.violations))
    listed = frozenset() if head.baseline is None else head.baseline.identities
    exposed = _known_or_waived(head, evaluation, known | listed)
    replaced = _replaced(lines.base, head, exposed)
    claims = lines.claims(exposed)
    found = () if side is None else _weakened((side, before), (head, evaluation), lines.base, (replaced, claims))
    if head.prepared is not None:
        found = (*found, *by_waived(head.prepared.corpus, growths.values()))
    void, without = _void(side, head, lines, replaced)
    if corpus is None and head.baseline is not None:
        # Nobody can tell what the change itself has put on the list but from the list of the base.
        fixed = listed - (frozenset() if side is None or side.baseline is None else side.baseline.identities)
    level, insisted = _level(side, head, insist=insist)
    notices = (*base.notices, *insisted, *without, *(each.notice for each in growths.values()))
    return Comparison(
        known=known,
        fixed=fixed,
        taken=lines.taken(evaluation, replaced, claims, known) | growths.keys(),
        replaced=frozenset(replaced),
        renames=lines.renaming.renames,
        compared=WithBase(weakenings=found, level=level, base=lines.base, void=void),
        threshold=_lowest(
            (head.request.settings.fail_on, Level.ERROR if base.settings is None else base.settings.fail_on)
        ),
        notices=notices,
    )


class _RenamedBase:
    """The base in the names of the head. `base` is None where there is none, or it is invalid."""

    def __init__(self, base: Corpus | None, head: Corpus | None) -> None:
        self._before, self._head = base, head
        found = Lineage(renames={}, refused=frozenset())
        if base is not None and head is not None:
            found = lineage(base, head)
        self.refused = found.refused
        self.renaming = Renaming(found.renames, {} if base is None else entries_of(base.data))
        self.base = None if base is None else renamed(base, self.renaming)

    def identity(self, finding: Finding) -> str:
        """The identity that a finding of the base has at the head."""
        if self._head is None:
            return finding.identity
        names = self.renaming.entry(finding.entry), self.renaming.key(finding.key)
        return of_violation(finding.rule, *first_named(self._head.data, *names))

    def claims(self, violations: Collection[Violation]) -> Mapping[str, tuple[str, str]]:
        """The entries of `violations` that take the first name of another entry of the base."""
        if self._before is None or self._head is None:
            return {}
        return claimed(self._before, self._head, self.renaming, violations)

    def taken(
        self, evaluation: Evaluation, replaced: Collection[str], claims: Collection[str], known: Collection[str]
    ) -> frozenset[str]:
        """The identities of findings on entries that are not what their id or first name says.

        Of one that only claims a name, what the base found on it under its own stays known.
        """
        if self._head is None:
            return frozenset()
        found = evaluation.violations
        only_claimed = taken_identities(self._head, found, claims) - frozenset(known)
        return taken_identities(self._head, found, replaced) | only_claimed

    def misled_waivers(self) -> frozenset[str]:
        """The waivers of the head that stand for an entry only by a former name that is not believed."""
        if self._head is None or not self.refused:
            return frozenset()
        data = self._head.data
        moved = {each: record for each, record in data["moved"].items() if each not in self.refused}
        entries = {**entries_of(data), "moved": moved}
        believed = excused(entries, former_names(entries).now, data["as_of"])
        return frozenset(each for each, subjects in data["links"]["excused"].items() if subjects != believed[each])


def _void(
    base: Side | None, head: Side, lines: _RenamedBase, replaced: Mapping[str, str]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The waivers of the head that hide nothing, and what to say of them.

    Those that were agreed for what had an id before, and, where the base is invalid, those that it does not have:
    nothing else would tell that they come with the change.
    """
    if head.prepared is None:
        return frozenset(), ()
    corpus = head.prepared.corpus
    if lines.base is not None:
        return void_waivers(lines.base, corpus, replaced) | lines.misled_waivers(), ()
    there = [] if base is None else [each for document in base.declared.files.documents for each in _waivers(document)]
    new = frozenset(each for each in corpus.data["waivers"] if _as_written(corpus, each) not in there)
    if not new:
        return new, ()
    names = ", ".join(f'"{each}"' for each in sorted(new))
    return new, (f"What the base does not have hides nothing, for the base cannot be judged: waiver {names}.",)


def _waivers(document: Document) -> list[Any]:
    entries = document.data.get("waivers") if isinstance(document.data, dict) else None
    return entries if isinstance(entries, list) else []


def _as_written(corpus: Corpus, waiver: str) -> Any:  # noqa: ANN401 - any YAML value
    origin = corpus.origins["waivers", waiver]
    value: Any = origin.document.data
    for step in origin.route:
        value = value[step]
    return value


def _weakened(
    before: tuple[Side, Evaluation | None],
    after: tuple[Side, Evaluation],
    corpus: Corpus | None,
    taken: tuple[Mapping[str, str], Mapping[str, tuple[str, str]]],
) -> tuple[Weakening, ...]:
    """What the change weakens. `corpus` is the base in the names of the head, `taken` replaced entries and claims."""
    base, head = before[0], after[0]
    if not base.declared.files.found and base.request.config is None:
        # Whoever introduces the check has none to weaken, and all that is found is new.
        return ()
    left = tuple(
        LeftFile(
            name=each.name,
            message=each.message,
            location=Location(file=each.place, span=START) if each.place else None,
        )
        for each in unread_files(base, head)
    )
    stance = replace(_stance(*before, head), corpus=corpus)
    return weakenings(stance, replace(_stance(*after), left=left), tuple(SECTIONS), *taken)


def _known_or_waived(head: Side, evaluation: Evaluation, known: frozenset[str]) -> tuple[Violation, ...]:
    if head.prepared is None:
        return ()
    corpus = head.prepared.corpus
    return tuple(
        each
        for each in evaluation.violations
        if in_corpus(corpus, each) in known or applied(corpus, each.rule, entry_of(each), each.key) is not None
    )


def _replaced(base: Corpus | None, head: Side, exposed: Collection[Violation]) -> Mapping[str, str]:
    """The entries with a known or waived finding whose id stands for something else than at the base."""
    if base is None or head.prepared is None:
        return {}
    return replaced_entries(base, head.prepared.corpus, {entry_of(each) for each in exposed})


def judge(side: Side, engine: Engine) -> Report | None:
    """The report on one side by itself; None where it is invalid, or has no rule to run."""
    evaluation = _evaluated(side, engine)
    return None if evaluation is None else _report(side, evaluation)


def _evaluated(side: Side, engine: Engine, other: tuple[Side, Evaluation] | None = None) -> Evaluation | None:
    """What the rules say of one side; None where it is invalid, or has no rule to run.

    `other` has been evaluated already: where its corpus and rules are the same nothing is evaluated again.
    """
    prepared = side.prepared
    if prepared is None or not prepared.selection.rules:
        return None
    if other is not None and _same(side, prepared, other[0]):
        return other[1]
    side.request.notify(f"evaluating {number(len(prepared.selection.rules), 'rule')} on the base")
    return engine.evaluate(prepared.corpus, side.policies.rule_set)


def _report(side: Side, evaluation: Evaluation) -> Report:
    assert side.prepared is not None  # noqa: S101 - it was evaluated
    # A baseline knows true identities: what it lists would all seem to be fixed.
    baseline = side.baseline if side.request.redaction is None else None
    assessment = Assessment(
        corpus=side.prepared.corpus, selection=side.prepared.selection, evaluation=evaluation, baseline=baseline
    )
    return report_assessed(facts_of(side.request, side.policies, side.declared), assessment)


def _same(side: Side, prepared: Prepared, other: Side) -> bool:
    return (
        other.prepared is not None
        and side.policies.rule_set.digest == other.policies.rule_set.digest
        and prepared.corpus.data == other.prepared.corpus.data
    )


def _level(base: Side | None, head: Side, *, insist: bool) -> tuple[Level | None, tuple[str, ...]]:
    """The level of the rule about weakening, and what to say of it.

    It is the base's, for a change must not decide how it is told of itself. None where it is off; with `insist` it is
    never off. Of a base that is invalid its configuration says; what the command line leaves out, stays out.
    """
    if base is None:
        return None, ()
    levels, _ = in_force(base.policies.catalogue, base.request.settings)
    level = levels.get(WEAKENS)
    if base.prepared is not None:
        level = next((rule.level for rule in base.prepared.selection.host if rule.id == WEAKENS), None)
    elif any(fnmatchcase(WEAKENS, pattern) for pattern in head.request.exclude):
        level = None
    if level is not None or not insist:
        return level, ()
    off = any(each is None and fnmatchcase(WEAKENS, pattern) for pattern, each in base.request.settings.levels)
    notice = f'The base turns "{WEAKENS}" off; --fail-on-weakening judges it all the same.'
    return Level.WARNING, (notice,) if off else ()


def _lowest(thresholds: Iterable[Level | None]) -> Level | None:
    return min((each for each in thresholds if each is not None), key=lambda level: level.rank, default=None)


def _stance(side: Side, evaluation: Evaluation | None, head: Side | None = None) -> Stance:
    """How a side lets itself be checked; of a base, only what `head` still has counts as read."""
    silent = () if evaluation is None else unassessed(evaluation)
    settings = side.request.settings
    levels, parameters = in_force(side.policies.catalogue, settings)
    # A rule with nothing to judge has not been assessed: asking it for the first time takes nothing away.
    judged = {} if evaluation is None else evaluation.judged
    spoke = set() if evaluation is None else {each.rule for each in evaluation.violations}
    idle = {rule for rule, entries in judged.items() if not entries} - spoke
    selection = None if side.prepared is None else side.prepared.selection
    reads: dict[str, str] = {}
    for path in side.paths:
        with suppress(OSError):
            # Where it leads now: another name for the same place reads no less.
            real = ((head or side).tree or Disk()).resolve(path)
            reads[Path(real).as_posix()] = display_name(path, settings.root)
    return Stance(
        settings=settings,
        catalogue={rule.id: rule for rule in side.policies.catalogue},
        levels=levels,
        parameters=parameters,
        own={each.place: each.file for each in side.policies.own},
        reads=reads,
        corpus=None if side.prepared is None else side.prepared.corpus,
        baseline=side.baseline,
        written=_written(side.request.config, settings),
        assessed=frozenset(() if selection is None else (each.id for each in (*selection.rules, *selection.host)))
        - {each.rule for each in silent}
        - idle,
        not_assessed={
            each.rule: each.reason for each in (*(() if selection is None else selection.not_assessed), *silent)
        },
    )


def _written(config: Document | None, settings: Settings) -> Callable[[Route], Location | None]:
    """Where the configuration says something: the key, or the deepest part of the way to it that is there."""

    def place(route: Route) -> Location | None:
        if config is None or settings.config_file is None:
            return None
        file = display_name(settings.root / settings.config_file.name, settings.root)
        present = _present(config, route)
        if not present:
            return Location(file=file, span=START)
        found = config.locate(present) if isinstance(present[-1], int) else config.locate_key(present)
        return replace(found, file=file)

    return place


def _present(config: Document, route: Route) -> Route:
    value: Any = config.data
    for depth, step in enumerate(route):
        there = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
        if step not in there:
            return route[:depth]
        value = value[step]
    return route
