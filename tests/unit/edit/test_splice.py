"""One change at a time, and the text that comes of it."""

import pytest

from tests.unit.edit.samples import after, edited, read
from tests.unit.load.samples import source
from uts_policy.edit.changes import (
    FIRST,
    AddItem,
    AddKey,
    EditRefusedError,
    Remove,
    RenameKey,
    SetValue,
    add_entry,
    applied,
    same,
)
from uts_policy.edit.splice import spliced

TEXT = """\
# top
units:
  - id: a   # why
    name: Alpha

  - id: b
    name: "Beta"
    vectors: [x, y]  # v
roles:
- id: r
  unit: a
  note: |
    two
    lines
empty: []  # none
none:
"""


def lines(text: str) -> set[str]:
    return set(text.splitlines())


def changed(*changes) -> tuple[list[str], list[str]]:
    """The lines that TEXT loses by the changes, and those that it gains."""
    result = after(TEXT, *changes)
    before, now = TEXT.splitlines(), result.splitlines()
    return [line for line in before if line not in now], [line for line in now if line not in before]


@pytest.mark.parametrize(
    ("route", "value", "old", "new"),
    [
        (("units", 0, "id"), "z", "  - id: a   # why", "  - id: z   # why"),
        (("units", 0, "id"), "longer", "  - id: a   # why", "  - id: longer   # why"),
        (("units", 0, "name"), "007", "    name: Alpha", '    name: "007"'),
        (("units", 0, "name"), 'say "x": y', "    name: Alpha", '    name: "say \\"x\\": y"'),
        (("units", 0, "name"), "true", "    name: Alpha", '    name: "true"'),
        (("units", 0, "name"), "2026-01", "    name: Alpha", "    name: 2026-01"),
        (("units", 0, "name"), "שלום עולם", "    name: Alpha", "    name: שלום עולם"),
        (("units", 0, "name"), "a\u202eb", "    name: Alpha", '    name: "a\\u202eb"'),
        (("units", 1, "name"), "Gamma", '    name: "Beta"', '    name: "Gamma"'),
        (("units", 1, "name"), 7, '    name: "Beta"', "    name: 7"),
        (("units", 1, "vectors", 1), "a, b", "    vectors: [x, y]  # v", '    vectors: [x, "a, b"]  # v'),
        (("units", 1, "vectors"), ["q"], "    vectors: [x, y]  # v", "    vectors: [q]  # v"),
        (("empty",), None, "empty: []  # none", "empty: null  # none"),
        (("none",), "x y", "none:", "none: x y"),
    ],
)
def test_a_value_is_replaced_in_its_style(route, value, old, new):
    assert changed(SetValue(route=route, value=value)) == ([old], [new])


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (SetValue(route=("roles", 0, "note"), value="x\ny\n"), ["    two", "    lines"], ["    x", "    y"]),
        (SetValue(route=("roles", 0, "note"), value="one"), ["  note: |", "    two", "    lines"], ["  note: one"]),
        (SetValue(route=("none",), value=[{"id": "q"}]), [], ["  - id: q"]),
        (
            AddItem(route=("empty",), value={"id": "c", "many": [1, 2]}),
            ["empty: []  # none"],
            ["empty:  # none", "  - id: c", "    many: [1, 2]"],
        ),
        (RenameKey(route=("units", 1, "vectors"), key="ways"), ["    vectors: [x, y]  # v"], ["    ways: [x, y]  # v"]),
        (AddKey(route=("units", 0), key="k", value="v"), [], ["    k: v"]),
        (AddKey(route=("roles", 0), key="k", value=["a", "b"]), [], ["  k: [a, b]"]),
        (AddKey(route=(), key="waivers", value=[{"id": "w"}]), [], ["waivers:", "  - id: w"]),
        (
            AddItem(route=("units", 1, "vectors"), value="z"),
            ["    vectors: [x, y]  # v"],
            ["    vectors: [x, y, z]  # v"],
        ),
        (AddItem(route=("roles",), value={"id": "s", "unit": "b"}), [], ["- id: s", "  unit: b"]),
        (Remove(route=("units", 0, "id")), ["  - id: a   # why", "    name: Alpha"], ["  - name: Alpha"]),
        (Remove(route=("units", 1, "vectors", 0)), ["    vectors: [x, y]  # v"], ["    vectors: [y]  # v"]),
        (Remove(route=("units", 1, "vectors", 1)), ["    vectors: [x, y]  # v"], ["    vectors: [x]  # v"]),
        (Remove(route=("roles", 0, "note")), ["  note: |", "    two", "    lines"], []),
        (
            Remove(route=("roles", 0)),
            ["roles:", "- id: r", "  unit: a", "  note: |", "    two", "    lines"],
            ["roles: []"],
        ),
    ],
)
def test_lines_come_and_go_and_the_others_stay(change, old, new):
    assert changed(change) == (old, new)


