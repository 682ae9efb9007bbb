"""Views say the same on both engines."""

import json
import subprocess

import pytest

from tests.generate.asked import about_all, ask

pytestmark = [pytest.mark.opa, pytest.mark.slow]

CORPORA = 12
SECTIONS = ("roles", "responsibilities", "assignments", "delegations", "units", "obligations", "people", "actions")


def about_entries(corpus):
    return {"entries": [[section, name] for section in SECTIONS for name in sorted(corpus.data[section])]}


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("who", about_all),
        ("owners", about_all),
        ("structure", about_all),
        ("answerable", about_entries),
        ("matrix", about_all),
        ("scorecard", about_all),
    ],
)
def test_a_view_answers_alike_on_both_engines(opa, root, name, question):
    view = f"data.uts.view.{name}.answer"
    asked = ask(view, range(CORPORA), question)
    inputs = [{**one.corpus.data, "question": question(one.corpus)} for one in asked]
    query = f"[answer | some each in input; answer := {view} with input as each]"
    run = subprocess.run(
        [opa, "eval", "--format=json", "--stdin-input", f"--data={root / 'policies'}", query],
        input=json.dumps(inputs),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(run.stdout)["result"][0]["expressions"][0]["value"] == [one.answer for one in asked]
