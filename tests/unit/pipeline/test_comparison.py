"""The threshold of a check against a base is the lower one of the two sides: a change cannot raise its own."""

import pytest

from uts_policy.model.rule import Level
from uts_policy.pipeline.comparison import _lowest


@pytest.mark.parametrize(
    ("sides", "lowest"),
    [
        ((Level.ERROR, Level.NOTE), Level.NOTE),
        ((Level.NOTE, Level.ERROR), Level.NOTE),
        ((None, Level.WARNING), Level.WARNING),
        ((None, None), None),
    ],
)
def test_the_lower_threshold_counts_and_never_is_above_all(sides, lowest):
    assert _lowest(sides) is lowest