def test_a_new_entry_stands_apart_where_its_neighbours_do():
    assert "[x, y]  # v\n\n  - id: c\n    name: Gamma\nroles:" in after(
        TEXT, AddItem(route=("units",), value={"id": "c", "name": "Gamma"})
    )


def test_an_entry_leaves_no_hole_behind():
    assert after(TEXT, Remove(route=("units", 0))).startswith("# top\nunits:\n  - id: b\n")
    assert "# why\n    name: Alpha\nroles:" in after(TEXT, Remove(route=("units", 1)))


COMMENTED = """\
waivers:
  # about all

  # about the first
  - id: a  # a
    # in the first
    x: 1
    # below the first
  # about the second
  # and more
  - id: b

# about others
units: []
"""


@pytest.mark.parametrize(
    ("gone", "kept"),
    [
        (
            [0],
            "waivers:\n  # about all\n\n  # about the second\n  # and more\n  - id: b\n\n# about others\nunits: []\n",
        ),
        ([0, 1], "waivers: []\n  # about all\n\n\n# about others\nunits: []\n"),
        ([1], COMMENTED.replace("  # about the second\n  # and more\n  - id: b\n", "")),
    ],
)
def test_the_comments_about_an_entry_go_with_it(gone, kept):
    assert after(COMMENTED, *(Remove(route=("waivers", each)) for each in gone)) == kept


def test_line_ends_and_the_byte_order_mark_stay():
    text = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    result = edited(text, AddItem(route=("roles",), value={"id": "s"})).after.data
    assert result.startswith(b"\xef\xbb\xbf# top\r\n")
    assert b"    lines\r\n- id: s\r\nempty" in result
    assert result.count(b"\n") == result.count(b"\r\n")


@pytest.mark.parametrize("text", ["", "# only a comment", "\ufeff"])
def test_a_first_section_is_written_where_nothing_is(text):
    result = after(text, AddKey(route=(), key="units", value=[{"id": "a"}]))
    assert result == (text + "\n" if text.startswith("#") else text) + "units:\n  - id: a\n"


def test_the_second_of_two_documents_is_edited_alone():
    assert after("a: 1\n---\na: 1 # x\n...\n", SetValue(document=1, route=("a",), value=2)) == (
        "a: 1\n---\na: 2 # x\n...\n"
    )


