"""`import obligations`: from a catalogue, a list or a policy to what nobody answers for yet."""

import json
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from tests.unit.exchange.files import word, workbook

CATALOG = {
    "catalog": {
        "metadata": {"title": "Controls of the Bureau"},
        "params": [{"id": "org", "label": "the Bureau"}],
        "groups": [
            {
                "id": "ac",
                "controls": [
                    {
                        "id": "ac-1",
                        "title": "Policy and Procedures",
                        "props": [
                            {"name": "label", "value": "AC-01", "class": "zero-padded"},
                            {"name": "label", "value": "AC-1"},
                        ],
                        "params": [
                            {"id": "ac-1_p1", "label": "roles"},
                            {"id": "ac-1_p2", "select": {"choice": ["daily", "each {{ insert: param, ac-1_p3 }}"]}},
                            {"id": "ac-1_p3", "values": ["week"]},
                        ],
                        "parts": [
                            {
                                "name": "statement",
                                "parts": [
                                    {"name": "item", "props": [{"name": "label", "value": "a."}],
                                     "prose": "Tell {{ insert: param, ac-1_p1 }} of {{ insert: param, org }};"},
                                    {"name": "item", "props": [{"name": "label", "value": "b."}],
                                     "prose": "Review it {{ insert: param, ac-1_p2 }}."},
                                ],
                            },
                            {"name": "guidance", "prose": "Not this."},
                        ],
                        "controls": [
                            {"id": "ac-1.1", "title": "Copies",
                             "parts": [{"name": "statement", "prose": "Keep copies."}]}
                        ],
                    },
                    {"id": "ac-2", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]},
                ],
            }
        ],
    }
}  # fmt: skip
OBLIGATIONS = """\
directives:
  - {id: controls-bureau, title: Controls of the Bureau, source: catalog.json}

obligations:
  - id: ac-1
    directive: controls-bureau
    ref: AC-1 Policy and Procedures
    text: |-
      a. Tell [roles] of [the Bureau];
      b. Review it [daily or each week].

  - id: ac-1-1
    directive: controls-bureau
    ref: ac-1.1 Copies
    text: Keep copies.
"""
XML = """\
<?xml version="1.0"?>
<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u">
 <metadata><title>Controls of the Bureau</title></metadata>
 <param id="org"><label>the Bureau</label></param>
 <group id="ac"><title>Access</title>
  <control id="ac-1"><title>Policy and Procedures</title>
   <param id="ac-1_p1"><label>roles</label></param>
   <param id="ac-1_p2"><select><choice>daily</choice>
    <choice>each <insert type="param" id-ref="ac-1_p3"/></choice></select></param>
   <param id="ac-1_p3"><value>week</value></param>
   <prop name="label" class="zero-padded" value="AC-01"/><prop name="label" value="AC-1"/>
   <part name="statement">
    <part name="item"><prop name="label" value="a."/>
     <p>Tell <insert type="param" id-ref="ac-1_p1"/> of <insert type="param" id-ref="org"/>;</p></part>
    <part name="item"><prop name="label" value="b."/>
     <p>Review <em>it</em> <insert type="param" id-ref="ac-1_p2"/>.</p></part>
   </part>
   <part name="guidance"><p>Not this.</p></part>
   <control id="ac-1.1"><title>Copies</title><part name="statement"><p>Keep copies.</p></part></control>
  </control>
  <control id="ac-2"><title>Gone</title><prop name="status" value="withdrawn"/></control>
 </group>
</catalog>
"""
POLICY = """\
# Mail Policy

## 1 Incoming mail

Mail arrives at eight. The desk must open it before noon. Each clerk is responsible for their letters, e.g. Those
that came late.

1.2 Urgent letters shall be answered on the same day.

## 2 Outgoing mail

- Stamps are expensive.
- No letter shall leave without a copy.
"""


def findings(folder: Path) -> list[tuple[str, str]]:
    checked = json.loads(run("check", "--format", "json", "--as-of", AS_OF, cwd=folder).stdout)
    return [(each["rule"], each["entry"]) for each in checked["findings"]]


