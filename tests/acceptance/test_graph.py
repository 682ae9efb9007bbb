"""`uts-policy graph`, through the installed command."""

from pathlib import Path

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run

FIELD = SOUND.replace("people:", "  - {id: field, name: Field, parent: agency}\npeople:").replace(
    "responsibilities:",
    "  - {id: lead, title: Lead, unit: field, reports_to: director, holders: []}\nresponsibilities:",
)


def drawn(folder: Path, *arguments: object) -> str:
    result = run("graph", *arguments, "--as-of", AS_OF, cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def test_units_and_roles_are_drawn_with_what_ties_them(tmp_path: Path) -> None:
    declare(tmp_path, FIELD)

    assert (
        drawn(tmp_path)
        == """\
%% As of 2026-11-23 (UTC)
flowchart TD
  subgraph units_part["Units"]
    u0["Agency"]
    u1["Field"]
    u0 --- u1
  end
  subgraph roles_part["Roles and whom they report to"]
    r0["Director<br/>agency"]
    r1["Lead<br/>field"]:::vacant
    r0 --- r1
  end
  classDef vacant stroke-dasharray: 5 5
  classDef cut fill:none,stroke:none
"""
    )


def test_one_part_and_one_unit_can_be_drawn(tmp_path: Path) -> None:
    declare(tmp_path, FIELD)
    text = drawn(tmp_path, "--only", "roles", "--unit", "field")

    assert 'r0["Lead<br/>field"]:::vacant' in text
    assert "Director" not in text
    assert "Units" not in text


def test_a_role_of_which_nobody_states_who_holds_it_is_not_drawn_as_vacant(tmp_path: Path) -> None:
    declare(tmp_path, FIELD.replace(", holders: []", ""))

    assert 'r0["Lead<br/>field"]\n' in drawn(tmp_path, "--only", "roles", "--unit", "field")


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    declare(tmp_path, FIELD)
    result = run("graph", "--nodes", 3, "--as-of", AS_OF, cwd=tmp_path)

    assert result.returncode == 0
    assert result.stderr.decode() == "uts-policy: 1 of 2 units drawn, from the top; --unit draws less\n"
    assert 'u0_more["… 1 more"]:::cut' in result.stdout.decode()


def test_a_unit_that_is_not_declared_is_a_wrong_question(tmp_path: Path) -> None:
    declare(tmp_path, FIELD)
    result = run("graph", "--unit", "feild", cwd=tmp_path)

    assert (result.returncode, result.stdout) == (2, b"")
    assert 'did you mean "field"?' in result.stderr.decode()


def test_invalid_declarations_are_not_drawn(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    result = run("graph", cwd=tmp_path)

    assert (result.returncode, result.stdout) == (1, b"")
