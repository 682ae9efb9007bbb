"""A listing of files as `sha256sum` prints and checks it, and its digest."""

from collections.abc import Mapping
from hashlib import sha256


def listing(digests: Mapping[str, str]) -> bytes:
    """The lines `digest  path`, sorted by path. `digests` are SHA-256, hex, by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def listing_digest(digests: Mapping[str, str]) -> str:
    """The SHA-256, hex, of the listing."""
    return sha256(listing(digests)).hexdigest()
