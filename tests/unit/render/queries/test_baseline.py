"""The baseline as a file: what is written is what is read again, whatever the texts hold."""

from hypothesis import given, settings
from hypothesis import strategies as st

from uts_policy.load.configuration import baseline_document, baseline_from
from uts_policy.load.read import to_source
from uts_policy.model.baseline import Baseline, BaselineEntry
from uts_policy.model.document import Source
from uts_policy.render.queries.baseline import render
from uts_policy.schema.validate import check_document

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
ENTRIES = st.builds(
    BaselineEntry,
    id=st.from_regex(r"1:[0-9a-f]{32}", fullmatch=True),
    rule=TEXTS,
    entry=TEXTS,
    message=TEXTS,
    reason=TEXTS,
    accepted=st.dates().map(str),
)


def written(baseline: Baseline) -> Source:
    source = to_source("known.yaml", render(baseline).encode())
    assert isinstance(source, Source)
    return source


@settings(deadline=None, max_examples=100)
@given(st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id))
def test_what_is_written_is_read_again(entries):
    source = written(Baseline(file="known.yaml", entries=tuple(entries)))
    document = baseline_document(source)
    assert check_document("baseline", document, source) == ()
    assert baseline_from(document).entries == tuple(entries)


@settings(deadline=None, max_examples=50)
@given(ENTRIES)
def test_every_entry_takes_the_same_number_of_lines(entry):
    text = render(Baseline(file="known.yaml", entries=(entry,)))
    assert len(text.splitlines()) == 4 + 6


def test_the_place_of_an_entry_is_where_its_id_stands():
    entries = tuple(
        BaselineEntry(id=f"1:{digit * 32}", rule="a/b", entry="c/d", message="m", reason="r", accepted="2026-11-23")
        for digit in "12"
    )
    found = baseline_from(baseline_document(written(Baseline(file="known.yaml", entries=entries))))
    assert {name: place.span.line for name, place in found.places.items()} == {
        f"1:{'1' * 32}": 5,
        f"1:{'2' * 32}": 11,
    }
