"""Where values and keys stand: by route, in the user's lines and columns."""

import pytest

from tests.unit.load.samples import excerpt, load_text, place
from uts_policy.load import parsers
from uts_policy.model.place import Location, Span

TEXT = """\
# A comment first
roles:
  - id: alpha
    title: "The é😀 one"   # quoted
    holders:
      - {person: p-1, from: 2026-03-01}
      - person: p-2

    notes: |
      one
        two

    last: [a, b]  # after

  - id: 'beta'
    empty:
    flow: {x: , y}
units: []
"""


@pytest.fixture(params=["with libyaml", "without libyaml"], autouse=True)
def each_parser(request, monkeypatch):
    """Every place here is the same whether the C parser is installed or not."""
    if request.param == "without libyaml":
        monkeypatch.setattr(parsers, "CParser", None)


def document(text):
    loaded = load_text(text)
    assert loaded.problems == ()
    return loaded.documents[0]


VALUES = [
    ((), "2:1-18:10"),
    (("roles",), "3:3-17:19"),
    (("roles", 0), "3:5-13:17"),
    (("roles", 0, "id"), "3:9-3:14"),
    (("roles", 0, "title"), "4:12-4:24"),
    (("roles", 0, "holders"), "6:7-7:20"),
    (("roles", 0, "holders", 0), "6:9-6:40"),
    (("roles", 0, "holders", 0, "from"), "6:29-6:39"),
    (("roles", 0, "holders", 1), "7:9-7:20"),
    (("roles", 0, "notes"), "9:12-11:12"),
    (("roles", 0, "last"), "13:11-13:17"),
    (("roles", 0, "last", 1), "13:15-13:16"),
    (("roles", 1), "15:5-17:19"),
    (("roles", 1, "id"), "15:9-15:15"),
    (("roles", 1, "empty"), "16:11-16:11"),
    (("roles", 1, "flow", "x"), "17:14-17:14"),
    (("roles", 1, "flow", "y"), "17:18-17:18"),
    (("units",), "18:8-18:10"),
]


@pytest.mark.parametrize(("route", "where"), VALUES)
def test_a_value_stands(route, where):
    # Line 9 of the text above is line 9 of the file: a block scalar ends at its last line that is not blank.
    assert place(document(TEXT).positions.value(route)) == where


@pytest.mark.parametrize(
    ("route", "where"),
    [
        ((), "2:1-18:10"),
        (("roles",), "2:1-2:6"),
        (("roles", 0), "3:5-13:17"),
        (("roles", 0, "holders"), "5:5-5:12"),
        (("roles", 0, "holders", 0, "from"), "6:23-6:27"),
        (("roles", 1, "flow", "y"), "17:17-17:18"),
        (("units",), "18:1-18:6"),
    ],
)
def test_a_key_stands(route, where):
    assert place(document(TEXT).positions.key(route)) == where


@pytest.mark.parametrize(
    ("route", "where"),
    [
        (("nothing",), "2:1-18:10"),
        (("roles", 2), "3:3-17:19"),
        (("roles", -1), "3:3-17:19"),
        (("roles", "id"), "3:3-17:19"),
        (("roles", 1, "title"), "15:5-17:19"),
        (("roles", 1, "title", 0, "x"), "15:5-17:19"),
        (("roles", 0, "id", "deeper"), "3:9-3:14"),
        (("units", 0), "18:8-18:10"),
    ],
)
def test_where_a_step_is_missing_the_deepest_value_on_the_way_is_shown(route, where):
    positions = document(TEXT).positions
    assert (place(positions.value(route)), place(positions.key(route))) == (where, where)


def test_a_document_locates_in_its_file():
    span = Span(line=3, column=9, end_line=3, end_column=14)
    assert document(TEXT).locate(("roles", 0, "id")) == Location(file="a.yaml", span=span)
    key = Span(line=3, column=5, end_line=3, end_column=7)
    assert document(TEXT).locate_key(("roles", 0, "id")) == Location(file="a.yaml", span=key)


