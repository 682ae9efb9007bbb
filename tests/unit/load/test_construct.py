"""What YAML means: the traps in which files are right, and readers go wrong."""

import pytest

from tests.unit.load.samples import data, load_text, routes
from uts_policy.load import parsers


@pytest.fixture(params=["with libyaml", "without libyaml"], autouse=True)
def each_parser(request, monkeypatch):
    """Every meaning here is the same whether the C parser is installed or not."""
    if request.param == "without libyaml":
        monkeypatch.setattr(parsers, "CParser", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "a: [no, on, 0o17, 1_000, 2026-01-02, 007, ~, 1e3]\n",
            {"a": ["no", "on", 15, "1_000", "2026-01-02", 7, None, 1000.0]},
        ),
        ("a: ['007', \"true\", 'null', '']\n", {"a": ["007", "true", "null", ""]}),
        ("a: {title: X, url: https://e.org}\n", {"a": {"title": "X", "url": "https://e.org"}}),
        (
            "a: {url: https://e.org:80/?q=1&r=?#top, t: 12:30}\n",
            {"a": {"url": "https://e.org:80/?q=1&r=?#top", "t": "12:30"}},
        ),
        ('a: {"b":1, "c":{"d":2}}\n', {"a": {"b": 1, "c": {"d": 2}}}),
        ("a: &a.b x\nb: *a.b\n", {"a": "x", "b": "x"}),
        ('a: "\\ud83d\\ude00 and \\u00e9"\n', {"a": "😀 and é"}),
        ("a: 'é😀'\n", {"a": "é😀"}),
        ('a: "x\\u2028y\\Nz"\n', {"a": "x\u2028y\x85z"}),
        ("base: &base {x: 1}\na:\n  <<: *base\n  y: 2\n", {"base": {"x": 1}, "a": {"<<": {"x": 1}, "y": 2}}),
        ("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 'p\r\n  q'\r\n", {"a": 1, "b": "x\ny\n", "c": "p q"}),
        ("a: 1\rb: 2\r", {"a": 1, "b": 2}),
        ("a: |\n  x\n\n\nb: >-\n  p\n  q\n\n", {"a": "x\n", "b": "p q"}),
        ("a:\tx\t# why\nb: y\tz\n\t\n\t# all of it white\nc: [\n\t1,\n\t2 ]\n", {"a": "x", "b": "y\tz", "c": [1, 2]}),
        ("a: x\n  y\n\n  z\n", {"a": "x y\nz"}),
        ("a: x\n  y\t\n \t\n  z\n", {"a": "x y\nz"}),
        ("a:\n- 1\n-\n- b:\n", {"a": [1, None, {"b": None}]}),
        ("a: [b: 1, {c}, {d: }]\n", {"a": [{"b": 1}, {"c": None}, {"d": None}]}),
        ("? a\n: 1\n? b\n", {"a": 1, "b": None}),
        (
            "a: !!str 12\nb: !!int '7'\nc: !!float 1\nd: ! 3\ne: !!map {}\nf: !!seq []\n",
            {"a": "12", "b": 7, "c": 1.0, "d": "3", "e": {}, "f": []},
        ),
        ("%YAML 1.2\n---\na: 1\n", {"a": 1}),
        ("%YAML 1.2 # newest\n# and\n\n---\na: '%YAML 1.1'\n", {"a": "%YAML 1.1"}),
        ("&k a: 1\n", {"a": 1}),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
        ("a: &x [&x 1, *x]\nb: *x\n", {"a": [1, 1], "b": 1}),
    ],
)
def test_a_document_means(text, value):
    assert data(text) == [value]


def test_types_are_exact():
    (value,) = data("a: 1\nb: 1.0\nc: true\nd: '1'\n")
    assert {key: type(inner) for key, inner in value.items()} == {"a": int, "b": float, "c": bool, "d": str}


def test_an_alias_is_the_node_itself():
    (value,) = data("a: &x [1]\nb: *x\n")
    assert value["a"] is value["b"]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "\ufeff", "\ufeff# nothing\n", "...\n", "# a\n...\n# b\n"])
def test_a_file_of_nothing_has_no_document(text):
    assert data(text) == []


@pytest.mark.parametrize("text", ["---\n", "--- # empty\n", "---\n...\n"])
def test_a_document_of_nothing_is_an_empty_mapping(text):
    assert data(text) == [{}]


def test_documents_are_numbered_in_their_file():
    documents = load_text("a: 1\n---\n---\nb: 2\n...\n---\nc: 3\n").documents
    assert [(document.index, document.data) for document in documents] == [
        (0, {"a": 1}),
        (1, {}),
        (2, {"b": 2}),
        (3, {"c": 3}),
    ]


def test_anchors_end_with_their_document():
    (problem,) = load_text("a: &x 1\n---\nb: *x\n").problems
    assert (problem.rule, problem.document) == ("yaml/syntax", 1)


def test_a_byte_order_mark_may_begin_a_file():
    assert data("\ufeffa: 1\n") == [{"a": 1}]


def test_the_depth_limit_is_sixty_four_levels():
    (value,) = data("a: " + "[" * 63 + "]" * 63 + "\n")
    assert max(len(route) for route in routes(value)) == 63


def test_aliases_may_stand_for_a_hundred_thousand_values_beyond_the_document():
    # Each of the 1,000 aliases stands for a list of 100 values: 101 nodes instead of its one.
    text = f"a: &x [{', '.join(['1'] * 100)}]\nb: [{', '.join(['*x'] * 1000)}]\n"
    (value,) = data(text)
    assert sum(len(inner) for inner in value["b"]) == 100_000
