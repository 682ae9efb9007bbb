"""GitHub's API for the comment: requests, retries, and what keeps a comment from being written.

That is never a verdict: the command line makes a warning of it.
"""

import http.client
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from uts_policy.model.errors import UsageError, UtsPolicyError


class ForgeError(UtsPolicyError):
    """The forge refused, could not be reached, or said what makes no sense. `message` and `hint` hold no token."""


SECONDS = 30.0
"""For one answer, from one byte to the next."""
WAITS = (1.0, 3.0)
"""Seconds before a request is repeated that can be repeated without harm."""
_REPEATABLE = frozenset({"GET", "PATCH", "DELETE"})
_MOST = 64 * 1024 * 1024
"""Bytes of one answer: a hundred comments of the longest kind are 26 MB."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """A status, headers in lower case, and the JSON of the body, None where there is none."""

    status: int
    headers: Mapping[str, str]
    data: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Sends requests with these headers to addresses below `url`. `sleep` is what waits."""

    url: str
    headers: Mapping[str, str]
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        """Raises UsageError for an address that a token must not be sent to."""
        parts = urllib.parse.urlsplit(self.url)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not secure or not parts.hostname or parts.username is not None or parts.query or parts.fragment:
            raise UsageError(
                "the address in GITHUB_API_URL cannot be used: a token is sent to https only, and to a plain address",
                "leave it unset for github.com; a server of your own has https://HOST/api/v3",
            )

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> HttpAnswer:
        """The answer, whatever its status. Raises ForgeError where none comes."""
        answer = self._once(method, path, body)
        for wait in WAITS if method in _REPEATABLE else ():
            if answer.status < http.client.INTERNAL_SERVER_ERROR:
                break
            self.sleep(wait)
            answer = self._once(method, path, body)
        return answer

    def _once(self, method: str, path: str, body: Mapping[str, Any] | None) -> HttpAnswer:
        data = None if body is None else json.dumps(body).encode()
        headers = dict(self.headers) | ({} if data is None else {"Content-Type": "application/json; charset=utf-8"})
        url = self.url.rstrip("/") + path
        request = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310 - the scheme was looked at
        opener = urllib.request.build_opener(_NotFollowed, *_direct(url))
        try:
            with opener.open(request, timeout=SECONDS) as response:
                return _answer(response.status, dict(response.headers), response.read(_MOST + 1))
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error.code, dict(error.headers), error.read(_MOST + 1))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ForgeError(f"GitHub cannot be asked: {_reason(error)}", "try again later") from error


class _NotFollowed(urllib.request.HTTPRedirectHandler):
    """Redirects are answers: following one would send the token to whoever it names."""

    def redirect_request(self, *_arguments: Any) -> None:  # noqa: ANN401 - urllib's signature
        """Nothing to follow."""
        return


def _direct(url: str) -> tuple[urllib.request.BaseHandler, ...]:
    """No proxy for this machine itself."""
    loopback = urllib.parse.urlsplit(url).hostname in _LOOPBACK
    return (urllib.request.ProxyHandler({}),) if loopback else ()


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
    if len(body) > _MOST:
        raise ForgeError("GitHub's answer is longer than any that makes sense")
    try:
        data = json.loads(body) if body.strip() else None
    except ValueError as error:
        if status < http.client.BAD_REQUEST:
            raise ForgeError("GitHub's answer is not JSON", "does GITHUB_API_URL name its API?") from error
        data = None
    return HttpAnswer(status=status, headers={name.lower(): value for name, value in headers.items()}, data=data)


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", None) or error
    words = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return " ".join(str(words).split())


