"""The wheel, the source distribution and the editable install all find policies and schemas.

Each is installed alone into an empty environment, far from the checkout. Its dependencies are borrowed from the
environment that runs the tests, by a path file, so that the test needs no network; `make dist` installs them for real.
"""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

DECLARATIONS = "responsibilities:\n  - id: watch-cameras\n    statement: Watch the city's cameras\n"
PROBE = (
    "import pathlib, uts_policy, uts_policy.resources as r; "
    "print(pathlib.Path(uts_policy.__file__).parent); print(r.policies_dir()); print(r.schemas_dir())"
)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "UTS_POLICY"))}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def distributions(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both distributions; the wheel is built from the source distribution, as `build` does it for the release."""
    out = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, root, cwd=out)
    assert built.returncode == 0, built.stderr + built.stdout
    return {"wheel": next(out.glob("*.whl")), "sdist": next(out.glob("*.tar.gz"))}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_distribution_checks_declarations_without_the_checkout(
    kind: str, distributions: dict[str, Path], tmp_path: Path
) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    site = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).stdout.strip()
    )
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    installed = run(
        python, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "--force-reinstall",
        "--prefix", home, distributions[kind], cwd=tmp_path,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr

    places = [Path(line) for line in run(python, "-c", PROBE, cwd=tmp_path).stdout.splitlines()]
    package = site / "uts_policy"
    assert places == [package, package / "_policies", package / "_schemas"]

    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "a.yaml").write_text(DECLARATIONS, encoding="utf-8")
    result = run(scripts / "uts-policy", "check", "--as-of", "2026-11-23", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    assert "ownership/unassigned" in result.stdout
    page = run(scripts / "uts-policy", "check", "--as-of", "2026-11-23", "--format", "html", cwd=tmp_path)
    assert (page.returncode, page.stderr) == (1, "")
    assert page.stdout.startswith("<!doctype html>")
    assert 'data-rule="ownership/unassigned"' in page.stdout


def test_the_editable_install_uses_the_checkout(root: Path, tmp_path: Path) -> None:
    places = [Path(line) for line in run(sys.executable, "-c", PROBE, cwd=tmp_path).stdout.splitlines()]
    assert places == [root / "checker" / "uts_policy", root / "policies", root / "schemas"]
