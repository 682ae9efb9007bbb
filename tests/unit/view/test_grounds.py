"""What a card shows around an entry: its fields, what it names, what names it, each where it was written."""

from pathlib import Path

from tests.unit.evidence.judged import judged
from uts_policy.model.answers import Fact
from uts_policy.view.grounds import Surroundings

TEXT = """\
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1}
roles:
  - id: director
    title: Director
    unit: agency
    holders: [{person: p-1}]
responsibilities:
  - id: lead
    statement: Lead the agency
    accountable: director
    responsible: director
"""


def told(facts: tuple[Fact, ...]) -> list[tuple[str, str, int]]:
    return [(each.entry, each.why, 0 if each.location is None else each.location.span.line) for each in facts]


def surroundings(folder: Path) -> Surroundings:
    (folder / "all.yaml").write_text(TEXT, encoding="utf-8")
    corpus = judged(folder)[0].corpus
    assert corpus is not None
    return Surroundings(corpus)


def test_the_entry_comes_first_then_its_fields_then_what_it_names_then_what_names_it(tmp_path: Path) -> None:
    assert told(surroundings(tmp_path).of("roles", "director", ())) == [
        ("roles/director", "the entry itself", 6),
        ("roles/director", 'title: "Director"', 7),
        ("roles/director", 'unit: "agency"', 8),
        ("roles/director", 'holders: [{"person": "p-1"}]', 9),
        ("people/p-1", "named in it", 4),
        ("units/agency", "named in it", 2),
        ("assignments/lead/director/A", "names director as role", 13),
        ("assignments/lead/director/R", "names director as role", 14),
    ]


def test_an_entry_that_nothing_names_has_itself(tmp_path: Path) -> None:
    facts = surroundings(tmp_path).of("people", "p-1", ())
    assert told(facts)[0] == ("people/p-1", "the entry itself", 4)
    assert told(facts)[-1] == ("roles/director", "names p-1 as holders.person", 9)


def test_a_place_is_told_once(tmp_path: Path) -> None:
    facts = surroundings(tmp_path).of("responsibilities", "lead", ())
    assert len({(each.entry, each.location) for each in facts}) == len(facts)
