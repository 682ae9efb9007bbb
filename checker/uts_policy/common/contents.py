"""What a file holds that should be text of ours: another program's format, or what git left of a merge."""

import re

_PDF = re.compile(rb"(?:\A[\s\x00\xef\xbb\xbf]*|[\r\n])%PDF-[0-9][^\r\n]{0,58}[\r\n]")
"""The first line of a PDF: after white space, or after whole lines of something else. Readers look for it in the first
1,024 bytes. In a text of ours it may be quoted, but then it does not begin a line."""
_PDF_WITHIN = 1024 + 64
PDF = "a PDF document"
_ARCHIVE = "a ZIP archive"
_SIGNATURES = (
    (b"PK\x03\x04", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Office (such as .xls or .doc)"),
    (b"{\\rtf", "a document in rich text (RTF)"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"SQLite format 3\0", "a database (SQLite)"),
)
_IN_ARCHIVES = (
    (b"xl/workbook.xml", "a workbook (XLSX)"),
    (b"word/document.xml", "a document (DOCX)"),
    (b"ppt/presentation.xml", "a presentation (PPTX)"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "a workbook (ODS)"),
    (b"application/vnd.oasis.opendocument.text", "a document (ODT)"),
)
"""What the names of its parts, which stand in an archive as they are, say that it is."""
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?\r?$|^={7}\r?$", re.MULTILINE)
"""A line that looks like one of git's markers."""
UNRESOLVED = "a merge conflict is not resolved: git left both sides here"
RESOLVE = "Keep one side, or join both, and remove the lines <<<<<<<, ======= and >>>>>>>."


def known_format(data: bytes) -> str:
    """What a file is by its first bytes, if not text; empty where that is not known."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return next((name for part, name in _IN_ARCHIVES if part in data), what) if what == _ARCHIVE else what
    return PDF if _PDF.search(data, 0, _PDF_WITHIN) else ""


def conflict_marker(text: str) -> tuple[int, int] | None:
    """The stretch of the first line that looks like a marker of a merge conflict; None where there is none."""
    found = CONFLICT.search(text)
    return None if found is None else found.span()
