"""What an eye does not catch in a file: conflicts that were committed, invisible characters, files that are no text."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.acceptance.command import SOUND, declare, run

OURS, THEIRS = "  - {id: a, title: A, unit: agency}", "  - {id: a, title: B, unit: agency}"
MARKERS = {
    "around an entry": ["roles:", "<<<<<<< HEAD", OURS, "=======", THEIRS, ">>>>>>> change"],
    "around a field": ["units:", "  - id: a", "<<<<<<< HEAD", "    name: A", "=======", "    name: B", ">>>>>>> x"],
    "at the top": ["<<<<<<< HEAD", "units: []", "=======", "units: []", ">>>>>>> change"],
    "with the base": ["a: 1", "<<<<<<< HEAD", "b: 1", "||||||| 12ab", "b: 0", "=======", "b: 2", ">>>>>>> change"],
    "without a name": ["<<<<<<<", "units: []", "=======", "units: []", ">>>>>>>"],
    "the last one forgotten": ["roles:", OURS, ">>>>>>> change"],
    "the middle one forgotten": ["roles:", OURS, "=======", THEIRS],
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", MARKERS)
def test_markers_of_a_conflict_are_called_that_where_they_stand(tmp_path: Path, name: str, end: str) -> None:
    lines = MARKERS[name]
    declare(tmp_path, "").write_bytes("".join(f"{line}{end}" for line in lines).encode())
    result = run("validate", cwd=tmp_path)
    first = next(number for number, line in enumerate(lines, start=1) if line[:7] in {"<<<<<<<", "=======", ">>>>>>>"})
    said = result.stdout.decode()
    assert result.returncode == 1
    assert f"\n  {first}:1  error  yaml/syntax\n          a merge conflict is not resolved: git left both sides" in said
    assert said.count("error  ") == 1


def test_two_conflicts_are_two_findings(tmp_path: Path) -> None:
    lines = MARKERS["around an entry"]
    declare(tmp_path, "\n".join([*lines, *lines[1:], ""]))
    assert run("validate", cwd=tmp_path).stdout.count(b"a merge conflict is not resolved") == 2


def test_a_line_that_only_looks_like_a_marker_is_text(tmp_path: Path) -> None:
    declare(tmp_path, SOUND + 'x-note: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> change\nx-more: "a\n=======\nb"\n')
    assert run("validate", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "units:\n\u00a0\u00a0- id: agency\n\u00a0\u00a0\u00a0\u00a0name: Agency\n",
        "units:\n  - id: agency\n  \u00a0 name: Agency\n",
        "units:\n  - id:\u00a0agency\n    name: Agency\n",
        "units:\n  - {id: agency,\u00a0name: A}\n",
        "units:\n  - {id: agency\u200b, name: A}\n",
    ],
)
def test_an_invisible_character_is_named_where_it_does_harm(tmp_path: Path, text: str) -> None:
    declare(tmp_path, text)
    for shape in ("text", "json", "github", "junit"):
        result = run("validate", "--format", shape, cwd=tmp_path)
        said = " ".join(result.stdout.decode().replace("&lt;", "<").replace("&gt;", ">").split())
        assert result.returncode == 1
        assert "<U+00A0 no-break space>" in said or "<U+200B zero width space>" in said


def test_a_letter_of_another_script_is_named_where_a_reference_is_quoted(tmp_path: Path) -> None:
    declare(tmp_path, SOUND.replace("unit: agency", "unit: \u0430gency"))
    said = " ".join(run("check", "--rule", "reference/*", cwd=tmp_path).stdout.decode().split())
    assert '"<U+0430 Cyrillic small letter a>gency" names no unit' in said
    assert 'did you mean "agency"?' in said


def workbook() -> bytes:
    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def archive(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook(), "the file is a workbook (XLSX)"),
        (archive("word/document.xml"), "the file is a document (DOCX)"),
        (archive("other"), "the file is a ZIP archive"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "the file is a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the file is a document of an older Office"),
        (b"\x89PNG\r\n\x1a\n\x00", "the file is a picture (PNG)"),
    ],
)
def test_a_file_that_is_no_text_is_recognised(tmp_path: Path, data: bytes, words: str) -> None:
    declare(tmp_path, "").write_bytes(data)
    (tmp_path / "duties.xlsx").write_bytes(data)
    for arguments in ((), ("duties.xlsx",)):
        result = run("validate", *arguments, cwd=tmp_path)
        said = " ".join(result.stdout.decode().split())
        assert result.returncode == 1
        assert words in said
        assert "Declarations are YAML" in said


def test_an_error_names_what_cannot_be_seen_in_it(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("who", "le\u0430d", cwd=tmp_path)
    assert result.returncode == 2
    assert "le<U+0430 Cyrillic small letter a>d" in result.stderr.decode()


def test_text_that_begins_like_a_document_is_text(tmp_path: Path) -> None:
    declare(tmp_path, "x-note: GIF8\n" + SOUND)
    assert run("validate", cwd=tmp_path).returncode == 0
