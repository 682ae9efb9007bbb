"""`uts-policy explain FINDING`, through the installed command."""

import json
from pathlib import Path

from tests.acceptance.command import AS_OF, BROKEN, FAULTY, declare, run

LACKING = """\
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1}
authorities:
  - {id: sign, title: Sign orders}
roles:
  - {id: director, title: Director, unit: agency, authorities: [], holders: [{person: p-1}]}
responsibilities:
  - id: lead
    statement: Lead the agency
    requires: [sign]
    accountable: director
    responsible: director
"""


def identity(folder: Path, rule: str) -> str:
    found = json.loads(run("check", "--as-of", AS_OF, "--format", "json", cwd=folder).stdout)["findings"]
    return next(finding["id"] for finding in found if finding["rule"] == rule)


def place(line: int, words: str) -> str:
    where = f"declarations/all.yaml:{line}"
    return f"{words:<{80 - len(where)}}{where}\n"


def test_a_finding_is_shown_with_every_fact_behind_it(tmp_path: Path) -> None:
    declare(tmp_path, LACKING)
    name = identity(tmp_path, "authority/missing")
    result = run("explain", name, "--as-of", AS_OF, cwd=tmp_path)

    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == (
        f"{name}  error  authority/missing\n"
        "Accountable role without an authority it needs\n"
        "\n"
        '  "lead" (Lead the agency) requires "sign" (Sign orders), which "director"\n'
        "  (Director) holds neither by itself nor by delegation.\n"
        "\n"
        "What it rests on\n"
        + place(12, "  responsibilities/lead: what the finding is about")
        + "     12 │    requires: [sign]\n"
        + place(8, "  roles/director: accountable, and without it")
        + "      8 │  - {id: director, title: Director, unit: agency, authorities: [], hol…\n"
        + place(10, "  responsibilities/lead: the entry itself")
        + "     10 │  - id: lead\n"
        + place(6, "  authorities/sign: named in it")
        + "      6 │  - {id: sign, title: Sign orders}\n"
        + place(13, "  assignments/lead/director/A: names director and lead")
        + "     13 │    accountable: director\n"
        + place(14, "  assignments/lead/director/R: names director and lead")
        + "     14 │    responsible: director\n"
        "  The day: 2026-11-23 (UTC)\n"
        "  Its key, which a waiver can name: director/sign\n"
        "\n"
        "What to do\n"
        "  Grant the role the authority, delegate it, or make a role accountable that\n"
        "  holds it.\n"
    )


def test_the_beginning_of_an_identity_is_enough(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    name = identity(tmp_path, "ownership/unassigned")
    result = run("explain", name[:8], "declarations", "--as-of", AS_OF, cwd=tmp_path)

    assert result.stdout.decode().startswith(f"{name}  error  ownership/unassigned\n")


def test_a_finding_of_the_loader_is_explained_too(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    name = identity(tmp_path, "yaml/syntax")
    result = run("explain", name, cwd=tmp_path)

    assert result.returncode == 0
    assert "yaml/syntax" in result.stdout.decode()
    assert "declarations/all.yaml:" in result.stdout.decode()


def test_a_finding_that_there_is_not_is_a_wrong_question(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    result = run("explain", "1:00000000", cwd=tmp_path)

    assert (result.returncode, result.stdout) == (2, b"")
    assert 'no finding has the identity "1:00000000"' in result.stderr.decode()


def test_paths_are_for_findings_only(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    result = run("explain", "ownership/unassigned", "declarations", cwd=tmp_path)

    assert (result.returncode, "an identity begins with 1:" in result.stderr.decode()) == (2, True)


def test_an_identity_is_known_without_its_version(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    name = identity(tmp_path, "ownership/unassigned")
    whole, short = (run("explain", each, "--as-of", AS_OF, cwd=tmp_path) for each in (name, name[2:10]))
    assert (short.returncode, short.stdout, short.stderr) == (0, whole.stdout, b"")


def test_a_vacant_role_is_shown_with_the_duties_that_it_answers_for(tmp_path: Path) -> None:
    text = LACKING.replace("holders: [{person: p-1}]", "holders: []").replace("    requires: [sign]\n", "")
    declare(tmp_path, text)
    result = run("explain", identity(tmp_path, "staffing/vacant"), "--as-of", AS_OF, cwd=tmp_path)

    rests = result.stdout.decode().split("What it rests on\n", 1)[1]
    assert rests.startswith(
        place(8, "  roles/director: what the finding is about")
        + "      8 │  - {id: director, title: Director, unit: agency, authorities: [], hol…\n"
        + place(12, "  assignments/lead/director/A: accountable here")
        + "     12 │    accountable: director\n"
    )


def test_a_grant_that_ended_is_the_cause_of_all_that_it_breaks(tmp_path: Path) -> None:
    text = LACKING.replace("authorities: []", "authorities: [{authority: sign, to: 2026-01-31}]").replace(
        "responsibilities:\n",
        "  - {id: deputy, title: Deputy, unit: agency, authorities: []}\n"
        "delegations:\n"
        "  - {id: d1, delegator: director, delegate: deputy, authorities: [sign]}\n"
        "responsibilities:\n"
        "  - {id: act, statement: Act, requires: [sign], accountable: deputy}\n",
    )
    declare(tmp_path, text)
    report = json.loads(run("check", "--as-of", AS_OF, "--format", "json", cwd=tmp_path).stdout)
    causes = {(each["rule"], each["entry"]): each["cause"] for each in report["findings"] if each["level"] == "error"}
    assert causes == {
        ("authority/missing", "responsibilities/act"): "roles/director",
        ("authority/missing", "responsibilities/lead"): "roles/director",
        ("delegation/orphaned", "delegations/d1"): "roles/director",
    }
