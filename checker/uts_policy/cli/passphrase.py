"""Where the passphrase of a private key comes from: a file descriptor, a variable, or whoever sits at the terminal."""

import os
import sys
from collections.abc import Callable

import click

from uts_policy.model.errors import UsageError

VARIABLE = "UTS_POLICY_KEY_PASSPHRASE"
_MOST = 4096

passphrase_option = click.option(
    "--passphrase-fd",
    metavar="N",
    type=click.IntRange(min=0),
    help=f"Read the key's passphrase from this file descriptor.  [default: {VARIABLE}, else you are asked]",
)


def passphrase(descriptor: int | None, *, confirm: bool = False) -> Callable[[], bytes]:
    """What gives the passphrase when it is needed. It raises UsageError where there is nowhere to get it from."""

    def asked() -> bytes:
        if descriptor is not None:
            return _from_descriptor(descriptor)
        if VARIABLE in os.environ:
            return _not_empty(os.environb[VARIABLE.encode()] if os.supports_bytes_environ else _encoded(VARIABLE))
        if sys.stdin is None or not sys.stdin.isatty():
            raise UsageError(
                "the key is encrypted, and there is nobody to ask for its passphrase",
                f"give it with --passphrase-fd N, or in {VARIABLE}",
            )
        said = click.prompt("Passphrase of the key", hide_input=True, err=True, confirmation_prompt=confirm)
        return _not_empty(str(said).encode())

    return asked


def _encoded(name: str) -> bytes:
    return os.environ[name].encode()


def _from_descriptor(descriptor: int) -> bytes:
    """The first line that comes from there."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            line = stream.readline(_MOST)
    except OSError as error:
        raise UsageError(f"--passphrase-fd {descriptor}: {error.strerror}", "write `3<FILE` after the command") from (
            error
        )
    return _not_empty(line.rstrip(b"\r\n"))


def _not_empty(said: bytes) -> bytes:
    if not said:
        raise UsageError("the passphrase is empty")
    return said
