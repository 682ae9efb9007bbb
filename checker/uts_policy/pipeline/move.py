"""One entry gets another id, everywhere, and `moved` remembers the one it had."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from uts_policy import resources
from uts_policy.common import fields
from uts_policy.common.boundary import leads_out
from uts_policy.common.fields import Field
from uts_policy.common.former_names import declared_names, entries_of, former_names, own_id
from uts_policy.common.lines import BREAK
from uts_policy.common.nearest import nearest
from uts_policy.common.renaming import Renaming, recorded
from uts_policy.corpus.build import build
from uts_policy.corpus.links.references import letters
from uts_policy.corpus.tables import SECTIONS
from uts_policy.edit.changes import Change, EditRefusedError, Remove, SetValue, add_entry
from uts_policy.edit.splice import spliced
from uts_policy.load.configuration import read_baseline
from uts_policy.load.discover import display_name
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.place import Location, Route
from uts_policy.model.rule import Rule
from uts_policy.pipeline.edits import Rewritten, read, refuse_unwritable, rewritten
from uts_policy.pipeline.inputs import read_declarations
from uts_policy.pipeline.request import Declared, Policies, Request

_MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdInText:
    """A line that still has the old id in a text or a comment; nobody can tell whether it means the entry."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedEntry:
    """The files as they are to be, how many values were changed in them, and where the old id is still mentioned.

    `start` and `end` are the entry's names (`section/id`) before and after. The records are not counted in `places`.
    """

    start: str
    end: str
    files: tuple[Rewritten, ...]
    places: int
    mentions: tuple[IdInText, ...]


class _Name(NamedTuple):
    """An entry and what it is to be called."""

    section: str
    old: str
    new: str

    @property
    def start(self) -> str:
        return f"{self.section}/{self.old}"

    @property
    def end(self) -> str:
        return f"{self.section}/{self.new}"


def move(request: Request, policies: Policies, entry: str, new: str) -> MovedEntry:
    """The files with `entry` (`section/id`) called `new`; nothing is written.

    Raises UsageError for an entry that is not declared or cannot have another id, for an id that is not valid or not
    free, and for files that may not be changed; NoVerdictError where the declarations are invalid; EditRefusedError
    where a value cannot be told apart from another one.
    """
    refuse_unwritable(request)
    declared = read_declarations(request)
    before = _corpus(request, declared)
    name = _checked(before, entry, new)
    changes = _changes(declared, before, name)
    sources = _edited(declared.files.sources, declared.files.documents, changes)
    _refuse_more(request, declared, sources, before, name)
    others = [*_baseline(request, before, name), *_configuration(request, policies.catalogue, name)]
    files = (*rewritten(request, declared, {**declared.files.sources, **sources}), *others)
    named = [each for some in changes.values() for each in some if isinstance(each, SetValue)]
    count = sum(each.route[0] != _MOVED for each in named) + len(others)
    mentions = tuple(_mentions(declared, sources, name))
    return MovedEntry(start=name.start, end=name.end, files=files, places=count, mentions=mentions)


def _corpus(request: Request, declared: Declared) -> Corpus:
    """The corpus of what was read. Raises NoVerdictError, with the first place, where it is invalid."""
    problems = declared.problems
    if not problems:
        built = build(declared.files.documents, as_of=request.as_of, placeholders=())
        if built.corpus is not None:
            return built.corpus
        problems = built.problems
    place = problems[0].location
    raise NoVerdictError(
        f"the declarations are invalid: {place.file}:{place.span.line}:{place.span.column}: {problems[0].message}",
        "Repair them first; `uts-policy check` shows everything that is wrong.",
    )


def _checked(corpus: Corpus, entry: str, new: str) -> _Name:
    section, _, old = entry.partition("/")
    if section not in fields.sections() or not old:
        near = nearest(section, fields.sections()) if old else None
        hint = f'Did you mean "{near}/{old}"?' if near else "Write SECTION/ID, such as roles/watch-director."
        raise UsageError(f'"{entry}" is not an entry', hint)
    if section == _MOVED:
        hint = "`moved` records what entries were called: rename the entry itself, and `mv` keeps its records."
        raise UsageError(f'"{entry}" has no id of its own', hint)
    declared = declared_names(entries_of(corpus.data))
    if entry not in declared:
        old = _titled(corpus, section, old) or old
        entry = f"{section}/{old}"
    assignment = corpus.data["assignments"].get(old) if section == "assignments" else None
    composed = section == "training_records" or (assignment is not None and own_id(old, assignment) != old)
    if composed:
        made = ", ".join(each.name for each in fields.made_of(section))
        raise UsageError(f'"{entry}" has no id of its own', f"Its id is made of its {made}: rename what they name.")
    if entry not in declared:
        near = nearest(old, corpus.data[section])
        hint = f'Did you mean "{section}/{near}"?' if near else f"`uts-policy who` finds entries of {section}."
        raise UsageError(f'"{entry}" is not declared', hint)
    shape = resources.schema("declarations")["$defs"]["id"]
    if re.fullmatch(shape["pattern"], new) is None or len(new) > shape["maxLength"]:
        rule = str(shape["patternErrorMessage"])
        raise UsageError(f'"{new}" is not a valid id', f"{rule[0].upper()}{rule[1:]}.")
    if new == old:
        raise UsageError(f'"{entry}" has that id already', "Choose another id.")
    if f"{section}/{new}" in declared:
        raise UsageError(f'"{section}/{new}" already exists', "Choose another id, or rename that entry first.")
    return _Name(section, old, new)


