"""Servers to ask: real OPAs on TCP, and bare sockets that answer what no real OPA would."""

import contextlib
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from uts_policy.model.rule import RuleSet


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_rules(directory: Path, rule_set: RuleSet) -> Path:
    """A rule set as files that `opa run` loads."""
    for file in rule_set.files:
        target = directory / "rules" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
    data = directory / "rules" / "uts_ruleset" / "data.json"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_text(json.dumps({"digest": rule_set.digest}), encoding="utf-8")
    return directory / "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class RealOpa:
    url: str
    process: subprocess.Popen


@contextlib.contextmanager
def real_opa(
    opa: str, *paths: Path, options: tuple[str, ...] = (), scheme: str = "http", port: int = 0
) -> Iterator[RealOpa]:
    port = port or free_port()
    process = subprocess.Popen(
        [opa, "run", "--server", "--addr", f"127.0.0.1:{port}", "--log-level", "error", "--skip-version-check",
         *options, *map(str, paths)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        wait_for(port, process)
        yield RealOpa(url=f"{scheme}://127.0.0.1:{port}", process=process)
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until something listens there."""
    for _ in range(1000):
        assert process.poll() is None, f"it ended with {process.returncode}: {process.stderr.read()!r}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nothing listens")


@dataclass(slots=True)
class Bare:
    """A bare server, and the requests it saw, as bytes."""

    url: str
    requests: list[bytes]


@contextlib.contextmanager
def bare_server(answer: Callable[[socket.socket], None]) -> Iterator[Bare]:
    """A socket that reads each request whole and lets `answer` reply or not."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen = Bare(url=f"http://127.0.0.1:{listener.getsockname()[1]}", requests=[])

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    def converse(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            seen.requests.append(read_request(connection))
            answer(connection)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield seen
    finally:
        listener.close()


def read_request(connection: socket.socket) -> bytes:
    """One HTTP request with its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


def http(status: str, body: bytes, *headers: str) -> bytes:
    """An HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def certificate(directory: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody trusts, and its key."""
    cert, key = directory / "cert.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=uts test",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True, env={"PATH": os.environ["PATH"], "HOME": str(directory)},
    )  # fmt: skip
    return cert, key
