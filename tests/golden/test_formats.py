"""Whole outputs in the formats of others, as last agreed on: faults, none, and declarations that are invalid.

`pytest --update-golden tests/golden` writes them again.
"""

import json
import re
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from tests.golden.pages import steady_page
from uts_policy.render.interface import REPORT, formats

FOLDER = Path(__file__).parent / "formats"
RULES = "rules.yaml"
"""The configuration: a few rules, of which one has nothing to assess, which is told in every format."""
FILES = {"seeded.yaml": ("seeded", 1), "clean.yaml": ("clean", 0), "not valid ü.yaml": ("invalid", 1)}
SUFFIXES = {
    "sarif": "sarif",
    "sarif-upload": "upload.sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "markdown": "md",
    "csv": "csv",
    "html": "html",
}
UNJUDGED = (
    r'    <testcase classname="[^"]*" name="[^"]*">\n'
    r'      <skipped message="not assessed: no rule [^>]*>\n    </testcase>\n'
)
EMPTY = r"  <testsuite [^>]*>\n    <properties>\n(      <property [^>]*>\n)*    </properties>\n  </testsuite>\n"


def steady(text: str, name: str) -> str:
    """The output without what changes with a release, or with every rule that the catalogue gets."""
    if name in {"sarif", "sarif-upload"}:
        return f"{json.dumps(_steady_log(json.loads(text)), ensure_ascii=False, indent=2)}\n"
    if name == "html":
        return steady_page(text)
    text = re.sub(r'value="(uts-policy|embedded) [^"]+"', r'value="\1 …"', text)
    text = re.sub(EMPTY, "", re.sub(UNJUDGED, "", text))
    return re.sub(r'(<testsuites [^>]*) tests="[0-9]+"', r'\1 tests="…"', text)


def _steady_log(log: dict) -> dict:
    for run_ in log["runs"]:
        driver = run_["tool"]["driver"]
        used = {result["ruleId"] for result in run_["results"]}
        driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in used]
        driver["version"] = run_["properties"]["engine"]["version"] = "…"
        run_["properties"]["digests"] = dict.fromkeys(run_["properties"]["digests"], "…")
        for result in run_["results"]:
            result["ruleIndex"] = "…"
        for notification in run_["invocations"][0]["toolConfigurationNotifications"]:
            notification["associatedRule"]["index"] = "…"
    return log


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", SUFFIXES)
def test_an_output_is_what_was_agreed_on(file: str, name: str, pytestconfig: pytest.Config) -> None:
    stem, code = FILES[file]
    result = run("--config", RULES, "check", file, "--as-of", AS_OF, "--format", name, cwd=FOLDER)
    assert (result.returncode, result.stderr) == (code, b"")
    found = steady(result.stdout.decode(), name)
    golden = FOLDER / f"{stem}.{SUFFIXES[name]}"
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(found.encode())
    assert found == golden.read_bytes().decode()


def test_every_format_has_its_golden_files() -> None:
    # NOTE: a workbook is read back, cell by cell, in tests/unit/render/common/test_workbook.py.
    assert {*SUFFIXES, "text", "json", "xlsx"} <= {*formats(REPORT)}
