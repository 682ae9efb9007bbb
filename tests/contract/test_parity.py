"""Both engines give the same answer, to the last word, on random corpora, hostile text and the examples.

`make parity N=10000` compares more; tests/acceptance/test_samples.py compares the samples of the rules. That every rule
speaks and is silent in at least a twentieth of such corpora is shown in tests/acceptance/test_oracle.py.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.generate.emit import dump
from tests.generate.strategies import hostile_declarations
from tests.generate.verdicts import read_files
from tests.oracle.compare import Case
from tests.parity import Engines, Tally, compare, engines

pytestmark = pytest.mark.opa

AS_OF = "2026-11-23"
CORPORA = 200
EXAMPLES = 12
LONG = "x" * 128
"""As long as an id may be."""


@pytest.fixture(scope="module")
def both(opa: str) -> Iterator[Engines]:
    with engines(opa) as found:
        yield found


def case(files: dict[str, str], as_of: str = AS_OF) -> Case:
    return Case(name="given", as_of=as_of, declarations={}, files=files)


@pytest.mark.slow
def test_random_corpora_get_the_same_answer_and_most_rules_speak(both: Engines) -> None:
    tally = Tally()
    assert list(compare(both, range(CORPORA), tally)) == []
    assert tally.corpora == CORPORA
    assert tally.findings > 10 * CORPORA
    assert len(tally.spoke) > 0.9 * sum(rule.by == "rego" for rule in both.policies.catalogue)


@given(hostile_declarations())
@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_hostile_text_gets_the_same_answer(both: Engines, declarations: dict) -> None:
    text = dump(declarations)
    assert list(both.differences({text: both.corpus(case({"all.yaml": text}))}, Tally())) == []


@pytest.mark.parametrize("as_of", [AS_OF, "2031-02-28"])
def test_the_examples_get_the_same_answer(both: Engines, root: Path, as_of: str) -> None:
    tally = Tally()
    names = ("clean", "seeded")
    corpora = {name: both.corpus(case(read_files(root / "examples" / name), as_of)) for name in names}
    assert list(both.differences(corpora, tally)) == []
    assert (tally.corpora, tally.findings > 50) == (2, True)


def test_long_and_foreign_ids_get_the_same_answer(both: Engines) -> None:
    text = f"""\
units: [{{id: {LONG}, name: "\U0001d518\U0001f6f0"}}]
roles: [{{id: r, title: "line\\nline", unit: "\U0010fffd \\" ' \\\\"}}, {{id: "s", title: '{{}}%s', unit: {LONG}}}]
responsibilities:
  - {{id: d, statement: "a\\u2028\\u202e", accountable: [{LONG}, "\U0001f6f0"], responsible: "%d {{0}}"}}
  - {{id: e, statement: "İıſß", accountable: "{"y" * 200}"}}
"""
    tally = Tally()
    assert list(both.differences({"hostile": both.corpus(case({"all.yaml": text}))}, tally)) == []
    assert tally.findings >= 5


def test_a_difference_is_named(both: Engines) -> None:
    """The comparison itself can fail: one engine is given a corpus with one duty more."""
    text = "responsibilities: [{id: d, statement: Do}]\n"
    more = f"{text}---\nresponsibilities: [{{id: e, statement: Do more}}]\n"
    corpora = [both.corpus(case({"all.yaml": each})) for each in (text, more)]
    ours, theirs = both.embedded(corpora[:1]), list(both.opa(corpora[1:]))
    assert ours != theirs
    assert ours == list(both.opa(corpora[:1]))
