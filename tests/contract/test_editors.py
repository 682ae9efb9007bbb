"""Our schema in an editor, through the real yaml-language-server: completion, hover, what is marked as wrong."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import run
from tests.conftest import require_tool
from tests.contract.editor import Editor, editor

HEAD = "# yaml-language-server: $schema=declarations.schema.json\n"
OTHERS = """\
units:
  - {id: agency, name: Agency}
roles:
  - {id: watch-director, title: Watch director, unit: agency}
  - {id: chief-inspector, title: Chief inspector, unit: agency}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Declarations, and beside them the schema that carries their ids."""
    made = tmp_path_factory.mktemp("editor")
    (made / "others.yaml").write_text(OTHERS, encoding="utf-8")
    done = run("schema", "declarations", "--with-ids", "others.yaml", cwd=made)
    assert done.returncode == 0
    (made / "declarations.schema.json").write_bytes(done.stdout)
    return made


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Editor]:
    """An editor on that folder."""
    require_tool("node")
    with editor(require_tool("yaml-language-server"), folder) as opened:
        yield opened


def opened(session: Editor, folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(HEAD + text, encoding="utf-8")
    return session.open(file)


def labels(answer: dict | list) -> set[str]:
    return {item["label"] for item in (answer["items"] if isinstance(answer, dict) else answer)}


def test_a_reference_is_completed_with_the_ids_of_its_own_section(session, folder):
    text = "responsibilities:\n  - id: lead\n    statement: Lead\n    accountable: \n"
    uri = opened(session, folder, "complete.yaml", text)
    offered = labels(session.at("textDocument/completion", uri, 4, 17))
    assert {"watch-director", "chief-inspector"} <= offered
    assert "agency" not in offered


def test_fields_and_choices_are_completed(session, folder):
    text = "responsibilities:\n  - id: lead\n    statement: Lead\n    criticality: \n    \n"
    uri = opened(session, folder, "fields.yaml", text)
    assert {"critical", "high", "normal", "low"} <= labels(session.at("textDocument/completion", uri, 4, 17))
    assert {"accountable", "requires", "reviews"} <= labels(session.at("textDocument/completion", uri, 5, 4))


def test_a_field_is_explained_where_the_cursor_is(session, folder):
    uri = opened(
        session, folder, "hover.yaml", "responsibilities:\n  - id: lead\n    statement: Lead\n    criticality: high\n"
    )
    said = session.at("textDocument/hover", uri, 4, 8)["contents"]
    assert "critical" in (said["value"] if isinstance(said, dict) else str(said))


def test_an_unknown_key_is_marked_at_its_place(session, folder):
    uri = opened(
        session, folder, "unknown.yaml", "roles:\n  - id: a\n    title: A\n    unit: agency\n    reports_too: b\n"
    )
    (found,) = session.diagnostics(uri)
    assert "reports_too" in found["message"]
    assert found["range"]["start"] == {"line": 5, "character": 4}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blank-owner.yaml", "responsibilities:\n  - id: a\n    statement: A\n    accountable: \n"),
        ("blank-unit.yaml", "roles:\n  - id: a\n    title: A\n    unit: \n"),
        ("blank-scope.yaml", "responsibilities:\n  - id: a\n    statement: A\n    scope: \n"),
        ("blank-list.yaml", "roles:\n"),
    ],
)
def test_what_is_still_blank_is_said_in_one_short_line(session, folder, name, text):
    found = session.diagnostics(opened(session, folder, name, text))
    assert len(found) == 1
    assert len(found[0]["message"]) <= 100
    assert "\n" not in found[0]["message"]


def test_a_reference_to_what_is_not_there_yet_is_no_error_of_the_schema(session, folder):
    text = "roles:\n  - id: a\n    title: A\n    unit: not-yet\n    reports_to: neither\n"
    assert session.diagnostics(opened(session, folder, "later.yaml", text)) == []


def test_the_example_is_valid_to_the_server_as_it_is_to_us(session, folder, root):
    subprocess.run(["cp", "-r", str(root / "examples" / "clean"), str(folder / "clean")], check=True)
    schema = folder / "clean" / "declarations.schema.json"
    schema.write_bytes(run("schema", "declarations", "--with-ids", "clean", cwd=folder).stdout)
    for file in sorted((folder / "clean").rglob("*.yaml")):
        depth = "../" * (len(file.relative_to(folder / "clean").parts) - 1)
        head = f"# yaml-language-server: $schema={depth}declarations.schema.json\n"
        file.write_text(head + file.read_text(encoding="utf-8"), encoding="utf-8")
        assert session.diagnostics(session.open(file)) == [], file


def test_an_owners_place_is_completed_with_roles(session, folder):
    uri = opened(session, folder, "owner.yaml", "actions:\n  - id: shield\n    title: Shield\n    owner: \n")
    offered = labels(session.at("textDocument/completion", uri, 4, 11))
    assert {"watch-director", "chief-inspector"} <= offered
    assert "agency" not in offered


def test_an_end_is_never_explained_as_a_beginning(session, folder):
    uri = opened(session, folder, "due.yaml", "actions:\n  - id: shield\n    title: Shield\n    due: 2026-12\n")
    said = session.at("textDocument/hover", uri, 4, 6)["contents"]
    assert "last" in (said["value"] if isinstance(said, dict) else str(said))
