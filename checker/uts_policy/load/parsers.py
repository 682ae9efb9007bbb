"""The parsers of YAML: libyaml where it can, else the pure one, with the white space of YAML 1.2.

The pure parser's scanner takes a tab for white space in flow style only, so that it would reject `a: b<tab># why`,
which is valid and which libyaml takes; and neither takes a line of nothing but tabs.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import Event, MappingStartEvent, ScalarEvent, SequenceStartEvent
from ruamel.yaml.scanner import Scanner

_BREAKS = "\r\n"
_LINE_ENDS = "\r\n\0"


class TabScanner(Scanner):
    """Takes tabs wherever they separate or stand in a plain scalar; those that indent are still refused."""

    def scan_to_next_token(self) -> None:
        """Pass over white space, comments and line ends; a line end allows a key again, outside of brackets."""
        peek, forward = self.reader.peek, self.reader.forward
        while True:
            while peek() == " " or (peek() == "\t" and self._separates()):
                forward()
            if peek() == "#":
                while peek() not in _LINE_ENDS:
                    forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:  # noqa: ANN401, ARG002 - as overridden
        """What separates two words of a plain scalar, folded as YAML folds lines; None at a document marker."""
        peek, forward = self.reader.peek, self.reader.forward
        length = 0
        while peek(length) in {" ", "\t"}:
            length += 1
        blanks = self.reader.prefix(length)
        forward(length)
        if peek() not in _BREAKS:
            return [blanks] if blanks else []
        self.scan_line_break()
        self.allow_simple_key = True
        breaks: list[str] = []
        while not self._at_marker():
            if peek() in _BREAKS:
                breaks.append(self.scan_line_break())
            elif peek() == " " or (peek() == "\t" and (self.reader.column >= indent or self._separates())):
                forward()
            else:
                return breaks or [" "]
        return None

    def _separates(self) -> bool:
        """Whether a tab here can be no indentation: within a line, in brackets, or on a line with nothing else."""
        if self.flow_level or not self.allow_simple_key:
            return True
        ahead = 0
        while self.reader.peek(ahead) in {" ", "\t"}:
            ahead += 1
        return self.reader.peek(ahead) in {"\r", "\n", "\0", "#"}

    def _at_marker(self) -> bool:
        """Whether `---` or `...` begins this line."""
        column: int = self.reader.column
        return column == 0 and self.reader.prefix(3) in {"---", "..."} and self.reader.peek(3) in "\0 \t\r\n"


try:
    from _ruamel_yaml import CParser
except ImportError:  # no wheel for this system: the pure parser works alone
    CParser = None

GetEvent: TypeAlias = Callable[[], Any]

_PLAIN_COLON = re.compile(r"""(?<=[^\s,\[\]{}"']):(?=[^\s,\[\]{}])""")
_PLAIN_QUESTION = re.compile(r"""(?<=[^\s,\[\]{}"'])\?""")
_COLON_STAND_IN, _QUESTION_STAND_IN = "\ue000", "\ue001"
# Where these stand, a colon may be part of a tag, or a stand-in be the author's own.
_UNSAFE = re.compile(r"!<|^%|[\ue000\ue001]", re.MULTILINE)

_COLON = re.compile(r"[ \t]*:")
_TAG_AFTER_ANCHOR = re.compile(r"&\S+\s+(?:#.*\s+)*!")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class RejectedError(Exception):
    """A parser does not take the text. `offset` is where (code points, from 0), `problem` and `context` say why.

    `opened` is where that began which it was reading then. `quoted` is where a text in quotes begins and ends that
    goes over several lines and stands right before: its quotes may belong to two texts.
    """

    def __init__(
        self,
        offset: int,
        problem: str,
        context: str = "",
        opened: int | None = None,
        quoted: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(problem)
        self.offset = offset
        self.problem = problem
        self.context = context
        self.opened = opened
        self.quoted = quoted


def c_events(text: str) -> GetEvent | None:
    """The C parser's events; None where it is not installed. The function returned raises YAMLError."""
    return None if CParser is None else CParser(text).get_event


def lenient_c_events(text: str) -> GetEvent | None:
    """The same with colons and question marks inside plain words hidden; None where that cannot help."""
    if CParser is None or _UNSAFE.search(text) is not None:
        return None
    hidden = _PLAIN_QUESTION.sub(_QUESTION_STAND_IN, _PLAIN_COLON.sub(_COLON_STAND_IN, text))
    if hidden == text:
        return None
    get: GetEvent = CParser(hidden).get_event

    def restored() -> Any:  # noqa: ANN401 - events have no common type in the C parser
        event = get()
        if event.__class__ is ScalarEvent and not event.value.isascii():
            event.value = event.value.replace(_COLON_STAND_IN, ":").replace(_QUESTION_STAND_IN, "?")
        return event

    return restored


class PureEvents:
    """The pure parser's events, put right where it differs from the C parser and from the standard.

    `lone` collects the stretches of quoted scalars with half a surrogate pair: no text can hold one.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = TabScanner
        self._events: Iterator[Event] = yaml.parse(text)
        self._after_scalar = 0
        self._quoted = (0, 0)
        self.lone: list[tuple[int, int]] = []

    def get(self) -> Any:  # noqa: ANN401 - the same as the C parser's
        """The next event. Raises RejectedError."""
        try:
            event: Any = next(self._events)
        except MarkedYAMLError as error:
            offset = 0 if error.problem_mark is None else error.problem_mark.index
            opened = None if error.context_mark is None else error.context_mark.index
            quoted = self._quoted if self._follows_quoted(offset) else None
            raise RejectedError(offset, str(error.problem), str(error.context or ""), opened, quoted) from error
        except Exception as error:
            # NOTE: on some malformed input (`%YAML 1.x`, `"\UFFFFFFFF"`) it fails without an error of its own kind.
            raise RejectedError(self._after_scalar, "the text cannot be understood from here on") from error
        kind = event.__class__
        if kind in {ScalarEvent, MappingStartEvent, SequenceStartEvent}:
            if event.tag is not None:
                self._include_tag(event)
            if kind is ScalarEvent:
                self._repair(event)
            else:
                self._after_scalar = event.end_mark.index
        return event

    def _follows_quoted(self, offset: int) -> bool:
        """Whether a text in quotes that goes over several lines ends right before `offset`, on the same line."""
        start, end = self._quoted
        between = self._text[end:offset]
        return "\n" in self._text[start:end] and not between.strip(" \t") and end <= offset

    def _include_tag(self, event: Any) -> None:  # noqa: ANN401 - likewise
        # NOTE: where the tag comes before the anchor, it lets the node begin at the anchor.
        start = event.start_mark.index
        if self._text.startswith("&", start) and _TAG_AFTER_ANCHOR.match(self._text, start) is None:
            tag = self._text.rindex("!", 0, start)
            event.start_mark.index = tag - self._text.startswith("!!", tag - 1)

    def _repair(self, event: Any) -> None:  # noqa: ANN401 - likewise
        start, end = event.start_mark.index, event.end_mark.index
        if start == end and not event.value:
            # NOTE: it puts a missing value where the next token ends; the C parser, right after the colon.
            colon = _COLON.match(self._text, self._after_scalar)
            if colon is not None:
                event.start_mark.index = event.end_mark.index = colon.end()
        else:
            self._after_scalar = end
            if event.style in {'"', "'"}:
                self._quoted = (start, end)
        if event.style == '"' and _SURROGATES.search(event.value) is not None:
            # NOTE: JSON writes characters beyond U+FFFF as two escapes; it leaves them as two halves.
            event.value = _PAIR.sub(
                lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), event.value
            )
            if _SURROGATES.search(event.value) is not None:
                event.value = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", event.value)
                self.lone.append((start, end))
