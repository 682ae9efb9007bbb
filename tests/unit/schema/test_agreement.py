"""The two validators agree, and whatever is rejected is explained: on thousands of damaged documents."""

import copy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.schema.whole import WHOLE, loaded
from uts_policy.model.document import Document
from uts_policy.schema.faults import accepts, faults, faults_of_declarations
from uts_policy.schema.validate import schema_problems

# Characters on which engines of regular expressions differ: white space, line ends, digits, width, case.
ODD = (
    "\x00\t\n\r\x0b\x0c\x1c\x1d\x1f \x7f\x85\xa0\xad\u1680\u180e\u200b\u200e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
ODDER = "\u0660\u0e51\uff10\u0130\u0131\u017f\u212a\xdf\U0001f600\U000e0001A9-._/"
TEXTS = ["", *ODD, *ODDER, "a\n", "\na", "2026\n", "2026-02\r", "2026-02-30", "2026-13", "0000", "a" * 128, "a" * 129]
TEXTS += [
    "b" * 200,
    "b" * 201,
    "\U0001f600" * 200,
    "\U0001f600" * 201,
    "-a",
    "a-",
    "A",
    "AR",
    "accept",
    "a/b",
    "roles/x",
]
SCALARS = [None, True, False, 0, 1, -1, 999, 1000, 9999, 10000, 2**53, 0.0, 1.0, 0.5, 1.5, 2026.0, 1e300, -0.0]
VALUES = [*TEXTS, *SCALARS, [], {}, [1], [None], ["a"], ["a", "a"], [["a"]], {"x-a": 1}, {"a": 1}, {"title": "t"}]
KEYS = ["id", "title", "name", "from", "scope", "x-", "x-a", "X-a", "xx-a", "\nx-a", "<<", "", "description", "reason"]

CONFIG = {
    "organisation": "Bureau of Tidal Inquiry",
    "paths": ["declarations"],
    "exclude": ["**/drafts/**"],
    "profile": "strict",
    "levels": {"ownership/*": "off", "risk/unowned-action": "note"},
    "rules": {"staffing/acting-too-long": {"days": 120, "words": ["a", 1], "on": True, "text": "t"}},
    "require": ["ownership", "training/lapsed"],
    "complete": ["holders", "all"],
    "policies": ["policies"],
    "fail_on": "never",
    "engine": "both",
    "timeout": 0.5,
    "baseline": "baseline.json",
}


LIKELY = [None, "", [], {}, 0, -1, 1.5, 20000, "A", True, "a" * 202]


def other(rng):
    return copy.deepcopy(rng.choice(LIKELY if rng.random() < 0.5 else VALUES))


def damage(data, rng):
    """One random change at a random place of `data`, in place."""
    above, step = None, None
    here = data
    while isinstance(here, (dict, list)) and here and rng.random() < 0.9:
        above, step = here, rng.choice(list(here) if isinstance(here, dict) else range(len(here)))
        here = above[step]
    kind = rng.randrange(5)
    if above is None or kind == 0:
        target = here if isinstance(here, dict) else data
        target[rng.choice(KEYS)] = other(rng)
    elif kind == 1:
        del above[step]
    elif kind == 2 and isinstance(above, list):
        above.append(copy.deepcopy(rng.choice(above)))
    else:
        above[step] = other(rng)


def damaged(whole, seed):
    """One part of `whole` with one to four changes."""
    rng = Random(seed)  # noqa: S311 - damage that can be repeated, and no secret
    part = rng.choice(list(whole))
    data = {part: copy.deepcopy(whole[part])}
    for _ in range(rng.randint(1, 4)):
        damage(data, rng)
    return data


def disagreement(name, data):
    accepted = accepts(name, data)
    return accepted != (faults(name, data) == ())


@pytest.mark.parametrize(("name", "whole", "count"), [("declarations", WHOLE, 4000), ("config", CONFIG, 2000)])
def test_the_validators_agree_on_damaged_documents(name, whole, count):
    documents = [damaged(whole, seed) for seed in range(count)]
    assert [data for data in documents if disagreement(name, data)] == []
    rejected = sum(not accepts(name, data) for data in documents)
    assert count * 0.4 < rejected < count


def test_the_damage_reaches_every_section_and_every_keyword_of_the_schema():
    documents = [damaged({section: WHOLE[section]}, seed) for section in WHOLE for seed in range(250)]
    found = {(next(iter(data)), fault.keyword) for data in documents for fault in faults("declarations", data)}
    assert {section for section, _ in found} >= set(WHOLE) - {"x-anything"}
    assert {keyword for _, keyword in found} == {
        "additionalProperties",
        "enum",
        "exclusiveMinimum",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minProperties",
        "minimum",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }


def test_a_close_look_at_rejected_entries_alone_finds_the_same():
    for seed in range(1500):
        data = damaged(WHOLE, seed)
        assert sorted(map(repr, faults_of_declarations(data))) == sorted(map(repr, faults("declarations", data)))


class Nowhere:
    """Positions of a document that was never written down: all at its beginning."""

    def __init__(self):
        self.span = loaded("{}\n")[0][0].positions.value(())

    def value(self, _route):
        return self.span

    key = value


def test_whatever_is_rejected_is_explained_with_one_problem_for_each_place():
    nowhere = Nowhere()
    for seed in range(1500):
        data = damaged(WHOLE, seed)
        document = Document(path="a.yaml", index=0, data=data, sha256="", positions=nowhere)
        found = schema_problems([document], {})
        assert found or accepts("declarations", data)
        assert len({(each.route, each.problem) for each in found}) == len(found)
        assert all(each.message and each.remediation for each in found)
        assert {each.rule for each in found} <= {
            "schema/missing-key",
            "schema/type",
            "schema/unknown-key",
            "schema/value",
        }


ANY_TEXT = st.text(st.one_of(st.sampled_from(ODD + ODDER + "a0"), st.characters(exclude_categories=["Cs"])), max_size=6)
NEARLY_DATE = st.from_regex(r"[0-9]{1,5}(-[0-9]{1,3}){0,3}[\n\r \x85]?", fullmatch=True)


@settings(deadline=None, max_examples=400)
@given(st.one_of(ANY_TEXT, NEARLY_DATE))
def test_the_validators_agree_on_any_text_as_id_reference_date_and_rule(text):
    for data in (
        {"vectors": [{"id": text, "title": text}]},
        {"people": [{"id": "a", "departed_on": text}]},
        {"waivers": [{"rule": text, "subject": f"roles/{text}"}, {"rule": f"a/{text}", "subject": text}]},
        {"vectors": [{"id": "a", "title": "a", f"x-{text}": 1}]},
        {"vectors": [{"id": "a", "title": "a", text: 1}]},
    ):
        places = {fault.route for fault in faults("declarations", data)}
        assert accepts("declarations", data) == (not places)


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_the_validators_agree_on_any_text_in_the_configuration(text):
    for data in ({"require": [text]}, {"paths": [text]}, {"levels": {text: "note"}}, {text: 1}):
        assert accepts("config", data) == (faults("config", data) == ())
