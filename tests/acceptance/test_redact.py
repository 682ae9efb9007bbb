"""`--redact`: no output of any command names anybody, and no verdict changes by it."""

import io
import json
import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.acceptance.command import AS_OF, declare, run
from tests.oracle.compare import random_case
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import Profile
from uts_policy.model.settings import Settings
from uts_policy.pipeline import Request, check
from uts_policy.pipeline.reading import PLACEHOLDER_RULE, PLACEHOLDER_WORDS, read_policies
from uts_policy.render.interface import Format

KEY = "a key of thirty-two characters ..."
PERSON = re.compile(rb"p-0[0-9]{3}", re.IGNORECASE)
EXAMPLES = ("clean", "seeded")
COMMANDS = [
    (
        *("check", "--fail-on", "never", "--profile", "strict", "-v"),
        *(word for name in Format if name is not Format.XLSX for word in ("--format", f"{name}:{{folder}}/{name}")),
        *("--format", "xlsx"),
    ),
    ("validate",),
    ("corpus",),
    ("matrix",),
    ("matrix", "--format", "csv"),
    ("matrix", "--format", "json"),
    ("graph",),
    ("forecast", "--days", "60", "--by", "role"),
    ("forecast", "--days", "60", "--format", "json"),
    ("forecast", "--days", "60", "--format", "ics"),
    ("scorecard",),
    ("scorecard", "--format", "json"),
    ("who", "e"),
    ("who", "e", "--format", "json"),
    ("bundle", "--with-corpus", "-o", "-"),
    ("schema", "declarations", "--with-ids"),
    ("diff", "--format", "json", "examples/{other}"),
    ("diff", "--format", "markdown", "examples/{other}"),
]


def command(line: tuple[str, ...], example: str, folder: Path) -> list[str]:
    other = "seeded" if example == "clean" else "clean"
    words = [word.format(other=other, folder=folder) for word in line]
    dated = [] if words[0] in ("validate", "schema") else ["--as-of", AS_OF]
    return [*words, f"examples/{example}", *dated]


def said(done: subprocess.CompletedProcess[bytes], folder: Path) -> bytes:
    """Everything that a run wrote, to its streams and into a folder; a workbook as its cells."""
    output = done.stdout
    if output[:2] == b"PK":
        cells = [
            str(cell.value) for page in load_workbook(io.BytesIO(output)) for row in page.iter_rows() for cell in row
        ]
        output = "\n".join(cells).encode()
    return b"\n".join((output, done.stderr, *(file.read_bytes() for file in sorted(folder.iterdir()))))


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("line", COMMANDS, ids=lambda line: f"{line[0]} {line[-1]}")
def test_no_output_of_any_command_names_anybody(root, tmp_path, line, example):
    done = run(*command(line, example, tmp_path), "--redact", cwd=root, UTS_POLICY_REDACT_KEY=KEY)
    assert done.returncode == 0 or line[0] == "validate"
    assert PERSON.findall(said(done, tmp_path)) == []


def test_the_outputs_that_are_searched_do_name_people_where_nobody_hides_them(root, tmp_path):
    naming = [
        line for line in COMMANDS if PERSON.search(said(run(*command(line, "seeded", tmp_path), cwd=root), tmp_path))
    ]
    assert len(naming) > 10


def test_explain_names_nobody_either(root):
    done = run(
        "check",
        "examples/seeded",
        "--redact",
        "--format",
        "json",
        "--as-of",
        AS_OF,
        cwd=root,
        UTS_POLICY_REDACT_KEY=KEY,
    )
    findings = json.loads(done.stdout)["findings"]
    about = next(each for each in findings if each["rule"] == "training/untrained")
    text = run(
        "explain", about["id"], "examples/seeded", "--redact", "--as-of", AS_OF, cwd=root, UTS_POLICY_REDACT_KEY=KEY
    )
    assert text.returncode == 0
    assert about["entry"].partition("/")[2].encode() in text.stdout
    assert PERSON.findall(text.stdout) == []


def test_a_verdict_is_the_same_with_pseudonyms(root):
    def report(*more: str) -> list[tuple]:
        done = run(
            "check", "examples/seeded", "--format", "json", "--as-of", AS_OF, *more, cwd=root, UTS_POLICY_REDACT_KEY=KEY
        )
        return [
            (each["rule"], each["level"], each["location"]["file"], each["location"]["line"], each["status"])
            for each in json.loads(done.stdout)["findings"]
        ]

    assert report("--redact") == report()


def test_one_key_gives_one_set_of_pseudonyms_and_another_key_another(root):
    def people(**key: str) -> set[str]:
        done = run("corpus", "examples/clean", "--redact", "--as-of", AS_OF, cwd=root, **key)
        return set(json.loads(done.stdout)["people"])

    first = people(UTS_POLICY_REDACT_KEY=KEY)
    declared = json.loads(run("corpus", "examples/clean", "--as-of", AS_OF, cwd=root).stdout)["people"]
    assert first == people(UTS_POLICY_REDACT_KEY=KEY)
    assert len(first) == len(declared)
    assert first.isdisjoint(people(UTS_POLICY_REDACT_KEY=KEY + "2"))
    assert first.isdisjoint(people())


def test_without_a_key_it_is_said_that_the_pseudonyms_are_those_of_one_run(root):
    done = run("validate", "examples/clean", "--redact", cwd=root)
    assert b"UTS_POLICY_REDACT_KEY is not set" in done.stderr
    short = run("validate", "examples/clean", "--redact", cwd=root, UTS_POLICY_REDACT_KEY="short")
    assert (short.returncode, b"could be guessed" in short.stderr) == (2, True)


