"""Engine `opa` against real OPAs and real sockets: it answers as OPA does, or says why there is no verdict."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contract.servers import RealOpa, bare_server, certificate, free_port, http, real_opa, write_rules
from uts_policy.engine import canary
from uts_policy.engine.both import BothEngines
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.opa import OpaEngine
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.rule import PolicyFile, RuleSet
from uts_policy.resources import builtin_policies
from uts_policy.rules.catalogue import rule_set

pytestmark = pytest.mark.opa

CORPUS = Corpus(data=canary.corpus(), origins={}, details={})
LIMIT = 3.0


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return rule_set(builtin_policies())


@pytest.fixture(scope="module")
def served(opa: str, rules: RuleSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOpa]:
    """A foreign OPA that serves our rules."""
    with real_opa(opa, write_rules(tmp_path_factory.mktemp("served"), rules)) as server:
        yield server


def failure(engine: OpaEngine, rules: RuleSet) -> NoVerdictError:
    """What the engine says in place of a verdict, which it must within the time limit and a little."""
    begin = time.monotonic()
    with pytest.raises(NoVerdictError) as caught:
        engine.evaluate(CORPUS, rules)
    assert time.monotonic() - begin < engine.timeout + 2
    assert "\n" not in caught.value.message
    return caught.value


def without_engine(evaluation: Evaluation) -> tuple[object, ...]:
    return (evaluation.evaluated, evaluation.violations, evaluation.digest)


# What it answers


def test_a_server_of_our_own_answers_as_the_embedded_engine(opa: str, rules: RuleSet) -> None:
    theirs = OpaEngine(binary=opa).evaluate(CORPUS, rules)
    assert without_engine(theirs) == without_engine(EmbeddedEngine().evaluate(CORPUS, rules))
    assert (theirs.engine.name, theirs.engine.version) == ("opa", "1.22.2")


def test_a_foreign_server_answers_as_one_of_our_own(opa: str, served: RealOpa, rules: RuleSet) -> None:
    assert OpaEngine(url=served.url).evaluate(CORPUS, rules) == OpaEngine(binary=opa).evaluate(CORPUS, rules)


def test_both_engines_together_return_what_they_agree_on(opa: str, rules: RuleSet) -> None:
    both = BothEngines(first=EmbeddedEngine(), second=OpaEngine(binary=opa)).evaluate(CORPUS, rules)
    assert without_engine(both) == without_engine(EmbeddedEngine().evaluate(CORPUS, rules))
    assert both.engine.name == "both"


def test_engines_that_disagree_give_no_verdict_and_each_difference_is_named(opa: str, rules: RuleSet) -> None:
    def reworded(file: PolicyFile) -> PolicyFile:
        return PolicyFile(path=file.path, text=file.text.replace("nobody is accountable", "no one is accountable"))

    other = RuleSet(files=tuple(map(reworded, rules.files)), digest=rules.digest)
    assert other != rules

    class Other:
        """A real OPA that serves rules worded otherwise under our digest."""

        def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
            assert rule_set is rules
            return OpaEngine(binary=opa).evaluate(corpus, other)

    with pytest.raises(NoVerdictError) as caught:
        BothEngines(first=EmbeddedEngine(), second=Other()).evaluate(CORPUS, rules)
    first, *lines = caught.value.message.splitlines()
    assert first.endswith("disagree:")
    assert [line.split(": ")[0].split()[:2] for line in lines] == [["only", "embedded"], ["only", "opa"]]
    assert "no one is accountable" in lines[1]


# A server of our own


def test_a_server_of_our_own_leaves_nothing_behind(opa: str, rules: RuleSet, tmp_path: Path) -> None:
    script = (
        "import sys; from uts_policy.engine.opa import OpaEngine; from uts_policy.engine import canary; "
        "from uts_policy.model.corpus import Corpus; from uts_policy.resources import builtin_policies; "
        "from uts_policy.rules.catalogue import rule_set; "
        "OpaEngine(binary=sys.argv[1]).evaluate(Corpus(data=canary.corpus(), origins={}, details={}), "
        "rule_set(builtin_policies()))"
    )
    subprocess.run([sys.executable, "-c", script, opa], env={**os.environ, "TMPDIR": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []


HANGING = """package uts.main

