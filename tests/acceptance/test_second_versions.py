"""A second version of each of four real matrices, changed as people change them, meets declarations edited by hand."""

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.acceptance.command import run
from tests.conftest import ROOT

Edit = Callable[[Path], None]


def replaced(file: Path, *pairs: tuple[str, str]) -> None:
    """Each text once by another."""
    text = file.read_text(encoding="utf-8")
    for before, after in pairs:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    file.write_text(text, encoding="utf-8")


def workbook_1(file: Path) -> None:
    """A title, a renamed and a new column, rows new, moved, gone and reworded, letters changed."""
    book = openpyxl.load_workbook(file)
    sheet = book.active
    sheet["D1"] = "Software Development Manager"
    sheet["A4"] = 2
    sheet["B3"] = "Project planning and budget"
    sheet["G6"] = "R"
    sheet["H8"] = "C/I"
    sheet["I1"] = "QA Lead"
    sheet["I3"], sheet["I5"] = "C", "R"
    sheet.delete_rows(8)  # Status Report
    moved = [cell.value for cell in sheet[7]]  # Daily Stand Ups
    sheet.delete_rows(7)
    sheet.append(moved)
    sheet.insert_rows(2)
    for column, value in enumerate((0, "Kick-off", "A/R", "C", "C", "I", "I", "R", ""), 1):
        sheet.cell(2, column, value)
    sheet.insert_rows(1)
    sheet["A1"] = "Who does what, second version"
    book.save(file)


def workbook_2(file: Path) -> None:
    """Areas renamed and moved, rows new, moved, gone and reworded, letters changed, a note."""
    book = openpyxl.load_workbook(file)
    sheet = book.active
    sheet["A2"] = "Planning and Design"
    sheet["B3"] = "Create the functional specification"
    sheet["C4"] = "A"
    sheet["C7"] = "A/R"
    sheet["B9"] = "Monthly Business Review (MBR)"
    sheet["C11"] = "A/R *"
    sheet.delete_rows(8)  # Status Report
    sheet.insert_rows(6)
    sheet["B6"], sheet["C6"] = "Estimate the effort", "A"
    sheet.append([None, "Escalate blockers", "R"])
    sheet.append([])
    sheet.append(["* with the security team"])
    book.save(file)


def tribe(file: Path) -> None:
    """Columns renamed, a phase renamed, items reworded, new and gone, words changed."""
    text = file.read_text(encoding="utf-8")
    rows = re.findall(r"    <tr>.*?</tr>\n", text, re.DOTALL)
    gone, copied = rows[5], rows[7]
    new = re.sub(r"(<td>)(?!N/A|OWN|Own|Help|Exec|&lt;)[^<]*", r"\1Hold the retrospective", copied, count=1)
    text = text.replace(gone, "").replace(copied, copied + new)
    text = text.replace("**Scum Master**", "**Scrum Master**").replace("Vision/Mission", "Vision and Mission")
    text = text.replace("**Dev Manager**", "**Development Manager**")
    file.write_text(text, encoding="utf-8")


def cloud(file: Path) -> None:
    """Headings renamed, a table split, duties reworded, new, moved and gone, letters and a note changed."""
    services = "Souscrire aux services"
    replaced(
        file,
        ("## Mise en œuvre initiale de vos tenants Cloud Temple", "## Mise en œuvre de vos tenants Cloud Temple"),
        (f"{services} avec", f"{services} requis avec"),
        ("offrant une colonne", "qui offre une colonne"),
    )
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = {name: next(n for n, line in enumerate(lines) if name in line) for name in (
        "Définir le nombre de tenants", "Dimensionner correctement", "infrastructures **calcul**",
        "infrastructures **stockage**", "Configurer un référentiel", "Configurer le réseau pour chacune")}  # fmt: skip
    lines[at["infrastructures **calcul**"]] = lines[at["infrastructures **calcul**"]].replace("**I** ", "**CI**")
    lines[at["Dimensionner correctement"]] = lines[at["Dimensionner correctement"]].replace("**CI**", "**C** ")
    new = "| Tester le plan de reprise une fois par an | **RA** | **CI** |\n"
    split = ["\n", "### Accès\n", "\n", "| Activité | Rôle Client | Rôle Cloud Temple |\n", "|---|---|---|\n"]
    lines[at["Configurer le réseau pour chacune"]] += new
    lines[at["Configurer un référentiel"]] = "".join([*split, lines[at["Configurer un référentiel"]]])
    moved = lines[at["infrastructures **stockage**"]]
    lines[at["infrastructures **stockage**"]] = ""
    lines[at["infrastructures **calcul**"]] = moved + lines[at["infrastructures **calcul**"]]
    lines[at["Définir le nombre de tenants"]] = ""
    file.write_text("".join(lines), encoding="utf-8")


