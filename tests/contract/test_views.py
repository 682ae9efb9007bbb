"""Views say the same on both engines."""

import json
import subprocess

import pytest

from tests.generate.asked import ask

pytestmark = [pytest.mark.opa, pytest.mark.slow]

CORPORA = 12


@pytest.mark.parametrize("view", ["data.uts.view.who.answer", "data.uts.view.owners.answer"])
def test_a_view_answers_alike_on_both_engines(opa, root, view):
    asked = ask(view, range(CORPORA))
    inputs = [
        {**one.corpus.data, "question": {"responsibilities": sorted(one.corpus.data["responsibilities"])}}
        for one in asked
    ]
    run = subprocess.run(
        [
            opa,
            "eval",
            "--format=json",
            "--stdin-input",
            f"--data={root / 'policies'}",
            f"[a | some c in input; a := {view} with input as c]",
        ],
        input=json.dumps(inputs),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout)["result"][0]["expressions"][0]["value"] == [one.answer for one in asked]
