"""Cards are done again as by hand: by the oracle, which shares no code with the checker, from the bag's YAML alone."""

import datetime as dt
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, policy, run
from tests.conftest import ROOT
from tests.oracle.catalogue import RULES, UNUSED, verdict
from uts_policy.schema.faults import faults

WAIVED = """
  - {id: second, statement: Answer the telephone, responsible: director}
  - {id: third, statement: Open the door, responsible: director}
waivers:
  - id: until-june
    rule: ownership/unassigned
    subject: responsibilities/second
    reason: The post is advertised.
    approved_by: director
    approved_on: 2026-10-01
    expires: 2027-06
"""


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A bag of each example, one with a waiver, and one of declarations that are invalid."""
    folder = tmp_path_factory.mktemp("bags")
    for name, text in {"waived": SOUND.rstrip("\n") + WAIVED, "invalid": BROKEN}.items():
        (folder / name).mkdir()
        (folder / name / "all.yaml").write_text(text, encoding="utf-8")
    for name in ("clean", "seeded"):
        shutil.copytree(ROOT / "examples" / name, folder / name)
    return {name: export(folder, name) for name in ("clean", "seeded", "waived", "invalid")}


def export(folder: Path, name: str, *options: object) -> Path:
    bag = folder / f"{name}.zip"
    done = run("evidence", "export", name, "--as-of", AS_OF, "--out", bag, *options, cwd=folder)
    assert done.returncode in (0, 1), done.stderr.decode()
    return bag


def sample(bag: Path, *options: object) -> dict[str, Any]:
    done = run("evidence", "sample", bag, "--format", "json", *options, cwd=bag.parent)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@cache
def inputs(bag: Path) -> dict[str, bytes]:
    """The declarations in a bag, by path below `data/`."""
    with zipfile.ZipFile(bag) as archive:
        named = {name.partition("/data/")[2]: archive.read(name) for name in archive.namelist()}
    return {name: data for name, data in named.items() if name.startswith("inputs/")}


@cache
def concluded(bag: Path) -> dict[tuple[str, str], str]:
    """What the oracle says of the YAML in a bag: the rules and entries with a finding, `violation` or `waived`."""
    declared: dict[str, list[Any]] = {}
    for data in inputs(bag).values():
        for document in YAML(typ="safe", pure=True).load_all(data):
            for section, entries in (document or {}).items():
                declared.setdefault(section, []).extend(map(plain, entries))
    found = {(rule, entry) for rule, entry, _ in verdict(declared, AS_OF).findings}
    excused = {
        (each["rule"], each["subject"])
        for each in declared.get("waivers", [])
        if str(each["approved_on"]) <= AS_OF <= f"{each['expires']}-99"[:10]
    }
    return {each: "waived" if each in excused else "violation" for each in found}


def plain(value: Any) -> Any:
    """A date that YAML 1.1 knows, as it was written."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize(("name", "seed"), [("clean", 1), ("seeded", 2), ("seeded", 3), ("waived", 4)])
def test_the_yaml_in_the_bag_leads_to_the_conclusion_of_every_card(
    bags: Mapping[str, Path], name: str, seed: int
) -> None:
    cards = sample(bags[name], "--size", 1200, "--seed", seed)["cards"]
    own = [card for card in cards if card["rule"] in {*RULES, UNUSED}]
    again = {
        (card["rule"], card["entry"]): concluded(bags[name]).get((card["rule"], card["entry"]), "pass") for card in own
    }
    assert again == {(card["rule"], card["entry"]): card["conclusion"] for card in own}
    kinds = Counter(again.values())
    assert kinds["pass"] > 20
    assert kinds["violation"] > (50 if name == "seeded" else 0 if name == "waived" else -1)
    assert kinds["waived"] >= (name in {"waived", "clean"})