@pytest.mark.parametrize(
    ("text", "change", "result"),
    [
        ("a: [\n  x, # c\n  y # d\n]\n", AddItem(route=("a",), value="z"), "a: [\n  x, # c\n  y, # d\n  z\n]\n"),
        ("a: [\n  x,\n  y,\n]\n", AddItem(route=("a",), value="z"), "a: [\n  x,\n  y,\n  z,\n]\n"),
        ("a: {x: 1,\n  y: 2}\n", AddKey(route=("a",), key="z", value=3), "a: {x: 1,\n  y: 2, z: 3}\n"),
        ("a: {x: 1, y: 2}\n", Remove(route=("a", "x")), "a: {y: 2}\n"),
        ("a: {x: 1}\n", Remove(route=("a", "x")), "a: {}\n"),
        ("a: {}\n", AddKey(route=("a",), key="z", value=[1]), "a:\n  z: [1]\n"),
        ("a: [{b: , c}]\n", SetValue(route=("a", 0, "c"), value="x"), "a: [{b: , c: x}]\n"),
        ("a:\n- b: 1\n- c", Remove(route=("a", 1)), "a:\n- b: 1"),
        ("a: [{}]", Remove(route=("a",)), ""),
        ("---\na: 1", Remove(route=("a",)), "---"),
        ("# top\na: 1\n", Remove(route=("a",)), "# top\n"),
        ("---\na: 1\n...\n", Remove(route=("a",)), "---\n...\n"),
        ("a: 'it''s'\n", SetValue(route=("a",), value="that's"), "a: 'that''s'\n"),
        ("a: x/*/y\n", SetValue(route=("a",), value="x/*/z"), "a: x/*/z\n"),
        ('{"a": 1}\n', AddKey(route=(), key="b", value=[{"c": "d"}]), '{"a": 1, "b": [{"c": "d"}]}\n'),
        ('{"a": [1]}\n', AddItem(route=("a",), value={"c": ["d"]}), '{"a": [1, {"c": ["d"]}]}\n'),
        ('{"a": [1]}\n', SetValue(route=("a", 0), value="d"), '{"a": ["d"]}\n'),
        ('{"a": [1]}\n', SetValue(route=("a",), value={"b": "d"}), '{"a": {"b": "d"}}\n'),
        ("'a b': 1\n", RenameKey(route=("a b",), key="c d"), "'c d': 1\n"),
        ("a: &x 1\nb: 2\n", SetValue(route=("a",), value=3), "a: &x 3\nb: 2\n"),
        ("a:\n  - b: 1\n# end\n", AddKey(route=(), key="c", value=[1]), "a:\n  - b: 1\n# end\n\nc: [1]\n"),
        ("a:\n  - b: 1\n  # end\nc: 1\n", AddItem(route=("a",), value=2), "a:\n  - b: 1\n  # end\n  - 2\nc: 1\n"),
        ("a:\n- b: 1\n# of c\nc: 1\n", AddItem(route=("a",), value=2), "a:\n- b: 1\n- 2\n# of c\nc: 1\n"),
        ("a:\n  x\n  y  # why\nb: 1\n", SetValue(route=("a",), value="z"), "a:\n  z  # why\nb: 1\n"),
        (
            "a:\n    -   b: 1\n    -   b: 2",
            AddItem(route=("a",), value={"b": 3}),
            "a:\n    -   b: 1\n    -   b: 2\n    -   b: 3",
        ),
    ],
)
def test_every_style_is_kept(text, change, result):
    if change is not None:
        assert after(text, change) == result


def test_what_is_added_to_a_mapping_stands_before_what_is_added_to_the_one_around_it():
    outer = AddKey(route=(), key="c", value=1)
    assert after("a:\n  b:\n    - x: 1\n", outer, AddKey(route=("a", "b", 0), key="z", value=2)) == (
        "a:\n  b:\n    - x: 1\n      z: 2\n\nc: 1\n"
    )
    assert after("a:\n  - x\n", outer, AddItem(route=("a",), value="z")) == "a:\n  - x\n  - z\n\nc: 1\n"


@pytest.mark.parametrize(
    ("text", "changes", "message"),
    [
        ("a: &x 1\nb: *x\n", [SetValue(route=("a",), value=2)], "1:1: the alias *x at 2:4 repeats this"),
        ("a: &m {k: 1}\nb: *m\n", [AddKey(route=("b",), key="z", value=2)], "2:1: this stands behind an alias"),
        ("a: &m {k: 1}\nb: *m\n", [SetValue(route=("b", "k"), value=2)], "2:4: this stands behind an alias"),
        ("a: &x 1\nb: 2\n", [Remove(route=("a",))], "1:1: the text to remove has an anchor"),
        ("a: {b: [&x 1]}\nc: 2\n", [SetValue(route=("a",), value={})], "1:1: the text to remove has an anchor"),
        ("a: [x, # why\n  y]\n", [Remove(route=("a", 0))], "1:5: a comment stands between"),
        ("a: 1\n", [SetValue(route=("b",), value=2)], "1:1: what is to be changed is not there"),
        ("a: 1\nb: 2\n", [RenameKey(route=("a",), key="b")], "1:1: the file would not mean what is meant"),
        ("a: [1]\n", [Remove(route=("a",)), SetValue(route=("a", 0), value=2)], "1:5: two changes meet"),
        ("a: 1\n", [SetValue(route=("a",), value=2), SetValue(route=("a",), value=3)], "1:1: two changes meet"),
        ("a: 1\n", [AddItem(route=("a",), value=2)], "1:1: this is no list or mapping"),
        ("a: 1\na: 2\nb: 3\n", [Remove(route=("b",))], "3:1: beside this stands what no data are made of"),
    ],
)
def test_what_is_ambiguous_is_named_and_not_touched(text, changes, message):
    with pytest.raises(EditRefusedError) as refused:
        edited(text, *changes)
    assert refused.value.message.startswith(f"a.yaml:{message}")
    assert refused.value.hint


