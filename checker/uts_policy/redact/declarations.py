"""Declarations with people as pseudonyms: data, text, places, and what is wrong with them."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from uts_policy.common import fields
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem, RelatedPlace
from uts_policy.model.place import Route, Span
from uts_policy.redact.people import (
    Kind,
    People,
    Place,
    is_unforeseen,
    key_names,
    place_of,
    places,
    sensitive,
    substituted,
    unmistakable,
)
from uts_policy.redact.positions import Edit, MovedPositions, Moves, moves_of, rewritten, split
from uts_policy.redact.pseudonyms import Pseudonyms

HIDDEN = "·"
"""What stands for each letter and digit of a file in which nobody knows what is a name."""
UNSAID = "; without --redact it says more, which may name a person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read: files by name, documents, and what is wrong with their form."""

    sources: Mapping[str, Source]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """How people are hidden in one run. `spared` are words that stand for nobody, in lower case: they stay.

    `declared` are the ids of people that were read: of them such a word is somebody.
    """

    pseudonyms: Pseudonyms
    spared: frozenset[str] = frozenset()
    declared: set[str] = field(default_factory=set)
    _known: list[People] = field(default_factory=list)
    """Whom the declarations name that were read: those of the head, and of the base."""

    def redacted(self, read: Read, titles: Mapping[str, tuple[str, str]]) -> Read:
        """The same with people as pseudonyms. `titles` has, by rule, what a finding says that may not speak."""
        written: dict[str, list[Document]] = {}
        for document in read.documents:
            written.setdefault(document.path, []).append(document)
        people = self._people(read.documents)
        self._known.append(people)
        # What the YAML is at odds with may be anybody's name: then nothing of the file's text is shown.
        dark = {problem.location.file for problem in read.problems if problem.rule.startswith("yaml/")}
        dark |= read.sources.keys() - written.keys()  # not UTF-8, or no document could be read
        one = _OnePerson(redaction=self, people=people, titles=titles, values=lambda problem: _at(problem, written))
        moves = {
            path: moves_of([] if path in dark else one.edits(source, written[path]))
            for path, source in read.sources.items()
        }
        sources = {path: self._source(source, moves[path], dark=path in dark) for path, source in read.sources.items()}
        lines = {path: tuple(split(source.text)[::2]) for path, source in sources.items()}
        return Read(
            sources=sources,
            documents=tuple(
                replace(
                    document,
                    data=one.data(document.data),
                    sha256=sources[document.path].sha256,
                    positions=MovedPositions(
                        inner=document.positions, moves=moves[document.path], lines=lines[document.path]
                    ),
                )
                for document in read.documents
            ),
            problems=tuple(one.problem(problem, moves, dark) for problem in read.problems),
        )

    def entry(self, entry: str) -> str:
        """`section/id` as redacted outputs name it."""
        section, slash, rest = entry.partition("/")
        if section == fields.PEOPLE:
            return f"{section}{slash}{self.person(rest)}"
        names = [self.person(part) if is_person else self._office(part) for part, is_person in _parts(section, rest)]
        return f"{section}{slash}{'/'.join(names)}"

    def path(self, path: Route) -> Route:
        """A route in the corpus likewise."""
        entry = "/".join(str(step) for step in path[:2])
        if len(path) < 2:  # noqa: PLR2004 - a section, or nothing
            return path
        beneath = (self.key(step) if is_unforeseen(step) else step for step in path[2:])
        return (*self.entry(entry).split("/", 1), *beneath)

    def key(self, key: str | int) -> str:
        """A key that the schema does not know: hidden as a whole where somebody's id or name is in it."""
        hidden = any(people.within(str(key)) for people in self._known)
        own = "x-" if str(key).startswith("x-") else ""
        return f"{own}{self.pseudonyms.id(str(key))}" if hidden else str(key)

    def person(self, person: str) -> str:
        """The pseudonym of whoever has this id; nobody has none."""
        nobody = " ".join(person.split()).lower() in self.spared and person not in self.declared
        nobody = nobody or not person.strip()
        return person if nobody else self.pseudonyms.id(person)

    def _office(self, name: str) -> str:
        """What stands where something else than a person should be named."""
        if name in self.declared and not any(name in people.taken for people in self._known):
            return self.person(name)
        for people in self._known:
            name = substituted(name, people.found(name, self.person, self.pseudonyms.name))
        return name

    def _source(self, source: Source, moves: Moves, *, dark: bool) -> Source:
        if dark:
            text = "".join(HIDDEN if char.isalnum() else char for char in source.text)
        else:
            text = rewritten(source.text, moves)
        digest = self.pseudonyms.digest("file", source.sha256)
        return Source(path=source.path, data=text.encode("utf-8", "surrogatepass"), sha256=digest, text=text)

    def _people(self, documents: Sequence[Document]) -> People:
        ids: set[str] = set()
        names: set[str] = set()
        taken: set[str] = set()
        for document in documents:
            for place in places(document.data):
                if place.kind is Kind.PERSON and not place.is_key:
                    ids.add(str(place.value))
                    if place.route[0] == fields.PEOPLE:
                        self.declared.add(str(place.value))
                elif place.kind is Kind.NAME:
                    if " ".join(str(place.value).split()).lower() not in self.spared:
                        names.add(str(place.value))
                elif place.kind is Kind.SUBJECT:
                    section, _, rest = str(place.value).partition("/")
                    ids |= {part for part, is_person in _parts(section, rest) if is_person and part}
                elif place.route[-1:] == ("id",):
                    taken.add(str(place.value))
        # An id that is no word stays hidden, also where a role has it too: then both have the one pseudonym.
        words = frozenset(each for each in taken if not unmistakable(each))
        return People(ids=frozenset(ids), names=frozenset(names), taken=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnePerson:
    """One set of declarations under way."""

    redaction: Redaction
    people: People
    titles: Mapping[str, tuple[str, str]]
    values: Callable[[Problem], object]
    """What the documents hold at the place of a problem."""
    _texts: dict[str, str] = field(default_factory=dict)

    def data(self, value: Any, route: Route = ()) -> Any:  # noqa: ANN401 - whatever YAML holds
        """The data of a document with people as pseudonyms; the rest of it is the very same."""
        if isinstance(value, dict):
            # Where a key is in the place of a person, nothing of the mapping reaches the corpus.
            return {
                self.redaction.key(key) if is_unforeseen(key) else key: self.data(inner, (*route, key))
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.data(inner, (*route, index)) for index, inner in enumerate(value)]
        if not isinstance(value, str):
            return value
        return self._new(place_of(route, value))

    def edits(self, source: Source, documents: Iterable[Document]) -> Iterable[Edit]:
        """What is to be replaced in a file: the places of people, and whom texts and comments name."""
        lines = split(source.text)[::2]
        protected: dict[int, list[tuple[int, int]]] = {}
        for document in documents:
            for place in places(document.data):
                span = document.positions.key(place.route) if place.is_key else document.positions.value(place.route)
                new = self._new(place)
                if new != str(place.value) and (place.kind is not Kind.TEXT or _is_escaped(span, lines)):
                    yield from _over(span, lines, " ".join(new.split()))
                elif place.kind in (Kind.OTHER, Kind.OFFICE):
                    protected.setdefault(span.line, []).append((span.column, span.end_column))
        for edit in self._mentioned(lines):
            kept = sorted(protected.get(edit.line, ()))
            # The places of one line lie apart: the last that begins before is the only one that may hold this.
            before = bisect_right(kept, (edit.begin, len(lines[edit.line - 1]) + 1)) - 1
            if before < 0 or edit.begin >= kept[before][1]:
                yield edit

    def _mentioned(self, lines: Sequence[str]) -> Iterable[Edit]:
        """An edit for each mention of a person; one that goes on in further lines leaves nothing of it there."""
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        for begin, end, new in self._found("\n".join(lines)):
            first, last = bisect_right(starts, begin) - 1, bisect_right(starts, end - 1) - 1
            for index in range(first, last + 1):
                line, start = lines[index], starts[index]
                until = end - start if index == last else len(line)
                since = begin - start if index == first else _first_letter(line)
                if since < until:
                    yield Edit(index + 1, since + 1, until + 1, new if index == first else "")

    def problem(self, problem: Problem, moves: Mapping[str, Moves], dark: Collection[str]) -> Problem:
        """A problem whose words name nobody, at its place in the redacted text."""
        moved = moves.get(problem.location.file)
        location = problem.location if moved is None else moved.location(problem.location)
        digest = self.redaction.pseudonyms.digest("problem", problem.problem)
        if problem.rule == "yaml/unreadable" or moved is None:
            return problem
        if problem.location.file in dark or sensitive(problem.route):
            title, remediation = self.titles[problem.rule]
            return replace(
                problem,
                message=f"{title[:1].lower()}{title[1:]}{UNSAID}",
                remediation=remediation,
                location=location,
                route=self._route(problem.route),
                problem=digest,
                related=(),
            )
        value = self.values(problem)
        key = problem.route[-1] if problem.route else ""
        quoted, now = (f'"{each}"' for each in (key, self._step(problem.route[:-1], key)))
        message, remediation = self._said(problem.message.replace(quoted, now)), self._said(problem.remediation)
        named = next((each for each in (value, key) if isinstance(each, str) and self._found(each)), None)
        if now != quoted:
            named = quoted
        if named is not None:
            # Advice may hold a form of the value that nobody would find in it, and a long value is cut.
            title, remediation = self.titles[problem.rule]
            message = message if named in problem.message else f"{title[:1].lower()}{title[1:]}{UNSAID}"
        return replace(
            problem,
            message=message,
            remediation=remediation,
            location=location,
            route=self._route(problem.route),
            problem=problem.problem if message == problem.message else digest,
            related=tuple(self._related(each, moves) for each in problem.related),
        )

    def _related(self, place: RelatedPlace, moves: Mapping[str, Moves]) -> RelatedPlace:
        location = place.location
        if location is not None and location.file in moves:
            location = moves[location.file].location(location)
        return RelatedPlace(
            message=self._said(place.message), entry=self.redaction.entry(place.entry), location=location
        )

    def _route(self, route: Route) -> Route:
        return tuple(self._step(route[:index], step) for index, step in enumerate(route))

    def _step(self, route: Route, step: str | int) -> str | int:
        if key_names(route, step):
            return self.redaction.person(str(step))
        return self.redaction.key(step) if is_unforeseen(step) else step

    def _new(self, place: Place) -> str:
        """What is written instead of a value."""
        value = str(place.value)
        match place.kind:
            case Kind.PERSON:
                return self.redaction.person(value)
            case Kind.OFFICE:
                return self.redaction.person(value) if self._is_only_a_person(value) else self._said(value)
            case Kind.NAME:
                return self.redaction.pseudonyms.name(value) if value.strip() else value
            case Kind.SUBJECT:
                return self._subject(place, value)
            case Kind.KEY:
                return self.redaction.key(value)
            case _:
                # Whatever the field is for: somebody may be named in it.
                return self._said(value)

    def _subject(self, place: Place, value: str) -> str:
        if place.route[-1] == "subject":
            entry = self.redaction.entry(value)
            return self._said(value) if entry == value else entry
        known = self.people.ids - frozenset(self.people.taken)
        return "/".join(self.redaction.person(part) if part in known else part for part in value.split("/"))

    def _is_only_a_person(self, value: str) -> bool:
        """Whether somebody is declared by this id, and nothing else is."""
        return value in self.redaction.declared and value not in self.people.taken

    def _said(self, text: str) -> str:
        if text not in self._texts:
            new = substituted(text, self._found(text))
            self._texts[text] = new
            if new != text:
                self.redaction.pseudonyms.given.setdefault(new, text)
        return self._texts[text]

    def _found(self, text: str) -> list[tuple[int, int, str]]:
        return self.people.found(text, self.redaction.person, self.redaction.pseudonyms.name)


def _parts(section: str, name: str) -> list[tuple[str, bool]]:
    """An id by the fields that it is made of, and of each part whether it names a person."""
    made_of = fields.made_of(section) if section in fields.sections() else ()
    if section == fields.PEOPLE or not made_of:
        return [(name, section == fields.PEOPLE)]
    parts = name.split("/")
    people = [fields.PEOPLE in each.names for each in made_of]
    return [(part, index < len(people) and people[index]) for index, part in enumerate(parts)]


def _at(problem: Problem, written: Mapping[str, Sequence[Document]]) -> object:
    """The value that a problem is about; None where there is none."""
    documents = written.get(problem.location.file, ())
    value: Any = documents[problem.document].data if problem.document < len(documents) else None
    for step in problem.route:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _first_letter(line: str) -> int:
    return next((place for place, char in enumerate(line) if char.isalnum()), len(line))


def _is_escaped(span: Span, lines: Sequence[str]) -> bool:
    """Whether a text is written with escapes, behind which nobody would find a name."""
    written = lines[span.line - 1 : span.end_line]
    return written[0][span.column - 1 : span.column] == '"' and any("\\" in line for line in written)


def _over(span: Span, lines: Sequence[str], new: str) -> Iterable[Edit]:
    """The stretch replaced, within its quotes; of further lines nothing is left, but they are still there."""
    first = lines[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(first) + 1
    quote = first[span.column - 1 : span.column]
    text = f"{quote}{new}{quote}" if quote in ("'", '"') else new
    yield Edit(span.line, span.column, end, text)
    for number in range(span.line + 1, span.end_line + 1):
        line = lines[number - 1]
        begin = len(line) - len(line.lstrip()) + 1
        end = span.end_column if number == span.end_line else len(line) + 1
        if begin < end:
            yield Edit(number, begin, end, "")
