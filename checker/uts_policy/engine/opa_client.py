"""The one module that speaks through opa-python-client. Whatever goes wrong there leaves as NoVerdictError.

NOTE: traps of the client's 3.0.0, each met below: an undefined rule is `{}` and no error; its HTTP errors drop what OPA
said; it does not ask for strict builtin errors by itself; its time limit is per read and 1.5 s by default; it uses
proxies even for loopback and passwords from ~/.netrc in place of the token; it follows redirects, which turn a POST
into a GET; it has no common exception.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import requests
from opa_client.opa import OpaClient
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from uts_policy.engine.opa_address import Address
from uts_policy.engine.opa_server import one_line
from uts_policy.engine.opa_transport import GzipAdapter, UnixAdapter
from uts_policy.model.errors import NoVerdictError, UsageError

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
