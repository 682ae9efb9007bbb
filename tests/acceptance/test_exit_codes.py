"""Each exit code, reached through the installed command for its right reason."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.command import BROKEN, FAULTY, SOUND, declare, policy, run, start

ALL = 'findings contains {"path": ["roles", id], "message": "here"} if some id, _ in input.roles'


def said(result: subprocess.CompletedProcess[bytes]) -> list[str]:
    return result.stderr.decode().splitlines()


def test_nothing_wrong_is_0(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("check", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (FAULTY, [], 1),
        (FAULTY, ["--fail-on", "note"], 1),
        (FAULTY, ["--fail-on", "never"], 0),
        (
            SOUND.replace(", responsible: director", "")
            + "assignments: [{responsibility: lead, role: director, code: I}]",
            [],
            0,
        ),
        (BROKEN, [], 1),
        (BROKEN, ["--fail-on", "never"], 1),
        ("roles: [{id: 7}]", ["--fail-on", "never"], 1),
    ],
)
def test_findings_at_or_above_the_threshold_are_1(tmp_path: Path, text: str, options: list[str], expected: int) -> None:
    declare(tmp_path, text)
    result = run("check", *options, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (expected, b"")


def test_a_warning_is_1_only_where_the_threshold_says_so(tmp_path: Path) -> None:
    text = SOUND.replace("responsible: director", "responsible: [], consulted: director")
    declare(tmp_path, f"{text}  - {{id: serve, statement: Serve, accountable: director, responsible: director}}\n")
    assert run("check", cwd=tmp_path).returncode == 0
    assert run("check", "--fail-on", "warning", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("name", ["text", "json"])
@pytest.mark.parametrize(("text", "expected"), [(SOUND, 0), (FAULTY, 1), (BROKEN, 1), ("", 3)])
def test_the_format_never_changes_the_exit_code(tmp_path: Path, name: str, text: str, expected: int) -> None:
    declare(tmp_path, text)
    assert run("check", "--format", name, cwd=tmp_path).returncode == expected
    assert run("check", "--format", f"{name}:out", "--top", "1", "-v", cwd=tmp_path).returncode == expected


FORMATS = "text, csv, github, gitlab, html, json, junit, markdown, sarif, sarif-upload, xlsx"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], 'there is no command "chekc". Did you mean "check"?'),
        (["check", "--frobnicate"], "No such option"),
        (["check", "nowhere"], "'nowhere' does not exist"),
        (["check", "--as-of", "2026-13-01"], '"2026-13-01" is no date; write YYYY-MM-DD'),
        (["check", "--as-of", "20261101"], "is no date"),
        (["check", "--timeout", "0"], "--timeout"),
        (["check", "--top", "0"], "--top"),
        (["check", "--format", "pdf"], f'"pdf" is no format; there are: {FORMATS}.'),
        (["check", "--format", "json:nowhere/x"], 'there is no directory "nowhere"'),
        (["check", "--format", "json:declarations"], '"declarations" is a directory'),
        (["check", "--format", "json:"], "names no file after the colon"),
        (["check", "--format", "json", "--format", "text"], "two outputs cannot go to standard output"),
        (["check", "--format", "json:x", "--format", "text:./x"], 'two outputs cannot go to "x"'),
        (["check", "--rule", "ownership/unasigned"], "ownership/unassigned"),
        (["check", "--no-rule", "nothing/*"], "nothing/*"),
        (["check", "--no-rule", "yaml/syntax"], "yaml/syntax"),
        (["check", "--require", "ownersip"], '"ownersip"'),
        (["check", "--opa-url", "http://localhost:1"], "the engine is the embedded one"),
        (["check", "--engine", "opa", "--opa-url", "http://localhost:1/prefix"], "--opa-url"),
        (["--config", "nowhere.yaml", "check"], "'nowhere.yaml' does not exist"),
        (["explain", "ownership/unasigned"], 'did you mean "ownership/unassigned"?'),
        (["rules", "nothing/*"], 'there is no rule "nothing/*"'),
        (["schema", "declaration"], "declaration"),
        (["schema", "config", "--with-ids"], "--with-ids goes with `declarations`"),
        (["schema", "declarations", "declarations"], "--with-ids only"),
        (["completion", "tcsh"], "tcsh"),
    ],
)
def test_a_wrong_command_line_is_2(tmp_path: Path, arguments: list[str], words: str) -> None:
    declare(tmp_path)
    result = run(*arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert words in " ".join(result.stderr.decode().split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profil: strict\n", "uts-policy.yaml:1:1: "),
        ("profile: hard\n", "uts-policy.yaml:1:10: "),
        ("paths: [declarations\n", "uts-policy.yaml:"),
        ("levels: {ownership/unasigned: off}\n", 'uts-policy.yaml:1:10: levels names no rule: "ownership/unasigned"'),
        (
            "rules:\n  ownership/term-gap: {horizon: 3}\n",
            'uts-policy.yaml:2:24: ownership/term-gap has no parameter "horizon"',
        ),
        (
            "rules:\n  ownership/term-gap: {horizon_days: soon}\n",
            "uts-policy.yaml:2:24: ownership/term-gap: `horizon_days`",
        ),
        ("require: [ownersip]\n", '"ownersip"'),
    ],
)
def test_a_wrong_configuration_is_2_and_names_the_place(tmp_path: Path, text: str, words: str) -> None:
    declare(tmp_path)
    (tmp_path / "uts-policy.yaml").write_text(text)
    result = run("check", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert words in said(result)[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--no-rule", "*/*"], "no rule is left to run"),
        (["--rule", "recommendations/*"], "no rule is left to run"),
        (["--require", "training"], '"training" is required, and'),
        (
            ["--rule", "ownership/unassigned", "--require", "reference"],
            '"reference" is required, and no rule of it runs',
        ),
        (["--timeout", "0.000001"], "took longer than 1e-06 s"),
    ],
)
def test_no_rule_or_no_answer_is_3(tmp_path: Path, options: list[str], words: str) -> None:
    declare(tmp_path)
    result = run("check", *options, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert words in said(result)[0]


def test_nothing_to_check_is_3(tmp_path: Path) -> None:
    without = run("check", cwd=tmp_path)
    assert (without.returncode, said(without)[0]) == (
        3,
        'uts-policy: error: nothing to check: no PATH was given, and there is no directory "declarations"',
    )
    (tmp_path / "declarations").mkdir()
    empty = run("check", cwd=tmp_path)
    assert empty.returncode == 3
    assert 'nothing to check: no .yaml or .yml file in "declarations"' in said(empty)[0]


@pytest.mark.parametrize("text", ["", "# nothing\n", "units: []\n"])
def test_declarations_that_declare_nothing_are_3(tmp_path: Path, text: str) -> None:
    declare(tmp_path, text)
    result = run("check", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert said(result)[0].endswith(" declares nothing")
    assert said(result)[1] == "hint: Write sections, such as roles:, with a list of entries below each."
    assert b"Look at the profile" not in result.stderr


@pytest.mark.parametrize("text", ["", "# nothing\n", "units: []\n"])
def test_the_form_of_what_declares_nothing_is_no_fault_and_it_is_said(tmp_path: Path, text: str) -> None:
    declare(tmp_path, text)
    result = run("validate", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().splitlines()[0].endswith("declares nothing.")


@pytest.mark.parametrize(
    ("rule", "body", "metadata", "words"),
    [
        ("mine/a", "findings contains {", {}, "mine/a.rego:"),
        ("mine/a", ALL, {"level": "grave"}, "METADATA of mine/a"),
        ("mine/a", ALL, {"subjects": "roles"}, "METADATA of mine/a"),
        ("ownership/unassigned", ALL, {}, "the id ownership/unassigned is taken: a built-in rule"),
        ("mine/a", f"{ALL}\nx := time.now_ns()", {}, "not portable: time.now_ns"),
        ("mine/a", 'findings contains {"path": ["roles", id], "msg": "x"} if some id, _ in input.roles', {}, "mine/a"),
        ("mine/a", f"{ALL}\n{ALL.replace('here', 'again')}", {}, "mine/a"),
    ],
)
def test_a_rule_that_cannot_be_used_is_3(
    tmp_path: Path, rule: str, body: str, metadata: dict[str, str], words: str
) -> None:
    declare(tmp_path)
    result = run("check", "--policies", policy(tmp_path, rule, body, **metadata), cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert words in said(result)[0]


def test_a_rule_without_metadata_is_3(tmp_path: Path) -> None:
    declare(tmp_path)
    file = tmp_path / "policies" / "mine" / "a.rego"
    file.parent.mkdir(parents=True)
    file.write_text(f"package uts.rules.mine.a\n\nimport rego.v1\n\n{ALL}\n")
    result = run("check", "--policies", "policies", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert "mine/a.rego:1" in said(result)[0]


def test_an_opa_that_is_not_there_is_3(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("check", "--engine", "opa", cwd=tmp_path, PATH=str(tmp_path))
    assert (result.returncode, result.stdout) == (3, b"")
    assert "opa" in said(result)[0]


def test_an_opa_server_that_refuses_is_3(tmp_path: Path) -> None:
    declare(tmp_path)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can answer there
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        result = run("check", "--engine", "opa", cwd=tmp_path, UTS_POLICY_OPA_URL=url)
    assert (result.returncode, result.stdout) == (3, b"")
    assert "no connection to the OPA server" in said(result)[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "json"], ["corpus"], ["rules"], ["--help"]])
def test_a_full_disk_is_3(tmp_path: Path, arguments: list[str]) -> None:
    declare(tmp_path)
    with Path("/dev/full").open("wb") as full:
        process = start(arguments, tmp_path, stdout=full, stderr=subprocess.PIPE)
        _, errors = process.communicate()
    assert process.returncode == 3
    assert b"No space left on device" in errors
    assert b"Traceback" not in errors


@pytest.mark.parametrize(("text", "expected"), [(SOUND, 0), (FAULTY, 1)])
def test_a_closed_pipe_is_quiet_and_leaves_the_exit_code_alone(tmp_path: Path, text: str, expected: int) -> None:
    declare(tmp_path, text)
    reading, writing = os.pipe()
    os.close(reading)
    process = start(["check", "-v"], tmp_path, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    _, errors = process.communicate()
    assert (process.returncode, errors) == (expected, b"")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["rules"], ["schema", "declarations"]])
def test_a_closed_pipe_is_quiet_where_there_is_no_verdict_to_tell(tmp_path: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(arguments, tmp_path, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    _, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")


def stopped(tmp_path: Path, number: signal.Signals, *options: str) -> tuple[int, bytes, bytes]:
    """A check that waits for the end of its standard input is sent a signal once it has begun to read."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with start(["check", "-", *options], tmp_path, **streams) as process:
        assert process.stdin is not None
        process.stdin.write(b"#" * 2**20)  # more than a pipe holds: it returns when the other side reads
        process.stdin.flush()
        process.send_signal(number)
        output, errors = process.communicate()
    return process.returncode, output, errors


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
def test_an_interruption_is_130(tmp_path: Path) -> None:
    assert stopped(tmp_path, signal.SIGINT) == (130, b"", b"uts-policy: interrupted\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
def test_a_termination_is_what_a_shell_makes_of_it(tmp_path: Path) -> None:
    assert stopped(tmp_path, signal.SIGTERM) == (143, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_whoever_stops_a_check_is_left_with_no_earlier_verdict(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    for name in ("report.txt", "report.json"):
        (tmp_path / name).write_text("the verdict of yesterday")
    stop = stopped(tmp_path, number, "--format", "text:report.txt", "--format", "json:report.json")
    assert stop[0] == code
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "none"


HUNGRY = """\
findings contains {"path": ["roles", id], "message": "here"} if {
	some id, _ in input.roles
	count([y | some n in numbers.range(1, 9000); y := numbers.range(n, n + 9000)]) > 0
}"""
ENDLESS = """\
findings contains {"path": ["roles", id], "message": "here"} if {
	some id, _ in input.roles
	many := numbers.range(1, 4000)
	count([1 | some a in many; some b in many; some c in many; a + b == c]) > 0
}"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
def test_a_rule_that_takes_all_memory_is_3_and_says_how_to_allow_more(tmp_path: Path) -> None:
    declare(tmp_path)
    rules = policy(tmp_path, "mine/hungry", HUNGRY)
    result = run("check", "--policies", rules, cwd=tmp_path, UTS_POLICY_ENGINE_MEMORY="0.5")
    assert (result.returncode, result.stdout) == (3, b"")
    assert (
        said(result)[0] == "uts-policy: error: mine/hungry: the embedded engine ran out of memory: it may take 0.5 GiB"
    )
    assert "UTS_POLICY_ENGINE_MEMORY=8 allows 8 GiB" in said(result)[1]


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2J", "a\u202eb", " ", ""])
@pytest.mark.parametrize("command", [("check",), ("diff", "declarations", "declarations")], ids=["check", "diff"])
def test_a_name_of_more_than_one_line_is_refused(tmp_path: Path, command: tuple[str, ...], name: str) -> None:
    declare(tmp_path)
    result = run(*command, "--name", name, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert "Invalid value for '--name': a name is one line of text, without control characters" in said(result)[-1]
    assert run(*command, "--name", "Ours, and \u00e9", cwd=tmp_path).returncode == 0


def test_a_missing_argument_is_told_on_one_line_with_its_choices(tmp_path: Path) -> None:
    result = run("schema", cwd=tmp_path)
    assert result.returncode == 2
    assert "Choose from: declarations, config, baseline" in said(result)[-1]
    assert "\u2409" not in result.stderr.decode()


def test_a_path_outside_of_the_repository_that_is_compared_is_named(tmp_path: Path) -> None:
    declare(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    declare(elsewhere)
    home = tmp_path / "home"
    home.mkdir()
    declare(home)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run([*git, *arguments], cwd=home, check=True)
    for command in (["diff", "HEAD", "--path", "../elsewhere"], ["check", "--since", "HEAD", "../elsewhere"]):
        result = run(*command, cwd=home)
        assert (result.returncode, result.stdout) == (3, b"")
        assert said(result)[0] == f'uts-policy: error: nothing of "../elsewhere" lies in the repository "{home}"'


BOUNDED = [
    ("validate",),
    ("who", "lead"),
    ("matrix",),
    ("graph",),
    ("forecast",),
    ("scorecard",),
    ("corpus",),
    ("explain", "1:ab"),
    ("diff", "declarations", "declarations"),
    ("baseline", "create", "--reason", "Old"),
    ("baseline", "status"),
    ("baseline", "prune"),
]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="rings by an interval timer")
@pytest.mark.parametrize("command", BOUNDED, ids=" ".join)
def test_every_command_that_judges_is_held_to_its_time_limit_whole(tmp_path: Path, command: tuple[str, ...]) -> None:
    declare(tmp_path)
    by_option = run(*command, "--timeout", "0.001", cwd=tmp_path)
    (tmp_path / "uts-policy.yaml").write_text("timeout: 0.001\n", encoding="utf-8")
    for result in (by_option, run(*command, cwd=tmp_path)):
        assert (result.returncode, result.stdout) == (3, b"")
        assert " took longer than 0.001 s and was stopped while " in said(result)[0]
        assert "Allow more with --timeout" in said(result)[1]


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
@pytest.mark.opa
def test_a_server_of_ours_may_take_as_much_memory_as_the_embedded_engine(opa: str, tmp_path: Path) -> None:
    declare(tmp_path)
    rules = policy(tmp_path, "mine/hungry", HUNGRY)
    limited = {"UTS_POLICY_ENGINE_MEMORY": "0.5", "UTS_POLICY_OPA": opa}
    assert run("check", "--engine", "opa", cwd=tmp_path, **limited).returncode == 0
    result = run("check", "--engine", "opa", "--policies", rules, cwd=tmp_path, **limited)
    assert (result.returncode, result.stdout) == (3, b"")
    assert said(result)[0] == "uts-policy: error: the OPA server ran out of memory: it may take 0.5 GiB"
    assert "UTS_POLICY_ENGINE_MEMORY=8 allows 8 GiB" in said(result)[1]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="rings by an interval timer")
def test_reading_that_takes_longer_than_the_time_limit_is_3(tmp_path: Path) -> None:
    with start(["check", "-", "--timeout", "1"], tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as waiting:
        assert waiting.stderr is not None
        assert waiting.wait(timeout=20) == 3  # nothing ever comes on its standard input, which stays open
        first = waiting.stderr.read().decode().splitlines()[0]
    assert first == "uts-policy: error: the check took longer than 1 s and was stopped while reading"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="rings by an interval timer")
def test_the_time_limit_holds_for_both_sides_of_a_comparison_together(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "uts-policy.yaml").write_text("policies: [policies]\n", encoding="utf-8")
    rule = policy(tmp_path, "mine/slow", ENDLESS) / "mine" / "slow.rego"
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    rule.write_text(rule.read_text(encoding="utf-8").replace("1, 4000", "1, 2"), encoding="utf-8")
    assert run("check", cwd=tmp_path).returncode in {0, 1}
    result = run("check", "--since", "main", "--timeout", "15", cwd=tmp_path)
    assert (result.returncode, said(result)[0]) == (
        3,
        "uts-policy: error: the check took longer than 15 s and was stopped while evaluating 38 rules on the base",
    )
