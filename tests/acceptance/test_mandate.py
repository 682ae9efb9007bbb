"""`uts-policy mandate`: the sheet that the holder of a role signs."""

import json
from pathlib import Path

from tests.acceptance.command import AS_OF, declare, run
from tests.acceptance.test_who import SUBJECTS

ROLE = SUBJECTS.replace("accountable: To be decided", "accountable: lead, responsible: lead, scope: {units: [field]}")


def text(folder: Path, *arguments: str) -> str:
    result = run("mandate", *arguments, "--as-of", AS_OF, cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def test_a_sheet_has_duties_powers_with_instrument_deputy_dates_and_signatures(tmp_path: Path) -> None:
    declare(tmp_path, ROLE)
    assert text(tmp_path, "director").startswith(
        """\
# Mandate: Director

Agency, as of 2026-11-23 (UTC)

- Unit: Agency
- Held by: Ada Vale (p-1), permanent until 2027-03-31
- Deputy: Lead of the field, held by Ada Vale (p-1)

## Answers for

| Criticality | Responsibility | Where and when |
|---|---|---|
| critical | Keep watch | everywhere |

## Powers

| Power | Instrument | May pass on |
|---|---|---|
| Sign orders | Charter 7 | yes |

## Passed on

| To | Powers | When |
|---|---|---|
| Lead of the field | Sign orders |  |

## Dates

| Last day | What ends |
|---|---|
| 2027-03-31 | last day of p-1 in this role |

## Open findings
"""
    )
    assert text(tmp_path, "director").endswith(
        """
## Signatures

| Who | Name | Date | Signature |
|---|---|---|---|
| Holder of the role | | | |
| For the organisation | | | |
"""
    )


def test_places_and_roles_are_named_by_their_titles(tmp_path: Path) -> None:
    declare(tmp_path, ROLE)
    said = text(tmp_path, "Lead of the field")
    assert "| normal | Care for the field | in Field Office |" in said
    assert "- Reports to: Director\n" in said
    assert "| Sign orders | Order 1 | no |" in said


def test_the_findings_of_a_sheet_are_those_of_a_check_that_concern_the_role(tmp_path: Path) -> None:
    declare(tmp_path, ROLE)
    report = json.loads(run("check", "--as-of", AS_OF, "--format", "json", cwd=tmp_path).stdout)
    mine = [each for each in report["findings"] if each["entry"] == "responsibilities/watch"]
    assert mine
    assert all(each["message"].replace('"', "") in text(tmp_path, "director").replace('"', "") for each in mine)


def test_every_role_that_answers_or_acts_has_a_sheet_in_a_file_of_its_own(tmp_path: Path) -> None:
    declare(tmp_path, ROLE)
    result = run("mandate", "--format", "html", "--out", "sheets", "--as-of", AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr == b'uts-policy: 2 sheets in "sheets"\n'
    assert sorted(path.name for path in (tmp_path / "sheets").iterdir()) == ["director.html", "lead.html"]
    page = (tmp_path / "sheets" / "lead.html").read_text(encoding="utf-8")
    assert "<title>Mandate: Lead of the field, Agency</title>" in page
    assert '<th scope="row">Holder of the role</th>' in page


def test_a_reminder_has_what_is_open_of_the_roles_that_a_finding_concerns(tmp_path: Path) -> None:
    declare(tmp_path, ROLE.replace(", criticality: critical", "").replace("successors: [lead]", "successors: []"))
    said = text(tmp_path, "--open-only")
    assert "# Reminder: " in said
    assert "## Open findings" in said
    assert "Signatures" not in said
    assert "## Powers" not in said


def test_where_nothing_is_open_there_is_no_reminder(tmp_path: Path) -> None:
    declare(tmp_path, "units: [{id: agency, name: Agency}]\nroles: [{id: lead, title: Lead, unit: agency}]\n")
    result = run("mandate", "--open-only", "--as-of", AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"uts-policy: nothing is open\n")


def test_the_organisation_is_called_as_its_configuration_says(tmp_path: Path) -> None:
    declare(tmp_path, ROLE)
    (tmp_path / "uts-policy.yaml").write_text("organisation: The Vale\n", encoding="utf-8")
    assert "\nThe Vale, as of 2026-11-23 (UTC)\n" in text(tmp_path, "director")


def test_a_role_that_nobody_declared_is_refused(tmp_path: Path) -> None:
    declare(tmp_path, ROLE)
    result = run("mandate", "directr", "--as-of", AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b'no role has "directr" as its id or in its title\nhint: did you mean "director"?' in result.stderr
