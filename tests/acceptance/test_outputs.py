"""Where a check writes, and what it leaves behind when there is no verdict."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, BROKEN, COMMAND, FAULTY, SOUND, declare, environment, run, start

OUTPUTS = ["--format", "text", "--format", "text:report.txt", "--format", "json:report.json"]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_several_outputs_of_one_run_agree(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    result = run("check", "--as-of", AS_OF, *OUTPUTS, cwd=tmp_path)
    assert (result.returncode, files(tmp_path)) == (1, ["report.json", "report.txt"])
    assert (tmp_path / "report.txt").read_bytes() == result.stdout
    assert json.loads((tmp_path / "report.json").read_text())["counts"]["error"] == 1
    alone = run("check", "--as-of", AS_OF, "--format", "json", cwd=tmp_path)
    assert (tmp_path / "report.json").read_bytes() == alone.stdout


def test_without_a_verdict_earlier_outputs_go_and_json_says_why(tmp_path: Path) -> None:
    declare(tmp_path)
    assert run("check", *OUTPUTS, cwd=tmp_path).returncode == 0
    result = run("check", "--require", "recommendations", *OUTPUTS, cwd=tmp_path)
    assert (result.returncode, result.stdout, files(tmp_path)) == (3, b"", ["report.json"])
    failure = json.loads((tmp_path / "report.json").read_text())
    assert failure["verdict"] == "none"
    assert f"uts-policy: error: {failure['error']}" == result.stderr.decode().splitlines()[0]


def test_a_wrong_configuration_leaves_no_earlier_output_either(tmp_path: Path) -> None:
    declare(tmp_path)
    assert run("check", *OUTPUTS, cwd=tmp_path).returncode == 0
    (tmp_path / "uts-policy.yaml").write_text("profile: hard\n")
    assert run("check", *OUTPUTS, cwd=tmp_path).returncode == 2
    assert files(tmp_path) == ["report.json", "uts-policy.yaml"]
    assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "none"


def test_without_a_verdict_json_on_standard_output_says_why(tmp_path: Path) -> None:
    result = run("check", "--format", "json", cwd=tmp_path)
    assert (result.returncode, json.loads(result.stdout)["verdict"]) == (3, "none")


def test_invalid_declarations_are_a_verdict_and_are_written(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    assert run("check", *OUTPUTS, cwd=tmp_path).returncode == 1
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["verdict"], report["evaluated"], [each["rule"] for each in report["findings"]]) == (
        "fail",
        [],
        ["yaml/syntax"],
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("options", [["--format", "text:/dev/full"], ["--format", "json:/dev/full"]])
def test_where_one_output_cannot_be_written_none_is(tmp_path: Path, options: list[str]) -> None:
    declare(tmp_path)
    assert run("check", "--format", "text:report.txt", cwd=tmp_path).returncode == 0
    result = run("check", "--format", "text:report.txt", *options, cwd=tmp_path)
    assert (result.returncode, files(tmp_path)) == (3, [])
    assert b'cannot write "/dev/full": No space left on device' in result.stderr
    assert Path("/dev/full").is_char_device()


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    declare(tmp_path)
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream:
        process = subprocess.Popen(
            [COMMAND, "check", "--format", f"json:/dev/fd/{writing}"],
            cwd=tmp_path,
            env=environment(),
            pass_fds=[writing],
        )
        os.close(writing)
        report = json.load(stream)
    assert (process.wait(), report["verdict"]) == (0, "pass")


def test_through_a_link_the_file_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert run("check", "--format", "text:link.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert "Assessed" in (tmp_path / "real.txt").read_text(encoding="utf-8")


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    declare(tmp_path)
    assert json.loads(run("check", "--format", "json:-", cwd=tmp_path).stdout)["verdict"] == "pass"


def test_a_dash_is_standard_input(tmp_path: Path) -> None:
    result = run("check", "-", "--format", "json", cwd=tmp_path, stdin=FAULTY.encode())
    report = json.loads(result.stdout)
    assert [(each["rule"], each["location"]["file"]) for each in report["findings"]] == [("ownership/unassigned", "-")]
    assert [each["path"] for each in report["files"]] == ["-"]


def test_standard_input_joins_the_other_paths(tmp_path: Path) -> None:
    text, responsibilities = SOUND.split("responsibilities:")
    declare(tmp_path, text)
    result = run("check", "declarations", "-", cwd=tmp_path, stdin=f"responsibilities:{responsibilities}".encode())
    assert (result.returncode, result.stderr) == (0, b"")


def test_colour_is_for_terminals_unless_it_is_asked_for(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    assert b"\x1b[" not in run("check", cwd=tmp_path).stdout
    assert b"\x1b[" not in run("--color", "never", "check", cwd=tmp_path).stdout
    assert b"\x1b[" in run("--color", "always", "check", cwd=tmp_path).stdout


def on_a_terminal(folder: Path, *arguments: str, **changes: str) -> str:
    """What a run writes to a terminal of 100 columns, escape sequences included."""
    pty, fcntl, struct, termios = map(pytest.importorskip, ("pty", "fcntl", "struct", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    process = subprocess.Popen(
        [COMMAND, *arguments],
        cwd=folder,
        env=environment(TERM="xterm", **changes),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    chunks = []
    while True:
        try:
            chunk = os.read(ours, 4096)
        except OSError:  # how Linux says that the other side has closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(ours)
    process.wait()
    return b"".join(chunks).decode()


def test_a_terminal_gets_colour_unless_somebody_objects(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    assert "\x1b[1;31merror\x1b[0m" in on_a_terminal(tmp_path, "check")
    assert "\x1b[" not in on_a_terminal(tmp_path, "check", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(tmp_path, "--color", "never", "check")
    assert "\x1b[" in on_a_terminal(tmp_path, "--color", "always", "check", NO_COLOR="1")


def test_a_receiver_that_knows_ascii_only_gets_ascii_only(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY.replace("Lead the agency", "Führen 日本"))
    result = run("check", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert result.stdout.isascii()
    assert b" | " in result.stdout.replace(b" |", b" | ")


def test_progress_is_not_written_where_nobody_looks(tmp_path: Path) -> None:
    declare(tmp_path)
    process = start(["check"], tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.communicate()[1] == b""


def test_two_runs_give_the_same_bytes(root: Path) -> None:
    arguments = ["check", "examples/seeded", "--as-of", AS_OF, "--profile", "strict", "--format"]
    for name in ("text", "json"):
        runs = {run(*arguments, name, cwd=root, PYTHONHASHSEED=str(seed)).stdout for seed in (1, 2)}
        assert len(runs) == 1


def test_the_order_of_paths_changes_nothing(root: Path) -> None:
    paths = sorted((root / "examples" / "seeded").glob("*.yaml"))
    arguments = ["check", "--as-of", AS_OF, "--format", "json"]
    forward = run(*arguments, *paths, cwd=root)
    assert forward.returncode == 1
    assert run(*arguments, *reversed(paths), cwd=root).stdout == forward.stdout


def test_corpus_prints_json_that_carries_the_rules_to_run(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("corpus", "--as-of", AS_OF, "--rule", "ownership/unassigned", cwd=tmp_path)
    corpus = json.loads(result.stdout)
    assert (result.returncode, corpus["schema"], corpus["as_of"]) == (0, "uts-policy/corpus/1", AS_OF)
    assert corpus["rules"] == {"ownership/unassigned": {"level": "error", "parameters": {}}}


def test_invalid_declarations_have_no_corpus_and_their_findings_are_told(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    result = run("corpus", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"yaml/syntax" in result.stderr


def test_validate_looks_at_the_form_only(tmp_path: Path) -> None:
    file = declare(tmp_path, FAULTY)
    result = run("validate", file, cwd=tmp_path)
    assert result.returncode == 0
    assert result.stdout.decode().endswith("1 file well formed. No rule was evaluated.\n")


def test_validate_finds_what_is_malformed_and_ids_that_are_there_twice(tmp_path: Path) -> None:
    twice = "units:\n  - {id: a, name: A}\n  - {id: a, name: B}\n"
    for text, rule in ((BROKEN, "yaml/syntax"), ("unit: []\n", "schema/unknown-key"), (twice, "schema/duplicate-id")):
        result = run("validate", "-", "--format", "json", cwd=tmp_path, stdin=text.encode())
        assert (result.returncode, [each["rule"] for each in json.loads(result.stdout)["findings"]]) == (1, [rule])


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "json:declarations/all.yaml"),
        ("check", "--rule", "nope/x", "--format", "csv:declarations/all.yaml"),
        ("check", "--require", "recommendations", "--format", "csv:link.csv"),
        ("check", "--format", "html:uts-policy.YAML"),
        ("check", "--format", "csv:own.rego"),
        ("check", "roles.txt", "--format", "csv:./roles.txt"),
        ("validate", "roles.txt", "--format", "csv:roles.txt"),
        ("matrix", "--format", "csv:declarations/all.yaml"),
        ("scorecard", "-o", "declarations/all.yaml"),
        ("diff", "declarations", "-o", "declarations/all.yaml"),
        ("bundle", "-o", "declarations/all.yaml"),
        ("bundle", "--sign-key", "roles.txt", "-o", "roles.txt"),
        ("evidence", "export", "roles.txt", "--out", "roles.txt", "--force"),
        ("evidence", "sample", "roles.txt", "-o", "roles.txt"),
    ],
)
def test_nothing_is_written_over_what_is_read_however_the_run_would_end(tmp_path: Path, arguments: tuple) -> None:
    file = declare(tmp_path)
    (tmp_path / "link.csv").symlink_to(file)
    (tmp_path / "roles.txt").write_bytes(file.read_bytes())
    before = {path: path.read_bytes() for path in (file, tmp_path / "roles.txt")}
    result = run(*arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"would replace" in b" ".join(result.stderr.split())
    assert {path: path.read_bytes() for path in before} == before
    assert files(tmp_path) == ["link.csv", "roles.txt"]


WRONG = [
    ("nowhere",),
    ("declarations", "--as-of", "2026-02-30"),
    ("declarations", "--policies", "nowhere"),
    ("declarations", "--fail-on", "bogus"),
    ("declarations", "--nonsense"),
    ("declarations", "--top", "0"),
    ("declarations", "--format", "nonsense"),
    ("declarations", "--format", "sarif:nowhere/report.sarif"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=" ".join)
@pytest.mark.parametrize("spelling", ["--format {}", "--format={}"])
def test_a_wrong_command_line_leaves_no_report_of_a_run_before(
    tmp_path: Path, wrong: tuple[str, ...], spelling: str
) -> None:
    declare(tmp_path)
    named = [part for each in ("sarif:a.sarif", "junit:b.xml", "json:c.json") for part in spelling.format(each).split()]
    assert run("check", *named, cwd=tmp_path).returncode == 0
    assert files(tmp_path) == ["a.sarif", "b.xml", "c.json"]
    result = run("check", *wrong, *named, cwd=tmp_path)
    assert (result.returncode, files(tmp_path)) == (2, ["c.json"])
    failure = json.loads((tmp_path / "c.json").read_text())
    assert (failure["verdict"], f"Error: {failure['error']}") == ("none", result.stderr.decode().splitlines()[-1])


def test_options_before_the_command_leave_no_report_of_a_run_before_either(tmp_path: Path) -> None:
    declare(tmp_path)
    assert run("check", "--format", "sarif:a.sarif", cwd=tmp_path).returncode == 0
    assert run("--config", "nowhere.yaml", "check", "--format", "sarif:a.sarif", cwd=tmp_path).returncode == 2
    assert files(tmp_path) == []


def test_a_wrong_command_line_says_so_on_standard_output_where_json_was_to_go_there(tmp_path: Path) -> None:
    result = run("check", "nowhere", "--format", "json", cwd=tmp_path)
    assert (result.returncode, json.loads(result.stdout)["verdict"]) == (2, "none")


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (("diff", "declarations", "declarations", "-o", "out"), ("--as-of", "never")),
        (("diff", "declarations", "declarations", "--out=out"), ("--policies", "nowhere")),
        (("diff", "declarations", "declarations", "-o", "out"), ("--profile", "bogus")),
        (("scorecard", "-o", "out"), ("--report", "nowhere")),
        (("matrix", "--format", "csv:out"), ("--criticality", "huge")),
        (("matrix", "--format", "json:out"), ("--unit", "nowhere")),
    ],
)
def test_whatever_ends_a_command_its_file_of_a_run_before_does_not_stay(
    tmp_path: Path, command: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    declare(tmp_path)
    assert run(*command, cwd=tmp_path).returncode == 0
    assert files(tmp_path) == ["out"]
    assert run(*command, *wrong, cwd=tmp_path).returncode in {2, 3}
    assert files(tmp_path) == []


def test_what_a_wrong_command_line_reads_is_never_removed(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "duties.json").write_text("{}")
    (tmp_path / "bundle.tar.gz").write_text("of yesterday")
    for arguments in (
        ("check", "duties.json", "--format", "json:duties.json"),
        ("check", "--baseline=duties.json", "--format", "json:duties.json", "--as-of", "x"),
        ("check", "--format", "json:declarations/all.yaml", "--as-of", "x"),
        ("bundle", "-o", "bundle.tar.gz", "--as-of", "x"),
    ):
        assert run(*arguments, cwd=tmp_path).returncode == 2
    assert files(tmp_path) == ["bundle.tar.gz", "duties.json"]
    assert (tmp_path / "duties.json").read_text() == "{}"
    assert (tmp_path / "declarations" / "all.yaml").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither of these signals")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_run_with_its_code_and_leaves_no_report_of_a_run_before(
    tmp_path: Path, ending: signal.Signals
) -> None:
    declare(tmp_path)
    assert run("check", "--format", "sarif:a.sarif", cwd=tmp_path).returncode == 0
    arguments = ["check", "-", "--format", "sarif:a.sarif"]
    with start(arguments, tmp_path, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        process.stdin.write(b"# more than a pipe holds: once this is written, the run is reading\n" * 20_000)
        process.stdin.flush()
        process.send_signal(ending)
        assert process.wait(30) == 128 + ending
    assert files(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGHUP")
def test_a_run_that_is_to_outlive_its_terminal_does(tmp_path: Path) -> None:
    declare(tmp_path)
    ignoring = f"trap '' HUP; exec {COMMAND} check --format text:a.txt"
    process = subprocess.Popen(["sh", "-c", ignoring], cwd=tmp_path, env=environment())
    time.sleep(0.2)
    process.send_signal(signal.SIGHUP)
    assert (process.wait(20), files(tmp_path)) == (0, ["a.txt"])
