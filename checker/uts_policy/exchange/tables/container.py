"""The zip files that .xlsx, .ods and .docx are: what is hostile or not what it seems is refused before it is parsed."""

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from uts_policy.exchange.tables.refused import RefusedFileError

_LARGEST: Final = 512 * 2**20
"""Bytes of all parts, unpacked."""
_MOST_PARTS: Final = 10_000
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_XML: Final = (".xml", ".rels")
_SAVE_AGAIN: Final = "Open it in the program that made it, save it again, and import that."


def open_container(data: bytes, must_have: str, what: str) -> zipfile.ZipFile:
    """The zip file, if it has the part `must_have` and is not hostile. Raises RefusedFileError."""
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            raise RefusedFileError("is encrypted", "Open it with its password and save a copy without one.")
        raise RefusedFileError(f"is in an old Office format and not {what}", f"Open it and save it as {what}.")
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
        parts = container.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise RefusedFileError(f"is damaged, cut off, or not {what} ({error})", _SAVE_AGAIN) from error
    _refuse_parts(parts, must_have, what)
    for part in parts:
        if part.filename.lower().endswith(_XML):
            _refuse_entities(container, part)
    return container


def _refuse_parts(parts: Sequence[zipfile.ZipInfo], must_have: str, what: str) -> None:
    """Raises RefusedFileError for what the list of parts alone gives away."""
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
        raise RefusedFileError(
            f"unpacks to more than {_LARGEST // 2**20} MiB or {_MOST_PARTS:,} parts, as a zip bomb does",
            "If you trust it, copy the cells that are needed to a new file.",
        )
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFileError("is encrypted", "Save a copy without a password.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFileError(
            "contains macros, and nothing that can run is read", f"Save it as {what}, which drops the macros."
        )
    if "xl/workbook.bin" in names:
        raise RefusedFileError("is a binary workbook (.xlsb)", f"Save it as {what}.")
    if must_have not in names:
        raise RefusedFileError(f"is a zip file, but not {what}: it lacks {must_have}", _SAVE_AGAIN)


def _refuse_entities(container: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raises RefusedFileError for a document type, which may hold entities; it would stand before the root."""
    try:
        with container.open(part) as stream:
            for _ in ElementTree.iterparse(stream, events=("start",), forbid_dtd=True):
                return
    except DefusedXmlException as error:
        raise RefusedFileError(
            f"defines XML entities in {part.filename}, which no Office program writes",
            "Do not trust it. Ask where it came from.",
        ) from error
    except (ElementTree.ParseError, zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise RefusedFileError(f"is damaged: {part.filename} cannot be read ({error})", _SAVE_AGAIN) from error
