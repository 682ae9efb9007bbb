"""A pull request from end to end: what its author is told, what its reviewer is told, and what cannot be slipped in."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, run
from tests.acceptance.repository import Repository


@dataclass(frozen=True)
class Story:
    """What the branch does: the duty that it leaves alone, the team before and after, the waiver of its own.

    `hidden`: the rules whose findings no other waiver hid.
    """

    duty: str
    owner: str
    team: tuple[str, str]
    waiver: str
    hidden: tuple[str, ...]


WAIVER = """\
waivers:
  - id: own-waiver
    rule: {rule}
    subject: roles/{role}
    reason: We are used to it.
    approved_by: {role}
    approved_on: 2026-11-20
    expires: 2027-06-30
"""


def change(folder: Path, file: str, *pairs: tuple[str, str]) -> None:
    """Replaces texts that are there exactly once."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, (file, old, text.count(old))
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def rename(folder: Path, old: str, new: str) -> None:
    """Gives an id another name, wherever it stands as a word of its own."""
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        changed = re.sub(rf"(?m)(?<![\w-]){re.escape(old)}(?![\w-])", new, text)
        path.write_text(changed, encoding="utf-8")


def openstack(folder: Path) -> Story:
    """On the governance of a real project."""
    change(
        folder,
        "assignments.yaml",
        (
            "  - responsibility: lead-barbican\n    role: barbican-ptl\n    code:\n      - A\n      - R\n",
            "  - responsibility: lead-barbican\n    role: barbican-ptl\n    code:\n      - R\n",
        ),
    )
    change(folder, "units.yaml", ("  - id: blazar\n", "  - id: blazar-reservations\n"))
    change(folder, "roles.yaml", ("    unit: blazar\n", "    unit: blazar-reservations\n"))
    path = folder / "people.yaml"
    entry = re.compile(r"  - id: (\S+)\n    name: (\S+)\n")
    text, count = entry.subn(r"- {name: '\2', id: '\1'}\n", path.read_text(encoding="utf-8"))
    assert count > 10
    path.write_text(text, encoding="utf-8")
    waiver = WAIVER.format(rule="ownership/placeholder-owner", role="vitrage-ptl")
    (folder / "waivers.yaml").write_text(waiver, encoding="utf-8")
    return Story(
        duty="lead-barbican",
        owner="barbican-ptl",
        team=("blazar", "blazar-reservations"),
        waiver="own-waiver",
        hidden=("ownership/placeholder-owner",),
    )


def example(folder: Path) -> Story:
    """On the fictional agency."""
    change(
        folder,
        "responsibilities/travel.yaml",
        (
            "    accountable: chief-travel-security\n    responsible: [travel-cover-planner, cover-payments-officer]\n",
            "    responsible: [travel-cover-planner, cover-payments-officer]\n",
        ),
    )
    rename(folder, "delta-field-office", "delta-river-office")
    path = folder / "vectors.yaml"
    entry = re.compile(r"  - id: (\S+)\n    title: (.+)\n    description: (.+)\n")
    text, count = entry.subn(
        r"""- {"description": '\3', "title": "\2", "id": \1}\n""", path.read_text(encoding="utf-8")
    )
    assert count == 5
    path.write_text(text, encoding="utf-8")
    path = folder / "waivers.yaml"
    own = WAIVER.format(rule="staffing/acting-too-long", role="chief-facilities").removeprefix("waivers:\n")
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    return Story(
        duty="plan-travel-cover",
        owner="chief-travel-security",
        team=("delta-field-office", "delta-river-office"),
        waiver="own-waiver",
        hidden=(),
    )


@pytest.fixture(params=["openstack", "example"])
def story(request: pytest.FixtureRequest, tmp_path: Path, root: Path) -> tuple[Repository, Story]:
    """A repository whose branch has made the change."""
    real = request.param == "openstack"
    source = request.getfixturevalue("shared_data") / "openstack" if real else root / "examples" / "clean"
    repository = Repository(tmp_path)
    repository.git("init", "-q", "-b", "main")
    shutil.copytree(source, tmp_path / "declarations")
    repository.commit()
    repository.branch()
    told = (openstack if real else example)(tmp_path / "declarations")
    repository.commit()
    return repository, told