def test_every_fact_stands_where_the_card_says(bags: Mapping[str, Path]) -> None:
    for card in sample(bags["seeded"], "--size", 300)["cards"]:
        assert card["facts"], card["entry"]
        for fact in card["facts"]:
            place = fact["location"]
            lines = inputs(bags["seeded"])[place["file"]].decode().split("\n")
            written = "\n".join(lines[place["line"] - 1 : place["end_line"]])
            entry = fact["entry"].split("/")
            if fact["why"] in ("the entry itself", "named in it") and entry[0] not in (
                "assignments",
                "training_records",
            ):
                assert f"id: {entry[1]}" in written


def test_violations_carry_their_findings_and_passes_none(bags: Mapping[str, Path]) -> None:
    for card in sample(bags["seeded"], "--size", 300)["cards"]:
        assert bool(card["findings"]) == (card["conclusion"] != "pass")
        assert {(each["rule"], each["entry"]) for each in card["findings"]} <= {(card["rule"], card["entry"])}


def test_json_is_what_its_schema_says(bags: Mapping[str, Path]) -> None:
    for bag in bags.values():
        assert faults("sample", sample(bag)) == ()


def test_the_strata_are_the_populations_that_the_bag_states(bags: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(bags["seeded"]) as archive:
        name = next(each for each in archive.namelist() if each.endswith("/results/population.json"))
        rules = json.loads(archive.read(name))["rules"]
    passed: Counter[str] = Counter()
    for rule in rules:
        passed[rule["rule"].partition("/")[0]] += rule["passed"]
    strata = sample(bags["seeded"])["strata"]
    assert +passed == {each["category"]: each["population"] for each in strata if each["conclusion"] == "pass"}
    assert sum(each["drawn"] for each in strata) == 25


def test_the_same_seed_draws_the_same_and_another_one_others(bags: Mapping[str, Path]) -> None:
    one, again, other = (sample(bags["seeded"], "--seed", seed) for seed in (7, 7, 8))
    assert one == again
    assert one["cards"] != other["cards"]


def test_of_invalid_declarations_the_defects_of_form_are_drawn(bags: Mapping[str, Path]) -> None:
    cards = sample(bags["invalid"])["cards"]
    assert [(card["rule"], card["entry"], card["conclusion"]) for card in cards] == [
        ("yaml/syntax", "inputs/invalid/all.yaml", "violation")
    ]


def test_a_rule_of_the_users_own_is_drawn_with_what_its_metadata_says(tmp_path: Path) -> None:
    declare(tmp_path)
    body = 'findings contains {"path": ["roles", id], "message": "seen"} if some id, _ in input.roles'
    bag = export(tmp_path, "declarations", "--policies", policy(tmp_path, "ours/always", body))
    [card] = [card for card in sample(bag, "--size", 500)["cards"] if card["rule"] == "ours/always"]
    assert (card["title"], card["about"], card["conclusion"]) == ("A rule of ours", "For a test.", "violation")


def test_text_and_markdown_have_every_card(bags: Mapping[str, Path]) -> None:
    for shape, start in (("text", "Card "), ("markdown", "## Card ")):
        done = run("evidence", "sample", bags["seeded"], "--size", 9, "--format", shape, cwd=bags["seeded"].parent)
        lines = done.stdout.decode().split("\n")
        assert sum(line.startswith(start) for line in lines) == 9


def test_a_bag_that_was_tampered_with_is_not_sampled(bags: Mapping[str, Path], tmp_path: Path) -> None:
    bag = tmp_path / "changed.zip"
    bag.write_bytes(bags["seeded"].read_bytes().replace(b"Decide whether a journey", b"Decide whether a Journey"))
    done = run("evidence", "sample", bag, cwd=tmp_path)
    assert done.returncode != 0
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_a_bag_with_a_file_that_could_not_be_read_has_no_pairs_to_draw_and_is_no_fault(tmp_path: Path) -> None:
    file = declare(tmp_path)
    (file.parent / "dangling.yaml").symlink_to("nowhere.yaml")
    bag = export(tmp_path, "declarations")
    done = run("evidence", "sample", bag, "--format", "json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {each["conclusion"] for each in json.loads(done.stdout)["strata"]} <= {"violation"}
