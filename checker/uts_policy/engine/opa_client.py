"""A conversation with an OPA server through opa-python-client: its address, its transport and its answers."""

import gzip
import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from opa_client.opa import OpaClient
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from uts_policy.engine.opa_server import one_line
from uts_policy.engine.result import MOST_ANSWERED, too_long
from uts_policy.model.errors import NoVerdictError, UsageError

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Scheme, host (IPv6 in brackets) and port of a server."""

    scheme: str
    host: str
    port: int

    @property
    def url(self) -> str:
        """As a person would write it."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether what is sent stays on this machine."""
        if self.host.lower().rstrip(".") == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False


def parse_address(url: str, *, with_token: bool) -> Address:
    """The parts of an `--opa-url`.

    Raises:
        UsageError: it is no `http(s)://host[:port]`, or a token would travel readable beyond this machine.
    """
    shape = "write it as https://HOST:PORT, with nothing behind the port"
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise UsageError(f"--opa-url {url!r} is not a URL: {error}", shape) from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise UsageError(f"--opa-url {url!r} names no server", shape)
    if parts.username is not None or parts.password is not None:
        raise UsageError("--opa-url carries a user name or a password", "give a token in UTS_POLICY_OPA_TOKEN instead")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        # The client joins host, port and version itself; a prefix would be lost without a word.
        raise UsageError(f"--opa-url {url!r} has a path behind the host, which the OPA client cannot use", shape)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    address = Address(scheme=parts.scheme, host=host, port=DEFAULT_PORTS[parts.scheme] if port is None else port)
    if with_token and address.scheme == "http" and not address.loopback:
        raise UsageError(
            f"the token in UTS_POLICY_OPA_TOKEN would travel unencrypted to {address.url}",
            "use an https:// address, or unset the token",
        )
    return address


COMPRESSION = 6
_PART = 2**20
"""Bytes that are read at a time."""


def read_in_bounds(response: Response) -> Response:
    """The response, its body read and unpacked. Raises NoVerdictError for one of more than MOST_ANSWERED bytes."""
    parts = bytearray()
    for part in response.iter_content(_PART):
        parts += part
        if len(parts) > MOST_ANSWERED:
            response.close()
            raise too_long(MOST_ANSWERED)
    response._content = bytes(parts)  # noqa: SLF001 - the only way to hand on what was read
    return response


class GzipAdapter(HTTPAdapter):
    """Compresses request bodies: a corpus shrinks to about a tenth, and OPA unpacks it by itself."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - as HTTPAdapter
        """As HTTPAdapter does, with `Content-Encoding: gzip`."""
        body = request.body
        if isinstance(body, str | bytes) and body:
            raw = body.encode("utf-8") if isinstance(body, str) else body
            request.body = gzip.compress(raw, COMPRESSION, mtime=0)
            request.headers["Content-Encoding"] = "gzip"
            request.headers["Content-Length"] = str(len(request.body))
        return read_in_bounds(super().send(request, *args, **kwargs))


class _UnixConnection(HTTPConnection):
    """HTTP over a Unix socket: only the connecting differs."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class _UnixPool(HTTPConnectionPool):
    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def _new_conn(self) -> _UnixConnection:
        return _UnixConnection(self._path)


class UnixAdapter(HTTPAdapter):
    """Sends every request to one Unix socket, whatever its URL says."""

    def __init__(self, path: str) -> None:
        self._pool = _UnixPool(path)
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,  # noqa: ARG002 - the signature is HTTPAdapter's
        verify: bool | str | None,  # noqa: ARG002, FBT001 - likewise
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002 - likewise
        cert: object = None,  # noqa: ARG002 - likewise
    ) -> HTTPConnectionPool:
        """The pool of the one socket."""
        return self._pool

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - as HTTPAdapter
        """As HTTPAdapter does."""
        return read_in_bounds(super().send(request, *args, **kwargs))

    def close(self) -> None:
        """Close the socket."""
        self._pool.close()
        super().close()


T = TypeVar("T")
RESULT_PACKAGE = "uts.main"
RESULT_RULE = "result"
VERSION_QUERY = "version := opa.runtime().version"
TOO_LARGE_HINT = (
    "where it is too large: raise the server's `server.decoding.max_length` and `server.decoding.gzip.max_length`, "
    "or use --engine embedded"
)
STATUS_HINTS = {
    400: TOO_LARGE_HINT,
    401: "give the token that the server expects in UTS_POLICY_OPA_TOKEN",
    403: "the server's authorisation policy must allow POST /v1/data/uts/main/result",
    404: "the address answers, but is it an OPA server? Its data API must be reachable at /v1/data",
    413: TOO_LARGE_HINT,
    429: "the server is overloaded: try again later, or add replicas",
}


def connect_unix(socket: Path, timeout: float) -> OpaClient:
    """A client of a server of our own."""
    return _client(UnixAdapter(str(socket)), "http://", OpaClient(host="localhost", retries=0, timeout=timeout))


