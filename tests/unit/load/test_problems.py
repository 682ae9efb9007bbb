"""What is wrong with a file: each fault one finding, with its place and remedy, and the rest read all the same."""

import pytest

from tests.unit.load.samples import data, load_text, place, problems, said
from uts_policy.load import parsers
from uts_policy.model.document import UNREAD
from uts_policy.model.finding import RelatedPlace


@pytest.fixture(params=["with libyaml", "without libyaml"], autouse=True)
def each_parser(request, monkeypatch):
    """Every finding here is the same whether the C parser is installed or not."""
    if request.param == "without libyaml":
        monkeypatch.setattr(parsers, "CParser", None)


SYNTAX = [
    ("a:\n\tb: c\n", "2:1-2:2", "a tab is used for indentation"),
    ("a:\n  - b\n \t- c\n", "3:2-3:3", "a tab is used for indentation"),
    ("a: b\n\tc\n", "2:1-2:2", "a tab is used for indentation"),
    ("a:\n  -\tb: 1\n", "2:4-2:5", "a tab where only spaces can stand"),
    ("a: @b\n", "1:4-1:5", "plain text cannot begin with @"),
    ("a: `b`\n", "1:4-1:5", "plain text cannot begin with `"),
    ("a: %b\n", "1:4-1:5", "plain text cannot begin with %"),
    ("a: b: c\n", "1:5-1:6", "a colon where none can stand"),
    ("a: b\n c: d\n", "2:3-2:4", "a colon where none can stand"),
    ("a:\n  b: 1\n c: 2\n", "3:2-3:3", "the indentation or a bracket does not fit what stands above"),
    ("a: 1\nb\nc: 2\n", "3:1-3:2", "a key without a colon"),
    ("a:\n  -b: 1\n    c: 2\n", "2:3-2:4", "a space is missing after the dash"),
    ("a:\n  - b: 1\n  -c: 2\n", "3:3-3:4", "a space is missing after the dash"),
    ("a:\n  - b: 1\n  -{c: 2}\n", "3:3-3:4", "a space is missing after the dash"),
    ("a:\n  -\u00a0b: 1\n    c: 2\n", "2:3-2:4", "a space is missing after the dash"),
    ("a:\n  - b:1\n    c: 2\n", "2:6-2:7", 'a space is missing after the colon of "b"'),
    ("a: {b:[c]}\n", "1:6-1:7", 'a space is missing after the colon of "b"'),
    ("- {b:x, c: y, d:z z, e:{f: 1}}\n", "1:23-1:24", 'a space is missing after the colon of "e"'),
    ("a: {b: 1,\n  c:[d]}\n", "2:4-2:5", 'a space is missing after the colon of "c"'),
    ("a: {b: x[c]{}\n", "1:9-1:10", "a mapping in braces is not closed, or lacks a comma"),
    ("a: 1\nb:c\n", "2:2-2:3", 'a space is missing after the colon of "b"'),
    ("a: 1\nb:\u00a0c\nd: 2\n", "2:2-2:3", 'a space is missing after the colon of "b"'),
    ("a:\n\u00a0 - b: 1\n    c: 2\n", "2:1-2:2", "the line is not indented by spaces alone"),
    ("a: x\n  http://b\n  c: 2\n", "3:4-3:5", "a colon where none can stand"),
    ("a: x\n  -5\n  c: 2\n", "3:4-3:5", "a colon where none can stand"),
    ("a: - b\n", "1:4-1:5", "a list item where none can stand"),
    ("a: 'x\nb: y\n", "1:4-1:5", "a quote is opened and never closed"),
    ('a: "x\n', "1:4-1:5", "a quote is opened and never closed"),
    ("a: [b, c\n", "1:4-1:5", "a list in brackets is not closed, or lacks a comma"),
    ("a: {b: 1, c: 2\n", "1:4-1:5", "a mapping in braces is not closed, or lacks a comma"),
    ('a: ["b" "c"]\n', "1:9-1:10", "a list in brackets is not closed, or lacks a comma"),
    ("a: [\n", "1:4-1:5", "a value is missing here"),
    ("a: ]\n", "1:4-1:5", "a value is missing here"),
    ('a: "C:\\dir"\n', "1:7-1:8", "a backslash in double quotes that begins no known escape"),
    ('a: "\\xZZ"\n', "1:5-1:6", "an escape that lacks digits"),
    ("a: 'b' c\n", "1:8-1:9", "the indentation or a bracket does not fit what stands above"),
    ("a: *b\n", "1:4-1:6", "the alias *b has no anchor &b before it in this document"),
    ("%YAML 1.1\n---\na: 1\n", "1:1-1:10", "YAML 1.1 is declared; declarations are YAML 1.2"),
    ("%YAML 1.3\n---\na: 1\n", "1:1-1:10", "YAML 1.3 is declared; declarations are YAML 1.2"),
    ("# c\n%YAML 2 # two\n---\na: 1\n", "2:1-2:8", "YAML 2 is declared; declarations are YAML 1.2"),
    ("a: !e!x 1\n", "1:4-1:5", "a tag with an unknown handle"),
    ("a: !<x 1\n", "1:4-1:5", "plain text cannot begin with !: here it begins a tag, and that is malformed"),
    ("a: & b\n", "1:4-1:5", "plain text cannot begin with &: here it names a value, and the name is missing"),
    (
        "a: * b\n",
        "1:4-1:5",
        "plain text cannot begin with *: here it stands for a value, and its name is missing",
    ),
    ("%TAG x\n---\na: 1\n", "1:1-1:2", "a line that begins with % is a directive, and this is none"),
    ("a: |0\n  x\n", "1:5-1:6", "a block of text is indented by 1 to 9 spaces"),
    ("a: | x\n", "1:6-1:7", "after | or > there is nothing but a comment"),
    ("a: |x\n", "1:5-1:6", "after | or > there is nothing but a comment"),
    ("a\n: 1\n", "2:1-2:2", "text after the end of a document"),
    ("{a: 1}\nb: 2\n", "2:1-2:2", "text after the end of a document"),
    ("--- a: 1\n", "1:6-1:7", "a colon where none can stand"),
    ('a: x\nb: "\\UFFFFFFFF"\n', "2:2-2:3", "the text cannot be understood from here on"),
]


