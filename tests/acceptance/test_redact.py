"""`--redact`, through the installed command: no output of any command names a person."""

import io
import json
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, SOUND, declare, policy, run
from tests.acceptance.repository import make

KEY = "sixteen characters, and more"
FORMATS = ("json", "sarif", "sarif-upload", "github", "gitlab", "junit", "markdown", "html", "csv", "xlsx")
NOTE = b"redacted by a key for this run alone; UTS_POLICY_REDACT_KEY gives the same pseudonyms every time\n"
PERSON = re.compile(r"person-[0-9a-f]{16}")


def named(root: Path, example: str, folder: Path) -> Path:
    """A copy of an example in which people have names as people have, and the comments and texts tell of them."""
    shutil.copytree(root / "examples" / example, folder / "declarations")
    for file in (folder / "declarations").rglob("*.yaml"):
        # The schemas themselves have p-0417 for an example.
        text = re.sub(r"\bp-(?=\d{4})", "agent-", file.read_text(encoding="utf-8"), flags=re.IGNORECASE)
        file.write_text(text, encoding="utf-8")
    file = folder / "declarations" / "people.yaml"
    text = re.sub(
        r"\{id: (agent-(\d+)), name: [^,}]*(.*)\}",
        r'{id: \1, name: "Quill Ostrander \2"\3, description: Quill Ostrander \2 is \1.}  # \1: Quill Ostrander \2',
        file.read_text(encoding="utf-8"),
    )
    assert text.count("Quill Ostrander") > 100
    file.write_text(text, encoding="utf-8")
    return folder


def people(folder: Path) -> list[str]:
    """Everybody's id and name."""
    text = (folder / "declarations" / "people.yaml").read_text(encoding="utf-8")
    ids = re.findall(r"\{id: (agent-\d+)", text)
    assert len(ids) > 40
    return [*ids, "Quill", "Ostrander"]


def contents(name: str, data: bytes) -> Iterator[str]:
    """The text of an output: of an archive, that of everything in it."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield archive.read(member).decode()
    elif name.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for each in archive:
                stream = archive.extractfile(each)
                yield "" if stream is None else stream.read().decode()
    else:
        yield data.decode()


def assert_nobody(folder: Path, outputs: dict[str, bytes]) -> None:
    """No output names anybody."""
    whom = re.compile("|".join(map(re.escape, people(folder))), re.IGNORECASE)
    for name, data in outputs.items():
        for text in contents(name, data):
            found = whom.search(text)
            assert found is None, (name, text[max(0, found.start() - 200) : found.end() + 50])


def written(folder: Path, *arguments: object, code: int = 0, **changes: str) -> dict[str, bytes]:
    """Everything that one run writes: standard streams, and files in `out`."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    day = [] if arguments[0] in ("validate", "schema") else ["--as-of", AS_OF]
    done = run(*arguments, "--redact", *day, cwd=folder, **{"UTS_POLICY_REDACT_KEY": KEY} | changes)
    assert done.returncode == code, done.stderr.decode()
    files = {file.name: file.read_bytes() for file in out.iterdir()}
    return {"stdout": done.stdout, "stderr": done.stderr, **files}


@pytest.mark.parametrize(("example", "code"), [("clean", 0), ("seeded", 1)])
def test_no_format_of_check_names_anybody(root: Path, tmp_path: Path, example: str, code: int) -> None:
    folder = named(root, example, tmp_path)
    files = [argument for name in FORMATS for argument in ("--format", f"{name}:out/report.{name}")]
    outputs = written(folder, "check", "--profile", "strict", "-v", "--format", "text", *files, code=code)

    assert outputs.keys() == {"stdout", "stderr", *(f"report.{name}" for name in FORMATS)}
    assert_nobody(folder, outputs)
    assert_nobody(folder, written(folder, "check", "--profile-rules", "--top", "3", code=code))
    if example == "seeded":
        assert all(PERSON.search("".join(contents(name, data))) for name, data in outputs.items() if name != "stderr")


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_no_other_command_names_anybody(root: Path, tmp_path: Path, example: str) -> None:
    folder = named(root, example, tmp_path)
    for arguments in (
        ("corpus",),
        ("validate",),
        ("schema", "declarations", "--with-ids"),
        ("who", "e"),
        ("who", "e", "--format", "json"),
        *(("matrix", "--format", f"{name}:out/m.{name}") for name in ("text", "csv", "xlsx", "html", "json")),
        ("graph",),
        *(("forecast", "--days", "40", "--format", name) for name in ("text", "json", "ics")),
        ("forecast", "--days", "40", "--by", "role"),
        *(("scorecard", "--format", name) for name in ("text", "json", "markdown", "html")),
        ("bundle", "--with-corpus", "--out", "out/bundle.tar.gz"),
    ):
        assert_nobody(folder, written(folder, *arguments))


