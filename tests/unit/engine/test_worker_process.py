import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.worker_process import WorkerAnswer, converse, site, version
from uts_policy.model.errors import Exit, NoVerdictError

ROOT = Path(__file__).resolve().parents[3]
ENDLESS = """package endless

import rego.v1

many := numbers.range(1, 4000)

answer := count([1 | some a in many; some b in many; some c in many; a + b == c])
"""
ENDLESS_FRAMES = [("policy", f"endless.rego\n{ENDLESS}"), ("input", "{}"), ("query", "data.endless.answer")]

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the worker through /proc")
needs_signals = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")


def workers(of="self"):
    """The ids of the worker processes that a process has started."""
    lists = Path("/proc", str(of), "task").glob("*/children")
    children = [child for children in lists for child in children.read_text().split()]
    return [int(child) for child in children if b"worker.py" in Path("/proc", child, "cmdline").read_bytes()]


def wait_for_worker(of="self"):
    while not (found := workers(of)):
        time.sleep(0.01)
    return found[0]


def gone(process):
    """Whether a process has ended, or does so soon."""
    stat = Path("/proc", str(process), "stat")
    for _ in range(1000):
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


def refusal(frames, timeout=30.0):
    with pytest.raises(NoVerdictError) as caught:
        converse(frames, timeout=timeout)
    assert caught.value.exit is Exit.NO_VERDICT
    return caught.value.message


def python(code, *, path=(), isolated=False):
    """Run Python code with our package and `path` on the path; its standard output."""
    folders = [*map(str, path), str(ROOT / "checker")]
    start = f"import sys\nsys.path[:0] = {folders!r}\n"
    flags = ["-I", "-S"] if isolated else ["-I"]
    run = subprocess.run(
        [sys.executable, *flags, "-c", start + textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    return run.stdout


ASK = """
from uts_policy.engine.worker_process import converse
from uts_policy.model.errors import NoVerdictError
try:
    print(converse([("query", "1 + 1")], timeout=30))
except NoVerdictError as error:
    print(error.message, "|", error.hint)
"""


def test_answers_stand_in_the_order_of_their_questions_and_the_rest_has_none():
    frames = [
        ("policy", "a.rego\npackage a\n\nx := input.x"),
        ("input", '{"x": 1}'),
        ("query", "data.a.x"),
        ("query", "1 / 0"),
        ("input", '{"x": 2}'),
        ("query", "data.a.x"),
    ]
    first, second, third = converse(frames, timeout=30)
    values = [json.loads(answer.text)["result"][0]["expressions"][0]["value"] for answer in (first, third)]
    assert values == [1, 2]
    assert (second.ok, second.refused) == (False, False)
    assert "divide by zero" in second.text


def test_a_document_that_does_not_parse_is_refused_and_nothing_after_it_read():
    frames = [("policy", "a.rego\npackage a\n\nx := {"), ("input", json.dumps(["x" * 20] * 400_000)), ("query", "1")]
    (answer,) = converse(frames, timeout=30)
    assert (answer.ok, answer.refused) == (False, True)
    assert "a.rego:3" in answer.text


def test_no_question_has_no_answer():
    assert converse([("input", "{}")], timeout=30) == ()


def test_what_takes_too_long_is_stopped():
    message = refusal(ENDLESS_FRAMES, timeout=0.5)
    assert message == "the rules took longer than 0.5 s and were stopped"


def test_what_earlier_questions_took_is_not_there_for_later_ones():
    engine = EmbeddedEngine(timeout=60, deadline=time.monotonic() - 1)
    with pytest.raises(NoVerdictError, match="the rules took longer than 60 s"):
        engine.syntax([])


@needs_proc
def test_a_worker_that_was_stopped_is_gone():
    refusal(ENDLESS_FRAMES, timeout=0.5)
    assert workers() == []


@needs_proc
@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (signal.SIGKILL, "the embedded engine was killed from outside, as systems do when memory runs out"),
        (signal.SIGTERM, "the embedded engine was ended from outside (SIGTERM)"),
        (signal.SIGSEGV, "the embedded engine crashed (SIGSEGV)"),
        (signal.SIGABRT, "the embedded engine crashed (SIGABRT)"),
    ],
)
def test_a_worker_that_dies_is_told_in_one_line(sent, message):
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(refusal, ENDLESS_FRAMES, 60.0)
        os.kill(wait_for_worker(), sent)
        assert asked.result() == message