def _titled(corpus: Corpus, section: str, title: str) -> str:
    """The id of the entry with that title or name; empty for none. Raises UsageError where several have it."""
    label = fields.label(section) if any(each.is_label for each in fields.fields(section)) else ""
    found = sorted(
        id_ for id_, each in corpus.data[section].items() if letters(str(each.get(label, ""))) == letters(title) != ""
    )
    if len(found) > 1:
        raise UsageError(
            f'{len(found)} entries of {section} are called "{title}"', f"Name one: {', '.join(found[:3])}."
        )
    return found[0] if found else ""


def _changes(declared: Declared, corpus: Corpus, name: _Name) -> Mapping[str, Sequence[Change]]:
    """The changes, by file: every place that names the entry, and the record."""
    renaming = Renaming({name.section: {name.old: name.new}}, entries_of(corpus.data))
    found: dict[str, list[Change]] = {}
    home = None
    for document in declared.files.documents:
        changes = found.setdefault(document.path, [])
        for section, route, field, value in _scalars(document):
            after = _after(corpus, renaming, name, (section, field, value), document.locate(route))
            if after != value:
                changes.append(SetValue(document=document.index, route=route, value=after))
            if field.is_id and (section, value) == (name.section, name.old):
                home = document
    if home is None:
        raise UsageError(f'"{name.start}" is not declared', "Check its spelling.")
    for document, change in _record(declared, home, corpus, name, renaming):
        found[document.path].append(change)
    return {file: changes for file, changes in found.items() if changes}


def _scalars(document: Document) -> Iterator[tuple[str, Route, Field, str]]:
    """Every text of an entry: section, route, field and value. The user's own keys are no fields."""
    for section in SECTIONS:
        entries = document.data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            yield from ((section, *each) for each in _inside(fields.fields(section), entry, (section, index)))


def _inside(of: Sequence[Field], mapping: Any, route: Route) -> Iterator[tuple[Route, Field, str]]:  # noqa: ANN401 - YAML
    if not isinstance(mapping, dict):
        return
    for each in of:
        if each.name not in mapping:
            continue
        at: Route = (*route, each.name)
        value = mapping[each.name]
        for place, item in (
            (((*at, i), item) for i, item in enumerate(value)) if isinstance(value, list) else [(at, value)]
        ):
            if isinstance(item, str):
                yield place, each, item
            else:
                yield from _inside(each.inner, item, place)


def _after(corpus: Corpus, renaming: Renaming, name: _Name, found: tuple[str, Field, str], place: Location) -> str:
    """What stands in a field afterwards."""
    section, field, value = found
    if field.is_id:
        return name.new if (section, value) == (name.section, name.old) else value
    if section == "waivers" and field.name == "subject":
        return renaming.subject(value)
    if section == "waivers" and field.name == "key":
        return renaming.key(value)
    if section == _MOVED:
        return value  # see `_record`
    if name.section not in field.names or value != name.old:
        return value
    if any(value in corpus.data[other] for other in field.names if other != name.section):
        raise EditRefusedError(
            place, f'"{value}" may be of {" or of ".join(field.names)}', "Give the other entry another id first."
        )
    return name.new


def _record(
    declared: Declared, home: Document, corpus: Corpus, name: _Name, renaming: Renaming
) -> Iterator[tuple[Document, Change]]:
    """What becomes of `moved`: a record that stays keeps its place, a new one is added to the entry's document."""
    records = recorded(renaming, entries_of(corpus.data), name.start, name.end)
    for document in declared.files.documents:
        for index, each in enumerate(document.data.get(_MOVED) or ()):
            route: Route = (_MOVED, index)
            to = records.pop(each["from"], None)
            if to is None:
                yield document, Remove(document=document.index, route=route)
            elif to != each["to"]:
                yield document, SetValue(document=document.index, route=(*route, "to"), value=to)
    for start, end in sorted(records.items()):
        yield home, add_entry(home, _MOVED, {"from": start, "to": end})


def _edited(
    sources: Mapping[str, Source], documents: Sequence[Document], changes: Mapping[str, Sequence[Change]]
) -> dict[str, Source]:
    found = {}
    for file, wanted in changes.items():
        mine = [each for each in documents if each.path == file]
        found[file] = spliced(sources[file], mine, wanted, read).after
    return found


