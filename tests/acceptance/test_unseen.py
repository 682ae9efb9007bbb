"""What an eye does not catch in a file: conflicts that were committed, invisible characters, files that are no text."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.acceptance.command import SOUND, declare, policy, run

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
    assert f"\n  {first}:1  error  yaml/syntax\n    a merge conflict is not resolved: git left both sides" in said
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


def rule_of_ours(folder: Path) -> Path:
    policy(folder, "own/seen", "findings contains finding if {\n\tsome finding in []\n}")
    return folder / "policies" / "own" / "seen.rego"


def said_of_policies(folder: Path) -> str:
    """What `check` and `test` say of the policies of a directory that they do not take."""
    declare(folder)
    said = [
        run("check", "--policies", "policies", cwd=folder),
        run("test", "policies", cwd=folder),
    ]
    assert [each.returncode for each in said] == [3, 3]
    one, other = (each.stderr.decode().replace(f"{folder}/", "") for each in said)
    assert " ".join(one.split()) == " ".join(other.split())
    return " ".join(one.split())


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> change", "||||||| 1a2b"])
def test_markers_of_a_conflict_in_a_policy_are_called_that_where_they_stand(tmp_path: Path, marker: str) -> None:
    file = rule_of_ours(tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, marker, "# more", ""]), encoding="utf-8")
    said = said_of_policies(tmp_path)
    assert f"own/seen.rego:{len(lines) + 1}:1: a merge conflict is not resolved: git left both sides here" in said
    assert "remove the lines <<<<<<<, ======= and >>>>>>>." in said


def test_a_byte_order_mark_inside_a_policy_is_named_where_it_stands(tmp_path: Path) -> None:
    file = rule_of_ours(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\ufeffextra := 1\n", encoding="utf-8")
    line = text.count("\n") + 1
    assert f"own/seen.rego:{line}:1: U+FEFF (byte order mark) inside the file" in said_of_policies(tmp_path)


def test_what_a_raw_string_of_a_policy_holds_is_text(tmp_path: Path) -> None:
    file = rule_of_ours(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "shown := `\n<<<<<<< a\n=======\n\ufeff`\n", encoding="utf-8")
    declare(tmp_path)
    done = run("check", "--policies", "policies", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook(), "a workbook (XLSX)"),
        (archive("word/document.xml"), "a document (DOCX)"),
        (archive("other"), "a ZIP archive"),
        (b"%PDF-1.7\n1 0 obj\n", "a PDF document"),
    ],
)
def test_a_policy_a_configuration_and_what_else_is_named_are_recognised_too(
    tmp_path: Path, data: bytes, words: str
) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "a.rego").write_bytes(data)
    said = said_of_policies(tmp_path)
    assert f"a.rego: the file is {words}, despite its name" in said
    assert "A policy is text in Rego" in said

    (tmp_path / "own.yaml").write_bytes(data)
    for arguments, remedy in (
        (("--config", "own.yaml", "check"), "A configuration is YAML"),
        (("check", "--baseline", "own.yaml"), "A baseline is YAML"),
        (("scorecard", "--report", "own.yaml"), "A set of questions is YAML"),
    ):
        done = run(*arguments, cwd=tmp_path)
        text = " ".join(done.stderr.decode().split())
        assert done.returncode == 2
        assert f"own.yaml:1:1: the file is {words}, despite its name" in text
        assert remedy in text
        assert "`paths`" not in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook(), "the file is a workbook (XLSX)"),
        (archive("word/document.xml"), "the file is a document (DOCX)"),
        (archive("other"), "the file is a ZIP archive"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "the file is a PDF document"),
        (b"\r\n \t%PDF-1.7\r\n%\xe2\xe3\xcf\xd3\r\n", "the file is a PDF document"),
        (b"\n" * 1000 + b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n", "the file is a PDF document"),
        (b"@PJL JOB\n@PJL SET\n%PDF-1.4\r%\xe2\xe3\xcf\xd3\r", "the file is a PDF document"),
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
    assert 'did you mean "lead"?' in result.stderr.decode()


def test_a_role_written_with_letters_that_look_alike_is_recognised_and_the_letters_are_named(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("who", "d\u0456r\u0435\u0441t\u043er", cwd=tmp_path)
    said = " ".join(result.stderr.decode().split())
    assert result.returncode == 2
    assert "r<U+0435 Cyrillic small letter ie><U+0441 Cyrillic small letter es>t" in said
    assert 'hint: did you mean "director"?' in said


def test_a_date_in_other_digits_is_quoted_with_the_digits_named(tmp_path: Path) -> None:
    declare(tmp_path)
    said = " ".join(run("check", "--as-of", "\uff12\uff10\uff12\uff16-11-30", cwd=tmp_path).stderr.decode().split())
    assert "<U+FF12 fullwidth digit two><U+FF10 fullwidth digit zero>" in said
    assert "\uff12" not in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "--profile", "st\u0430rter"), 2),
        (("check", "a\u00a0b"), 2),
        (("forecast", "--by", "r\u043ele"), 2),
        (("\u0441heck",), 2),
        (("check", "--no-rule", "\u0441\u043e\u0441\u043e/*"), 2),
        (("who", "\u0441\u043e\u0441\u043e"), 2),
        (("matrix", "--unit", "\u0430gency"), 2),
        (("explain", "\u043ewnership/gap"), 2),
        (("check", "--format", "text"), 1),
        (("check", "-v", "--format", "html"), 1),
    ],
)
def test_every_place_that_quotes_a_text_names_what_looks_like_another_letter(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    declare(
        tmp_path,
        SOUND.replace(
            "lead, statement: Lead the agency, accountable: director", "lead, statement: L, accountable: dire\u0441tor"
        )
        if code == 1
        else SOUND,
    )
    done = run(*arguments, cwd=tmp_path)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == code
    assert "<U+0" in said or "&lt;U+0" in said
    assert not {"\u0430", "\u043e", "\u0441", "\u00a0"} & set(said) or "html" in arguments
    if "text" in arguments:
        assert "dire<U+0441>" in said.split("names no role")[1]


def test_text_that_begins_like_a_document_is_text(tmp_path: Path) -> None:
    declare(tmp_path, "x-note: GIF8\nx-pdf: |\n  %PDF-1.7\n" + SOUND)
    assert run("validate", cwd=tmp_path).returncode == 0
