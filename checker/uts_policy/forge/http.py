"""The one module that talks to a forge: HTTP and JSON, nothing followed, nothing kept."""

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.forge.errors import ForgeError
from uts_policy.model.errors import UsageError

SECONDS = 30.0
"""For one answer, from one byte to the next."""
WAITS = (1.0, 3.0)
"""Seconds before a request is repeated that can be repeated without harm."""
_REPEATABLE = frozenset({"GET", "PATCH", "DELETE"})
_MOST = 64 * 1024 * 1024
"""Bytes of one answer: a hundred comments of the longest kind are 26 MB."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
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

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """The answer, whatever its status. Raises ForgeError where none comes."""
        answer = self._once(method, path, body)
        for wait in WAITS if method in _REPEATABLE else ():
            if answer.status < http.client.INTERNAL_SERVER_ERROR:
                break
            self.sleep(wait)
            answer = self._once(method, path, body)
        return answer

    def _once(self, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
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


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    if len(body) > _MOST:
        raise ForgeError("GitHub's answer is longer than any that makes sense")
    try:
        data = json.loads(body) if body.strip() else None
    except ValueError as error:
        if status < http.client.BAD_REQUEST:
            raise ForgeError("GitHub's answer is not JSON", "does GITHUB_API_URL name its API?") from error
        data = None
    return Answer(status=status, headers={name.lower(): value for name, value in headers.items()}, data=data)


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", None) or error
    words = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return " ".join(str(words).split())
