"""What somebody declared is never a command of the CI that shows a log: in no command, no format, no error."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from uts_policy.cli.commands import COMMANDS
from uts_policy.render.interface import REPORT, formats

OBEYED = re.compile(r"^[\s\ufeff]*::|##\w*\[|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", re.MULTILINE)
PIECES = r"\e[2J \x9b31m \a##[error]a ##vso[task.prependpath]b ##teamcity[c] " + "::stop-commands::d " * 12
"""So many that wherever a line is wrapped, one of them begins it."""
NAME = "::stop-commands::##vso[a]##[b].yaml"
TEXT = f"""\
units:
  - {{id: agency, name: "::error::Agency {PIECES}"}}
people:
  - {{id: p-1, name: "::error::Person {PIECES}"}}
vectors:
  - {{id: rail, title: "::error::Rail {PIECES}"}}
roles:
  - {{id: director, title: "::error::Director {PIECES}", unit: agency, reports_to: nobody,
     holders: [{{person: p-1, to: 2026-12-31}}]}}
  - {{id: deputy, title: "::error::Deputy {PIECES}", unit: agency, reports_to: director}}
directives:
  - {{id: rule-1, title: "::error::Rule {PIECES}", owner: director, topic: "{PIECES}"}}
responsibilities:
  - {{id: lead, statement: "::error::Lead {PIECES}", accountable: director, scope: {{vectors: [rail]}}}}
  - {{id: keep, statement: "::error::Keep {PIECES}"}}
incidents:
  - {{id: breach, title: "::error::Breach {PIECES}"}}
incident_lines:
  - {{id: line-1, incident: breach, title: "::error::Line {PIECES}", declare: director, command: deputy}}
waivers:
  - {{id: w, rule: ownership/unassigned, subject: responsibilities/keep, reason: "::error::Move {PIECES}",
     approved_by: director, approved_on: 2026-10-01, expires: 2027-01-31}}
"""


MATRIX = f"""\
The ::error::Office must keep {PIECES}

