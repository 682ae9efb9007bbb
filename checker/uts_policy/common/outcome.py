"""What becomes of the entries that a rule is about, by the findings on them."""

from collections.abc import Iterable, Mapping

from uts_policy.common.fields import population
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Finding
from uts_policy.model.report import Outcome
from uts_policy.model.rule import Rule


def is_about(rule: Rule, corpus: Corpus, entry: str) -> bool:
    """Whether an entry (`section/id`) is declared, and in a section that the rule is about."""
    section, _, name = entry.partition("/")
    return section in population(rule.subjects) and name in corpus.data[section]


def entries_of(rule: Rule, corpus: Corpus) -> int:
    """How many entries a rule is about, unless the rule itself says which it looked at."""
    return sum(len(corpus.data[section]) for section in population(rule.subjects))


def failing(rule: Rule, corpus: Corpus, findings: Iterable[Finding]) -> dict[str, bool]:
    """The entries with one of the rule's findings; true where every finding on the entry is waived.

    A finding on anything that the rule is not about counts nowhere.
    """
    found: dict[str, bool] = {}
    for finding in findings:
        if is_about(rule, corpus, finding.entry):
            found[finding.entry] = found.get(finding.entry, True) and finding.waiver is not None
    return found


def outcome(entries: int, failed: Mapping[str, bool], not_judged: int = 0) -> Outcome:
    """The outcome of so many entries, of which `failed` (see `failing`) have findings and `not_judged` no verdict."""
    waived = sum(failed.values())
    return Outcome(
        passed=entries - len(failed) - not_judged,
        failed=len(failed) - waived,
        waived=waived,
        not_judged=not_judged,
    )
