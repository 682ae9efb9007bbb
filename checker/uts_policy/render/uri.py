"""File names as URIs."""

import re
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")


def uri(path: str) -> tuple[str, bool]:
    """A POSIX path as a URI, and whether it is relative to the root of the sources.

    Everything but letters, digits, `/` and `-._~` is percent-encoded: a space, a colon and what is not ASCII too. What
    is outside of the root is absolute, or begins with `..` as the user wrote it.
    """
    if path.startswith("/"):
        return f"file://{_encoded(path)}", False
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{_encoded(path[2:])}", False
    return _encoded(path), True


def _encoded(path: str) -> str:
    try:
        raw = path.encode("utf-8", "surrogateescape")  # a name that is not UTF-8 keeps its bytes
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogatepass")
    return quote(raw, safe="/")
