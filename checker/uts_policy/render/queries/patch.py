"""Files before and after as a patch that `git apply` takes: bytes, for a line may end in anything."""

import difflib
import re
from collections.abc import Iterable, Iterator

_PLAIN = re.compile(rb"[!#-\[\]-~]+(?: +[!#-\[\]-~]+)*")
_NO_END = b"\\ No newline at end of file\n"


def as_patch(files: Iterable[tuple[str, bytes, bytes]]) -> bytes:
    """One patch of all files: name (POSIX, from where it is applied), before and after; empty where none differs."""
    return b"".join(part for each in files for part in _patch(*each))


def _patch(name: str, before: bytes, after: bytes) -> Iterator[bytes]:
    if before == after:
        return
    old, new = _name(f"a/{name}"), _name(f"b/{name}")
    yield b"diff --git " + old + b" " + new + b"\n"
    lines = difflib.diff_bytes(difflib.unified_diff, _lines(before), _lines(after), old, new, lineterm=b"\n")
    for number, line in enumerate(lines):
        if number < 2 and b" " in line[4:] and not line.endswith(b'"\n'):  # noqa: PLR2004 - the two lines with the names
            yield line[:-1] + b"\t\n"  # where a name with spaces ends
        else:
            yield line if line.endswith(b"\n") else line + b"\n" + _NO_END


def _lines(data: bytes) -> list[bytes]:
    """The lines as git counts them: each ends with a line feed, a carriage return before it is part of it."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _name(name: str) -> bytes:
    """A name as git writes it: in quotes, with escapes, where it has anything but visible ASCII."""
    raw = name.encode("utf-8", "surrogateescape")
    if _PLAIN.fullmatch(raw):
        return raw
    escaped = "".join(
        f"\\{chr(byte)}" if byte in b'"\\' else chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"  # noqa: PLR2004 - visible ASCII
        for byte in raw
    )
    return f'"{escaped}"'.encode()