@needs_signals
@needs_proc
def test_ctrl_c_ends_the_parent_and_its_worker():
    code = f"""
    import sys
    sys.path.insert(0, {str(ROOT / "checker")!r})
    from uts_policy.engine.worker_process import converse
    converse({ENDLESS_FRAMES!r}, timeout=60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stderr=subprocess.PIPE, start_new_session=True
    )
    worker = wait_for_worker(parent.pid)
    os.killpg(parent.pid, signal.SIGINT)  # what a terminal does
    _, errors = parent.communicate()
    assert (errors.decode().rstrip().splitlines()[-1], parent.returncode) == ("KeyboardInterrupt", -signal.SIGINT)
    assert gone(worker)


@needs_signals
def test_running_out_of_memory_is_told_in_one_line():
    code = """
    import resource
    from uts_policy.engine.worker_process import converse
    from uts_policy.model.errors import NoVerdictError
    resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
    huge = "package a\\n\\nx := [y | some a in numbers.range(1, 9000); y := numbers.range(a, a + 9000)]"
    try:
        converse([("policy", "a.rego\\n" + huge), ("query", "data.a.x")], timeout=60)
    except NoVerdictError as error:
        print(error.message)
    """
    assert python(code) == "the embedded engine ran out of memory: it may take 0.586 GiB\n"


HUNGRY = "package a\n\nx := [y | some a in numbers.range(1, 9000); y := numbers.range(a, a + 9000)]"
"""A policy that takes all the memory there is."""


@needs_signals
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no limit to set")
def test_a_worker_takes_no_more_memory_than_it_may():
    with pytest.raises(NoVerdictError) as caught:
        converse([("policy", f"a.rego\n{HUNGRY}"), ("query", "data.a.x")], timeout=60, memory=2**29)
    assert caught.value.message == "the embedded engine ran out of memory: it may take 0.5 GiB"
    assert caught.value.hint == (
        "Check fewer paths, or repair the rule that needs it (`--rule` runs one by itself); "
        "UTS_POLICY_ENGINE_MEMORY=8 allows 8 GiB."
    )
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2**20  # KiB: no child of this process had more


@needs_proc
def test_a_worker_is_limited_by_default_and_leaves_no_core_file(tmp_path):
    (tmp_path / "regorus").mkdir()
    report = "import os, sys\nlines = open('/proc/self/limits').read().splitlines()\n"
    report += "found = [l.split()[-3] for l in lines if l.startswith(('Max address space', 'Max core'))]\n"
    report += "os.write(2, ' '.join(found).encode()); os._exit(7)"
    (tmp_path / "regorus" / "__init__.py").write_text(report)
    said = python(ASK, path=[tmp_path]).partition(" | ")[0]
    assert said == f"the embedded engine ended without an answer (exit 7): 0 {4 * 2**30}"


def test_an_answer_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr("uts_policy.engine.worker_process.MOST_ANSWERED", 2**20)
    frames = [("query", 'concat("", [format_int(n, 10) | some n in numbers.range(1, 400000)])')]
    assert refusal(frames) == "the rules answered with more than 1 MiB, the most that is read"


def test_many_answers_are_too_large_together(monkeypatch):
    monkeypatch.setattr("uts_policy.engine.worker_process.MOST_ANSWERED", 1000)
    assert len(converse([("query", "1")] * 3, timeout=30)) == 3
    assert refusal([("query", "1")] * 30) == "the rules answered with more than 0 MiB, the most that is read"


def test_where_the_engine_is_not_installed_another_is_pointed_to():
    assert python(ASK, isolated=True) == (
        "the embedded engine (gordon-to-regorus) is not installed | Use `--engine opa` with an `opa` binary on PATH, "
        "or name a server with `--opa-url`.\n"
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            'raise ImportError("libm.so.6: version `GLIBC_2.34\' not found")',
            "the embedded engine does not run on this system: ImportError: libm.so.6: version `GLIBC_2.34' not found",
        ),
        (
            "import os; os.write(2, b'gave up\\n'); os._exit(7)",
            "the embedded engine ended without an answer (exit 7): gave up",
        ),
        ("import os; os._exit(0)", "the embedded engine ended without an answer (exit 0): it gave no reason"),
    ],
)
def test_an_engine_that_does_not_run_here_is_told_in_one_line(tmp_path, code, message):
    (tmp_path / "regorus").mkdir()
    (tmp_path / "regorus" / "__init__.py").write_text(code)
    assert python(ASK, path=[tmp_path]).partition(" | ")[0] == message


def test_the_installed_engine_says_its_version():
    assert (site() / f"gordon_to_regorus-{version()}.dist-info").is_dir()


def test_an_answer_is_no_refusal_unless_it_says_so():
    assert WorkerAnswer(ok=False, text="x").refused is False