def test_a_catalogue_becomes_obligations_with_their_parameters_that_nobody_answers_for(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").write_text(json.dumps(CATALOG))
    result = run("import", "obligations", "catalog.json", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode()) == (
        0, "Controls of the Bureau\n3 controls = 2 obligations + 1 not taken (withdrawn)\n",
    )  # fmt: skip
    assert (tmp_path / "declarations/catalog.yaml").read_text() == OBLIGATIONS
    found = findings(tmp_path)
    assert {entry for rule, entry in found if rule.startswith("directives/")} >= {
        "obligations/ac-1",
        "obligations/ac-1-1",
    }
    assert [each for each in found if each[0].startswith(("yaml/", "schema/"))] == []


def test_a_catalogue_in_yaml_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text(json.dumps(CATALOG))  # JSON is YAML
    assert run("import", "obligations", "catalog.yaml", "--out", "out", cwd=tmp_path).returncode == 0
    text = (tmp_path / "out/catalog.yaml").read_text()
    assert text == OBLIGATIONS.replace("catalog.json", "catalog.yaml")


def test_the_sentences_of_a_policy_that_demand_something_are_taken_and_the_others_listed(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY)
    result = run("import", "obligations", "policy.md", "--dry-run", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode().splitlines()) == (
        0,
        [
            "+ Mail Policy / 1 Incoming mail: The desk must open it before noon.",
            "+ Mail Policy / 1 Incoming mail: Each clerk is responsible for their letters, e.g. Those that came late.",
            "+ Mail Policy / 1 Incoming mail / 1.2: Urgent letters shall be answered on the same day.",
            "+ Mail Policy / 2 Outgoing mail: No letter shall leave without a copy.",
            "- Mail Policy / 1 Incoming mail: Mail arrives at eight. (it demands nothing)",
            "- Mail Policy / 2 Outgoing mail: Stamps are expensive. (it demands nothing)",
            "",
            "Mail Policy",
            "6 sentences = 4 obligations + 2 not taken (it demands nothing)",
        ],
    )
    assert not (tmp_path / "declarations").exists()
    assert run("import", "obligations", "policy.md", cwd=tmp_path).returncode == 0
    assert [each for each in findings(tmp_path) if each[0].startswith(("yaml/", "schema/"))] == []


def test_a_list_in_a_workbook_and_a_policy_in_word_are_read(tmp_path: Path) -> None:
    rows = [
        ["Requirements"],
        ["Ref", "Requirement text"],
        ["3.1", "Lock the door"],
        ["3.2", ""],
        ["3.3", "Count the keys"],
    ]
    workbook(tmp_path / "list.xlsx", {"A": rows})
    result = run("import", "obligations", "list.xlsx", cwd=tmp_path)
    assert result.stdout.decode().splitlines()[1] == "3 rows = 2 obligations + 1 not taken (it has no text)"
    text = (tmp_path / "declarations/list.yaml").read_text()
    assert '    ref: "3.1"\n    text: Lock the door\n' in text
    word(tmp_path / "policy.docx", [["a", "b"]], "Keys", "Every key must be counted. That is all there is.")
    result = run("import", "obligations", "policy.docx", cwd=tmp_path)
    assert result.stdout.decode().splitlines()[1] == "2 sentences = 1 obligation + 1 not taken (it demands nothing)"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("p.json", '{"profile": {}}', b"OSCAL profile"),
        ("p.json", '{"a": 1}', b"not OSCAL"),
        ("p.json", "{", b"not JSON"),
        ("p.json", "[" * 100_000, b"not JSON"),
        ("p.xml", "<profile xmlns='http://csrc.nist.gov/ns/oscal/1.0'/>", b"OSCAL profile"),
        ("p.xml", "<catalog/>", b"demands nothing"),
        ("p.xml", "<catalog", b"not XML"),
        (
            "p.xml",
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><catalog>&b;</catalog>',
            b"defines XML entities",
        ),
        ("p.xml", "<catalog>" + "<group>" * 100 + "</group>" * 100 + "</catalog>", b"nested deeper"),
        ("p.md", "# A\n\nNothing is asked of anybody here.\n", b"demands nothing: 1 sentences were looked at"),
    ],
)
def test_what_holds_no_demand_is_refused_with_the_way_out(name: str, text: str, words: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    result = run("import", "obligations", name, cwd=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert b"hint:" in result.stderr
    assert not (tmp_path / "declarations").exists()


def test_nothing_is_written_over_and_no_directive_is_declared_twice(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY)
    run("import", "obligations", "policy.md", cwd=tmp_path)
    before = (tmp_path / "declarations/policy.yaml").read_bytes()
    result = run("import", "obligations", "policy.md", cwd=tmp_path)
    assert result.returncode == 2
    assert b'"mail-policy" is declared' in result.stderr
    assert (tmp_path / "declarations/policy.yaml").read_bytes() == before


def test_a_catalogue_in_xml_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "catalog.xml").write_text(XML)
    result = run("import", "obligations", "catalog.xml", cwd=tmp_path)
    assert result.stdout.decode() == ("Controls of the Bureau\n3 controls = 2 obligations + 1 not taken (withdrawn)\n")
    text = (tmp_path / "declarations/catalog.yaml").read_text()
    assert text == OBLIGATIONS.replace("catalog.json", "catalog.xml")


def test_several_texts_become_directives_of_one_import(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY)
    (tmp_path / "more.md").write_text("# Key Policy\n\nThe desk must open it before noon.\n")
    result = run("import", "obligations", "policy.md", "more.md", cwd=tmp_path)
    assert result.stdout.decode().splitlines()[2:] == ["Key Policy", "1 sentence = 1 obligation + 0 not taken"]
    text = (tmp_path / "declarations/policy.yaml").read_text()
    assert "  - {id: key-policy, title: Key Policy, source: more.md}\n" in text
    assert [each for each in findings(tmp_path) if each[0].startswith(("yaml/", "schema/"))] == []
    assert run("import", "obligations", "policy.md", "more.md", "--update", cwd=tmp_path).stdout.endswith(
        b"Nothing has changed.\n"
    )
    assert (tmp_path / "declarations/policy.yaml").read_text() == text


def test_a_later_version_is_merged_with_what_people_wrote_beside_it(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY)
    run("import", "obligations", "policy.md", cwd=tmp_path)
    file = tmp_path / "declarations/policy.yaml"
    mine = file.read_text().replace(
        "    text: The desk must open it before noon.\n",
        "    text: The desk must open it before noon.\n    responsibilities: [open-mail] # since May\n",
    )
    mine = mine.replace("id: no-letter-shall-leave-without-copy", "id: copies")
    file.write_text(mine)
    result = run("import", "obligations", "policy.md", "--update", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode().splitlines()[-1]) == (0, "Nothing has changed.")
    assert file.read_text() == mine
    later = POLICY.replace("before noon", "before ten").replace("- Stamps are", "- Stamps must be counted. They are")
    later = later.replace("1.2 Urgent letters shall be answered on the same day.\n", "")
    (tmp_path / "policy.md").write_text(later.replace("without a copy", "without two copies"))
    result = run("import", "obligations", "policy.md", "--update", cwd=tmp_path)
    assert (result.returncode, [line.partition(":")[0] for line in result.stdout.decode().splitlines()[2:]]) == (
        0,
        ["Mail Policy / 1 Incoming mail", "Mail Policy / 2 Outgoing mail", "new", "gone", "changed", "changed"],
    )
    text = file.read_text()
    assert "    text: The desk must open it before ten.\n    responsibilities: [open-mail] # since May\n" in text
    assert "  - id: copies\n" in text
    assert "    text: No letter shall leave without two copies.\n" in text
    assert "same-day" not in text
    assert text.index("stamps-must-counted") < text.index("id: copies")