API = "https://api.github.com"
VERSION = "2022-11-28"
"""The version of the API that is asked for."""
_PAGE = 100
_PAGES = 100
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}")
_NEXT = re.compile(r'<[^<>]*>;\s*rel="next"')
_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment on a pull request."""

    id: int
    author: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GithubRepository:
    """One repository, `name` being OWNER/NAME."""

    client: Client
    name: str

    def comments(self, pull_request: int) -> Iterator[Comment]:
        """All comments, the oldest first. Raises ForgeError."""
        for page in range(1, _PAGES + 1):
            path = f"/repos/{self.name}/issues/{pull_request}/comments?per_page={_PAGE}&page={page}"
            answer = self._expect("GET", path, None, http.client.OK)
            for each in _list(answer.data):
                yield _comment(each)
            if not _NEXT.search(answer.headers.get("link", "")):
                return

    def create(self, pull_request: int, body: str) -> None:
        """A new comment. Raises ForgeError."""
        self._expect("POST", f"/repos/{self.name}/issues/{pull_request}/comments", {"body": body}, http.client.CREATED)

    def edit(self, comment: int, body: str) -> None:
        """Another text for a comment. Raises ForgeError."""
        self._expect("PATCH", f"/repos/{self.name}/issues/comments/{comment}", {"body": body}, http.client.OK)

    def delete(self, comment: int) -> None:
        """Removes a comment. Raises ForgeError."""
        self._expect("DELETE", f"/repos/{self.name}/issues/comments/{comment}", None, http.client.NO_CONTENT)

    def pull_request_of(self, owner: str, branch: str, commit: str) -> int | None:
        """The open pull request whose head is this commit of this branch; None where there is none, or no longer."""
        head = urllib.parse.quote(f"{owner}:{branch}", safe="")
        path = f"/repos/{self.name}/pulls?state=open&head={head}&per_page={_PAGE}"
        found = [
            each["number"]
            for each in _list(self._expect("GET", path, None, http.client.OK).data)
            if isinstance(each, dict) and isinstance(each.get("number"), int) and _head_of(each) == commit
        ]
        return min(found, default=None)

    def _expect(self, method: str, path: str, body: dict[str, str] | None, status: int) -> HttpAnswer:
        answer = self.client.send(method, path, body)
        if answer.status != status:
            raise _refused(answer)
        return answer


def open_repository(
    name: str, *, token: str, url: str, version: str, sleep: Callable[[float], None] = time.sleep
) -> GithubRepository:
    """The repository OWNER/NAME at the API `url`. `version` is ours. Raises UsageError for names that are none."""
    if not _REPOSITORY.fullmatch(name):
        raise UsageError(f'"{name}" names no repository', "write OWNER/NAME, or set GITHUB_REPOSITORY")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("the token has characters that no token has", "look for a line end in the secret")
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "User-Agent": f"uts-policy/{version}",
        "X-GitHub-Api-Version": VERSION,
    }
    return GithubRepository(client=Client(url=url, headers=headers, sleep=sleep), name=name)


def _list(data: Any) -> list[Any]:  # noqa: ANN401 - JSON
    if not isinstance(data, list):
        raise ForgeError("GitHub's answer is no list", "does GITHUB_API_URL name its API?")
    return data


def _comment(raw: Any) -> Comment:  # noqa: ANN401 - JSON
    user = raw.get("user") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), int):
        raise ForgeError("GitHub's answer has a comment without an id")
    # The account of a comment may be gone, and then `user` is null.
    author = user.get("login") if isinstance(user, dict) else ""
    return Comment(id=raw["id"], author=str(author or ""), body=str(raw.get("body") or ""))


def _head_of(pull_request: dict[str, Any]) -> str:
    head = pull_request.get("head")
    return str(head.get("sha", "")) if isinstance(head, dict) else ""


def _refused(answer: HttpAnswer) -> ForgeError:
    said = answer.data.get("message", "") if isinstance(answer.data, dict) else ""
    words = " ".join(str(said).split())[:_SHOWN]
    message = f"GitHub answered {answer.status}{f': {words}' if words else ''}"
    if _limited(answer):
        return ForgeError(f"{message} (rate limit{_until(answer)})", "the next push writes the comment")
    return ForgeError(message, _hint(answer.status))


def _limited(answer: HttpAnswer) -> bool:
    if answer.status == http.client.TOO_MANY_REQUESTS:
        return True
    spent = answer.headers.get("x-ratelimit-remaining") == "0" or "retry-after" in answer.headers
    return answer.status == http.client.FORBIDDEN and spent


def _until(answer: HttpAnswer) -> str:
    reset = answer.headers.get("x-ratelimit-reset", "")
    if answer.headers.get("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdigit() and len(reset) <= 10:  # noqa: PLR2004 - seconds until the year 2286
        return f" until {datetime.fromtimestamp(int(reset), UTC):%Y-%m-%d %H:%M} UTC"
    wait = answer.headers.get("retry-after", "")
    return f" for {wait} s" if wait.isascii() and wait.isdigit() else ""


def _hint(status: int) -> str:
    if 300 <= status < 400:  # noqa: PLR2004 - redirects
        return "the repository has moved: give its new name with --repository"
    if status >= http.client.INTERNAL_SERVER_ERROR:
        return "GitHub has a fault of its own: the next push writes the comment"
    return {
        http.client.UNAUTHORIZED: "the token in GITHUB_TOKEN is not valid, or no longer",
        http.client.FORBIDDEN: (
            "the token needs `pull-requests: write`; that of a pull request from a fork never has it: see the guide on "
            "reviewing changes"
        ),
        http.client.NOT_FOUND: "is there such a pull request, and may the token see the repository?",
        http.client.UNPROCESSABLE_ENTITY: "is the pull request locked, or is this an issue that takes no comment?",
    }.get(status, "see GitHub's documentation of its REST API")
