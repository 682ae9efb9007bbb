"""Each rule by itself on a real OPA, timed by OPA's own metrics."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

START = 120.0
"""Seconds that a server may take to read its bundle."""


class _Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=3600)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))


def profile(binary: str, bundle: Path, rules: Collection[str], folder: Path, *, times: int) -> list[dict[str, float]]:
    """Seconds of evaluation by rule, so many `times`. `bundle` holds the corpus as `data.uts_corpus`."""
    path = folder / "opa.sock"
    command = [binary, "run", "--server", "--optimize-store-for-read-speed", "--log-level", "error"]
    with subprocess.Popen([*command, "--addr", f"unix://{path}", "-b", str(bundle)], stderr=subprocess.DEVNULL) as one:
        try:
            _wait(path)
            return [{rule: _seconds(path, rule) for rule in rules} for _ in range(times)]
        finally:
            one.terminate()
            one.wait()
            path.unlink(missing_ok=True)


def _wait(path: Path) -> None:
    end = time.monotonic() + START
    while True:
        try:
            if "result" in _ask(path, "x = data.uts_corpus.schema"):
                return
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.05)


def _seconds(path: Path, rule: str) -> float:
    category, _, name = rule.partition("/")
    findings = f'data.uts.rules["{category}"]["{name}"].findings'
    answer = _ask(path, f"count({findings}) >= 0 with input as data.uts_corpus")
    assert answer["result"], rule
    return float(answer["metrics"]["timer_rego_query_eval_ns"]) / 1e9


def _ask(path: Path, query: str) -> dict[str, Any]:
    connection = _Connection(path)
    try:
        connection.request("POST", "/v1/query?metrics=true", json.dumps({"query": query}))
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()