@pytest.mark.parametrize(("text", "where", "message"), SYNTAX)
def test_syntax_errors_are_explained_where_they_are(text, where, message):
    assert problems(text) == [(where, "yaml/syntax", message)]


UNCLOSED = [
    (
        'a:\n  - b: "one\n    c: 1\n  - b: "two"\n',
        "2:8-2:9",
        "a quote is opened here, and ends a line or more below where text follows it",
        ("4:8-4:9", "the next quote, which ends it"),
    ),
    (
        "- {a: 'one}\n- {a: 'two'}\n",
        "1:7-1:8",
        "a quote is opened here, and ends a line or more below where text follows it",
        ("2:7-2:8", "the next quote, which ends it"),
    ),
    (
        "a:\n  - {b: 1, c: 2\nd:\n  - e\n",
        "2:5-2:6",
        "a mapping in braces is not closed, or lacks a comma: it is opened here",
        ("3:2-3:3", "noticed here"),
    ),
    (
        "a: [b,\n  c\nd: e\n",
        "1:4-1:5",
        "a list in brackets is not closed, or lacks a comma: it is opened here",
        ("3:2-3:3", "noticed here"),
    ),
]


@pytest.mark.parametrize(("text", "where", "message", "noticed"), UNCLOSED)
def test_what_is_not_closed_is_told_where_it_was_opened(text, where, message, noticed):
    (problem,) = load_text(text).problems
    assert said(problem) == (where, "yaml/syntax", message)
    (related,) = problem.related
    assert related.location is not None
    assert (place(related.location.span), related.message) == noticed


ENCODING = [
    (b"a: caf\xe9\n", "1:7-1:8", "byte 0xe9 is not UTF-8"),
    ("é: 1\n😀: ".encode() + b"\xff\n", "2:4-2:5", "byte 0xff is not UTF-8"),
    (b"\xef\xbb\xbfa: \xff\n", "1:4-1:5", "byte 0xff is not UTF-8"),
    (b"a: \xed\xa0\xbd\n", "1:4-1:5", "byte 0xed is not UTF-8"),
    ("a: 1\nb: \0\n", "2:4-2:5", "a NUL byte: this is not text"),
    ("a: 1\n".encode("utf-16"), "1:1-1:1", "the file is UTF-16, not UTF-8"),
    ("a: 1\n".encode("utf-16-be"), "1:1-1:2", "a NUL byte: this is not text"),
    (b"\xfe\xff\x00a", "1:1-1:1", "the file is UTF-16, not UTF-8"),
]


