"""What is wrong with one file: collected while it is parsed, and put into words that need no YAML."""

import re
from dataclasses import dataclass

from uts_policy.common.lines import Lines
from uts_policy.load.parsers import RejectedError
from uts_policy.model.finding import Problem, RelatedPlace
from uts_policy.model.place import Location, Route, Span

_SHOWN = 60


class Defects:
    """Turns offsets into located problems. `base` is where the text being parsed begins in the file.

    `document` is the index of the document being parsed.
    """

    __slots__ = ("_file", "_lines", "_text", "base", "document", "found")

    def __init__(self, file: str, text: str, lines: Lines) -> None:
        self._file = file
        self._text = text
        self._lines = lines
        self.base = 0
        self.document = 0
        self.found: list[Problem] = []

    def add(  # noqa: PLR0913 - a finding has this many parts
        self,
        rule: str,
        message: str,
        remedy: str,
        at: tuple[int, int],
        *,
        route: Route = (),
        problem: str = "",
        related: tuple[RelatedPlace, ...] = (),
    ) -> None:
        """Note a defect at a stretch of the text being parsed."""
        span = self.location(*at).span
        self.note(rule, message, remedy, span, route=route, problem=problem, related=related)

    def note(  # noqa: PLR0913 - likewise
        self,
        rule: str,
        message: str,
        remedy: str,
        span: Span,
        *,
        route: Route = (),
        problem: str = "",
        related: tuple[RelatedPlace, ...] = (),
    ) -> None:
        """Note a defect at a span of the file."""
        self.found.append(
            Problem(
                rule=rule,
                message=message,
                remediation=remedy,
                location=Location(file=self._file, span=span),
                document=self.document,
                route=route,
                problem=problem or message,
                related=related,
            )
        )

    def location(self, start: int, end: int) -> Location:
        """The place of a stretch of the text being parsed."""
        return Location(file=self._file, span=self._lines.span(self.base + start, self.base + end))

    def written(self, start: int, end: int) -> str:
        """A stretch of the text being parsed, cut short where it is long."""
        start += self.base
        text = self._text[start : min(self.base + end, start + _SHOWN)]
        return text if start + len(text) >= self.base + end else text + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Message and remedy for a syntax error, and the stretch to show (offsets, end exclusive).

    Where that is not where the parser stopped, `noticed` is the other place, and what it is.
    """

    message: str
    remedy: str
    stretch: tuple[int, int]
    noticed: tuple[tuple[int, int], str] | None = None


_INDENT = "Indent the lines of one list or mapping alike, with spaces."
_QUOTE = "Put the text in quotes."
_CLOSE = "Close it with the bracket that belongs to it, and put a comma between its values."

# Beginnings of what the parser says, with what to do. The first that fits counts.
_REMEDIES = (
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        'Put a text that holds ": " in quotes, or correct the indentation.',
    ),
    (
        "could not find expected ':'",
        "a key without a colon",
        "Write a colon and a space after the key, or indent the line as part of the value above.",
    ),
    (
        "sequence entries are not allowed",
        "a list item where none can stand",
        "Begin the list on a line of its own, below its key.",
    ),
    ("mapping keys are not allowed", "a key where none can stand", "Begin the mapping on a line of its own."),
    ("expected <block end>", "the indentation or a bracket does not fit what stands above", _INDENT),
    ("expected ',' or ']'", "a list in brackets is not closed, or lacks a comma", _CLOSE),
    ("expected ',' or '}'", "a mapping in braces is not closed, or lacks a comma", _CLOSE),
    ("found unexpected end of stream", "a quote is opened and never closed", "Close the quote."),
    ("found unexpected document separator", "a quote is not closed before the next document", "Close the quote."),
    (
        "found unknown escape character",
        "a backslash in double quotes that begins no known escape",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    ("expected escape sequence", "an escape that lacks digits", "Write \\\\ for a backslash, or use single quotes."),
    (
        "expected indentation indicator",
        "a block of text is indented by 1 to 9 spaces",
        "Write a digit from 1 to 9, or none.",
    ),
    (
        "expected chomping",
        "after | or > there is nothing but a comment",
        "Begin the text on the next line, or put it in quotes.",
    ),
    (
        "expected a comment or a line break",
        "after | or > there is nothing but a comment",
        "Begin the text on the next line, or put it in quotes.",
    ),
    ("found duplicate YAML directive", "a second %YAML line", "Remove it."),
    ("found undefined tag handle", "a tag with an unknown handle", "Remove the tag, or put the text in quotes."),
    ("expected '<document start>'", "text after the end of a document", "Begin the next document with a line `---`."),
    ("expected the node content", "a value is missing here", "Write a value, or put the text in quotes."),
)
# By what the parser was reading: these begin with a character that plain text cannot begin with.
_NAMES = {
    "while scanning an anchor": "plain text cannot begin with &: here it names a value, and the name is missing",
    "while scanning an alias": "plain text cannot begin with *: here it stands for a value, and its name is missing",
    "while scanning a directive": "a line that begins with % is a directive, and this is none",
    "while scanning an directive": "a line that begins with % is a directive, and this is none",
    "while parsing a tag": "plain text cannot begin with !: here it begins a tag, and that is malformed",
    "while scanning a tag": "plain text cannot begin with !: here it begins a tag, and that is malformed",
}
_UNCLOSED = ("expected ',' or ']'", "expected ',' or '}'")
_STARTER = re.compile(r"found character '(?P<character>.*)' that cannot start any token")
_INDENTED_BY_TAB = re.compile(r"[ \t]*\t[ \t]*")


def explain(rejected: RejectedError, text: str) -> Explanation:
    """A parser's refusal of `text` in the user's words."""
    offset = min(rejected.offset, len(text))
    tab = _tab_before(text, offset)
    if tab is not None:
        remedy = "Replace it by spaces: YAML does not allow tabs there."
        return Explanation(message="a tab is used for indentation", remedy=remedy, stretch=(tab, tab + 1))
    if rejected.quoted is not None:
        return _unclosed_quote(*rejected.quoted)
    slip = _missing_space(text, offset) or _missing_space_in_braces(rejected, text, offset)
    if slip is not None:
        return slip
    opened = rejected.opened
    goes_on = bool(text[offset:].strip())
    if goes_on and rejected.problem.startswith(_UNCLOSED) and opened is not None and "\n" in text[opened:offset]:
        message, remedy = _words(rejected)
        noticed = ((offset, offset + 1), "noticed here")
        stretch = (opened, opened + 1)
        return Explanation(message=f"{message}: it is opened here", remedy=remedy, stretch=stretch, noticed=noticed)
    # Where the text ends before it should, what was opened and not closed says more.
    if not text[offset:].strip():
        offset = len(text[:offset].rstrip()) - 1 if rejected.opened in {None, offset} else rejected.opened
    if "escape" in rejected.problem:
        offset = max(text.rfind("\\", 0, offset), 0)
    message, remedy = _words(rejected)
    if rejected.context in _NAMES and rejected.opened is not None:
        offset = rejected.opened
    return Explanation(message=message, remedy=remedy, stretch=(offset, min(offset + 1, len(text))))


# NOTE: a no-break space separates nothing, and is white space to `\s`.
_DASH = re.compile(r"[ ]*(?:- +)*(?P<sign>-)(?P<rest>(?:[A-Za-z_{\[\"'&*]|[^\x00-\x7f])[^\r\n]*)")
_COLON = re.compile(
    r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*)(?P<sign>:)(?P<rest>(?!//)[^\s:][^\r\n]*|[^\x00-\x7f\S][^\r\n]*)"
)
_NO_SPACE = re.compile(r"[ ]*(?P<sign>[^\x00-\x7f\S])")
_LONGEST_ADVICE = 40


def _missing_space(text: str, offset: int) -> Explanation | None:
    """For a dash or a colon without a space after it, on the line where the parser stopped or on the one above."""
    begin = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    above = text[:begin].rstrip()
    first = max(above.rfind("\n"), above.rfind("\r")) + 1
    for line in dict.fromkeys((first, begin)):
        for pattern in (_NO_SPACE, _DASH, _COLON):
            found = pattern.match(text, line)
            if found is not None:
                message, remedy = _of_missing_space(found, pattern)
                return Explanation(message=message, remedy=remedy, stretch=found.span("sign"))
    return None


_KEY_BEFORE = re.compile(r"""[{,][ \t\r\n]*(?P<key>[A-Za-z_][\w-]*)(?P<sign>:)\Z""")
_KEYS_IN_BRACES = re.compile(r"""[ ](?:"[^"]*"|'[^']*')|[{,]\s*(?P<key>[A-Za-z_][\w-]*):(?=[^\s,:/])""")
"""Texts in quotes, which are passed over, and keys that their values follow without a space."""


