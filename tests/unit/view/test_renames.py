"""Likely renames: told where one id went, one came and the rest is alike, and nowhere else."""

from copy import deepcopy
from typing import Any

from uts_policy.common.renaming import References, Renaming
from uts_policy.corpus.tables import SECTIONS
from uts_policy.view.renames import find_renames

FIELDS = References()


def corpus(**sections: dict[str, dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    made = {name: deepcopy(sections.get(name, {})) for name in SECTIONS}
    for entries in made.values():
        for id_, entry in entries.items():
            entry["id"] = id_
    return made


BASE = {
    "units": {"agency": {"name": "Agency"}, "field": {"name": "Field", "parent": "agency"}},
    "roles": {
        "director": {"title": "Director", "unit": "agency", "holders": [{"person": "p-1"}]},
        "lead": {"title": "Lead", "unit": "field", "reports_to": "director", "holders": [{"person": "p-2"}]},
    },
    "responsibilities": {"brief": {"statement": "Brief travellers", "scope": {"units": ["field"]}}},
    "assignments": {"brief/lead/A": {"responsibility": "brief", "role": "lead", "code": "A"}},
}


def renamed(**ids: str) -> dict[str, dict[str, dict[str, Any]]]:
    """BASE with ids replaced, wherever they stand."""

    def swap(value: Any) -> Any:
        if isinstance(value, dict):
            return {swap(key): swap(each) for key, each in value.items()}
        if isinstance(value, list):
            return [swap(each) for each in value]
        return "/".join(ids.get(part, part) for part in value.split("/")) if isinstance(value, str) else value

    return corpus(**swap(BASE))


def found(after: dict[str, dict[str, dict[str, Any]]], before: Any = None) -> dict[str, dict[str, str]]:
    return {section: dict(pairs) for section, pairs in find_renames(before or corpus(**BASE), after, FIELDS).items()}


def test_an_id_that_changes_wherever_it_stands_is_a_rename() -> None:
    assert found(renamed(field="outposts")) == {"units": {"field": "outposts"}}


def test_two_renames_that_name_each_other_are_both_found() -> None:
    assert found(renamed(field="outposts", lead="chief", brief="prepare")) == {
        "units": {"field": "outposts"},
        "roles": {"lead": "chief"},
        "responsibilities": {"brief": "prepare"},
    }


def test_another_title_is_still_a_rename_where_the_same_entries_name_both() -> None:
    after = renamed(lead="chief")
    after["roles"]["chief"]["title"] = "Chief of the field"
    assert found(after) == {"roles": {"lead": "chief"}}


def test_another_title_is_none_where_nobody_names_it_any_more() -> None:
    after = renamed(lead="chief")
    after["roles"]["chief"]["title"] = "Chief of the field"
    after["assignments"] = {}
    assert found(after) == {}


def test_another_holder_makes_it_another_role() -> None:
    after = renamed(lead="chief")
    after["roles"]["chief"]["holders"] = [{"person": "p-3"}]
    assert found(after) == {}


def test_where_two_could_be_meant_nothing_is_said() -> None:
    after = renamed(lead="chief")
    after["roles"]["head"] = {**after["roles"]["chief"], "id": "head"}
    assert found(after) == {}


def test_an_entry_that_moved_to_a_unit_that_was_there_is_not_renamed_with_it() -> None:
    """The mask that stands for a renamed unit could stand for another that came."""
    before = corpus(
        units={"a": {"name": "A"}, "b": {"name": "B"}},
        roles={"lead": {"title": "Lead", "unit": "a"}},
    )
    after = corpus(
        units={"x": {"name": "A"}, "y": {"name": "B"}},
        roles={"chief": {"title": "Lead", "unit": "y"}},
    )
    assert found(after, before) == {"units": {"a": "x", "b": "y"}}


def test_nothing_gone_or_nothing_come_is_no_rename() -> None:
    without = corpus(**BASE)
    del without["roles"]["lead"]
    assert found(without) == {}
    assert found(corpus(**BASE), without) == {}


def test_what_hangs_on_a_renamed_id_gets_the_new_one() -> None:
    after = renamed(field="outposts", lead="chief", brief="prepare")
    renames = {"units": {"field": "outposts"}, "roles": {"lead": "chief"}, "responsibilities": {"brief": "prepare"}}
    assert Renaming(renames, corpus(**BASE)).entries() == after


def test_an_assignment_keeps_the_id_that_its_author_gave_it() -> None:
    before = corpus(**{**BASE, "assignments": {"field-lead": BASE["assignments"]["brief/lead/A"]}})
    made = Renaming({"roles": {"lead": "chief"}}, before).entries()
    assert list(made["assignments"]) == ["field-lead"]
    assert made["assignments"]["field-lead"]["role"] == "chief"


def test_waivers_and_records_follow_what_they_are_about() -> None:
    before = corpus(
        waivers={"w": {"rule": "staffing/vacant", "subject": "roles/lead", "reason": "x"}},
        training_records={"p-1/basics/2026-01-01": {"person": "p-1", "module": "basics", "completed_on": "2026-01-01"}},
    )
    made = Renaming({"roles": {"lead": "chief"}, "people": {"p-1": "p-9"}}, before).entries()
    assert made["waivers"]["w"]["subject"] == "roles/chief"
    assert list(made["training_records"]) == ["p-9/basics/2026-01-01"]