@pytest.mark.parametrize(("text", "where", "message"), ENCODING)
def test_what_is_not_utf8_text_is_not_parsed(text, where, message):
    loaded = load_text(text)
    assert ([said(problem) for problem in loaded.problems], loaded.documents) == (
        [(where, "yaml/encoding", message)],
        (),
    )


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_line_ends_of_older_yaml_are_found_in_comments_and_the_rest_is_read(character):
    loaded = load_text(f"a: 1 # x{character}b: y\nc: 2\nc: 3\n")
    told = [(place(problem.location.span), problem.rule) for problem in loaded.problems]
    assert told == [("1:9-1:10", "yaml/encoding"), ("3:1-3:2", "yaml/duplicate-key")]
    assert [document.data for document in loaded.documents] == [{"a": 1, "c": 2}]


def test_a_forbidden_character_is_told_once_with_its_number():
    first, second = load_text("a: x\x07y\x07\x7f\n").problems
    assert said(first) == ("1:5-1:6", "yaml/encoding", "control character U+0007, 2 times")
    assert first.remediation == 'Remove it, or write "\\x07" in double quotes.'
    assert said(second) == ("1:8-1:9", "yaml/encoding", "control character U+007F")


def test_a_byte_order_mark_inside_a_file_is_found():
    assert problems("a: 1\nb: \ufeffx\n") == [("2:4-2:5", "yaml/encoding", "U+FEFF (byte order mark) inside the file")]


def test_half_a_surrogate_pair_is_no_character():
    message = "half a surrogate pair: an escape that stands for no character"
    assert problems('a: "\\ud83d\\ude00"\nb: "x\\ud83d"\n') == [("2:4-2:13", "yaml/encoding", message)]


def test_duplicate_keys_are_found_at_any_depth_with_the_first_beside():
    text = "a:\n  b: 1\n  b: 2\nc: [{d: 1, 'd': {e: 1, e: 2}}]\na: [3]\nz: 4\n"
    loaded = load_text(text)
    assert [document.data for document in loaded.documents] == [{"a": {"b": 1}, "c": [{"d": 1}], "z": 4}]
    told = [(place(p.location.span), p.route, p.related) for p in loaded.problems]
    places = [
        ("3:3-3:4", ("a", "b"), "2:3-2:4"),
        ("4:12-4:15", ("c", 0, "d"), "4:6-4:7"),
        ("4:24-4:25", ("c", 0, "d", "e"), "4:18-4:19"),
        ("5:1-5:2", ("a",), "1:1-1:2"),
    ]
    assert [(where, route, place(related.location.span)) for where, route, (related,) in told] == places
    assert {p.rule for p in loaded.problems} == {"yaml/duplicate-key"}
    assert isinstance(loaded.problems[0].related[0], RelatedPlace)


def test_a_duplicate_does_not_move_what_stands_around_it():
    loaded = load_text("a:\n  b: 1\n  b: [2, 3]\n  c: 4\n  b: |\n    five\n\nd: 6\n")
    positions = loaded.documents[0].positions
    spans = [place(positions.value(route)) for route in (("a",), ("a", "b"), ("a", "c"), ("d",))]
    assert spans == ["2:3-6:9", "2:6-2:7", "4:6-4:7", "8:4-8:5"]


def test_many_duplicates_are_all_found():
    loaded = load_text("a: 1\n" * 1000)
    assert len(loaded.problems) == 999
    assert [len(problem.related) for problem in loaded.problems] == [1] * 100 + [0] * 899


KEYS = [
    ("1: x\n", "1:1-1:2", "the key 1 is no string", 'Write "1".'),
    ("2026: x\n", "1:1-1:5", "the key 2026 is no string", 'Write "2026".'),
    ("true: x\n", "1:1-1:5", "the key true is no string", 'Write "true".'),
    ("~: x\n", "1:1-1:2", "the key ~ is no string", 'Write "~".'),
    (".inf: x\n", "1:1-1:5", "the key .inf is no string", 'Write ".inf".'),
    ("? [a, b]\n: x\n", "1:3-1:9", "the key [a, b] is no string", "Write text as the key."),
    ("? {a: 1}\n: x\n", "1:3-1:9", "the key {a: 1} is no string", "Write text as the key."),
    (": x\n", "1:2-1:2", "a key is missing", "Write text as the key."),
]


@pytest.mark.parametrize(("text", "where", "message", "remedy"), KEYS)
def test_a_key_that_is_no_string_is_told_and_left_out(text, where, message, remedy):
    loaded = load_text(f"{text}after: 1\n")
    assert [(*said(problem), problem.remediation) for problem in loaded.problems] == [
        (where, "schema/value", message, remedy)
    ]
    assert [document.data for document in loaded.documents] == [{"after": 1}]