def diff(repository: Repository, *arguments: str) -> Any:
    done = run("diff", "main", *arguments, "--as-of", AS_OF, "--format", "json", cwd=repository.top)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def new_of(report: Any) -> list[tuple[str, str, str]]:
    """Level, rule and entry of every finding that is new and counts, in order."""
    return sorted(
        (each["level"], each["rule"], each["entry"])
        for each in report["findings"]
        if each["status"] == "new" and each["waiver"] is None
    )


def test_one_new_error_one_self_approved_waiver_one_weakening_and_nothing_else(
    story: tuple[Repository, Story],
) -> None:
    """The rename and the reformatted file give nothing; the dropped lead gives one error.

    That somebody excuses themselves is an error of its own in the catalogue, on the waiver and not on the duty.
    """
    repository, told = story
    outcome = repository.check()
    dropped = ("error", "ownership/unassigned", f"responsibilities/{told.duty}")
    excused = ("error", "waivers/self-approved", f"waivers/{told.waiver}")
    weakened = ("warning", "change/weakens-check", f"waivers/{told.waiver}")
    assert (outcome.exit, new_of(outcome.report)) == (1, [dropped, excused, weakened])
    assert (outcome.report["counts"]["error"], outcome.report["counts"]["warning"]) == (2, 1)


def test_without_the_rule_about_excuses_the_dropped_lead_is_the_one_error(story: tuple[Repository, Story]) -> None:
    repository, told = story
    outcome = repository.check("--no-rule", "waivers/self-approved")
    errors = [each for each in new_of(outcome.report) if each[0] == "error"]
    assert (outcome.exit, errors) == (1, [("error", "ownership/unassigned", f"responsibilities/{told.duty}")])


def test_the_reviewer_is_told_what_the_change_means(story: tuple[Repository, Story]) -> None:
    repository, told = story
    meaning = diff(repository)
    place = meaning["owners"][0].pop("location")
    statement = meaning["owners"][0].pop("statement")
    assert statement
    assert place["file"].startswith("declarations/responsibilities")
    assert meaning["owners"] == [
        {
            "responsibility": told.duty,
            "change": "lost",
            "units": [],
            "vectors": [],
            "before": [told.owner],
            "after": [],
            "instead": [],
        }
    ]
    assert [[each["section"], each["before"], each["after"]] for each in meaning["renames"]] == [["units", *told.team]]
    assert [each["entry"] for each in meaning["weakens"]] == [f"waivers/{told.waiver}"]
    assert [(each["section"], each["id"], each["change"]) for each in meaning["entries"]] == [
        ("waivers", told.waiver, "added")
    ]
    assert {(each["rule"], each["entry"]) for each in meaning["findings"]["opened"]} == {
        ("ownership/unassigned", f"responsibilities/{told.duty}"),
        ("waivers/self-approved", f"waivers/{told.waiver}"),
    }
    assert meaning["findings"]["closed"] == []
    assert [meaning[name] for name in ("parts", "holders", "powers", "notices")] == [[], [], [], []]
    asked = {
        each["role"]: [(reason["change"], reason["what"]) for reason in each["reasons"]]
        for each in meaning["approvals"]
    }
    assert asked.pop(told.owner) == [("loses", "accountable")]
    assert list(asked.values()) == [[("adds", "waiver")]]


def test_the_other_way_round_it_is_gained_and_closed(story: tuple[Repository, Story]) -> None:
    repository, told = story
    (repository.top / "before").mkdir()
    repository.git("--work-tree", "before", "checkout", "main", "--", "declarations")
    repository.git("reset", "-q")
    meaning = json.loads(
        run(
            *("diff", "declarations", "before/declarations", "--as-of", AS_OF, "--format", "json"), cwd=repository.top
        ).stdout
    )
    assert [(each["responsibility"], each["change"], each["after"]) for each in meaning["owners"]] == [
        (told.duty, "gained", [told.owner])
    ]
    assert [[each["before"], each["after"]] for each in meaning["renames"]] == [[*reversed(told.team)]]
    assert meaning["weakens"] == []
    assert len(meaning["findings"]["closed"]) == 2
    assert [each["rule"] for each in meaning["findings"]["opened"]] == list(told.hidden)


def test_a_branch_that_takes_it_back_means_nothing(story: tuple[Repository, Story]) -> None:
    repository, _ = story
    shutil.rmtree(repository.top / "declarations")
    repository.git("checkout", "main", "--", "declarations")
    assert repository.check().new == set()
    assert diff(repository)["empty"]
