"""The pure parser's scanner, with the white space of YAML 1.2.

It takes a tab for white space in flow style only, so that it would reject `a: b<tab># why`, which is valid and which
libyaml takes; and neither takes a line of nothing but tabs.
"""

from typing import Any

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