def _missing_space_in_braces(rejected: RejectedError, text: str, offset: int) -> Explanation | None:
    """For `{a:[b]}`: the parser stops at the bracket. Other keys of these braces may lack their space too."""
    if (
        not rejected.problem.startswith(_UNCLOSED)
        or rejected.opened is None
        or text[offset : offset + 1] not in {"[", "{"}
    ):
        return None
    found = _KEY_BEFORE.search(text, rejected.opened, offset)
    if found is None:
        return None
    before = _KEYS_IN_BRACES.finditer(text, rejected.opened, found.start("key"))
    others = ", ".join(f'"{each["key"]}:"' for each in before if each["key"])
    also = f", and a space after {others} too" if others else ""
    return Explanation(
        message=f'a space is missing after the colon of "{found["key"]}"',
        remedy=f'Write "{found["key"]}: {text[offset]}…"{also}.',
        stretch=found.span("sign"),
    )


def _of_missing_space(found: re.Match[str], pattern: re.Pattern[str]) -> tuple[str, str]:
    if pattern is _NO_SPACE:
        return "the line is not indented by spaces alone", "Replace the character by a space."
    rest = found["rest"].strip()
    short = rest if len(rest) <= _LONGEST_ADVICE else ""
    if pattern is _DASH:
        return "a space is missing after the dash", f'Write "- {short}".' if short else "Write a space after the dash."
    message = f'a space is missing after the colon of "{found["key"]}"'
    return message, f'Write "{found["key"]}: {short}".' if short else "Write a space after the colon."


