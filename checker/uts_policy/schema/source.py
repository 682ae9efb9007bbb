"""What the user wrote: the characters of a file between two places, and values in quotes."""

import json
import re
from functools import lru_cache
from typing import Any

from uts_policy.common.invisible import named
from uts_policy.common.lines import BREAK
from uts_policy.model.document import Source
from uts_policy.model.place import Span

_DECORATION = re.compile(r"(?:[&!]\S*\s+)+")
_TAG = re.compile(r"(?<![^\s,\[{])(?P<tag>!![^\s,\[\]{}]*)[ \t]+(?:&\S+[ \t]+)?\Z")
_LONGEST = 60


def written(source: Source | None, span: Span) -> str:
    """The plain scalar at `span` as the user spelled it, without anchor and tag; of an alias the one that it repeats.

    Empty where it is no plain scalar on one line: quoted, a block, a collection.
    """
    if source is None or span.line != span.end_line:
        return ""
    lines = _lines(source.text)
    if not 0 < span.line <= len(lines):
        return ""
    text = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if text.startswith("*"):
        above = "\n".join([*lines[: span.line - 1], lines[span.line - 1][: span.column - 1]])
        anchored = re.findall(rf"&{re.escape(text[1:].strip())}[ \t]+([^\n,\]}}#]*)", above)
        text = anchored[-1] if anchored else text
    text = _DECORATION.sub("", text, count=1) if text[:1] in {"&", "!"} else text
    return "" if text[:1] in set("*'\"[{|>&!#") else text.strip()


def tag_before(source: Source | None, span: Span) -> str:
    """The tag of YAML's own right before the value at `span` (`!!int`); empty where there is none."""
    lines = [] if source is None else _lines(source.text)
    if not 0 < span.line <= len(lines):
        return ""
    found = _TAG.search(lines[span.line - 1][: span.column - 1])
    return found["tag"] if found else ""


@lru_cache(maxsize=1)  # one document's problems follow each other
def _lines(text: str) -> list[str]:
    return BREAK.split(text)


def quoted(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value as JSON on one line, shortened where it is long; what cannot be seen in it is named."""
    text = named(json.dumps(value, ensure_ascii=False))
    if len(text) <= _LONGEST:
        return text
    return f'{text[: _LONGEST - 2]}…"' if isinstance(value, str) else f"{text[: _LONGEST - 1]}…"
