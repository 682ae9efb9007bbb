"""Engines `opa` and `both` through the installed command: a verdict, or exit 3 and one line; 2 for what must not be."""

import gzip
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import COMMAND, FAULTY, SOUND, declare, environment, policy, run
from tests.contract.servers import RealOpa, bare_server, certificate, free_port, http, real_opa, write_rules
from uts_policy.resources import builtin_policies
from uts_policy.rules.catalogue import rule_set

LIMIT = 60
"""Seconds after which a run that should have ended is stopped, and the test fails."""


@pytest.fixture(scope="module")
def served(opa: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOpa]:
    """A foreign OPA with our rules."""
    folder = tmp_path_factory.mktemp("served")
    with real_opa(opa, write_rules(folder, rule_set(builtin_policies()))) as server:
        yield server


def check(folder: Path, *options: object, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, "check", *map(str, options)],
        cwd=folder, capture_output=True, env=environment(**changes), timeout=LIMIT, check=False,
    )  # fmt: skip


def no_verdict(result: subprocess.CompletedProcess[bytes], code: int = 3) -> str:
    """The one line that says why, after everything else about the failure was found in order."""
    error, *hints = result.stderr.decode().splitlines()
    assert (result.returncode, result.stdout) == (code, b""), result.stderr.decode()
    assert error.startswith("uts-policy: error: ")
    assert [line[:6] for line in hints] in ([], ["hint: "])
    assert error.isprintable()
    return error.removeprefix("uts-policy: error: ")


# A verdict


@pytest.mark.opa
@pytest.mark.parametrize("engine", ["opa", "both"])
@pytest.mark.parametrize(("text", "code"), [(SOUND, 0), (FAULTY, 1)])
def test_the_exit_code_is_the_same_on_every_engine(opa: str, tmp_path: Path, engine: str, text: str, code: int) -> None:
    declare(tmp_path, text)
    embedded = check(tmp_path)
    result = check(tmp_path, "--engine", engine, UTS_POLICY_OPA=opa)
    assert (result.returncode, result.stdout, result.stderr) == (code, embedded.stdout, b"")


@pytest.mark.opa
def test_the_report_says_which_engine_it_was(opa: str, served: RealOpa, tmp_path: Path) -> None:
    declare(tmp_path)
    for engine, version in (("opa", "1.22.2"), ("both", "embedded 0.13.0, opa 1.22.2")):
        result = check(tmp_path, "--engine", engine, "--format", "json", UTS_POLICY_OPA_URL=served.url)
        assert json.loads(result.stdout)["engine"] == {"name": engine, "version": version}


@pytest.mark.opa
def test_the_engine_may_be_named_in_the_configuration(opa: str, tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "uts-policy.yaml").write_text("engine: opa\n", encoding="utf-8")
    result = check(tmp_path, "--format", "json", UTS_POLICY_OPA=opa)
    assert json.loads(result.stdout)["engine"]["name"] == "opa"


@pytest.mark.opa
def test_an_option_goes_before_the_environment(served: RealOpa, tmp_path: Path) -> None:
    declare(tmp_path)
    nowhere = f"http://127.0.0.1:{free_port()}"
    result = check(tmp_path, "--engine", "opa", "--opa-url", served.url, UTS_POLICY_OPA_URL=nowhere)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.opa
def test_a_users_own_rules_run_on_an_opa_of_our_own(opa: str, tmp_path: Path) -> None:
    declare(tmp_path)
    run("new", "rule", "mine/always", cwd=tmp_path)
    result = check(tmp_path, "--engine", "both", "--policies", "policies", UTS_POLICY_OPA=opa)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.opa
def test_a_foreign_server_that_lacks_the_users_rules_is_told_apart(served: RealOpa, tmp_path: Path) -> None:
    declare(tmp_path)
    run("new", "rule", "mine/always", cwd=tmp_path)
    result = check(tmp_path, "--engine", "opa", "--policies", "policies", "--opa-url", served.url)
    assert no_verdict(result).startswith("the answer comes from another rule set: ")


# No verdict


def trickle(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(400):
        connection.sendall(b"1\r\n \r\n")
        time.sleep(0.05)


def flood(connection: socket.socket) -> None:
    """A gzip bomb: 300 MB of spaces in 300 kB."""
    body = gzip.compress(b" " * 300_000_000, 1)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)


