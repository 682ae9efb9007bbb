"""A later version of what was imported, merged into declarations that people have edited since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uts_policy.common.former_names import follow
from uts_policy.edit.markers import with_markers
from uts_policy.edit.merge import Entries, Merge, declared_entries, merge_section
from uts_policy.edit.splice import spliced
from uts_policy.load.files import LoadedFiles, load
from uts_policy.model.document import Document
from uts_policy.model.errors import UsageError
from uts_policy.model.merge import MergeReport
from uts_policy.pipeline.edits import Rewritten, read
from uts_policy.pipeline.import_map import fault
from uts_policy.pipeline.import_record import ImportRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMerge:
    """A merge. `files`: the declarations as they are to be; `record`: the new base; `remarks`: what was matched.

    `is_marked`: each conflict is in `files` as a comment, so they can be written although there are some.
    """

    report: MergeReport
    files: tuple[Rewritten, ...]
    record: Path
    record_text: str
    remarks: tuple[str, ...] = ()
    is_marked: bool = False


def declarations_in(out: Path) -> LoadedFiles:
    """The declarations in a directory. Raises UsageError if there are none, or one cannot be read."""
    loaded = load([out], root=out, exclude=(), config_file=None)
    if loaded.problems:
        raise fault(loaded.problems[0])
    if not loaded.documents:
        raise UsageError(f'there are no declarations in "{out}"', "Name the directory with --out.")
    return loaded


def merge_import(  # noqa: PLR0913 - three versions, where they belong, and what to do about conflicts
    out: Path,
    loaded: LoadedFiles,
    base: Mapping[str, Entries],
    new: Mapping[str, Entries],
    name: str,
    *,
    markers: bool = False,
) -> tuple[MergeReport, tuple[Rewritten, ...]]:
    """Merges the sections of `new`; the files that change. The file called `name` takes entries without a neighbour.

    `markers`: each conflict becomes a comment above what people wrote. Raises EditRefusedError if a change or a comment
    cannot be made in the text that people wrote.
    """
    merge = Merge()
    documents = sorted(loaded.documents, key=lambda each: Path(each.path).name == f"{name}.yaml")
    for section, entries in new.items():
        merge_section(merge, section, base.get(section, ()), entries, documents)
    conflicts = merge.report.conflicts if markers else []
    rewritten = []
    for path in sorted({*merge.changes, *(each.location.file for each in conflicts)}):
        before = loaded.sources[path]
        mine = [document for document in loaded.documents if document.path == path]
        changes = merge.changes.get(path)
        after = spliced(before, mine, changes, read).after if changes else before
        after = with_markers(after, [each for each in conflicts if each.location.file == path], read)
        if after.data != before.data:
            rewritten.append(Rewritten(path=out / path, name=path, before=before.data, after=after.data))
    return merge.report, tuple(rewritten)


def renamed_ids(section: str, name: str, record: ImportRecord, documents: Sequence[Document]) -> dict[str, str]:
    """The id now of each entry that was imported under another one: by `moved`, else by its field `name`."""
    moves = {
        str(each["from"]): str(each["to"])
        for document in documents
        for each in document.data.get("moved") or ()
        if isinstance(each, dict) and {"from", "to"} <= each.keys()
    }
    ours = declared_entries(documents, section)
    imported = {str(entry["id"]) for entry in record.entries.get(section, ())}
    by_name: dict[str, list[str]] = {}
    for id_, declared in ours.items():
        if id_ not in imported:
            by_name.setdefault(str(declared.data.get(name, "")), []).append(id_)
    found = {}
    for entry in record.entries.get(section, ()):
        old = str(entry["id"])
        if old in ours:
            continue
        end = follow(f"{section}/{old}", moves, {f"{section}/{id_}" for id_ in ours}).partition("/")[2]
        same = by_name.get(str(entry.get(name)), [])
        if end in ours:
            found[old] = end
        elif len(same) == 1:
            found[old] = same[0]
    return found
