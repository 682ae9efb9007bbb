"""What `diff` writes, as it was last agreed on. `pytest --update-golden tests/golden` writes it again."""

from pathlib import Path

import pytest

from tests.unit.render.differences import FULL, NOTHING
from uts_policy.model.difference import Difference
from uts_policy.render.difference import json as difference_json
from uts_policy.render.difference import markdown as difference_markdown
from uts_policy.render.difference import text as difference_text
from uts_policy.render.interface import Style

FOLDER = Path(__file__).parent / "difference"
RENDERERS = {"json": difference_json, "md": difference_markdown, "txt": difference_text}


@pytest.mark.parametrize("suffix", RENDERERS)
@pytest.mark.parametrize(("name", "change"), [("full", FULL), ("nothing", NOTHING)])
def test_a_change_is_told_as_was_agreed_on(
    name: str, change: Difference, suffix: str, pytestconfig: pytest.Config
) -> None:
    found = RENDERERS[suffix].render(change, Style())
    file = FOLDER / f"{name}.{suffix}"
    if pytestconfig.getoption("--update-golden"):
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8")
