"""A ZIP read strictly from its bytes: one that two readers could understand in two ways is refused.

Format: APPNOTE.TXT 6.3.10 of PKWARE. What `archive.py` writes is accepted and hardly anything else: stored files, one
behind the other from the first byte to the directory, and the directory and nothing behind it.
"""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from uts_policy.evidence.naming import folded, is_safe

MOST_ENTRIES = 1_000_000
"""Files in a bag: ten times what a very large organisation has."""
MOST_DIRECTORY = 256 << 20
"""Bytes of the directory that are read into memory: 256 for each file, and 46 of them are its header."""
LONGEST_NAME = 4096
"""Bytes of a path: what Linux takes."""
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ZIP64 = 0x0001
_UTF8 = 0x0800
_ENCRYPTED = 0x2041
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_UNIX = 3
_PERMISSIONS = 0o777
_CHUNK = 1 << 20


class LayoutError(ValueError):
    """An archive that is refused. `reason` is a word for programs, `path` the entry, the text for people."""

    def __init__(self, reason: str, message: str, path: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """One stored file: its path, its bytes by offset and size in the archive, its CRC-32."""

    path: str
    offset: int
    size: int
    crc: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """What the directory says of a file."""

    raw: bytes
    path: str
    flags: int
    stamp: tuple[int, int]
    crc: int
    size: int
    offset: int


def entries_of(stream: IO[bytes], size: int) -> tuple[ZipEntry, ...]:
    """The files of an archive of `size` bytes, in order. Raises LayoutError for anything out of the ordinary."""
    start, length, count = _directory(stream, size)
    if count > MOST_ENTRIES or length > MOST_DIRECTORY:
        raise LayoutError("limit", f"the archive lists {count:,} files, more than are looked at")
    stream.seek(start)
    listed = tuple(_listed(stream.read(length), count))
    _refuse_twins(listed)
    return tuple(_walked(stream, listed, start))


def chunks(stream: IO[bytes], entry: ZipEntry) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time."""
    stream.seek(entry.offset)
    left = entry.size
    while left:
        data = stream.read(min(_CHUNK, left))
        if not data:
            raise LayoutError("truncated", "the archive ends in the middle of a file", entry.path)
        left -= len(data)
        yield data


def _directory(stream: IO[bytes], size: int) -> tuple[int, int, int]:
    """Where the directory begins, its bytes, and how many files it lists."""
    if size < _END.size:
        raise LayoutError("not-a-zip", "this is no ZIP: it is too short")
    stream.seek(size - _END.size)
    mark, disk, first, here, count, length, start, comment = _END.unpack(stream.read(_END.size))
    if mark != b"PK\x05\x06" or comment:
        raise _no_end(stream, size)
    end = size - _END.size
    large = _directory64(stream, end)
    if large is not None:
        # NOTE: a reader follows the large record for the numbers that are full here, or for all of them: where another
        # number stands here, two readers could find two directories.
        small = (disk, first, here, count, length, start)
        full = (_FULL16, _FULL16, _FULL16, _FULL16, _FULL32, _FULL32)
        end, *big = large
        if any(one not in (other, most) for one, other, most in zip(small, big, full, strict=True)):
            raise LayoutError("structure", "the two ends of a large archive say different things")
        disk, first, here, count, length, start = big
    if disk or first or here != count:
        raise LayoutError("structure", "the archive is a part of several")
    if start + length < end:
        raise _shifted(stream, end - start - length)
    if start + length > end:
        raise LayoutError("structure", "the directory does not fit in front of its end")
    return start, length, count


def _shifted(stream: IO[bytes], more: int) -> LayoutError:
    """Whether what is too much stands in front: then the first file begins that much later than it should."""
    stream.seek(more)
    if stream.read(4) == b"PK\x03\x04":
        return LayoutError("leading-bytes", f"in front of the archive there are {more:,} bytes that belong to nothing")
    return LayoutError("hidden-bytes", "between the directory and its end there is something else")


def _no_end(stream: IO[bytes], size: int) -> LayoutError:
    """Whether there is an end that is not at the end."""
    tail = min(size, _FULL16 + _END.size)
    stream.seek(size - tail)
    found = stream.read(tail)
    place = found.rfind(b"PK\x05\x06")
    if 0 <= place <= tail - _END.size:
        return LayoutError("trailing-bytes", "behind the end of the archive there are more bytes, or it has a comment")
    if place >= 0:
        return LayoutError("truncated", "the archive was cut off in its end")
    return LayoutError("not-a-zip", "this is no ZIP, or it was cut off: it has no end")


def _directory64(stream: IO[bytes], end: int) -> tuple[int, int, int, int, int, int, int] | None:
    """The end of a large archive, and its own place first; None where the archive is none, however full it may be."""
    place = end - _LOCATOR.size - _END64.size
    if place < 0:
        return None
    stream.seek(place)
    mark, length, _, _, disk, first, here, count, size, start = _END64.unpack(stream.read(_END64.size))
    locator = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    if locator[0] != b"PK\x06\x07":
        return None
    if mark != b"PK\x06\x06" or length != _END64.size - 12 or locator[1:] != (0, place, 1):
        raise LayoutError("structure", "the directory of a large archive is not where it should be")
    return place, disk, first, here, count, size, start


def _listed(data: bytes, count: int) -> Iterator[_Listed]:
    """The entries of the directory. Raises LayoutError for one that is no plain file."""
    place = 0
    for _ in range(count):
        if len(data) < place + _CENTRAL.size:
            raise LayoutError("structure", "the directory is shorter than it says")
        (
            mark, made, _needed, flags, method, time, date, crc, packed, size, named, extra, comment, disk, _inner,
            mode, offset,
        ) = _CENTRAL.unpack_from(data, place)  # fmt: skip
        place += _CENTRAL.size
        if mark != b"PK\x01\x02" or len(data) < place + named + extra + comment:
            raise LayoutError("structure", "the directory is not what it should be")
        raw = data[place : place + named]
        path = _path(raw, flags)
        more = data[place + named : place + named + extra]
        place += named + extra + comment
        if flags & _ENCRYPTED:
            raise LayoutError("encrypted", "the file is encrypted", path)
        if method or packed != size:
            raise LayoutError("compressed", "the file is compressed, or its two sizes differ: a bag is stored", path)
        if flags & ~_UTF8 or comment or disk:
            raise LayoutError("structure", "the entry has flags, a comment or a disk of its own", path)
        _refuse_special(made >> 8, mode, path)
        size, offset = _sizes64(more, size, packed, offset, path)
        yield _Listed(raw=raw, path=path, flags=flags, stamp=(time, date), crc=crc, size=size, offset=offset)
    if place != len(data):
        raise LayoutError("hidden-bytes", "the directory has more in it than it lists")


def _sizes64(extra: bytes, size: int, packed: int, offset: int, path: str) -> tuple[int, int]:
    """Size and offset, from the field for large files where they are there."""
    full = [value == _FULL32 for value in (size, packed, offset)]
    if not extra and not any(full):
        return size, offset
    wanted = sum(full)
    if len(extra) != 4 + 8 * wanted or struct.unpack_from("<2H", extra) != (_ZIP64, 8 * wanted) or not wanted:
        raise LayoutError("extra-field", "the entry has a field that a second reader could take for its name", path)
    values = list(struct.unpack_from(f"<{wanted}Q", extra, 4))
    found = [values.pop(0) if is_full else value for is_full, value in zip(full, (size, packed, offset), strict=True)]
    if found[0] != found[1]:
        raise LayoutError("compressed", "the two sizes of the file differ: a bag is stored", path)
    return found[0], found[2]


def _path(raw: bytes, flags: int) -> str:
    """The name of an entry. Raises LayoutError for one that leads elsewhere or says something else elsewhere.

    What `naming.py` would not write is refused: control and zero-width characters, names of devices, dots at the end.
    """
    try:
        path = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise LayoutError("unsafe-path", "the name of an entry is not UTF-8", repr(raw)) from None
    if not raw.isascii() and not flags & _UTF8:
        raise LayoutError("ambiguous-name", "the name does not say that it is UTF-8: others read another one", path)
    *parents, name = path.split("/")
    if path and all(map(is_safe, parents)) and name in ("", ".", ".."):
        raise LayoutError("not-a-file", "the entry is a directory; a bag lists files", path)
    if len(raw) > LONGEST_NAME or not all(map(is_safe, (*parents, name))):
        raise LayoutError("unsafe-path", "the path is absolute, leads out of the bag, or is spelled oddly", path)
    return path


def _refuse_special(system: int, attributes: int, path: str) -> None:
    """Raises LayoutError for all but a plain file with Unix permissions: other systems' bits mean what a reader thinks.

    A system that is not Unix may still carry a link's mode, and readers differ in whether they look at it.
    """
    mode = attributes >> 16
    if stat.S_ISLNK(mode):
        raise LayoutError("link", "the entry is a symbolic link", path)
    if not stat.S_ISREG(mode):
        raise LayoutError("not-a-file", "the entry is a directory, a device or a pipe, or does not say", path)
    if system != _UNIX or attributes & 0xFFFF or stat.S_IMODE(mode) & ~_PERMISSIONS:
        raise LayoutError("attributes", "the entry has attributes that systems understand in different ways", path)


def _refuse_twins(listed: tuple[_Listed, ...]) -> None:
    """Raises LayoutError for two entries of one name, or of names that some file systems take for one.

    Likewise for a file that another one needs as its directory.
    """
    seen: dict[str, str] = {}
    for each in listed:
        name = folded(each.path)
        if name in seen:
            if seen[name] == each.path:
                raise LayoutError("duplicate-entry", "the entry is there twice", each.path)
            raise LayoutError("ambiguous-name", f'on some systems this is the same file as "{seen[name]}"', each.path)
        seen[name] = each.path
    parents: set[str] = set()
    for name, path in seen.items():
        parent = name.rpartition("/")[0]
        while parent and parent not in parents:
            if parent in seen:
                raise LayoutError("ambiguous-name", f'"{seen[parent]}" is a file, and this is below it', path)
            parents.add(parent)
            parent = parent.rpartition("/")[0]


def _walked(stream: IO[bytes], listed: tuple[_Listed, ...], end: int) -> Iterator[ZipEntry]:
    """The files, whose own headers must say what the directory says, and which must lie one behind the other."""
    place = 0
    for each in listed:
        if each.offset < place:
            raise LayoutError("overlapping-entries", "the entry begins inside the one before", each.path)
        if each.offset > place:
            reason = "hidden-bytes" if place else "leading-bytes"
            raise LayoutError(reason, "before the entry there are bytes that belong to nothing", each.path)
        place += _header(stream, place, each)
        yield ZipEntry(path=each.path, offset=place, size=each.size, crc=each.crc)
        place += each.size
        if place > end:
            raise LayoutError("size-lie", "the file is said to be larger than the archive has room for", each.path)
    if place != end:
        raise LayoutError("hidden-bytes", "before the directory there are bytes that belong to nothing")


def _header(stream: IO[bytes], place: int, each: _Listed) -> int:
    """The bytes of a file's own header. Raises LayoutError where it says something else than the directory."""
    stream.seek(place)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        raise LayoutError("truncated", "the archive ends before the entry", each.path)
    mark, _needed, flags, method, time, date, crc, packed, size, named, extra = _LOCAL.unpack(header)
    raw, more = stream.read(named), stream.read(extra)
    if mark != b"PK\x03\x04":
        raise LayoutError("header-mismatch", "where the directory says there is a file there is none", each.path)
    if more:
        # NOTE: for a large file the local header has both sizes here, and nothing else.
        if len(more) != 20 or struct.unpack_from("<2H", more) != (_ZIP64, 16):  # noqa: PLR2004 - two 64-bit sizes
            raise LayoutError("extra-field", "the entry has a field that a second reader could follow", each.path)
        size, packed = struct.unpack_from("<2Q", more, 4)
    same = (raw, flags, (time, date), crc, size) == (each.raw, each.flags, each.stamp, each.crc, each.size)
    if not same or method or packed != size:
        message = "the file's own header says something else than the directory"
        raise LayoutError("header-mismatch", message, each.path)
    return _LOCAL.size + len(raw) + len(more)
