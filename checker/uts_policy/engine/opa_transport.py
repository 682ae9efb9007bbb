"""How requests travel to OPA: over a Unix socket, or compressed over TCP."""

import gzip
import socket
from collections.abc import Mapping
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from uts_policy.engine.result import MOST_ANSWERED, too_long

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