def test_what_an_alias_repeats_can_be_changed_with_it():
    text = "a: &x 1\nb: *x\nc: &m {k: [1]}\nd: *m\n"
    assert after(text, SetValue(route=("a",), value=2), SetValue(route=("b",), value=2)) == text.replace("&x 1", "&x 2")
    both = [AddKey(route=(name,), key="z", value=2) for name in ("c", "d")]
    assert after(text, *both) == text.replace("{k: [1]}", "{k: [1], z: 2}")
    assert after(text, SetValue(route=("b",), value=2)) == text.replace("*x", "2")


def test_what_is_read_again_and_differs_is_refused():
    file = source("a: 1\n")

    def wrongly(other):
        return read(other) if other is file else (read(file)[0], ())

    with pytest.raises(EditRefusedError):
        spliced(file, read(file)[0], [SetValue(route=("a",), value=2)], wrongly)


def test_an_entry_goes_into_its_section_or_makes_it():
    (document,) = read(source("units:\n- id: a\nroles:\n"))[0]
    entry = {"id": "b"}
    assert add_entry(document, "units", entry) == AddItem(route=("units",), value=entry)
    assert add_entry(document, "roles", entry) == SetValue(route=("roles",), value=[entry])
    assert add_entry(document, "people", entry) == AddKey(route=(), key="people", value=[entry])


def test_values_are_the_same_in_type_and_order_too():
    assert same({"a": [1, None]}, {"a": [1, None]})
    assert not same({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert not same([1], [True])
    assert not same([1], [1.0])
    assert not same([1], [1, 2])


def test_the_data_after_changes_share_nothing_with_those_before():
    data = {"a": [{"k": 1}], "b": 2}
    new = applied(data, [RenameKey(route=("b",), key="c"), Remove(route=("a", 0))])
    assert (new, data) == ({"a": [], "c": 2}, {"a": [{"k": 1}], "b": 2})


@pytest.mark.parametrize(
    ("before", "changes", "wanted"),
    [
        ("a:\n  - p\n  - r\n", [AddItem(route=("a",), value="q", after=0)], "a:\n  - p\n  - q\n  - r\n"),
        (
            "a:\n  - p # one\n\n  - r\n",
            [AddItem(route=("a",), value="q", after=0)], "a:\n  - p # one\n\n  - q\n\n  - r\n"),
        ("a:\n  - q\n", [AddItem(route=("a",), value="p", after=FIRST)], "a:\n  - p\n  - q\n"),
        ("a: [q, r]\n", [AddItem(route=("a",), value="p", after=FIRST)], "a: [p, q, r]\n"),
        ("a: [p, r]\n", [AddItem(route=("a",), value="q", after=0)], "a: [p, q, r]\n"),
        ("a: {p: 1, r: 3}\n", [AddKey(route=("a",), key="q", value=2, after="p")], "a: {p: 1, q: 2, r: 3}\n"),
        (
            "a:\n  - id: p\n    # last\n    r: 3\n",
            [AddKey(route=("a", 0), key="q", value=2, after="id")],
            "a:\n  - id: p\n    q: 2\n    # last\n    r: 3\n",
        ),
        (
            "a:\n  - id: p\n\n  - id: r\n",
            [AddItem(route=("a",), value={"id": "o"}, after=FIRST), AddItem(route=("a",), value={"id": "q"}, after=0),
             Remove(route=("a", 1))],
            "a:\n  - id: o\n\n  - id: p\n\n  - id: q\n",
        ),
    ],
)  # fmt: skip
def test_what_is_added_goes_where_it_is_said(before, changes, wanted):
    assert after(before, *changes) == wanted
