"""Views say the same on both engines."""

import json
import subprocess

import pytest

from tests.generate.asked import about_all, ask

pytestmark = [pytest.mark.opa, pytest.mark.slow]

CORPORA = 12


@pytest.mark.parametrize(
    "name",
    [
        "answerable",
        "criticality",
        "mandate",
        "matrix",
        "owners",
        "scorecard",
        "seats",
        "structure",
        "unanswered",
        "who",
    ],
)
def test_a_view_answers_alike_on_both_engines(opa, root, name):
    asked = ask(name, range(CORPORA))
    inputs = [{**one.corpus.data, "question": about_all(one.corpus)} for one in asked]
    query = f"[answer | some each in input; answer := data.uts.view.{name}.answer with input as each]"
    run = subprocess.run(
        [opa, "eval", "--format=json", "--stdin-input", f"--data={root / 'policies'}", query],
        input=json.dumps(inputs),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(run.stdout)["result"][0]["expressions"][0]["value"] == [one.answer for one in asked]
