"""What all imports do at the end: write a new file, a map, or a merge into what people have edited since."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from uts_policy.cli.delivery import encoding_for_people
from uts_policy.cli.output import Output, encoded, publish, say, write
from uts_policy.cli.rewriting import rewrite
from uts_policy.model.errors import Exit, UsageError

if TYPE_CHECKING:
    from uts_policy.pipeline.edits import Rewritten
    from uts_policy.pipeline.import_merge import ImportMerge


def show(text: str) -> None:
    """Prints a text for people."""
    write(encoded(text, "text", encoding_for_people()))


def write_new(outputs: Sequence[Output], out: Path, changed: "Sequence[Rewritten]" = ()) -> int:
    """Writes files that do not exist yet, and those that change, and names the first.

    Raises UsageError if a new one exists, NoVerdictError if another one has changed meanwhile.
    """
    for output in outputs:
        assert output.file is not None  # noqa: S101 - imports write files
        _refuse_existing(output.file)
    for output in outputs:
        assert output.file is not None  # noqa: S101 - imports write files
        output.file.parent.mkdir(parents=True, exist_ok=True)
    rewrite(changed)
    publish(outputs)
    say(f'Written to "{outputs[0].file}". Next: uts-policy check {out}')
    return Exit.PASS


def write_map(map_file: Path, text: str, command: str) -> int:
    """Writes a map to a file that does not exist yet, or to standard output if that is `-`."""
    if str(map_file) == "-":
        show(text)
        return Exit.PASS
    _refuse_existing(map_file)
    publish([Output(file=map_file, data=text.encode())])
    say(f'The map is in "{map_file}". Correct it, then: uts-policy {command} … --map {map_file}')
    return Exit.PASS


def write_merge(merged: "ImportMerge", *, dry_run: bool) -> int:
    """Shows what a merge changes and writes it, unless both sides changed the same."""
    from uts_policy.render.queries.matrix_merge import as_lines

    show(as_lines(merged.report, merged.remarks))
    conflicts = len(merged.report.conflicts)
    if conflicts and not merged.is_marked:
        say("Nothing was written. Settle each in the declarations or in the file, and import again.")
        return Exit.FINDINGS
    if dry_run:
        return Exit.FINDINGS if conflicts else Exit.PASS
    rewrite(merged.files)
    if not merged.record.is_file() or merged.record.read_text(encoding="utf-8") != merged.record_text:
        publish([Output(file=merged.record, data=merged.record_text.encode())])
    if conflicts:
        marked = "1 conflict is a comment" if conflicts == 1 else f"{conflicts} conflicts are comments"
        say(f'{marked} that begins with "# conflict:". Settle each, and remove the comment.')
    return Exit.FINDINGS if conflicts else Exit.PASS


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise UsageError(f'"{file}" already exists', "Merge into it with --update, or name another place.")