def _unclosed_quote(start: int, end: int) -> Explanation:
    """For a text in quotes that seems to end where the next one begins."""
    return Explanation(
        message="a quote is opened here, and ends a line or more below where text follows it",
        remedy="Close the quote where the text ends.",
        stretch=(start, start + 1),
        noticed=((end - 1, end), "the next quote, which ends it"),
    )


def _words(rejected: RejectedError) -> tuple[str, str]:
    """Message and remedy."""
    starter = _STARTER.fullmatch(rejected.problem)
    if starter is not None:
        character = starter.group("character")
        if character == "\\t":
            return "a tab where only spaces can stand", "Replace it by a space."
        return f"plain text cannot begin with {character}", _QUOTE
    if rejected.context in _NAMES:
        return _NAMES[rejected.context], _QUOTE
    for beginning, message, remedy in _REMEDIES:
        if rejected.problem.startswith(beginning):
            return message, remedy
    context = f" ({rejected.context})" if rejected.context else ""
    return f"{rejected.problem}{context}", "Correct the YAML here; if this is meant as text, put it in quotes."


def _tab_before(text: str, offset: int) -> int | None:
    """The offset of a tab in the white space that begins the line of `offset`, if that is as far as the line got."""
    begin = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    white = _INDENTED_BY_TAB.match(text, begin)
    return text.index("\t", begin) if white is not None and offset <= white.end() else None
