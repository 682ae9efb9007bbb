"""The address of a foreign OPA server, and what may be sent to it."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from uts_policy.model.errors import UsageError

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
