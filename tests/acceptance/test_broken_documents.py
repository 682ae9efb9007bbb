"""Broken documents are repaired or left alone, and never damaged."""

from functools import cache
from pathlib import Path

import pytest

from tests.acceptance.broken import SAFE, UNSAFE
from tests.acceptance.command import AS_OF
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.errors import NoVerdictError
from uts_policy.pipeline.inputs import read_policies, read_settings
from uts_policy.pipeline.repair import repair
from uts_policy.pipeline.request import Request

CASES = [(name, *pair, False) for name, pair in SAFE.items()] + [(name, *pair, True) for name, pair in UNSAFE.items()]


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


@cache
def policies():
    return read_policies(read_settings(None, Path(__file__).parent).settings)


def repaired(folder, data, *, unsafe):
    """The file after the repairs, and what was not repaired."""
    file = folder / "declarations" / "all.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    configuration = read_settings(None, folder)
    request = Request(settings=configuration.settings, config=configuration.document, as_of=AS_OF, paths=(file,))
    engine = EmbeddedEngine(timeout=60)
    try:
        done = repair(request, policies(), engine, unsafe=unsafe)
    except NoVerdictError:  # there is nothing in it
        return file.read_bytes()
    assert file.read_bytes() == data, "only the command writes"
    assert bool(done.files) is bool(done.made)
    return done.files[0].after if done.files else data


def test_there_are_fifty_of_them():
    assert len(CASES) >= 50


@pytest.mark.parametrize(("name", "before", "after", "unsafe"), CASES, ids=[case[0] for case in CASES])
def test_it_is_repaired_or_left_as_it_is(tmp_path, name, before, after, unsafe):
    expected = as_bytes(before if after is None else after)
    once = repaired(tmp_path, as_bytes(before), unsafe=unsafe)
    assert once == expected, name
    if once != as_bytes(before):
        assert repaired(tmp_path, once, unsafe=unsafe) == expected, "nothing is left to repair"
