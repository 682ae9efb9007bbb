"""GitHub's API as far as a comment needs it, on this machine: it keeps comments, and notes all that is wrong with a
request.

What it answers was written from GitHub's documentation of its REST API, version 2022-11-28.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_only-for-tests"  # noqa: S105 - of a GitHub that only these tests know
BOT = "github-actions[bot]"
REPOSITORY = "agency/declarations"
LONGEST = 65_536
HEADERS = {
    "accept": r"application/vnd\.github\+json",
    "authorization": rf"Bearer {TOKEN}",
    "user-agent": r"uts-policy/[0-9.]+",
    "x-github-api-version": "2022-11-28",
}


@dataclass
class Forced:
    """An answer that comes in place of the real one. `method`: only to these requests; `times`: so often."""

    status: int
    data: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    method: str = ""
    times: int = 10**6


class Fake:
    """The state of the repository, every request, and everything that GitHub would not have accepted."""

    def __init__(self) -> None:
        self.url = ""
        self.comments: list[dict[str, Any]] = []
        self.pulls: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.forced: list[Forced] = []
        self._last = 100

    def say(self, body: str, author: str = BOT) -> int:
        """A comment that is there already."""
        self._last += 1
        self.comments.append({"id": self._last, "user": {"login": author}, "body": body})
        return self._last

    def bodies(self, author: str = BOT) -> list[str]:
        return [each["body"] for each in self.comments if (each["user"] or {}).get("login") == author]

    def answer(self, method: str, target: str, headers: dict[str, str], data: bytes) -> tuple[int, Any, dict[str, str]]:
        self.requests.append((method, target))
        for name, pattern in HEADERS.items():
            if not re.fullmatch(pattern, headers.get(name, "")):
                self.wrong.append(f"{method} {target}: {name} is {headers.get(name)!r}")
        body = self._body(method, target, headers, data)
        for forced in self.forced:
            if forced.times and forced.method in ("", method):
                forced.times -= 1
                return forced.status, forced.data, forced.headers
        return self._real(method, target, body)

    def _body(self, method: str, target: str, headers: dict[str, str], data: bytes) -> Any:
        if method in ("GET", "DELETE"):
            if data or "content-type" in headers:
                self.wrong.append(f"{method} {target}: has a body")
            return None
        if headers.get("content-type") != "application/json; charset=utf-8":
            self.wrong.append(f"{method} {target}: content-type is {headers.get('content-type')!r}")
        body = json.loads(data)
        if set(body) != {"body"} or not isinstance(body["body"], str) or not 0 < len(body["body"]) <= LONGEST:
            self.wrong.append(f"{method} {target}: the body is {str(body)[:80]!r}")
        return body

    def _real(self, method: str, target: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        parts, query = urlsplit(target), parse_qs(urlsplit(target).query)
        below = parts.path.removeprefix(f"/repos/{REPOSITORY}")
        found = re.fullmatch(r"/issues/comments/(\d+)", below)
        mine = [each for each in self.comments if found and each["id"] == int(found[1])]
        match method, below:
            case "GET", "/issues/12/comments":
                return self._page(query)
            case "GET", "/pulls" if set(query) == {"state", "head", "per_page"}:
                return 200, [each for each in self.pulls if each["label"] == query["head"][0]], {}
            case "POST", "/issues/12/comments":
                self.say(body["body"])
                answer = 201, self.comments[-1], {}
            case "PATCH", _ if mine:
                mine[0]["body"] = body["body"]
                answer = 200, mine[0], {}
            case "DELETE", _ if mine:
                self.comments.remove(mine[0])
                answer = 204, None, {}
            case _:
                self.wrong.append(f"{method} {target}: no such address")
                answer = 404, {"message": "Not Found"}, {}
        return answer

    def _page(self, query: dict[str, list[str]]) -> tuple[int, Any, dict[str, str]]:
        size, page = int(query["per_page"][0]), int(query["page"][0])
        if not 1 <= size <= 100:
            self.wrong.append(f"per_page is {size}")
        shown = self.comments[(page - 1) * size : page * size]
        more = len(self.comments) > page * size
        address = f"{self.url}/repositories/1/issues/12/comments?per_page={size}&page={page + 1}"
        return 200, shown, {"Link": f'<{address}>; rel="next", <{address}>; rel="last"'} if more else {}


@contextmanager
def github() -> Iterator[Fake]:
    """A fake that listens, and is asked in the end whether anything was wrong with what it was sent."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer, extra = fake.answer(self.command, self.path, headers, data)
            text = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in extra.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_DELETE = do  # noqa: N815 - the names that the server calls

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert fake.wrong == []