| ::error::Duty {PIECES} | ::error::Head {PIECES} | ##[error]Desk |
|---|---|---|
| ::error::Keep {PIECES} | A | R |
| ::error::Lead {PIECES} | I | {{}} |
"""
"""A responsibility matrix; the last letter is left open."""
STAFF = f"""\
| Name | Job title | ::error::Unit | Reports to | Status |
|---|---|---|---|---|
| ::error::Ada {PIECES} | ::error::Head {PIECES} | ::error::Office {PIECES} | ##[error]nobody | ::error::busy |
| ::error::vacant | ##vso[a] Clerk | ::error::Office {PIECES} | ::error::Ada {PIECES} | |
"""


def said(text: str) -> str:
    """A text as YAML reads it from double quotes."""
    return text.replace(r"\e", "\x1b").replace(r"\x9b", "\x9b").replace(r"\a", "\a")


def declared(folder: Path, text: str = TEXT, name: str = NAME) -> Path:
    directory = folder / "declarations"
    directory.mkdir()
    (directory / name).write_text(text, encoding="utf-8")
    return directory


def harmless(data: bytes, *, commands: bool = False) -> None:
    text = data.decode()
    if commands:
        text = re.sub(r"^::(?:error|warning|notice) [^:\n]*::", "", text, flags=re.MULTILINE)
    for line in re.split(r"\r\n|[\r\n]", text):
        assert not OBEYED.search(line), line


def for_a_lead() -> Iterator[tuple[str, ...]]:
    for shape in ("mermaid", "svg", "dot"):
        yield ("graph", "--as-of", AS_OF, "--format", shape)
    for shape in ("markdown", "html"):
        yield ("mandate", "--as-of", AS_OF, "--format", shape)
    for change in ("departs p-1", "abolish director", "on 2027-06-01", "each-person", "departs ::stop-commands::"):
        for shape in ("text", "json"):
            yield ("what-if", *change.split(), "--as-of", AS_OF, "--format", shape)


def calls() -> Iterator[tuple[str, ...]]:
    for each in formats(REPORT):
        yield ("check", "--as-of", AS_OF, "--format", each)
    yield ("check", "--as-of", AS_OF, "-v", "--rule", "ownership/*")
    yield ("validate",)
    yield ("explain", "1:")
    yield ("baseline", "create", "--reason", "::error::Because", "--as-of", AS_OF)
    for shape in ("text", "json", "markdown"):
        yield ("diff", "before", "declarations", "--as-of", AS_OF, "--format", shape)
    for shape in ("text", "json", "markdown", "html"):
        yield ("scorecard", "--as-of", AS_OF, "--format", shape)
    for subject in ("keep", "director", "p-1", "agency", "rail"):
        yield ("who", subject, "--as-of", AS_OF)
        yield ("who", subject, "--as-of", AS_OF, "--format", "json")
    for shape in ("text", "json", "csv", "html"):
        yield ("matrix", "--as-of", AS_OF, "--format", shape)
    for shape in ("text", "json", "ics"):
        yield ("forecast", "--as-of", AS_OF, "--days", "90", "--format", shape)
    yield from for_a_lead()
    yield ("corpus", "--as-of", AS_OF)
    yield ("coverage", "--as-of", AS_OF)
    yield ("coverage", "--as-of", AS_OF, "--format", "json")
    for shape in ("csv", "md"):
        yield ("export", "raci", "--as-of", AS_OF, "--format", shape)
    for asked in ((), ("--dry-run",), ("--write-map", "-")):
        yield ("import", "raci", "matrix.md", "--out", "imported", *asked)
    yield ("import", "raci", "left-open.md", "--out", "imported")
    for asked in ((), ("--dry-run",), ("--write-map", "-")):
        yield ("import", "roster", "staff.md", "--out", "imported", "--pseudonym-key", "../outside.key", *asked)
    yield ("reconcile", "roster", "staff.md", "--pseudonym-key", "../known.key", "--as-of", AS_OF)
    yield ("reconcile", "obligations", "matrix.md", "--as-of", AS_OF)
    yield ("import", "obligations", "matrix.md", "--out", "imported", "--dry-run")
    yield ("init", "::stop-commands::")
    yield ("fix",)
    yield ("mv", "roles/director", "chief")
    yield ("schema", "declarations", "--with-ids")
    yield ("rules", "--format", "json")
    # what is not there is quoted back
    yield ("check", "::stop-commands::nowhere.yaml")
    yield ("check", "\n::stop-commands::nowhere.yaml")
    yield ("who", "::stop-commands::nobody ##[error]")
    yield ("check", "--rule", "##vso[a]")
    yield ("--config", "::nowhere", "check")
    yield ("::nothing",)


@pytest.mark.parametrize("arguments", list(calls()), ids=" ".join)
def test_no_command_passes_on_what_a_ci_obeys(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    declared(tmp_path)
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "a.yaml").write_text("units: [{id: other, name: Other}]\n")
    (tmp_path / "matrix.md").write_text(said(MATRIX.format("A")), encoding="utf-8")
    (tmp_path.parent / "known.key").write_text("ab" * 32)
    (tmp_path.parent / "known.key").chmod(0o600)
    (tmp_path / "staff.md").write_text(said(STAFF), encoding="utf-8")
    (tmp_path / "left-open.md").write_text(said(MATRIX.format("::error::?")), encoding="utf-8")
    result = run(*arguments, cwd=tmp_path)
    if "xlsx" not in arguments:
        harmless(result.stdout, commands="github" in arguments)
    harmless(result.stderr)
    written = b"".join(path.read_bytes() for path in tmp_path.glob("*.yaml"))
    assert written or result.stdout or result.stderr
    harmless(written)


@pytest.mark.parametrize("columns", ["60", "80", "100"])
@pytest.mark.parametrize("always", [(), ("--color", "always")])
def test_wherever_a_line_is_wrapped_no_command_begins_it(tmp_path: Path, columns: str, always: tuple[str, ...]) -> None:
    duties = "".join(f'  - {{id: d-{n}, statement: "{"x" * n} ::stop-commands::y"}}\n' for n in range(1, 70))
    declared(tmp_path, f"units: [{{id: agency, name: Agency}}]\nresponsibilities:\n{duties}")
    result = run(*always, "check", "-v", "--as-of", AS_OF, cwd=tmp_path, COLUMNS=columns)
    assert result.returncode == 1
    harmless(re.sub(rb"\x1b\[[0-9;]*m", b"", result.stdout))


def test_the_words_are_still_there_and_json_is_the_same_to_who_reads_it(tmp_path: Path) -> None:
    declared(tmp_path)
    report = json.loads(run("check", "--as-of", AS_OF, "--format", "json", cwd=tmp_path).stdout)
    assert f"declarations/{NAME}" in {each["path"] for each in report["files"]}
    corpus = json.loads(run("corpus", "--as-of", AS_OF, cwd=tmp_path).stdout)
    assert corpus["responsibilities"]["keep"]["statement"] == f"::error::Keep {said(PIECES)}"


def test_invalid_declarations_and_their_file_are_harmless_in_every_format(tmp_path: Path) -> None:
    declared(tmp_path, 'units: [{id: "::error::", name: [##vso[a]]}]\n"::error::x": {"##[error]": 1}\n')
    for each in formats(REPORT):
        result = run("check", "--format", each, cwd=tmp_path)
        assert result.returncode == 1
        if each != "xlsx":
            harmless(result.stdout, commands=each == "github")
    for command in ("who x", "matrix", "corpus", "graph", "forecast", "scorecard"):
        harmless(run(*command.split(), cwd=tmp_path).stderr)


def test_every_command_has_been_looked_at() -> None:
    elsewhere = {"comment", "evidence", "history", "new", "bundle", "test", "completion"}
    """Those that write no text of a declaration, or no text; `evidence` and `history` have tests of their own."""
    tried = {part for each in calls() for part in each[:1]}
    assert set(COMMANDS) - elsewhere <= tried