result := count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a + b == 0])
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc, which this system has not got")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_of_our_own_dies_with_its_parent(opa: str, short: Path, number: int) -> None:
    script = (
        "import sys; from uts_policy.engine.opa import OpaEngine; from uts_policy.engine import canary; "
        "from uts_policy.model.corpus import Corpus; from uts_policy.model.rule import PolicyFile, RuleSet; "
        "OpaEngine(binary=sys.argv[1]).evaluate(Corpus(data=canary.corpus(), origins={}, details={}), "
        "RuleSet(files=(PolicyFile(path='uts/main.rego', text=sys.argv[2]),), digest='0'))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, opa, HANGING],
        env={**os.environ, "TMPDIR": str(short)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    eventually(lambda: any(short.glob("uts-opa-*/opa.sock")))
    assert processes_that_name(short)
    parent.send_signal(number)
    parent.wait()
    eventually(lambda: not processes_that_name(short))
    eventually(lambda: list(short.iterdir()) == [])


@pytest.fixture
def short() -> Iterator[Path]:
    """A directory whose name leaves room for that of a socket: those of pytest's workers do not."""
    with tempfile.TemporaryDirectory(prefix="uts-") as folder:
        yield Path(folder)


def eventually(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it never came true")


def processes_that_name(path: Path) -> list[str]:
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if os.fsencode(path) in file.read_bytes():
                found.append(file.parent.name)
        except OSError:
            continue
    return found


def test_a_deep_temporary_directory_is_no_obstacle(
    opa: str, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    monkeypatch.setenv("TMPDIR", str(deep))
    assert OpaEngine(binary=opa).evaluate(CORPUS, rules).engine.name == "opa"
    assert list(deep.iterdir()) == []


def test_rules_that_do_not_compile_are_told_in_opas_own_words(opa: str) -> None:
    broken = RuleSet(
        files=(PolicyFile(path="uts/main.rego", text="package uts.main\n\nresult := nothing\n"),), digest="0"
    )
    error = failure(OpaEngine(binary=opa, timeout=LIMIT), broken)
    assert error.message.startswith("the OPA server did not start: ")
    assert "var nothing is unsafe" in error.message


def test_without_a_binary_the_ways_out_are_named(rules: RuleSet) -> None:
    error = failure(OpaEngine(binary="opa-that-is-not-there"), rules)
    assert error.message == (
        "engine opa needs an OPA binary, and 'opa-that-is-not-there', which UTS_POLICY_OPA names, was not found"
    )
    assert "--opa-url" in error.hint
    assert "--engine embedded" in error.hint


def test_a_binary_that_is_no_opa_is_told(rules: RuleSet) -> None:
    error = failure(OpaEngine(binary="false", timeout=LIMIT), rules)
    assert error.message == "the OPA server did not start: it said nothing"


def test_rules_that_take_too_long_end_at_the_time_limit(opa: str) -> None:
    hanging = RuleSet(files=(PolicyFile(path="uts/main.rego", text=HANGING),), digest="0")
    error = failure(OpaEngine(binary=opa, timeout=1.5), hanging)
    assert "within" in error.message
    assert "--timeout" in error.hint


# A foreign server that refuses, fails or is none


def test_a_refused_connection(rules: RuleSet) -> None:
    error = failure(OpaEngine(url=f"http://127.0.0.1:{free_port()}", timeout=LIMIT), rules)
    assert error.message == "no connection to the OPA server: [Errno 111] Connection refused"
    assert error.hint == "is it running, and is the address right?"


def test_a_name_that_nobody_knows(rules: RuleSet) -> None:
    error = failure(OpaEngine(url="http://opa.invalid:8181", timeout=LIMIT), rules)
    assert error.message.startswith("no connection to the OPA server: ")


def test_a_certificate_that_is_not_trusted_and_the_same_one_named(opa: str, rules: RuleSet, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    options = ("--tls-cert-file", str(cert), "--tls-private-key-file", str(key))
    with real_opa(opa, write_rules(tmp_path, rules), options=options, scheme="https") as server:
        error = failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
        assert error.message.startswith("no trusted TLS connection to the OPA server: ")
        assert "CERTIFICATE_VERIFY_FAILED" in error.message
        assert "--opa-ca-file" in error.hint
        assert OpaEngine(url=server.url, ca_file=cert).evaluate(CORPUS, rules).engine.version == "1.22.2"


def test_a_named_certificate_is_not_replaced_by_one_of_the_environment(
    opa: str, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    cert, key = certificate(tmp_path)
    other, _ = certificate(tmp_path / "other")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    options = ("--tls-cert-file", str(cert), "--tls-private-key-file", str(key))
    with real_opa(opa, write_rules(tmp_path, rules), options=options, scheme="https") as server:
        assert OpaEngine(url=server.url, ca_file=cert).evaluate(CORPUS, rules).engine.name == "opa"


def test_a_certificate_file_that_is_missing_is_a_fault_of_the_command_line(rules: RuleSet, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--opa-ca-file"):
        OpaEngine(url="https://127.0.0.1:1", ca_file=tmp_path / "none.pem").evaluate(CORPUS, rules)


AUTHORISATION = """package system.authz

default allow := false

allow if input.identity == "right"
"""


@pytest.fixture(scope="module")
def guarded(opa: str, rules: RuleSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOpa]:
    """A foreign OPA that answers those only who have the token."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "authz.rego").write_text(AUTHORISATION, encoding="utf-8")
    options = ("--authentication=token", "--authorization=basic")
    with real_opa(opa, write_rules(folder, rules), folder / "authz.rego", options=options) as server:
        yield server


def test_a_server_that_wants_a_token_is_told_apart_and_opas_words_are_kept(guarded: RealOpa, rules: RuleSet) -> None:
    error = failure(OpaEngine(url=guarded.url, timeout=LIMIT), rules)
    assert error.message == ("the OPA server answered 401 Unauthorized: request rejected by administrative policy")
    assert "UTS_POLICY_OPA_TOKEN" in error.hint


def test_the_token_is_sent(guarded: RealOpa, rules: RuleSet) -> None:
    assert OpaEngine(url=guarded.url, token="right").evaluate(CORPUS, rules).engine.version == "1.22.2"  # noqa: S106


def test_a_password_of_the_home_directory_does_not_take_the_tokens_place(
    guarded: RealOpa, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password wrong\n", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert OpaEngine(url=guarded.url, token="right").evaluate(CORPUS, rules).engine.name == "opa"  # noqa: S106


def test_a_corpus_too_large_for_the_server(opa: str, rules: RuleSet, tmp_path: Path) -> None:
    options = ("--set", "server.decoding.max_length=100")
    with real_opa(opa, write_rules(tmp_path, rules), options=options) as server:
        error = failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
    assert error.message.startswith("the OPA server answered 400 Bad Request: request body too large")
    assert "server.decoding.max_length" in error.hint


CONFLICT = """package uts.main

result := 1

result := 2
"""


def test_an_error_in_the_servers_rules_comes_with_opas_words(opa: str, rules: RuleSet, tmp_path: Path) -> None:
    (tmp_path / "conflict.rego").write_text(CONFLICT, encoding="utf-8")
    with real_opa(opa, tmp_path / "conflict.rego") as server:
        error = failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
    assert error.message.startswith("the OPA server answered 500 Internal Server Error: ")
    assert "rule data.uts.main.result" in error.message


def test_a_server_without_our_rules_is_no_clean_organisation(opa: str, rules: RuleSet) -> None:
    with real_opa(opa) as server:
        error = failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
    assert error.message == "the OPA server has no result: data.uts.main.result is undefined there"
    assert "uts-policy bundle" in error.hint


def test_a_server_with_another_rule_set(opa: str, served: RealOpa, rules: RuleSet) -> None:
    error = failure(OpaEngine(url=served.url, timeout=LIMIT), RuleSet(files=rules.files, digest="f" * 64))
    assert error.message == (f'the answer comes from another rule set: "{rules.digest}", and not "{"f" * 64}"')


STATUS = {
    "404 Not Found": "is it an OPA server?",
    "413 Payload Too Large": "server.decoding.max_length",
    "429 Too Many Requests": "overloaded",
    "503 Service Unavailable": "log",
}


@pytest.mark.parametrize("status", STATUS)
def test_a_status_that_something_in_between_may_answer(status: str, rules: RuleSet) -> None:
    with bare_server(lambda s: s.sendall(http(status, b"<html>sorry</html>", "Content-Type: text/html"))) as server:
        error = failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
    assert error.message == f"the OPA server answered {status}: <html>sorry</html>"
    assert STATUS[status] in error.hint


def trickle(connection: socket.socket) -> None:
    """Bytes that never end, each of them well before a time limit per read."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(200):
        connection.sendall(b"1\r\n \r\n")
        time.sleep(0.05)


ANSWERS = {
    "slow": (lambda _: time.sleep(10), "the OPA server did not answer within"),
    "trickling": (trickle, "the OPA server did not answer within"),
    "closed": (lambda _: None, "no connection to the OPA server: "),
    "half": (
        lambda s: s.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"result": {"sch'),
        "the OPA server's answer broke off: ",
    ),
    "half a chunk": (
        lambda s: s.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"result"'),
        "the OPA server's answer broke off: ",
    ),
    "bad gzip": (
        lambda s: s.sendall(http("200 OK", b"no gzip", "Content-Encoding: gzip")),
        "the OPA server's answer broke off: ",
    ),
    "not JSON": (lambda s: s.sendall(http("200 OK", b"<html>")), "the OPA server's answer is not JSON"),
    "no object": (lambda s: s.sendall(http("200 OK", b"[1]")), "the OPA server's answer is no JSON object"),
    "not HTTP": (lambda s: s.sendall(b"SSH-2.0-hello\r\n"), "no connection to the OPA server: "),
    "redirect": (
        lambda s: s.sendall(http("302 Found", b"", "Location: http://127.0.0.1:9/")),
        "the OPA server redirects to another address",
    ),
    "wrong shape": (
        lambda s: s.sendall(http("200 OK", b'{"result": {"findings": []}}')),
        'the result lacks "digest"',
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_none(name: str, rules: RuleSet) -> None:
    answer, words = ANSWERS[name]
    with bare_server(answer) as server:
        error = failure(OpaEngine(url=server.url, timeout=1.0), rules)
    assert error.message.startswith(words), error.message


def test_an_empty_result_in_place_of_the_canary_is_no_verdict(rules: RuleSet) -> None:
    empty = {"schema": "uts-policy/result/1", "digest": rules.digest, "findings": [], "evaluated": [canary.RULE]}
    empty |= {"judged": {}, "not_judged": {}}
    body = json.dumps({"result": empty}).encode()
    with bare_server(lambda s: s.sendall(http("200 OK", body))) as server:
        error = failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
    assert "canary" in error.message


def test_a_server_that_is_killed_while_it_answers_and_one_that_takes_its_place(
    opa: str, rules: RuleSet, tmp_path: Path
) -> None:
    folder = write_rules(tmp_path, rules)
    hanging = tmp_path / "hanging.rego"
    hanging.write_text(HANGING, encoding="utf-8")
    with real_opa(opa, hanging) as server:
        threading.Timer(0.7, server.process.kill).start()
        error = failure(OpaEngine(url=server.url, timeout=10), rules)
        assert error.message.startswith("no connection to the OPA server: ")
        server.process.wait()
        with real_opa(opa, folder, port=int(server.url.rpartition(":")[2])):
            assert OpaEngine(url=server.url).evaluate(CORPUS, rules).engine.name == "opa"


# What is sent


def test_the_corpus_travels_compressed_and_once(rules: RuleSet) -> None:
    with bare_server(lambda s: s.sendall(http("200 OK", b"{}"))) as server:
        failure(OpaEngine(url=server.url, timeout=LIMIT), rules)
    bodies = [request for request in server.requests if b"/v1/data/uts/main/result" in request.split(b"\r\n")[0]]
    head, _, body = bodies[0].partition(b"\r\n\r\n")
    assert len(bodies) == 1
    assert b"content-encoding: gzip" in head.lower()
    assert json.loads(gzip.decompress(body)) == {"input": canary.corpus()}


def test_no_proxy_is_used_for_loopback(served: RealOpa, rules: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert OpaEngine(url=served.url).evaluate(CORPUS, rules).engine.name == "opa"


def test_a_proxy_is_used_beyond_loopback(rules: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    with bare_server(lambda s: s.sendall(http("200 OK", b"{}"))) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        failure(OpaEngine(url="http://opa.invalid:8181", timeout=LIMIT), rules)
    assert any(request.startswith(b"POST http://opa.invalid:8181/v1/data/") for request in proxy.requests)


REFUSED = {
    "http://opa.example:8181": "would travel unencrypted to http://opa.example:8181",
    "https://opa.example/prefix": "has a path behind the host",
    "https://me:word@opa.example": "carries a user name or a password",
    "opa.example:8181": "names no server",
    "unix:///run/opa.sock": "names no server",
    "https://opa.example:port": "is not a URL",
    "https://opa.example?x=1": "has a path behind the host",
}


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_cannot_or_must_not_be_used_is_a_fault_of_the_command_line(url: str, rules: RuleSet) -> None:
    with pytest.raises(UsageError) as caught:
        OpaEngine(url=url, token="secret").evaluate(CORPUS, rules)  # noqa: S106
    assert REFUSED[url] in caught.value.message
    assert "secret" not in caught.value.message + caught.value.hint
    assert "word" not in caught.value.message.replace("password", "") + caught.value.hint


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_a_token_may_travel_unencrypted_on_this_machine(host: str, rules: RuleSet) -> None:
    error = failure(OpaEngine(url=f"http://{host}:{free_port()}", token="secret", timeout=LIMIT), rules)  # noqa: S106
    assert error.message.startswith("no connection to the OPA server: ")