FILES: dict[str, tuple[Edit, str, Sequence[tuple[str, str]], Sequence[str]]] = {
    "packt-tpm-1.xlsx": (
        workbook_1,
        "",
        [
            ("  - id: project-planning\n", "  - id: project-planning # with finance\n    criticality: high\n"),
            ("  - id: sprint-planning\n", "  # every second Monday\n  - id: sprints\n"),
            ("{id: tpm, title: TPM, unit: organisation}", "{id: tpm, title: TPM, unit: organisation, key: true} # two"),
            ("    statement: Leadership Review\n", "    statement: Leadership Review\n    cadence: monthly # mail\n"),
        ],
        [
            "new: roles/qa-lead",
            "new: responsibilities/kick-off",
            "gone: responsibilities/status-report",
            "changed: roles/sdm: title: SDM → Software Development Manager",
            "changed: responsibilities/project-planning: statement: Project Planning → Project planning and budget",
        ],
    ),
    "packt-tpm-2.xlsx": (
        workbook_2,
        "packt-tpm-2.yaml",
        [
            ("  - id: create-functional-spec\n", "  - id: functional-spec\n    criticality: high # audited\n"),
            ("    statement: Risk analysis\n", "    statement: Risk analysis\n    cadence: monthly\n"),
        ],
        [
            "new: responsibilities/estimate-effort",
            "new: responsibilities/escalate-blockers",
            "gone: responsibilities/status-report",
            "changed: responsibilities/risk-monitoring: description: not stated → TPM (A/R): with the security team",
        ],
    ),
    "rykaj-agile.md": (
        tribe,
        "rykaj-agile.yaml",
        [
            ("  - id: vision-mission\n", "  - id: vision # framed in the hall\n    criticality: high\n"),
            ("{id: scum-master, title: Scum Master, unit: organisation}",
             "{id: scum-master, title: Scum Master, unit: organisation, seats: 2} # one each"),
        ],
        [
            "new: responsibilities/hold-retrospective",
            "gone: responsibilities/tribe-priorities-cross-tribe-priorities",
            "changed: roles/scum-master: title: Scum Master → Scrum Master",
            "changed: roles/dev-manager: title: Dev Manager → Development Manager",
        ],
    ),
    "cloud-temple-iaas-raci.md": (
        cloud,
        "",
        [
            ("  - id: souscrire-services-informations-necessaires\n",
             "  - id: souscrire # par écrit\n    criticality: high\n"),
            ("  - id: assurer-mise-oeuvre-infrastructures-calcul\n",
             "  # la partie la plus chère\n  - id: assurer-mise-oeuvre-infrastructures-calcul\n    tags: [calcul]\n"),
        ],
        [
            "new: responsibilities/tester-plan-reprise-fois",
            "gone: responsibilities/definir-nombre-tenants-nombre-zone-disponibilite",
            "changed: responsibilities/assurer-mise-oeuvre-infrastructures-calcul: consulted: not stated → client",
            "changed: responsibilities/dimensionner-correctement-plateforme-cloud: informed: cloud-temple → not stated",
        ],
    ),
}  # fmt: skip
"""What changes in the file, its map, what people have edited in the declarations, and what the merge says."""


def imported(folder: Path, name: str, map_name: str) -> Path:
    """The first version, imported into a folder."""
    asked = ("--map", str(ROOT / "examples/real/matrices" / map_name)) if map_name else ()
    result = run("import", "raci", name, *asked, cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder / f"declarations/{Path(name).stem}.yaml"


def with_edits(text: str, edits: Sequence[tuple[str, str]]) -> str:
    """The text with each edit made once."""
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize("name", FILES)
def test_a_second_version_is_merged_and_what_people_edited_stays(name: str, tmp_path: Path, shared_data: Path) -> None:
    change, map_name, edits, said = FILES[name]
    results = []
    for edited in ((), edits):
        folder = tmp_path / str(len(edited))
        folder.mkdir()
        shutil.copy(shared_data / "raci" / name, folder / name)
        file = imported(folder, name, map_name)
        file.write_text(with_edits(file.read_text(), edited))
        change(folder / name)
        results.append(run("import", "raci", name, "--update", cwd=folder))
        assert results[-1].returncode == 0, results[-1].stderr
    plain, file = (tmp_path / str(len(each)) / f"declarations/{Path(name).stem}.yaml" for each in ((), edits))
    later = [(old, new.replace("Scum Master", "Scrum Master")) for old, new in edits]
    later = [(old.replace("Scum Master", "Scrum Master"), new) for old, new in later]
    assert file.read_text() == with_edits(plain.read_text(), later)
    lines = results[0].stdout.decode().splitlines()
    assert [line for line in said if line not in lines] == []
    before = file.read_bytes()
    again = run("import", "raci", name, "--update", cwd=file.parents[1])
    assert again.stdout.decode().splitlines()[-1] == "Nothing has changed."
    assert file.read_bytes() == before
    assert run("validate", cwd=file.parents[1]).returncode == 0