def connect(address: Address, *, token: str | None, ca_file: Path | None, timeout: float) -> OpaClient:
    """A client of a foreign server. `ca_file` has the PEM certificates to trust in place of the usual ones.

    Raises:
        UsageError: `ca_file` cannot be read.
    """
    secure = address.scheme == "https"
    client = OpaClient(
        host=address.host, port=address.port, ssl=secure, token=token, retries=0, timeout=timeout,
    )  # fmt: skip
    session = _client(GzipAdapter(), f"{address.scheme}://", client)._session  # noqa: SLF001 - the client offers no other way
    if ca_file is not None:
        if not ca_file.is_file():
            raise UsageError(f"--opa-ca-file {str(ca_file)!r} is not a file", "name a file of PEM certificates")
        session.verify = str(ca_file)
    if not address.loopback:
        session.proxies.update(get_environ_proxies(address.url, no_proxy=None))
    return client


def _client(adapter: HTTPAdapter, prefix: str, client: OpaClient) -> OpaClient:
    session = client._session  # noqa: SLF001 - the client offers no other way
    # Without this: proxies for loopback, ~/.netrc in place of the token, REQUESTS_CA_BUNDLE in place of --opa-ca-file.
    session.trust_env = False
    session.max_redirects = 0
    session.mount(prefix, adapter)
    return client


def query_result(client: OpaClient, document: Mapping[str, Any]) -> object:
    """What `data.uts.main.result` is for this input.

    Raises:
        NoVerdictError: the server did not answer, refused, or the rule is undefined there.
    """
    # NOTE: without this a builtin's error is undefined, and a rule that fails looks like one that finds nothing.
    strict = {"strict-builtin-errors": "true"}
    answer = _asking(lambda: client.query_rule(document, RESULT_PACKAGE, RESULT_RULE, query_params=strict))
    if not isinstance(answer, dict):
        raise NoVerdictError("the OPA server's answer is no JSON object", "is there an OPA server at this address?")
    if "result" not in answer:
        raise NoVerdictError(
            "the OPA server has no result: data.uts.main.result is undefined there",
            "load the rules of `uts-policy bundle` of this same version into the server",
        )
    return answer["result"]


def server_version(client: OpaClient) -> str:
    """The version the server names, or "unknown" where it does not tell (its policy may forbid the question)."""
    try:
        answer = _asking(lambda: client.ad_hoc_query(VERSION_QUERY))
        return str(answer["result"][0]["version"])
    except (NoVerdictError, KeyError, IndexError, TypeError):
        return "unknown"


def _asking(ask: Callable[[], T]) -> T:
    """Call the client; turn what it throws into words."""
    try:
        return ask()
    except requests.exceptions.HTTPError as error:
        raise _refused(error) from error
    except requests.exceptions.TooManyRedirects as error:
        raise NoVerdictError(
            "the OPA server redirects to another address", "name the address it points to with --opa-url"
        ) from error
    except requests.exceptions.SSLError as error:
        raise NoVerdictError(
            f"no trusted TLS connection to the OPA server: {_root(error)}",
            "name the certificates to trust with --opa-ca-file",
        ) from error
    except requests.exceptions.Timeout as error:
        raise NoVerdictError(
            "the OPA server did not answer within the time limit", "give more time with --timeout SECONDS"
        ) from error
    except requests.exceptions.ProxyError as error:
        raise NoVerdictError(
            f"the proxy to the OPA server cannot be used: {_root(error)}", "see HTTPS_PROXY and NO_PROXY"
        ) from error
    except requests.exceptions.JSONDecodeError as error:
        raise NoVerdictError(
            "the OPA server's answer is not JSON", "is there an OPA server at this address?"
        ) from error
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
        raise NoVerdictError(
            f"the OPA server's answer broke off: {_root(error)}", "see the server's log; it may have been restarted"
        ) from error
    except requests.exceptions.ConnectionError as error:
        raise NoVerdictError(
            f"no connection to the OPA server: {_root(error)}", "is it running, and is the address right?"
        ) from error
    except (requests.exceptions.RequestException, ValueError, OSError) as error:
        raise NoVerdictError(f"the OPA server cannot be asked: {_root(error)}") from error


def _refused(error: requests.exceptions.HTTPError) -> NoVerdictError:
    """An HTTP status in words, with what OPA itself said."""
    response = error.response
    if response is None:
        return NoVerdictError(f"the OPA server refused: {_root(error)}", "see the server's log")
    said = ""
    try:
        body = response.json()
        messages = [body.get("message", ""), *(e.get("message", "") for e in body.get("errors") or [])]
        said = ": " + "; ".join(m for m in messages if m)
    except (ValueError, AttributeError):
        said = ": " + response.text if response.text else ""
    message = f"the OPA server answered {response.status_code} {response.reason}{one_line(said)}"
    return NoVerdictError(message, STATUS_HINTS.get(response.status_code, "see the server's log"))


def _root(error: BaseException) -> str:
    """The innermost cause in one line: the outer ones name objects and addresses in memory."""
    seen = {id(error)}
    while True:
        inner = getattr(error, "reason", None) or error.__cause__ or error.__context__
        if inner is None and error.args and isinstance(error.args[0], BaseException):
            inner = error.args[0]
        if not isinstance(inner, BaseException) or id(inner) in seen:
            break
        seen.add(id(inner))
        error = inner
    return one_line(str(error) or type(error).__name__)


def within(seconds: float, work: Callable[[], T]) -> T:
    """The value of `work`, or NoVerdictError when the time is up.

    A time limit of the HTTP client is one per read, and name resolution has none at all; so the work has a thread of
    its own, which dies with the process.
    """
    values: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            values.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that waits
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not values:
        raise NoVerdictError(
            f"the OPA server did not answer within {seconds:g} s", "give more time with --timeout SECONDS"
        )
    return values[0]