def test_no_side_of_a_comparison_names_anybody(root: Path, tmp_path: Path) -> None:
    repository = make(tmp_path)
    folder = named(root, "clean", tmp_path)
    repository.commit()
    repository.branch()
    shutil.rmtree(folder / "declarations")
    named(root, "seeded", tmp_path)
    repository.commit()

    for shape in ("text", "json", "markdown"):
        assert_nobody(folder, written(folder, "diff", "main", "--format", shape, "--out", "out/change"))
    assert_nobody(folder, written(folder, "check", "--since", "main", "-v", "--format", "json", code=1))

    repository.git("switch", "-q", "main")
    repository.commit(**{"declarations/again.yaml": "people: [{id: agent-0401, name: Quill Ostrander 0401}]\n"})
    repository.git("switch", "-q", "change")
    repository.git("merge", "-q", "-s", "ours", "main")
    broken = written(folder, "check", "--since", "main", code=1)
    assert b"is itself invalid" in broken["stdout"] + broken["stderr"]
    assert_nobody(folder, broken)
    refused = written(folder, "diff", "main", code=3)
    assert b"cannot be compared" in refused["stderr"]
    assert_nobody(folder, refused)


def report(folder: Path, *arguments: object, redact: bool = True, **changes: str) -> dict[str, Any]:
    """A check as JSON."""
    done = run(
        "check",
        "--as-of",
        AS_OF,
        "--format",
        "json",
        *arguments,
        *(["--redact"] if redact else []),
        cwd=folder,
        **{"UTS_POLICY_REDACT_KEY": KEY} | changes,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def standing(found: dict[str, Any]) -> list[tuple[object, ...]]:
    """What decides: everything of the findings but their words."""
    return [
        (
            each["rule"],
            each["level"],
            each["status"],
            each["waiver"] is None,
            each["location"] and each["location"]["line"],
        )
        for each in found["findings"]
    ]


def test_the_verdict_is_what_it_is_without(root: Path, tmp_path: Path) -> None:
    folder = named(root, "seeded", tmp_path)
    plain = report(folder, "--profile", "strict", redact=False)
    hidden = report(folder, "--profile", "strict")

    for key in ("verdict", "counts", "evaluated", "not_assessed", "threshold"):
        assert hidden[key] == plain[key]
    assert sorted(map(repr, standing(hidden))) == sorted(map(repr, standing(plain)))
    assert [each["rule"] for each in hidden["findings"] if "without --redact" in each["message"]] == []


def test_a_rule_that_reads_names_still_finds_what_is_in_them(tmp_path: Path) -> None:
    declare(tmp_path, SOUND.replace("{id: p-1}", "{id: p-1, name: ada@example.org}"))
    ours = policy(
        tmp_path,
        "ours/ids",
        'findings contains {"path": ["people", id], "message": id} if {\n'
        '\tsome id, _ in input.people\n\tstartswith(id, "p-")\n}',
        subjects="[people]",
    )
    found = report(tmp_path, "--policies", ours)

    assert [(each["rule"], each["message"]) for each in found["findings"]] == [
        ("ours/ids", "a rule of ours; without --redact it says more, which may name a person"),
        (
            "privacy/personal-identifier",
            "personal identifier in the declarations; without --redact it says more, which may name a person",
        ),
    ]
    assert "ada" not in json.dumps(found)
    assert "p-1" not in json.dumps(found)


def test_one_key_gives_one_pseudonym_in_every_command_and_another_key_others(tmp_path: Path) -> None:
    declare(tmp_path)

    def pseudonyms(*arguments: object, key: str = KEY) -> set[str]:
        return set(PERSON.findall(written(tmp_path, *arguments, UTS_POLICY_REDACT_KEY=key)["stdout"].decode()))

    corpus = pseudonyms("corpus")
    assert len(corpus) == 1
    assert pseudonyms("who", "lead") == pseudonyms("corpus") == corpus
    assert pseudonyms("corpus", key="quite another key than that") != corpus


def test_without_a_key_each_run_has_its_own_and_says_so(tmp_path: Path) -> None:
    declare(tmp_path)
    one, other = (run("corpus", "--redact", "--as-of", AS_OF, cwd=tmp_path) for _ in range(2))

    assert (one.returncode, one.stderr, other.stderr) == (0, NOTE, NOTE)
    assert one.stdout != other.stdout


def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    declare(tmp_path)
    done = run("check", "--redact", cwd=tmp_path, UTS_POLICY_REDACT_KEY="secret")

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"UTS_POLICY_REDACT_KEY has 6 characters" in done.stderr
    assert b"openssl rand -hex 32" in done.stderr


def test_words_and_ids_that_only_look_alike_stay(tmp_path: Path) -> None:
    text = SOUND.replace("p-1", "lead").replace(
        "{id: lead}", "{id: lead}\n  - {id: act}\n  - {id: p-1}\n  - {id: p-10}"
    )
    text = text.replace("Lead the agency", '"Let p-10 act on p-1, not on p-1000, and lead the activity"')
    declare(tmp_path, text)
    corpus = json.loads(written(tmp_path, "corpus")["stdout"])
    [person] = [each["person"] for each in corpus["roles"]["director"]["holders"]]
    statement = corpus["responsibilities"]["lead"]["statement"]

    assert PERSON.fullmatch(person)
    assert len(corpus["people"]) == 4
    assert re.sub(PERSON, "*", statement) == "Let * act on *, not on p-1000, and lead the activity"
    assert len(set(PERSON.findall(statement))) == 2


def test_carets_stand_under_what_they_are_about(tmp_path: Path) -> None:
    declare(
        tmp_path, SOUND.replace("holders: [{person: p-1}]", "holders: [{person: p-1, from: 2026-01-01}], reports_to: x")
    )
    said = written(tmp_path, "check", "--rule", "reference/unknown", code=1, COLUMNS="200")["stdout"].decode()
    [line, caret] = [each for each in said.splitlines() if "│" in each][:2]

    assert PERSON.search(line)
    assert line[caret.index("^")] == "x"
    place = re.search(r"^ +(\d+):(\d+) ", said, re.MULTILINE)
    assert place is not None
    assert line[int(place[2]) - 1 + line.index("│") + 1] == "x"


def test_placeholders_are_nobody_and_stay(tmp_path: Path) -> None:
    declare(tmp_path, SOUND.replace("person: p-1", "person: TBD"))

    assert [each["rule"] for each in report(tmp_path, "--rule", "ownership/placeholder-owner")["findings"]] == [
        "ownership/placeholder-owner"
    ]
    assert '"TBD"' in report(tmp_path, "--rule", "ownership/placeholder-owner")["findings"][0]["message"]


INVALID = {
    "an id of capitals": "people:\n  - {id: Zelda Quux, name: Zelda Quux}\n",
    "a number for an id": "people:\n  - {id: 5550199}\n",
    "a misspelt field": "people:\n  - {id: z-1, nmae: Zelda Quux}\n",
    "a mapping for a list": "people:\n  zelda-quux: {name: Zelda Quux}\n",
    "a text for a list": "people: Zelda Quux\n",
    "a misspelt section": "poeple:\n  - {id: zelda-quux, name: Zelda Quux}\n",
    "a text for a holder": "roles:\n  - {id: r, title: R, unit: u, holders: [Zelda Quux, {preson: zelda-quux}]}\n",
    "a key that is there twice": "people:\n  - {id: z-1, name: Zelda Quux, name: Zelda Quux}\n",
    "an id that is there twice": "people:\n  - {id: zelda-quux}\n  - {id: zelda-quux}\n",
    "no YAML": "people:\n  - {id: zelda-quux, name: 'Zelda Quux}\n",
    "a tag": "people:\n  - {id: zelda-quux, name: !who Zelda Quux}\n",
    "a record without its module": "training_records:\n  - {person: zelda-quux, completed_on: Zelda}\n",
}


@pytest.mark.parametrize("what", INVALID)
@pytest.mark.parametrize("arguments", [("check", "-v"), ("check", "--format", "json"), ("validate",), ("corpus",)])
def test_invalid_declarations_name_nobody_and_are_still_placed(
    tmp_path: Path, what: str, arguments: tuple[str, ...]
) -> None:
    declare(tmp_path, INVALID[what])
    command, *rest = arguments
    said = run(command, *rest, "--redact", cwd=tmp_path, UTS_POLICY_REDACT_KEY=KEY)
    text = (said.stdout + said.stderr).decode()

    assert said.returncode == 1
    assert "declarations/all.yaml" in text
    assert re.search("zelda|quux|5550199", text, re.IGNORECASE) is None, text


def test_an_alias_is_the_person_that_it_stands_for(tmp_path: Path) -> None:
    declare(tmp_path, SOUND.replace("{id: p-1}", "{id: &who p-1}").replace("person: p-1", "person: *who"))
    found = report(tmp_path)

    assert (found["verdict"], found["findings"]) == ("pass", [])


def test_a_person_keeps_the_waiver_and_the_place_in_the_baseline(tmp_path: Path) -> None:
    text = SOUND.replace("{id: p-1}", "{id: p-1, status: departed, departed_on: 2026-01-01}")
    declare(tmp_path, text)
    assert run("baseline", "create", "--reason", "Old", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
    known = report(tmp_path, "--baseline", "uts-policy-baseline.yaml")
    plain = report(tmp_path, "--baseline", "uts-policy-baseline.yaml", redact=False)

    assert known["counts"] == plain["counts"]
    assert known["counts"]["known"] > 0
    assert known["verdict"] == "pass"
    declare(tmp_path)
    fixed = report(tmp_path, "--baseline", "uts-policy-baseline.yaml")
    assert {each["rule"] for each in fixed["findings"]} == {"baseline/fixed"}
    assert "p-1" not in json.dumps(fixed)


def test_explain_takes_the_identity_that_either_run_has_shown(root: Path, tmp_path: Path) -> None:
    folder = named(root, "seeded", tmp_path)
    on_people = [each for each in report(folder)["findings"] if each["entry"].startswith("people/")]
    plain = [each for each in report(folder, redact=False)["findings"] if each["entry"].startswith("people/")]
    assert {each["id"] for each in on_people}.isdisjoint(each["id"] for each in plain)

    ours = [written(folder, "explain", each["id"])["stdout"] for each in on_people[:3]]
    theirs = [written(folder, "explain", each["id"])["stdout"] for each in plain[:3]]
    assert len(ours) == 3
    assert sorted(map(_facts, ours)) == sorted(map(_facts, theirs))
    assert_nobody(folder, {f"{number}": data for number, data in enumerate([*ours, *theirs])})


def _facts(said: bytes) -> str:
    """An explanation without the line that has the identity."""
    return re.sub(r"1:[0-9a-f]{32}", "*", said.decode())


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["evidence", "export", "--out", "bag.zip"], "exact bytes"),
        (["baseline", "create", "--reason", "Old"], "what they truly are"),
        (["baseline", "status"], "what they truly are"),
        (["baseline", "prune"], "what they truly are"),
    ],
)
def test_what_must_be_exact_refuses_to_be_redacted(tmp_path: Path, arguments: list[str], why: str) -> None:
    declare(tmp_path)
    done = run(*arguments, "--redact", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")
    assert "--redact makes no sense here" in done.stderr.decode()
    assert why in done.stderr.decode()
    assert "hint:" in done.stderr.decode()
    command = [each for each in arguments[:2] if not each.startswith("-")]
    assert "--redact" not in run(*command, "--help", cwd=tmp_path).stdout.decode()


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


def test_hostile_text_is_hidden_and_nothing_else_changes(tmp_path: Path) -> None:
    declare(tmp_path, HOSTILE)
    wanted = ("check", "--profile", "strict", "-v", "--as-of", AS_OF)
    formats = ("--format", "text", "--format", "json:out.json", "--format", "html:out.html")
    done = run(*wanted, *formats, "--redact", cwd=tmp_path, UTS_POLICY_REDACT_KEY=KEY)
    plain = run(*wanted, cwd=tmp_path)
    assert done.returncode == plain.returncode == 1
    outputs = done.stdout + (tmp_path / "out.json").read_bytes() + (tmp_path / "out.html").read_bytes()
    for secret in (rb"\bp-1\b", rb"Lovelace", rb"p-3x", rb"\bp-2\b", rb"\bp-10\b"):
        assert re.findall(secret, outputs) == []
    assert b"TBD" in done.stdout
    assert b'"p-10" (A role that is called like a person)' in b" ".join(plain.stdout.split())
    corpus = json.loads(run("corpus", "--redact", "--as-of", AS_OF, cwd=tmp_path, UTS_POLICY_REDACT_KEY=KEY).stdout)
    [twin] = corpus["roles"].keys() - {"director"}  # a role that is called like a person is hidden with that person
    assert PERSON.fullmatch(twin)
    assert corpus["units"].keys() == {"agency"}
    assert corpus["roles"][twin]["unit"] == "agency"
    assert "agency" not in corpus["people"]


def test_whoever_stands_in_the_place_of_a_role_or_a_unit_is_hidden_there_too(tmp_path: Path) -> None:
    slips = SOUND.replace("accountable: director", "accountable: p-1, consulted: [director, p-1]")
    assert slips != SOUND
    declare(tmp_path, slips.replace("unit: agency", "unit: p-1, reports_to: p-1"))
    files = [argument for name in FORMATS for argument in ("--format", f"{name}:out/report.{name}")]
    for arguments, code in ((("check", *files), 1), (("who", "lead"), 0), (("matrix",), 0), (("corpus",), 0)):
        outputs = written(tmp_path, *arguments, code=code)
        said = "".join(text for name, data in outputs.items() for text in contents(name, data))
        assert PERSON.search(said)
        assert not re.search(r"\bp-1\b", said)