def test_what_is_wrong_below_a_key_that_is_left_out_is_told_too():
    assert problems("1: {a: 1, a: .inf}\n") == [
        ("1:1-1:2", "schema/value", "the key 1 is no string"),
        ("1:11-1:12", "yaml/duplicate-key", 'the key "a" stands here for the second time'),
        ("1:14-1:18", "schema/value", ".inf is no finite number"),
    ]


NUMBERS = [
    (".inf", ".inf is no finite number"),
    ("-.INF", "-.INF is no finite number"),
    (".nan", ".nan is no finite number"),
    ("1e400", "1e400 is beyond what a number can hold"),
    ("9007199254740993", "9007199254740993 is beyond ±2^53, where integers lose digits"),
    ("!!float .inf", ".inf is no finite number"),
]


@pytest.mark.parametrize(("text", "message"), NUMBERS)
def test_a_number_that_json_cannot_hold_is_found(text, message):
    loaded = load_text(f"a: [1, {text}]\nb: 2\n")
    (problem,) = loaded.problems
    assert (*said(problem), problem.route) == (f"1:8-1:{8 + len(text)}", "schema/value", message, ("a", 1))
    assert loaded.documents[0].data["b"] == 2


def test_the_same_bad_number_is_found_each_time():
    assert [where for where, _, _ in problems("a: .nan\nb: .nan\n")] == ["1:4-1:8", "2:4-2:8"]


TAGS = [
    ("a: !mine x\n", "1:4-1:9", "the tag !mine means nothing here: declarations are plain YAML", "x"),
    ("a: !mine 7\n", "1:4-1:9", "the tag !mine means nothing here: declarations are plain YAML", 7),
    ("a: !mine '7'\n", "1:4-1:9", "the tag !mine means nothing here: declarations are plain YAML", "7"),
    ("a: !!set {x}\n", "1:4-1:9", "the tag !!set means nothing here: declarations are plain YAML", {"x": None}),
    ("a: !!binary aGk=\n", "1:4-1:12", "the tag !!binary means nothing here: declarations are plain YAML", "aGk="),
    (
        "a: !<tag:e.org,2026:t> [x]\n",
        "1:4-1:23",
        "the tag tag:e.org,2026:t means nothing here: declarations are plain YAML",
        ["x"],
    ),
    ("a: !!map [x]\n", "1:4-1:9", "the tag !!map means nothing here: declarations are plain YAML", ["x"]),
    ("a: !mine &n x\n", "1:4-1:9", "the tag !mine means nothing here: declarations are plain YAML", "x"),
    ("a: &n !mine x\n", "1:7-1:12", "the tag !mine means nothing here: declarations are plain YAML", "x"),
    ("a: !mine &n [x]\n", "1:4-1:9", "the tag !mine means nothing here: declarations are plain YAML", ["x"]),
    ("a: !!set &n x\n", "1:4-1:9", "the tag !!set means nothing here: declarations are plain YAML", "x"),
    ("a: !!int x\n", "1:4-1:9", 'the tag !!int does not fit "x"', UNREAD),
    ("a: !!int true\n", "1:4-1:9", 'the tag !!int does not fit "true"', UNREAD),
    ("a: !!bool 1\n", "1:4-1:10", 'the tag !!bool does not fit "1"', UNREAD),
]


@pytest.mark.parametrize(("text", "where", "message", "value"), TAGS)
def test_a_tag_beyond_the_core_schema_is_found_and_what_can_be_read_is_kept(text, where, message, value):
    loaded = load_text(text)
    assert [said(problem) for problem in loaded.problems] == [(where, "yaml/tag", message)]
    assert loaded.documents[0].data == {"a": value}
    assert (loaded.documents[0].data["a"] is UNREAD) == (value is UNREAD)


def test_an_alias_inside_its_own_anchor_is_a_circle():
    message = "the alias *x lies inside the value that it names: a circle"
    assert problems("a: &x\n  b: [*x]\n") == [("2:7-2:9", "yaml/limit", message)]


def test_an_alias_bomb_is_defused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    loaded = load_text("\n".join(lines) + "\n")
    message = "with *a3 this document's aliases stand for more than 100,000 values"
    assert [(each.rule, each.route[0], each.message) for each in loaded.problems] == [("yaml/limit", "a4", message)]


def test_a_long_number_is_shown_by_its_beginning():
    assert problems(f"a: {'9' * 5000}\n") == [
        ("1:4-1:5004", "schema/value", f"{'9' * 30}… is beyond ±2^53, where integers lose digits"),
    ]


