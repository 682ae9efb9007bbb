"""A stream cut into its documents, so that one that is broken does not hide the others."""

import re
from collections.abc import Iterator

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