def status(line: str) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(http(line, b'{"message": "no"}'))


STOPPED = "the check took longer than 2 s and was stopped while evaluating 37 rules with engine opa"
ALLOWED = {"slow": "2", "trickling": "2"}
"""What these answers are allowed, in seconds; the others come at once, on a busy machine too."""
ANSWERS = {
    "401": (status("401 Unauthorized"), "the OPA server answered 401 Unauthorized: no"),
    "404": (status("404 Not Found"), "the OPA server answered 404 Not Found: no"),
    "413": (status("413 Payload Too Large"), "the OPA server answered 413 Payload Too Large: no"),
    "429": (status("429 Too Many Requests"), "the OPA server answered 429 Too Many Requests: no"),
    "500": (status("500 Internal Server Error"), "the OPA server answered 500 Internal Server Error: no"),
    "too long": (flood, "the rules answered with more than 256 MiB, the most that is read"),
    "slow": (lambda _: time.sleep(30), STOPPED),
    "trickling": (trickle, STOPPED),
    "closed": (lambda _: None, "no connection to the OPA server: "),
    "half": (
        lambda connection: connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"result": {"sch'),
        "the OPA server's answer broke off: ",
    ),
    "not JSON": (lambda connection: connection.sendall(http("200 OK", b"<html>")), "the OPA server's answer is not"),
    "undefined": (
        lambda connection: connection.sendall(http("200 OK", b"{}")),
        "the OPA server has no result: data.uts.main.result is undefined there",
    ),
    "another digest": (
        lambda connection: connection.sendall(
            http(
                "200 OK",
                b'{"result": {"schema": "uts-policy/result/1", "digest": "f", "findings": [], "evaluated": []}}',
            )
        ),
        'the answer comes from another rule set: "f", and not "',
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_none_is_3_and_one_line(tmp_path: Path, name: str) -> None:
    declare(tmp_path)
    answer, words = ANSWERS[name]
    with bare_server(answer) as server:
        result = check(tmp_path, "--engine", "opa", "--opa-url", server.url, "--timeout", ALLOWED.get(name, "60"))
    assert no_verdict(result).startswith(words)


def test_a_name_that_nobody_knows_is_3(tmp_path: Path) -> None:
    declare(tmp_path)
    result = check(tmp_path, "--engine", "opa", "--opa-url", "http://opa.invalid:8181", "--timeout", "5")
    assert no_verdict(result).startswith(("no connection to the OPA server: ", "the check took longer than 5 s"))


@pytest.mark.opa
def test_a_certificate_that_nobody_trusts_is_3_and_the_file_that_vouches_for_it_a_verdict(
    opa: str, tmp_path: Path
) -> None:
    declare(tmp_path)
    cert, key = certificate(tmp_path)
    options = ("--tls-cert-file", str(cert), "--tls-private-key-file", str(key))
    rules = write_rules(tmp_path, rule_set(builtin_policies()))
    with real_opa(opa, rules, options=options, scheme="https") as server:
        refused = check(tmp_path, "--engine", "opa", "--opa-url", server.url)
        trusted = check(tmp_path, "--engine", "opa", "--opa-url", server.url, "--opa-ca-file", cert)
    assert no_verdict(refused).startswith("no trusted TLS connection to the OPA server: ")
    assert (trusted.returncode, trusted.stderr) == (0, b"")


@pytest.mark.opa
def test_an_opa_without_our_rules_is_3(opa: str, tmp_path: Path) -> None:
    declare(tmp_path)
    with real_opa(opa) as server:
        result = check(tmp_path, "--engine", "opa", "--opa-url", server.url)
    assert no_verdict(result) == "the OPA server has no result: data.uts.main.result is undefined there"


def test_an_opa_binary_that_is_not_there_is_3(tmp_path: Path) -> None:
    declare(tmp_path)
    result = check(tmp_path, "--engine", "both", UTS_POLICY_OPA="opa-that-is-not-there")
    assert "'opa-that-is-not-there', which UTS_POLICY_OPA names, was not found" in no_verdict(result)


# A wrong command line


def test_a_token_does_not_travel_unencrypted(tmp_path: Path) -> None:
    declare(tmp_path)
    url = "http://opa.example:8181"
    result = check(tmp_path, "--engine", "opa", UTS_POLICY_OPA_URL=url, UTS_POLICY_OPA_TOKEN="secret")  # noqa: S106
    assert no_verdict(result, 2) == f"the token in UTS_POLICY_OPA_TOKEN would travel unencrypted to {url}"


@pytest.mark.parametrize("url", ["https://opa.example/prefix", "opa.example:8181", "https://me:word@opa.example"])
def test_an_address_that_cannot_be_used_is_2_whatever_the_declarations_are(tmp_path: Path, url: str) -> None:
    declare(tmp_path, "roles: [\n")
    line = no_verdict(check(tmp_path, "--engine", "opa", "--opa-url", url), 2)
    assert line.startswith("--opa-url ")
    assert "word@" not in line


def test_certificates_without_a_server_are_2(tmp_path: Path) -> None:
    declare(tmp_path)
    result = check(tmp_path, "--engine", "opa", "--opa-ca-file", declare(tmp_path))
    assert no_verdict(result, 2) == "--opa-ca-file names certificates, and no server is named"


@pytest.mark.parametrize("key", ["opa_url", "opa-url", "opa_token", "opa_ca_file", "opa", "url", "token"])
def test_no_file_of_a_repository_can_name_a_server(tmp_path: Path, key: str) -> None:
    declare(tmp_path)
    (tmp_path / "uts-policy.yaml").write_text(f"engine: opa\n{key}: http://127.0.0.1:9\n", encoding="utf-8")
    assert no_verdict(check(tmp_path), 2).startswith("uts-policy.yaml:2:1: ")


# Builtin errors


FAILING = 'findings contains {"path": ["roles", id], "message": "x"} if { some id, r in input.roles; CALL }'


@pytest.mark.opa
@pytest.mark.parametrize("engine", ["embedded", "opa", "both"])
@pytest.mark.parametrize(
    "call", ["to_number(r.title) == 1", 'regex.match("(", r.title)', "substring(r.title, -1, 2) == r.title"]
)
def test_a_function_that_fails_is_no_verdict_on_any_engine(opa: str, tmp_path: Path, engine: str, call: str) -> None:
    declare(tmp_path)
    policy(tmp_path, "mine/a", FAILING.replace("CALL", call))
    assert no_verdict(check(tmp_path, "--policies", "policies", "--engine", engine, UTS_POLICY_OPA=opa))


# The corpus and the rules that judge it, without us


@pytest.mark.opa
def test_the_example_of_corpus_finds_what_the_check_finds_with_rules_of_ones_own(opa: str, tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    policy(
        tmp_path, "mine/a", 'findings contains {"path": ["roles", id], "message": "mine"} if some id, _ in input.roles'
    )
    (tmp_path / "uts-policy.yaml").write_text("policies: [policies]\nlevels: {mine/a: error}\n")
    shown = run("corpus", "--help", cwd=tmp_path).stdout.decode()
    lines = [line.strip() for line in shown.partition("Examples:")[2].splitlines() if line.strip()]
    script = "\n".join(["set -e", *lines]).replace("opa eval", f"'{opa}' eval")
    found = environment()
    found["PATH"] = f"{COMMAND.parent}{os.pathsep}{found['PATH']}"
    denied = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, env=found, check=True)
    (expression,) = json.loads(denied.stdout)["result"][0]["expressions"]
    rules = sorted(each["rule"] for each in expression["value"])
    report = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert rules == sorted(each["rule"] for each in report["findings"] if each["level"] == "error")
    assert {"mine/a", "ownership/unassigned"} <= set(rules)


@pytest.mark.opa
def test_a_rule_that_is_not_loaded_is_denied(opa: str, root: Path, tmp_path: Path) -> None:
    declare(tmp_path)
    policy(
        tmp_path, "mine/a", 'findings contains {"path": ["roles", id], "message": "mine"} if some id, _ in input.roles'
    )
    corpus = run("corpus", "--policies", "policies", cwd=tmp_path).stdout
    (tmp_path / "corpus.json").write_bytes(corpus)
    command = [
        opa,
        "eval",
        "--data",
        str(root / "policies"),
        "--input",
        "corpus.json",
        "--format",
        "raw",
        "data.main.deny",
    ]
    denied = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert [each["rule"] for each in json.loads(denied.stdout)] == ["mine/a"]
