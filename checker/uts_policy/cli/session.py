"""Which engine evaluates, and what it needs to know."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never, cast

from uts_policy.model.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from uts_policy.engine.embedded import EmbeddedEngine
    from uts_policy.engine.interface import Engine

EngineName: TypeAlias = Literal["embedded", "opa", "both"]
ENGINES: tuple[EngineName, ...] = ("embedded", "opa", "both")
URL = "UTS_POLICY_OPA_URL"
BINARY = "UTS_POLICY_OPA"
MEMORY = "UTS_POLICY_ENGINE_MEMORY"
"""GiB that the embedded engine may take. Not in the configuration, which a change could edit to fill the machine."""
TOKEN = "UTS_POLICY_OPA_TOKEN"  # noqa: S105 - the name of the variable that holds one


def make_engine(name: str, *, timeout: float, opa_url: str | None, opa_ca_file: Path | None) -> Engine:
    """The engine of that name, `timeout` in seconds. Raises UsageError for options that it would not look at."""
    chosen = cast("EngineName", name)
    if chosen == "embedded" and (opa_url or opa_ca_file):
        raise UsageError("an OPA server is named, and the engine is the embedded one", "add --engine opa, or both")
    match chosen:
        case "embedded":
            return make_embedded(timeout)
        case "opa":
            return _opa(timeout, opa_url, opa_ca_file)
        case "both":
            from uts_policy.engine.both import BothEngines

            return BothEngines(first=make_embedded(timeout), second=_opa(timeout, opa_url, opa_ca_file))
        case _:
            assert_never(chosen)


def make_embedded(timeout: float) -> EmbeddedEngine:
    """The embedded engine, which can be asked more than the others; `timeout` in seconds.

    Raises UsageError where the environment says how much memory it may take, and that is not a number of GiB.
    """
    from uts_policy.engine.embedded import EmbeddedEngine

    said = os.environ.get(MEMORY)
    if not said:
        return EmbeddedEngine(timeout=timeout)
    try:
        size = int(float(said) * 2**30)
    except (ValueError, OverflowError):
        size = 0
    if size <= 0:
        raise UsageError(f'{MEMORY} is "{said}", which is not a number of GiB', f"Write for example {MEMORY}=8.")
    return EmbeddedEngine(timeout=timeout, memory=size)


def _opa(timeout: float, option: str | None, ca_file: Path | None) -> Engine:
    from uts_policy.engine.opa import OpaEngine
    from uts_policy.engine.opa_client import parse_address

    # NOTE: server and token come from the command line and the environment only, never from a file of the repository.
    url, token = option or os.environ.get(URL) or None, os.environ.get(TOKEN) or None
    if url is not None:
        parse_address(url, with_token=token is not None)  # a wrong one is told before anything is read
    elif ca_file is not None:
        raise UsageError("--opa-ca-file names certificates, and no server is named", f"add --opa-url, or set {URL}")
    return OpaEngine(timeout=timeout, url=url, token=token, ca_file=ca_file, binary=os.environ.get(BINARY) or None)
