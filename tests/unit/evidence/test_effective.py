"""What a run needs to be run again survives being written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.evidence.effective import Effective, OwnRules, StoredFile, read_effective, written
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Problem
from uts_policy.model.place import START, Location
from uts_policy.model.rule import Level, Profile

texts = st.text()
lists = st.lists(texts).map(tuple)
problems = st.builds(
    Problem,
    rule=texts,
    message=texts,
    remediation=texts,
    location=st.builds(Location, file=texts, span=st.just(START)),
    document=st.just(0),
    route=st.just(()),
    problem=texts,
    related=st.just(()),
)
effectives = st.builds(
    Effective,
    as_of=st.dates().map(str),
    profile=st.sampled_from(Profile),
    levels=st.lists(st.tuples(texts, st.none() | st.sampled_from(Level))).map(tuple),
    rules=st.dictionaries(texts, st.dictionaries(texts, st.integers() | texts | st.lists(texts))),
    require=lists,
    fail_on=st.none() | st.sampled_from(Level),
    include=lists,
    exclude=lists,
    engine=texts,
    timeout=st.floats(min_value=0, allow_infinity=False, allow_nan=False),
    paths=lists,
    passed_over=lists,
    files=st.lists(st.builds(StoredFile, path=texts, stored=texts)).map(tuple),
    unread=st.lists(problems).map(tuple),
    ignored=st.dictionaries(texts, texts),
    own_policies=st.lists(st.builds(OwnRules, place=texts, path=texts, stored=texts)).map(tuple),
    config_file=st.none() | texts,
    baseline=st.none() | texts,
)


@given(effectives)
def test_what_is_written_is_read_back(effective: Effective) -> None:
    assert read_effective(written(effective)) == effective


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"schema": "uts-policy/effective/2"}', b'{"schema": "uts-policy/effective/1"}', b"\xff"],
)
def test_anything_else_is_refused_with_the_name_of_the_file(data: bytes) -> None:
    with pytest.raises(NoVerdictError, match=r"config/effective\.json"):
        read_effective(data)


@given(effectives, st.data())
def test_a_value_of_another_type_is_refused_and_nothing_else_happens(effective: Effective, data: st.DataObject) -> None:
    value = json.loads(written(effective))
    key = data.draw(st.sampled_from(sorted(value)))
    value[key] = data.draw(st.sampled_from([7, [7], {"a": 7}, None]))
    try:
        read_effective(json.dumps(value).encode())
    except NoVerdictError as error:
        assert "config/effective.json" in error.message  # noqa: PT017 - a value that fits by chance is no error


@given(effectives, st.sampled_from(["", "../x", "2026-13-01", "20261123", "2026-11-23T00:00"]))
def test_a_day_that_is_none_is_refused(effective: Effective, day: str) -> None:
    value = {**json.loads(written(effective)), "as_of": day}
    with pytest.raises(NoVerdictError, match=r"config/effective\.json"):
        read_effective(json.dumps(value).encode())
