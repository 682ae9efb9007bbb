"""Every report of many organisations, to be compared whole between two versions of the program.

`python -m tests.reports organisations DIR N [MORE...]` writes the examples, N random organisations and those whose
declarations lie in the directories MORE, once. `python -m tests.reports write DIR OUT` checks each of them and writes
its report in every format below OUT: run it with each version. The version under test is the `uts_policy` that Python
imports. `python -m tests.reports compare OUT1 OUT2` names each file that differs.
"""

import contextlib
import gc
import io
import os
import shutil
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from uts_policy.cli import main
from uts_policy.render.interface import REPORT, formats

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
USAGE = "usage: python -m tests.reports organisations DIR N [MORE...] | write DIR OUT | compare OUT1 OUT2"
AS_OF = "2026-11-23"


def write_organisations(folder: Path, count: int, more: list[Path]) -> None:
    """The examples, `more` and `count` random organisations, each in its own directory with the day of its check."""
    from tests.oracle.compare import random_case

    for name in ("clean", "seeded"):
        shutil.copytree(EXAMPLES / name, folder / name / "declarations")
        (folder / name / "as-of").write_text(AS_OF, encoding="utf-8")
    for each in more:
        shutil.copytree(each, folder / each.name / "declarations")
        (folder / each.name / "as-of").write_text(AS_OF, encoding="utf-8")
    for seed in range(count):
        case = random_case(seed)
        declarations = folder / f"random-{seed:04}" / "declarations"
        declarations.mkdir(parents=True)
        for name, text in case.files.items():
            (declarations / name).write_text(text, encoding="utf-8")
        (declarations.parent / "as-of").write_text(case.as_of, encoding="utf-8")


def write_reports(organisation: Path, out: Path) -> None:
    """One check of one organisation in every format, and the exit code with what stood on standard error."""
    out.mkdir(parents=True)
    os.chdir(organisation)
    as_of = Path("as-of").read_text(encoding="utf-8")
    wanted = [argument for each in formats(REPORT) for argument in ("--format", f"{each}:{out / each}")]
    said = io.StringIO()
    sys.argv = ["uts-policy", "check", "--as-of", as_of, "--profile", "strict", *wanted]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code
    (out / "exit").write_text(f"{code}\n{said.getvalue()}", encoding="utf-8")
    gc.unfreeze()
    gc.collect()


def differing(one: Path, other: Path) -> list[str]:
    """The files below both that are not the same to the byte, or are below one only."""
    files = {path.relative_to(top) for top in (one, other) for path in top.rglob("*") if path.is_file()}
    return sorted(str(file) for file in files if _read(one / file) != _read(other / file))


def _read(file: Path) -> bytes | None:
    """A file; of a workbook what is in it, for the archive has the time of its making."""
    if not file.is_file():
        return None
    if file.name != "xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if name != "docProps/core.xml")


def run(arguments: list[str]) -> int:
    """Does what the arguments say; 2 where they say nothing that is known."""
    match arguments:
        case ["organisations", folder, count, *more]:
            write_organisations(Path(folder), int(count), [Path(each) for each in more])
        case ["write", folder, out]:
            with ProcessPoolExecutor() as pool:
                done = [
                    pool.submit(write_reports, each.resolve(), Path(out).resolve() / each.name)
                    for each in sorted(Path(folder).iterdir())
                ]
                for each in done:
                    each.result()
        case ["compare", one, other]:
            found = differing(Path(one), Path(other))
            count = sum(path.is_dir() for path in Path(one).iterdir())
            sys.stdout.write("".join(f"{name}\n" for name in found))
            sys.stdout.write(f"{count} organisations, {len(found)} files that differ\n")
            return 1 if found else 0
        case _:
            sys.stderr.write(f"{USAGE}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
