"""Text before YAML: bytes that are none, characters that older parsers misread, and where lines begin."""

import re
from collections.abc import Iterator

from uts_policy.common.contents import CONFLICT, RESOLVE, UNRESOLVED, known_format
from uts_policy.common.lines import Lines
from uts_policy.model.document import Source
from uts_policy.model.finding import Problem
from uts_policy.model.place import START, Location, Span

_RULE = "yaml/encoding"
FORMAT = "format"
"""The problem of a file that is a workbook, a picture or the like."""

# What YAML 1.2 calls printable, turned round, and the three line ends that YAML 1.1 had besides.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]",
)
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_MARK_AT_LINE_START = re.compile(r"(?:(?<=[\r\n])|^)\ufeff|\ufeff(?=---)")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_LINE_ENDS = {"\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


_IMPORTED = ("XLSX", "ODS", "DOCX")
"""Formats that an importer reads."""


def check_bytes(source: Source) -> Problem | None:
    """`yaml/encoding` where the bytes are not UTF-8, or hold a NUL: then there is no text to parse."""
    what = known_format(source.data)
    if what:
        remedy = "Declarations are YAML: write its content as text, or take the file out of `paths`."
        if any(kind in what for kind in _IMPORTED):
            remedy = "Declarations are YAML: `uts-policy import raci` makes them of a responsibility matrix."
        return _problem(source, START, f"the file is {what}, despite its name", remedy, FORMAT)
    if source.data[:2] in _UTF16:
        return _problem(source, START, "the file is UTF-16, not UTF-8", "Save the file as UTF-8.", "utf-16")
    nul = source.data.find(b"\0")
    if nul >= 0:
        return _at_byte(
            source, nul, "a NUL byte: this is not text", "Remove it, or save the file as UTF-8 text.", "nul"
        )
    if source.text or not source.data:
        return None
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{source.data[error.start]:02x} is not UTF-8"
        remedy = "Save the file as UTF-8; it may be Latin-1 or Windows-1252 now."
        return _at_byte(source, error.start, message, remedy, "not-utf-8")
    return None


def check_characters(source: Source, lines: Lines) -> tuple[str, tuple[Problem, ...]]:
    """The text to parse, and a `yaml/encoding` finding for each forbidden character that it holds.

    In the text each of them is replaced, so that the rest of the file can still be read, at unchanged offsets. A byte
    order mark that begins a line, where files were joined, becomes a line end, so that what follows begins a line.
    """
    # Almost every file ends here; to search an ASCII file's bytes is three times as fast.
    if source.text.isascii() and len(source.data.translate(None, _CONTROLS)) == len(source.data):
        return source.text, ()
    if _FORBIDDEN.search(source.text) is None:
        return source.text, ()
    offsets: dict[str, list[int]] = {}
    for found in _FORBIDDEN.finditer(source.text):
        offsets.setdefault(found.group(), []).append(found.start())
    problems = tuple(
        _problem(source, lines.span(at[0], at[0] + 1), *_words(character, len(at)), f"U+{ord(character):04X}")
        for character, at in offsets.items()
    )
    return _FORBIDDEN.sub(_STAND_IN, _MARK_AT_LINE_START.sub("\n", source.text)), problems


def _words(character: str, count: int) -> tuple[str, str]:
    """Message and remedy for a character that stands `count` times in the file; the first place is shown."""
    code = ord(character)
    escape = f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - what \x can say
    remedy = f'Remove it, or write "{escape}" in double quotes.'
    times = "" if count == 1 else f", {count} times"
    if character in _LINE_ENDS:
        name = f"U+{code:04X} ({_LINE_ENDS[character]}){times}"
        return f"{name}: to an older YAML parser this ends the line, to a newer one not", remedy
    if character == "\ufeff":
        return f"U+FEFF (byte order mark) inside the file{times}", remedy
    return f"control character U+{code:04X}{times}", remedy


def check_conflicts(source: Source, lines: Lines) -> tuple[Problem, ...]:
    """`yaml/syntax` for each place where git left both sides of a merge; whatever else is wrong there comes from that.

    A line alone that looks like one of the markers may be text: two of a kind that belong together are not.
    """
    markers = list(CONFLICT.finditer(source.text)) if "=======" in source.text else []
    begun = [found for found in markers if found[0].startswith("<")]
    if not begun or not any(found[0].startswith(">") for found in markers):
        return ()
    return tuple(conflict(source, lines, found.start(), found.end()) for found in begun)


def conflict(source: Source, lines: Lines, start: int, end: int) -> Problem:
    """The problem at a marker of a merge conflict."""
    return Problem(
        rule="yaml/syntax",
        message=UNRESOLVED,
        remediation=RESOLVE,
        location=Location(file=source.path, span=lines.span(start, end)),
        problem="conflict",
    )


def _at_byte(source: Source, offset: int, message: str, remedy: str, key: str) -> Problem:
    """A problem at a byte. Columns are counted in characters as far as there are any."""
    before = source.data[:offset].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    line, column = Lines(before).place(len(before))
    span = Span(line=line, column=column, end_line=line, end_column=column + 1)
    return _problem(source, span, message, remedy, key)


def _problem(source: Source, span: Span, message: str, remedy: str, key: str) -> Problem:
    return Problem(
        rule=_RULE,
        message=message,
        remediation=remedy,
        location=Location(file=source.path, span=span),
        problem=key,
    )


_MARKER = re.compile(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?|\n|\Z")
_PROLOGUE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n)|%[^\r\n]*(?:\r\n?|\n))*")
_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?:\.\.\.(?=[ \t\r\n]|\Z)[ \t]*)?(?:#[^\r\n]*)?[\r\n]*")
_VERSION = re.compile(r"^%YAML(?P<version>[^\r\n#]*)", re.MULTILINE)


def chunks(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of the documents. `---` and `...` at the start of a line are markers wherever they stand.

    A document's directives (`%…` lines before `---`) belong to it. Between two markers there may be nothing at all.
    """
    begin = 0
    in_prologue = True  # nothing but directives, comments and blank lines since `begin`
    for marker in _MARKER.finditer(text):
        if marker.group() == "...":
            end = _LINE_END.search(text, marker.end())
            stop = end.end() if end is not None else len(text)
            if _NOTHING.fullmatch(text, begin, stop) is None:
                yield begin, stop
            begin, in_prologue = stop, True
        elif in_prologue and _PROLOGUE.fullmatch(text, begin, marker.start()) is not None:
            in_prologue = False
        else:
            yield begin, marker.start()
            begin, in_prologue = marker.start(), False
    yield begin, len(text)


def version_directive(text: str) -> tuple[str, int, int] | None:
    """The version that a document's `%YAML` line names, and where that line begins and ends."""
    prologue = _PROLOGUE.match(text)
    if prologue is None or not text.startswith("---", prologue.end()):
        return None
    found = _VERSION.search(text, 0, prologue.end())
    return (
        None
        if found is None
        else (found.group("version").strip(), found.start(), found.start() + len(found.group().rstrip()))
    )