def _refuse_more(
    request: Request, declared: Declared, sources: Mapping[str, Source], before: Corpus, name: _Name
) -> None:
    """Raises UsageError where the corpus would differ by more than the id, or any entry would lose its identity."""
    documents = [
        document
        for file, source in declared.files.sources.items()
        for document in (
            read(sources[file])[0] if file in sources else [d for d in declared.files.documents if d.path == file]
        )
    ]
    after = build(documents, as_of=request.as_of, placeholders=()).corpus
    renaming = Renaming({name.section: {name.old: name.new}}, entries_of(before.data))
    wanted = dict(renaming.entries())
    got = None if after is None else entries_of(after.data)
    same = got is not None and all(got[each] == wanted[each] for each in wanted if each != _MOVED)
    if after is None or got is None or not same:
        raise UsageError(f'"{name.start}" cannot be renamed: more than its id would change', "Rename it by hand.")
    _refuse_other_excuses(before, after, renaming)
    old, new = former_names(entries_of(before.data)).first, former_names(got).first
    for section, entries in entries_of(before.data).items():
        for id_ in entries:
            now = renaming.entry(f"{section}/{id_}").partition("/")[2]
            if section != _MOVED and old.get(section, {}).get(id_, id_) != new.get(section, {}).get(now, now):
                raise UsageError(
                    f'the records in `moved` cannot tell that "{section}/{now}" was "{section}/{id_}"',
                    "Choose another id.",
                )


def _refuse_other_excuses(before: Corpus, after: Corpus, renaming: Renaming) -> None:
    """Raises UsageError where a waiver would hide findings on other entries than before."""
    for waiver, subjects in before.data["links"]["excused"].items():
        wanted = {renaming.entry(each) for each in subjects}
        meant = sorted(wanted - set(after.data["links"]["excused"][renaming.id("waivers", waiver)]))
        if meant:
            raise UsageError(
                f'waiver "{waiver}" means "{meant[0]}" by a former name, which would be the id of another entry',
                "Write the present id of that entry in the waiver's subject, or choose another id.",
            )


def _baseline(request: Request, corpus: Corpus, name: _Name) -> Iterator[Rewritten]:
    """The baseline with the entry's id where it says what a finding is on. Its identities stay."""
    if request.settings.baseline is None:
        return
    path = request.settings.root / request.settings.baseline
    shown = display_name(path, request.settings.root)
    source = read_baseline(path, shown)
    documents, _ = read(source)
    renaming = Renaming({name.section: {name.old: name.new}}, entries_of(corpus.data))
    changes: list[Change] = []
    for document in documents:
        for index, each in enumerate(document.data.get("findings") or ()):
            after = renaming.entry(each["entry"])
            if after != each["entry"]:
                changes.append(SetValue(document=document.index, route=("findings", index, "entry"), value=after))
    if changes:
        if leads_out(path):
            raise UsageError(f'"{shown}" lies outside of the repository', "Edit it there.")
        edited = spliced(source, documents, changes, read).after
        yield Rewritten(path=path, name=shown, before=source.data, after=edited.data)


def _configuration(request: Request, catalogue: Sequence[Rule], name: _Name) -> Iterator[Rewritten]:
    """The configuration with the new id where a parameter of a rule names the entry."""
    source, file = request.config_source, request.settings.config_file
    if source is None or file is None:
        return
    documents, _ = read(source)
    changes: list[Change] = []
    for rule in catalogue:
        for parameter in rule.parameters.values():
            stated = request.settings.rules.get(rule.id, {})
            if parameter.unit == name.section and stated.get(parameter.name) == name.old:
                changes.append(SetValue(route=("rules", rule.id, parameter.name), value=name.new))
    if changes:
        path = request.settings.root / file.name
        if leads_out(path):
            raise UsageError(f'"{file.name}" lies outside of the repository', "Edit it there.")
        edited = spliced(source, documents, changes, read).after
        shown = display_name(path, request.settings.root)
        yield Rewritten(path=path, name=shown, before=source.data, after=edited.data)


def _mentions(declared: Declared, sources: Mapping[str, Source], name: _Name) -> Iterator[IdInText]:
    """The lines that have the old id, in any letter case, where no field names an entry: texts and comments."""
    old = re.escape(name.old)
    composed = "|".join(section for section in fields.sections() if fields.made_of(section))
    word = re.compile(
        rf"(?<![\w./-])(?:{old}(?![\w/-]|\.\w)|(?:{name.section}|{composed})/(?:[^\s/]+/)*?{old}(?![\w-]|\.\w))",
        re.IGNORECASE,
    )
    for file, source in sorted({**declared.files.sources, **sources}.items()):
        if word.search(source.text) is None:
            continue
        lines = BREAK.split(source.text)
        shown = [*lines]
        for document in read(source)[0]:
            for _, route, field, value in _scalars(document):
                span = document.locate(route).span
                # A title that is the id in other letters is no mention of it.
                names = not field.is_text or (field.is_label and value.casefold() == name.old.casefold())
                if names and span.line == span.end_line and word.search(value):
                    line = lines[span.line - 1]
                    width = span.end_column - span.column
                    lines[span.line - 1] = f"{line[: span.column - 1]}{' ' * width}{line[span.end_column - 1 :]}"
        for number, line in enumerate(lines, start=1):
            if word.search(line):
                yield IdInText(file=file, line=number, text=shown[number - 1].strip())
