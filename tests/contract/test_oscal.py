"""compliance-trestle reads our OSCAL: its object models, and its commands in a workspace of its own."""

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import BROKEN
from tests.conftest import ROOT
from tests.unit.evidence.judged import judged
from uts_policy.evidence.oscal import oscal_files
from uts_policy.evidence.population import populations

TRESTLE = Path(sysconfig.get_path("scripts")) / "trestle"
MODELS = {
    "catalog": ("catalog", "Catalog"),
    "profile": ("profile", "Profile"),
    "system-security-plan": ("ssp", "SystemSecurityPlan"),
    "assessment-plan": ("assessment_plan", "AssessmentPlan"),
    "assessment-results": ("assessment_results", "AssessmentResults"),
    "plan-of-action-and-milestones": ("poam", "PlanOfActionAndMilestones"),
}
FILES = [f"{name}.json" for name in (*list(MODELS)[:-1], "poam")]


@pytest.fixture(scope="session")
def invalid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trestle") / "declarations"
    folder.mkdir()
    (folder / "all.yaml").write_text(BROKEN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def seeded() -> Mapping[str, bytes]:
    return documents(ROOT / "examples" / "seeded")


@pytest.fixture
def bag(seeded: Mapping[str, bytes], tmp_path: Path) -> Path:
    """The folder `oscal/` of a bag."""
    return written(seeded, tmp_path / "bag")


def documents(folder: Path) -> Mapping[str, bytes]:
    report, scorecard = judged(folder)
    return oscal_files(report, populations(report), scorecard)


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder / "oscal"


def trestle(*arguments: object, cwd: Path) -> str:
    done = subprocess.run(
        [TRESTLE, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("case", ["clean", "seeded", "invalid"])
def test_its_object_models_take_every_file_and_give_it_back(case: str, invalid: Path) -> None:
    from trestle.oscal import OSCAL_VERSION

    files = documents(invalid if case == "invalid" else ROOT / "examples" / case)
    assert len(files) == (5 if case == "clean" else 6)
    for name, data in files.items():
        [(root, body)] = json.loads(data).items()
        module, model = MODELS[root]
        read = getattr(import_module(f"trestle.oscal.{module}"), model)(**body)
        assert body["metadata"]["oscal-version"] == OSCAL_VERSION == "1.2.1", name
        again: dict[str, Any] = json.loads(read.oscal_serialize_json())[root]
        assert same(again) == same(body), name


def same(value: Any) -> Any:
    """A document without what the models write in another form: times."""
    if isinstance(value, dict):
        return {key: same(each) for key, each in value.items()}
    if isinstance(value, list):
        return [same(each) for each in value]
    return value.replace("+00:00", "Z") if isinstance(value, str) else value


def test_its_object_models_refuse_what_is_no_oscal(seeded: Mapping[str, bytes]) -> None:
    from pydantic import ValidationError
    from trestle.oscal.assessment_results import AssessmentResults

    body = json.loads(seeded["oscal/assessment-results.json"])["assessment-results"]
    body["results"][0]["observations"][0]["uuid"] = "one"
    with pytest.raises(ValidationError, match="uuid"):
        AssessmentResults(**body)


def test_its_command_imports_and_validates_every_file(bag: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    trestle("init", cwd=workspace)
    # NOTE: trestle looks for what a file imports below the root of its workspace, not beside the file.
    for name in ("profile.json", "catalog.json"):
        shutil.copy(bag / name, workspace)
    for name in FILES:
        trestle("import", "-f", bag / name, "-o", name.removesuffix(".json"), cwd=workspace)
    assert trestle("validate", "-a", cwd=workspace).count("VALID") == len(FILES)


@pytest.mark.parametrize(
    ("primary", "reached"),
    [
        ("assessment-results", ["assessment-plan", "system-security-plan", "profile", "catalog"]),
        ("poam", ["system-security-plan", "profile", "catalog"]),
    ],
)
def test_its_command_follows_every_import_to_the_catalog(bag: Path, primary: str, reached: list[str]) -> None:
    trestle("init", cwd=bag)
    trestle("generate-manifest", "-f", f"{primary}.json", "-o", "manifest.json", "--beta", cwd=bag)
    manifest = json.loads((bag / "manifest.json").read_bytes())
    assert [each["name"] for each in manifest["artifacts"]] == [f"{each}.json" for each in (primary, *reached)]


def test_it_resolves_the_profile_to_the_four_recommendations_and_the_rules(
    bag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trestle.core.profile_resolver import ProfileResolver

    trestle("init", cwd=bag)
    monkeypatch.chdir(bag)
    resolved = ProfileResolver.get_resolved_profile_catalog(bag, str(bag / "profile.json"))
    groups = {group.id: {control.id for control in group.controls} for group in resolved.groups}
    assert groups["questions"] == {f"question-{each}" for each in ("plan", "authority", "incidents", "training")}
    assert "category-ownership" in groups["rules"]
