"""Findings as the page shows them: by rule, by cause, by owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uts_policy.common.invisible import named
from uts_policy.model.finding import Finding, RelatedPlace, Status
from uts_policy.model.place import Location
from uts_policy.model.report import Report
from uts_policy.model.rule import Level, Rule
from uts_policy.render.common.fold import by_urgency, cause_of, causes
from uts_policy.render.common.terminal import split_lines

_BEFORE, _MARKED, _AFTER = 60, 160, 80
"""Characters of a long line that are shown before, in and after what a finding points at."""
STATES = (*(each.value for each in Status), "waived")
"""What `Item.state` can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a file, parted at what a finding points at."""

    number: int
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One finding. `number` counts from 1 in the order of the page, `anchor` is a name that outlives a run.

    `cause` is the number of its cause, the same for all that share it. `state` is new, known or waived.
    """

    number: int
    anchor: str
    finding: Finding
    where: str
    line: Line | None
    owners: tuple[str, ...]
    cause: int
    state: str
    related: tuple[tuple[str, RelatedPlace], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many findings count at each level, and how many do not."""

    error: int
    warning: int
    note: int
    quiet: int

    @property
    def order(self) -> tuple[int, int, int]:
        """The worst first, where ascending is first."""
        return (-self.error, -self.warning, -self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """All findings of one rule. `remediation` is theirs where all say the same, else empty. `anchor` names it."""

    id: str
    anchor: str
    rule: Rule | None
    tally: Tally
    remediation: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerGroup:
    """All findings that are the business of one role, by rule; an empty role is nobody."""

    role: str
    title: str
    anchor: str
    tally: Tally
    rules: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What several findings come from."""

    number: int
    count: int
    first: Item


def anchor_of(finding: Finding) -> str:
    """A name for the finding in an address: its identity without the colon."""
    return f"f-{finding.identity.rpartition(':')[2]}"


def state_of(finding: Finding) -> str:
    """Whether it counts, or why not."""
    return finding.status.value if finding.waiver is None else "waived"


def owners_of(answerable: Mapping[str, Mapping[str, Sequence[str]]], entry: str) -> tuple[str, ...]:
    """The roles whose business an entry, `section/id`, is, as the view says; none where nobody is named."""
    section, _, name = entry.partition("/")
    return tuple(answerable.get(section, {}).get(name, ()))


def by_rule(report: Report) -> tuple[RuleGroup, ...]:
    """The rule with what to fix first before the others; within a rule what to fix first."""
    rules = {rule.id: rule for rule in report.rules}
    grouped: dict[str, list[Finding]] = {}
    for finding in by_urgency(report.findings):
        grouped.setdefault(finding.rule, []).append(finding)
    make = _Maker(report)
    return tuple(
        RuleGroup(
            id=id_,
            anchor=f"r-{id_.replace('/', '-')}",
            rule=rules.get(id_),
            tally=tally(found),
            remediation=found[0].remediation if len({each.remediation for each in found}) == 1 else "",
            items=tuple(map(make.item, found)),
        )
        for id_, found in grouped.items()
    )


def by_owner(report: Report, groups: Sequence[RuleGroup]) -> tuple[OwnerGroup, ...]:
    """The roles with the most errors first, then by name; what is nobody's business last."""
    roles: Mapping[str, Mapping[str, str]] = {} if report.corpus is None else report.corpus.data["roles"]
    owned: dict[str, dict[str, list[Item]]] = {}
    for group in groups:
        for item in group.items:
            for role in item.owners or ("",):
                owned.setdefault(role, {}).setdefault(group.id, []).append(item)
    found = [
        OwnerGroup(
            role=role,
            title=roles.get(role, {}).get("title", ""),
            anchor=f"o-{role}",
            tally=tally([item.finding for items in rules.values() for item in items]),
            rules=tuple((rule, tuple(items)) for rule, items in rules.items()),
        )
        for role, rules in owned.items()
    ]
    return tuple(sorted(found, key=lambda group: (not group.role, *group.tally.order, group.role)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerBar:
    """An owner in a chart: its name, its counts, and the ends of its bars for errors, warnings and notes, of 100."""

    group: OwnerGroup
    ends: tuple[int, int, int]


def busiest(owners: Sequence[OwnerGroup], most: int) -> tuple[OwnerBar, ...]:
    """The first owners, with bars as long as they have findings that count; nobody aside."""
    some = [each for each in owners if each.role and each.tally.order != (0, 0, 0)][:most]
    longest = max((each.tally.error + each.tally.warning + each.tally.note for each in some), default=1)
    return tuple(OwnerBar(group=each, ends=_ends(each.tally, longest)) for each in some)


def _ends(tally_: Tally, longest: int) -> tuple[int, int, int]:
    counts = (tally_.error, tally_.warning, tally_.note)
    first, second, third = (100 * sum(counts[: place + 1]) // longest for place in range(3))
    return first, second, third


def top_causes(report: Report, groups: Sequence[RuleGroup], most: int) -> tuple[Cause, ...]:
    """The causes to fix first, of findings that count."""
    items: dict[str, list[Item]] = {}
    for item in sorted((item for group in groups for item in group.items), key=lambda item: item.number):
        if item.finding.counts:
            items.setdefault(cause_of(item.finding), []).append(item)
    return tuple(
        Cause(number=items[cause][0].cause, count=len(items[cause]), first=items[cause][0])
        for cause in causes(report.findings)[:most]
    )


def tally(findings: Sequence[Finding]) -> Tally:
    """Counts what counts by level, and the rest together."""
    levels = [finding.level for finding in findings if finding.counts]
    return Tally(
        error=levels.count(Level.ERROR),
        warning=levels.count(Level.WARNING),
        note=levels.count(Level.NOTE),
        quiet=len(findings) - len(levels),
    )


def place(location: Location | None) -> str:
    """`file:line:column`; empty where there is none."""
    return "" if location is None else f"{location.file}:{location.span.line}:{location.span.column}"


class _Maker:
    """Makes items, numbering as it goes, and reads each file's lines once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._number = 0
        self._lines: dict[str, list[str]] = {}
        self._causes: dict[str, int] = {}
        self._owners = {} if report.corpus is None else report.views["answerable"]

    def item(self, finding: Finding) -> Item:
        self._number += 1
        return Item(
            number=self._number,
            anchor=anchor_of(finding),
            finding=finding,
            where=place(finding.location),
            line=self._line(finding.location),
            owners=owners_of(self._owners, finding.entry),
            cause=self._causes.setdefault(cause_of(finding), len(self._causes) + 1),
            state=state_of(finding),
            related=tuple((place(each.location), each) for each in finding.related),
        )

    def _line(self, location: Location | None) -> Line | None:
        source = None if location is None else self._report.source(location.file)
        if source is None or location is None:
            return None
        if source.path not in self._lines:
            self._lines[source.path] = split_lines(source)
        lines, span = self._lines[source.path], location.span
        if span.line > len(lines) or not lines[span.line - 1] or lines[span.line - 1].isspace():
            return None
        # NOTE: the line may be the whole file, and each finding shows it: no more of it is copied than is shown.
        text, start = lines[span.line - 1], span.column - 1
        end = span.end_column - 1 if span.end_line == span.line else len(text)
        before = text[max(start - _BEFORE, 0) : start]
        return Line(
            number=span.line,
            before=_spaced(f"…{before}" if start > _BEFORE else before),
            marked=_spaced(_cut(text[start : min(end, start + _MARKED + 1)], _MARKED)),
            after=_spaced(_cut(text[end : end + _AFTER + 1], _AFTER)),
        )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _spaced(text: str) -> str:
    return named(text).replace("\t", "    ")