def test_what_follows_a_byte_order_mark_between_joined_files_is_read():
    loaded = load_text("a: 1\n\ufeff---\nb: 2\n")
    message = "U+FEFF (byte order mark) inside the file"
    assert [said(problem) for problem in loaded.problems] == [("2:1-2:2", "yaml/encoding", message)]
    assert [document.data for document in loaded.documents] == [{"a": 1}, {"b": 2}]
    assert place(loaded.documents[1].positions.key(("b",))) == "3:1-3:2"


def test_the_expansion_limit_is_exact():
    # 1,000 aliases of 101 nodes each, less themselves, are 100,000; one value more is too many.
    text = f"a: &x [{', '.join(['1'] * 100)}]\nb: [{', '.join(['*x'] * 1000)}]\nc: &y [1]\nd: *y\n"
    assert [rule for _, rule, _ in problems(text)] == ["yaml/limit"]


def test_nesting_over_sixty_four_levels_is_found_and_the_rest_is_read():
    loaded = load_text("a: " + "[" * 64 + "]" * 64 + "\nb: .inf\n")
    told = [(place(problem.location.span), problem.rule) for problem in loaded.problems]
    assert told == [("1:67-1:68", "yaml/limit"), ("2:4-2:8", "schema/value")]
    assert loaded.documents[0].data["b"] == 0


def test_hopeless_nesting_gives_up_the_document_and_not_the_file():
    loaded = load_text("a: 1\n---\nb: " + "[" * 5000 + "\n---\nc: 3\n")
    assert [(document.index, document.data) for document in loaded.documents] == [(0, {"a": 1}), (2, {"c": 3})]
    (problem,) = loaded.problems
    assert (place(problem.location.span), problem.rule, problem.document) == ("3:67-3:68", "yaml/limit", 1)


@pytest.mark.parametrize(
    ("text", "where"),
    [("- 1\n- 2\n", "1:1-2:4"), ("word\n", "1:1-1:5"), ("7\n", "1:1-1:2"), ("null\n", "1:1-1:5"), ("[]\n", "1:1-1:3")],
)
def test_a_document_that_is_no_mapping_is_found_and_left_out(text, where):
    loaded = load_text(text)
    assert [said(problem) for problem in loaded.problems] == [
        (where, "schema/type", "a document is a mapping of sections")
    ]
    assert loaded.documents == ()


def test_a_broken_document_does_not_hide_the_others():
    loaded = load_text("a: 1\n---\nb: [\n---\nc: *z\n...\n%YAML 1.1\n---\nd: 1\nd: 2\n---\n- e\n---\nf: 'x'\n")
    assert [(document.index, document.data) for document in loaded.documents] == [
        (0, {"a": 1}),
        (2, {"c": UNREAD}),
        (3, {"d": 1}),
        (5, {"f": "x"}),
    ]
    assert [(problem.document, place(problem.location.span), problem.rule) for problem in loaded.problems] == [
        (1, "3:4-3:5", "yaml/syntax"),
        (2, "5:4-5:6", "yaml/syntax"),
        (3, "7:1-7:10", "yaml/syntax"),
        (3, "10:1-10:2", "yaml/duplicate-key"),
        (4, "12:1-12:4", "schema/type"),
    ]


def test_half_a_broken_document_is_none():
    loaded = load_text("{a: 1}\nb: 2\n---\nc: 3\n")
    assert [(document.index, document.data) for document in loaded.documents] == [(1, {"c": 3})]


def test_positions_after_a_broken_document_are_those_of_the_file():
    text = "a: [\n---\né: 😀\nb: {url: https://e.org}\n"
    positions = load_text(text).documents[0].positions
    assert [place(positions.value(route)) for route in (("é",), ("b", "url"))] == ["3:4-3:5", "4:10-4:23"]
    assert positions.source(("b", "url")) == "https://e.org"


def test_all_keys_in_braces_that_lack_their_space_are_named():
    (problem,) = load_text("- {id:a, text: 'x, no:key', statement:Do it, e: 1, responsible:[clerk]}\n").problems
    assert problem.remediation == 'Write "responsible: […", and a space after "id:", "statement:" too.'


def test_every_problem_has_a_remedy():
    texts = [text for text, *_ in (*SYNTAX, *ENCODING, *KEYS, *TAGS)] + [f"a: {text}\n" for text, _ in NUMBERS]
    remedies = [problem.remediation for text in texts for problem in load_text(text).problems]
    assert [remedy for remedy in remedies if not remedy.endswith(".")] == []


def test_a_merge_key_stays_a_key_for_the_schema_to_report():
    assert data("a: {<<: {b: 1}}\n") == [{"a": {"<<": {"b": 1}}}]