HOSTILE = """\
# p-1 stands in a comment, and so does Ada P. Lovelace.
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1, name: Ada P. Lovelace}
  - {id: "p-10", name: 'P-10', description: "met p-1, and p-10."}
  - id: agency
    x-note: [p-1 again, {deep: Ada P. Lovelace}]
  - &one {id: p-2}
roles:
  - id: director
    title: Director (p-1)
    unit: agency
    holders:
      - {person: p-1, from: 2026-01-01}
      - person: "p-10"
        from: 2026-02-01
      - {person: p-3x, from: 2026-03-01}
      - {person: TBD}
  - {id: p-10, title: A role that is called like a person, unit: agency, reports_to: director}
responsibilities:
  - id: lead
    statement: >-
      Lead the agency, as p-1 and
      Ada P. Lovelace do
    accountable: p-10
training:
  - {id: basics, title: Basics, mandatory: true, owner: director, audience: {everyone: true}}
training_records:
  - {person: p-1, module: basics, completed_on: 2020-01-01, expires_on: 2020-02-01}
waivers:
  - {id: w, rule: training/lapsed, subject: people/p-1, key: basics, reason: p-1 is away, approved_by: p-10,
     approved_on: 2026-11-01, expires: 2026-12-31}
"""


def test_hostile_text_is_hidden_and_nothing_else_changes(tmp_path):
    declare(tmp_path, HOSTILE)
    wanted = ("check", "--profile", "strict", "-v", "--as-of", AS_OF)
    formats = ("--format", "text", "--format", "json:out.json", "--format", "html:out.html")
    done = run(*wanted, *formats, "--redact", cwd=tmp_path, UTS_POLICY_REDACT_KEY=KEY)
    plain = run(*wanted, cwd=tmp_path)
    assert done.returncode == plain.returncode == 1
    outputs = done.stdout + (tmp_path / "out.json").read_bytes() + (tmp_path / "out.html").read_bytes()
    for secret in (rb"\bp-1\b", rb"Lovelace", rb"p-3x", rb"\bp-2\b"):
        assert re.findall(secret, outputs) == []
    assert b"TBD" in done.stdout
    assert b'"p-10" (A role that is called like a person)' in b" ".join(plain.stdout.split())
    corpus = json.loads(run("corpus", "--redact", "--as-of", AS_OF, cwd=tmp_path, UTS_POLICY_REDACT_KEY=KEY).stdout)
    assert corpus["roles"].keys() == {"director", "p-10"}
    assert corpus["units"].keys() == {"agency"}
    assert corpus["roles"]["p-10"]["unit"] == "agency"
    assert "agency" not in corpus["people"]


def test_what_is_no_yaml_shows_none_of_its_text(tmp_path):
    declare(tmp_path, "people:\n  - {id: p-0999, name: P-0999\n")
    done = run("check", "--redact", cwd=tmp_path, UTS_POLICY_REDACT_KEY=KEY)
    assert (done.returncode, PERSON.findall(done.stdout)) == (1, [])
    assert b"yaml/syntax" in done.stdout


def test_a_baseline_fits_with_pseudonyms_as_without(tmp_path):
    declare(tmp_path, HOSTILE)
    assert run("baseline", "create", "--reason", "Before", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
    assert run("check", "--baseline", "uts-policy-baseline.yaml", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
    done = run(
        "check",
        "--baseline",
        "uts-policy-baseline.yaml",
        "--redact",
        "--format",
        "json",
        "--as-of",
        AS_OF,
        cwd=tmp_path,
    )
    report = json.loads(done.stdout)
    assert (done.returncode, {each["status"] for each in report["findings"] if not each["waiver"]}) == (0, {"known"})
    declare(tmp_path, HOSTILE.replace("{person: p-3x, from: 2026-03-01}", "{person: p-2, from: 2026-03-01}"))
    done = run(
        "check",
        "--baseline",
        "uts-policy-baseline.yaml",
        "--redact",
        "--format",
        "json",
        "--as-of",
        AS_OF,
        cwd=tmp_path,
    )
    fixed = [each for each in json.loads(done.stdout)["findings"] if each["rule"] == "baseline/fixed"]
    assert [each["entry"] for each in fixed] == ["roles/director"]


def test_the_list_of_placeholders_is_that_of_the_rule():
    catalogue = read_policies(Settings(root=Path())).catalogue
    rule = next(each for each in catalogue if each.id == PLACEHOLDER_RULE)
    assert tuple(rule.parameters["placeholders"].default) == PLACEHOLDER_WORDS


@pytest.mark.slow
def test_on_random_corpora_the_findings_are_the_same_and_nobody_is_named(tmp_path):
    policies = read_policies(Settings(root=tmp_path))
    engine = EmbeddedEngine(timeout=120)
    compared = 0
    for seed in range(25):
        case = random_case(seed)
        (tmp_path / "all.yaml").write_text(json.dumps(case.declarations, ensure_ascii=False), encoding="utf-8")
        request = Request(
            settings=Settings(root=tmp_path, profile=Profile.STRICT), config=None, as_of=case.as_of, paths=(tmp_path,)
        )
        try:
            plain = check(request, policies, engine)
        except NoVerdictError:
            continue
        hidden = check(replace(request, redact=KEY.encode()), policies, engine)
        people = {person["id"] for person in case.declarations.get("people", ())}
        assert told(hidden) == told(plain)
        assert not {finding.entry for finding in hidden.findings} & {f"people/{person}" for person in people}
        compared += len(plain.findings)

    assert compared > 100


def told(report):
    """What a report says, without anything that a pseudonym changes."""
    return Counter((each.rule, each.level, each.location and each.location.span.line) for each in report.findings)
