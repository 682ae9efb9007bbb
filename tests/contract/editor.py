"""A real yaml-language-server, spoken to as an editor does: JSON-RPC over its standard streams."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LIMIT = 60
"""Seconds to wait for an answer: a fault of the server ends in a failure and not in a hang."""


class Editor:
    """One session with the server. Positions are lines and characters, from 0."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def request(self, method: str, parameters: dict[str, Any]) -> Any:
        """The result of a request; what the server asks meanwhile is answered with nothing."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._answer(message)

    def notify(self, method: str, parameters: dict[str, Any]) -> None:
        """Tells the server something."""
        self._send({"method": method, "params": parameters})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the server finds wrong with a file, once it says so."""
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return list(message["params"]["diagnostics"])
            self._answer(message)

    def open(self, file: Path) -> str:
        """Opens a file, and gives its URI."""
        text = file.read_text(encoding="utf-8")
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return file.as_uri()

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        """The result of a request about one position."""
        position = {"line": line, "character": character}
        return self.request(method, {"textDocument": {"uri": uri}, "position": position})

    def _answer(self, message: dict[str, Any]) -> None:
        if "method" in message and "id" in message:
            wanted = message["params"]["items"] if message["method"] == "workspace/configuration" else None
            self._send({"id": message["id"], "result": None if wanted is None else [{}] * len(wanted)})

    def _next(self) -> dict[str, Any]:
        return self._messages.get(timeout=LIMIT)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._messages.put(json.loads(stream.read(length)))


@contextmanager
def editor(server: str, folder: Path) -> Iterator[Editor]:
    """A session in a folder, ended with the server's process."""
    with subprocess.Popen([server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            session = Editor(process)
            session.request(
                "initialize",
                {
                    "processId": None,
                    "rootUri": folder.as_uri(),
                    "capabilities": {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}},
                },
            )
            session.notify("initialized", {})
            settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
            session.notify("workspace/didChangeConfiguration", {"settings": settings})
            yield session
            session.request("shutdown", {})
            session.notify("exit", {})
        finally:
            process.kill()