SOURCES = [
    ("a: 007\n", "007"),
    ("a: '007'\n", "'007'"),
    ("a: x  # why\n", "x"),
    ("a: &n 007\n", "007"),
    ("a: !!str 007\n", "007"),
    ("a: !!str &n 007\n", "007"),
    ("a: &n !!str 007\n", "007"),
    ("a: !<tag:yaml.org,2002:str> 007\n", "007"),
    ("a: &n # why\n  # and\n  007\n", "007"),
    ("a: &n {b: 1}\n", "{b: 1}"),
    ("a: &n\n  b: 1\n", "b: 1"),
    ("a: &n\n- 1\n- 2\n", "- 1\n- 2"),
    ("a: [&n 1, &m , !!str ]\n", "[&n 1, &m , !!str ]"),
    ("a: x\n  y\n\n  z # end\n", "x\n  y\n\n  z"),
    ("a: |\n  x \t\n\n\nb: 1\n", "|\n  x \t"),
    ("a: >+\n  x\n\n# why\n", ">+\n  x"),
    ("a: |\n\n\nb: 1\n", "|"),
    ("a: |1 # why\n  x\n", "|1 # why\n  x"),
    ("a:\n  - b: |\n      x\n\n\nc: 1\n", "- b: |\n      x"),
    ("a:\n  - b: # nothing\n\nc: 1\n", "- b:"),
    ("a:   \nb: 1\n", ""),
    ("a: &n\nb: 1\n", ""),
    ("a: ~\n", "~"),
    ("a:\r\n  - 'x'\r\n  - y\r\n\r\nb: 1\r\n", "- 'x'\r\n  - y"),
    ("a: [b: 1 , c]\n", "[b: 1 , c]"),
    ("a: [  ]\n", "[  ]"),
]


@pytest.mark.parametrize(("text", "written"), SOURCES)
def test_the_source_of_a_value_is_what_was_written_without_anchor_and_tag(text, written):
    assert document(text).positions.source(("a",)) == written


def test_a_pair_in_a_list_ends_with_its_value():
    positions = document("a: [b: 1 , c: ]\n").positions
    assert [positions.source(("a", index)) for index in (0, 1)] == ["b: 1", "c:"]


def test_an_alias_is_located_where_it_is_used():
    positions = document("a: &x\n  b: {c: 1}\nd: [*x, *x]\n").positions
    assert [place(positions.value(route)) for route in (("d", 0), ("d", 1), ("d", 1, "b"), ("d", 1, "b", "c"))] == [
        "3:5-3:7",
        "3:9-3:11",
        "3:9-3:11",
        "3:9-3:11",
    ]
    assert place(positions.key(("d", 1, "b"))) == "3:9-3:11"
    assert place(positions.value(("a", "b", "c"))) == "2:10-2:11"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_an_editor_whatever_ends_them(newline):
    text = newline.join(["a: 'x\u3000'", "", "b: 'é\\u2028😀'", "c: 1", ""])
    positions = document(text).positions
    assert [place(positions.value((key,))) for key in "abc"] == ["1:4-1:8", "3:4-3:14", "4:4-4:5"]


def test_a_byte_order_mark_takes_no_column():
    assert place(document("\ufeffa: 1\n").positions.key(("a",))) == "1:1-1:2"


def test_columns_count_code_points():
    positions = document("é😀ç: {q: 😀😀, r: 1}\n").positions
    assert place(positions.value(("é😀ç", "r"))) == "1:17-1:18"


def test_later_documents_are_placed_in_the_file():
    documents = load_text("a: 1\n---\nb: 2\n--- \nc: [3]\n").documents
    assert [place(documents[1].positions.value(("b",))), place(documents[2].positions.value(("c", 0)))] == [
        "3:4-3:5",
        "5:5-5:6",
    ]


def test_large_collections_are_located_as_small_ones_are():
    items = [f"  - {{id: n-{index}, x: [{index}, y]}}" for index in range(500)]
    keys = [f"  k{index}: {{v: {index}}}" for index in range(500)]
    text = "\n".join(["list:", *items, "map:", *keys, ""])
    positions = document(text).positions
    assert [positions.source(("list", index, "x", 0)) for index in range(500)] == [str(index) for index in range(500)]
    spans = [positions.key(("map", f"k{index}")) for index in range(500)]
    assert [excerpt(text, span) for span in spans] == [f"k{index}" for index in range(500)]
