"""YAML 1.2 with exact positions: one file's text into documents and problems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import DocumentEndEvent, DocumentStartEvent, StreamEndEvent

from uts_policy.common.collector import paused_collector
from uts_policy.common.contents import conflict_marker
from uts_policy.common.invisible import described, hidden
from uts_policy.common.lines import Lines
from uts_policy.load.construct import AbandonedError, DocumentReader
from uts_policy.load.parsers import GetEvent, PureEvents, RejectedError, c_events, lenient_c_events
from uts_policy.load.positions import PackedPositions
from uts_policy.load.problems import Defects, explain
from uts_policy.load.scalars import Values
from uts_policy.load.text import (
    check_bytes,
    check_characters,
    check_conflicts,
    chunks,
    conflict,
    version_directive,
)
from uts_policy.model.document import Document, Source, Unread
from uts_policy.model.finding import Problem, RelatedPlace

DECLARATIONS: Final = (
    "a document is a mapping of sections",
    "Write section names as keys, such as roles: with a list of entries below.",
)
"""What is said of a document of declarations that is no mapping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a file holds: the documents that could be read, and everything that is wrong with it as YAML."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def parse(source: Source, kind: tuple[str, str] = DECLARATIONS) -> Loaded:
    """The documents of a file, with positions, and its `yaml/*` and `schema/value` problems, in order of place.

    `kind` is what is said of a document that is no mapping: message and remedy.

    Never raises: what cannot be read is a problem. A document with a problem in it is handed on as far as it could be
    understood, so that the schemas can say the rest.
    """
    unreadable = check_bytes(source)
    if unreadable is not None:
        return Loaded(documents=(), problems=(unreadable,))
    lines = Lines(source.text)
    conflicts = check_conflicts(source, lines)
    if conflicts:
        return Loaded(documents=(), problems=conflicts)
    text, problems = check_characters(source, lines)
    with paused_collector():
        stream = _Stream(source, text, lines, kind)
        stream.read()
    found = sorted((*problems, *_with_cause(source, lines, stream.defects.found)), key=lambda each: each.location)
    return Loaded(documents=tuple(stream.documents), problems=tuple(found))


def _with_cause(source: Source, lines: Lines, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems; where the cause is a marker that git left, or a character that cannot be seen, that is said."""
    marker = conflict_marker(source.text)
    syntax = any(problem.rule == "yaml/syntax" for problem in problems)
    if marker is not None and syntax:
        yield conflict(source, lines, *marker)
        return
    written = None if source.text.isascii() else source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        span = problem.location.span
        near = [] if written is None else written[max(span.line - 2, 0) : span.end_line + 1]
        char = next((found for line in near if (found := hidden(line))), "")
        if char and (problem.rule == "yaml/syntax" or problem.problem in {"root", "schema/type"}):
            advice = f"There is {described(char)} on the line or beside it: YAML takes it for text, not for a space."
            yield replace(problem, remediation=f"{advice} {problem.remediation}")
        else:
            yield problem


class _Stream:
    """One file under way."""

    def __init__(self, source: Source, text: str, lines: Lines, kind: tuple[str, str]) -> None:
        self.source = source
        self.text = text
        self.lines = lines
        self.kind = kind
        self.documents: list[Document] = []
        self.defects = Defects(source.path, source.text, lines)
        self.values = Values(self.defects)

    def read(self) -> None:
        """All at once with the C parser, if it takes the file as it is; otherwise document by document."""
        directives = self.text.startswith("%") or "\n%" in self.text or "\r%" in self.text
        try:
            if not directives and self.read_with_c(c_events(self.text)):
                return
        except AbandonedError:
            self.documents.clear()
            self.defects.found.clear()
            self.defects.document = 0
        for begin, end in chunks(self.text):
            self.defects.base = begin
            self.read_chunk(self.text[begin:end])

    def read_chunk(self, text: str) -> None:
        """One document. What the C parser does not take is the pure parser's to judge."""
        directive = version_directive(text)
        if directive is not None:
            version, start, end = directive
            if version != "1.2":
                message = f"YAML {version} is declared; declarations are YAML 1.2"
                self.defects.add(
                    "yaml/syntax", message, "Write %YAML 1.2, or remove the line.", (start, end), problem="version"
                )
            # NOTE: the C parser knows 1.1 alone, and the pure one changes its rules: both are to see a comment.
            text = text[:start] + "#" + text[start + 1 :]
        try:
            if not (self.read_with_c(c_events(text)) or self.read_with_c(lenient_c_events(text))):
                self.read_purely(text)
        except AbandonedError:
            self.defects.document += 1

    def read_purely(self, text: str) -> None:
        """One document by the pure parser, whose refusal is final."""
        events = PureEvents(text)
        documents, problems, index = len(self.documents), len(self.defects.found), self.defects.document
        try:
            self.read_events(events.get)
        except RejectedError as rejected:
            # What seemed to be a document before the fault need not be what was meant: `a`, line end, `: 1`.
            del self.documents[documents:]
            self.defects.found[problems:] = [at for at in self.defects.found[problems:] if at.rule != "schema/type"]
            self.defects.document = index
            why = explain(rejected, text)
            related: tuple[RelatedPlace, ...] = ()
            if why.noticed is not None:
                at, word = why.noticed
                related = (RelatedPlace(message=word, entry="", location=self.defects.location(*at)),)
            self.defects.add("yaml/syntax", why.message, why.remedy, why.stretch, problem=why.message, related=related)
            self.defects.document += 1
        for stretch in events.lone:
            message = "half a surrogate pair: an escape that stands for no character"
            self.defects.add("yaml/encoding", message, "Write the character itself.", stretch, problem="surrogate")

    def read_with_c(self, get: GetEvent | None) -> bool:
        """Whether the C parser is there and took the text; where not, nothing has changed."""
        documents, problems, index = len(self.documents), len(self.defects.found), self.defects.document
        try:
            if get is not None:
                self.read_events(get)
                return True
        except YAMLError:
            del self.documents[documents:], self.defects.found[problems:]
            self.defects.document = index
        return False

    def read_events(self, get: GetEvent) -> None:
        """Everything that one parser has to say."""
        while (event := get()).__class__ is not StreamEndEvent:
            if event.__class__ is not DocumentStartEvent:
                continue
            self.read_document(get)
            while get().__class__ is not DocumentEndEvent:
                pass
            self.defects.document += 1

    def read_document(self, get: GetEvent) -> None:
        """One document: kept if it is a mapping, or empty."""
        reader = DocumentReader(get, self.defects, self.values)
        event = get()
        data = reader.node(event, ())
        if data is None and reader.starts[0] == reader.ends[0]:
            data = {}
        positions = PackedPositions(
            text=self.source.text,
            lines=self.lines,
            starts=reader.starts,
            ends=reader.ends,
            data=data,
            base=self.defects.base,
        )
        if isinstance(data, Unread):
            return
        if not isinstance(data, dict):
            message, remedy = self.kind
            self.defects.note("schema/type", message, remedy, positions.value(()))
            return
        self.documents.append(
            Document(
                path=self.source.path,
                index=self.defects.document,
                data=data,
                sha256=self.source.sha256,
                positions=positions,
            )
        )
