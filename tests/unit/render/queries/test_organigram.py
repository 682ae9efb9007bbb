"""The organisation as a picture: every name can be read, nothing in it is markup, and what is left out is counted."""

import re
from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from uts_policy.model.answers import Structure, StructurePart
from uts_policy.render.common.organigram import OrganigramTree, organigram
from uts_policy.render.queries.graph import dot, svg

SVG = "{http://www.w3.org/2000/svg}"
STRUCTURE = Structure(
    as_of="2026-11-23",
    units={"agency": {"name": "Agency"}, "field": {"name": 'Field "B" <script>\\', "parent": "agency"}},
    roles={"lead": {"title": "Lead", "unit": "agency", "vacant": True}},
    lines={"one": {"title": "One", "escalate_to": "two"}, "two": {"title": "Two"}},
)


def drawn(labels: dict[str, str], above: dict[str, str], most: int = 40) -> tuple[Element, int]:
    tree = OrganigramTree(title="Units", labels=labels, above=above, marks={})
    found = organigram([tree], most, "Units")
    return fromstring(found.svg), found.left_out  # noqa: S314 - our own


def texts(picture: Element) -> list[str]:
    return [each.text or "" for each in picture.iter(f"{SVG}text")]


def test_what_hangs_below_stands_below_indented_in_the_order_of_its_label() -> None:
    picture, left_out = drawn({"a": "Top", "b": "Zeal", "c": "Care", "d": "Deep"}, {"b": "a", "c": "a", "d": "c"})
    assert texts(picture) == ["Top", "Care", "Deep", "Zeal"]
    assert [int(each.attrib["x"]) for each in picture.iter(f"{SVG}text")] == [16, 38, 60, 38]
    assert left_out == 0
    assert len(list(picture.iter(f"{SVG}path"))) == 3


def test_what_there_is_no_room_for_is_counted_where_it_hangs() -> None:
    labels = {f"n{number}": f"Node {number}" for number in range(300)}
    picture, left_out = drawn(labels, {name: "n0" for name in labels if name != "n0"}, 30)
    assert len(texts(picture)) == 31
    assert "… 270 more" in texts(picture)
    assert left_out == 270


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.text(max_size=80), min_size=1),
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")),
    st.integers(1, 9),
)
def test_every_tree_and_every_loop_is_a_picture_of_all_that_fits(
    labels: dict[str, str], above: dict[str, str], most: int
) -> None:
    hanging = {name: over for name, over in above.items() if {name, over} <= labels.keys()}
    picture, left_out = drawn(labels, hanging, most)
    assert len(list(picture.iter(f"{SVG}rect"))) == min(most, len(labels))
    assert left_out == max(0, len(labels) - most)


def test_a_hostile_name_is_text() -> None:
    text = svg(STRUCTURE, [StructurePart.UNITS]).text
    assert 'Field "B" <script>\\' in texts(fromstring(text))  # noqa: S314 - our own
    assert "<script" not in text


def test_all_parts_stand_below_each_other_and_a_role_in_which_nobody_can_act_is_dashed() -> None:
    picture = fromstring(svg(STRUCTURE, list(StructurePart)).text)  # noqa: S314 - our own
    assert texts(picture)[0] == "Units"
    assert "Lead, agency" in texts(picture)
    assert "nobody can act" in texts(picture)
    assert len([each for each in picture.iter(f"{SVG}rect") if "stroke-dasharray" in each.attrib]) == 1


def test_dot_names_each_node_and_escapes_its_label() -> None:
    text = dot(STRUCTURE, list(StructurePart)).text
    assert '"u/field" [label="Field \\"B\\" <script>\\\\"];' in text
    assert '"u/agency" -> "u/field";' in text
    assert '"l/one" -> "l/two";' in text
    assert '"r/lead" [label="Lead\\nagency", style=dashed];' in text
    assert len(re.findall("[{}]", text)) == 8


def test_dot_says_what_it_leaves_out() -> None:
    units = {f"u{number}": {"name": "Unit"} for number in range(9)}
    found = dot(Structure(as_of="2026-11-23", units=units, roles={}, lines={}), [StructurePart.UNITS], 4)
    assert found.notes == ("4 of 9 units drawn, from the top; --unit draws less",)
