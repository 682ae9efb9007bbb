"""Every report of many organisations, to be compared whole between two versions of the program.

`python -m tests.reports organisations DIR N` writes the examples and N random organisations once.
`python -m tests.reports write DIR OUT` checks each of them and writes its report in every format below OUT; run it with
each version, then `diff -r OUT1 OUT2`. The version under test is whichever `uts_policy` Python imports.
"""

import contextlib
import gc
import io
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from uts_policy.cli import main
from uts_policy.render.interface import REPORT, formats

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
USAGE = "usage: python -m tests.reports organisations DIR N | write DIR OUT"


def write_organisations(folder: Path, count: int) -> None:
    """The examples and `count` random organisations, each in a directory of its own with the day of its check."""
    from tests.oracle.compare import random_case

    for name in ("clean", "seeded"):
        shutil.copytree(EXAMPLES / name, folder / name / "declarations")
        (folder / name / "as-of").write_text("2026-11-23", encoding="utf-8")
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


def run(arguments: list[str]) -> int:
    """Does what the arguments say; 2 where they say nothing that is known."""
    match arguments:
        case ["organisations", folder, count]:
            write_organisations(Path(folder), int(count))
        case ["write", folder, out]:
            with ProcessPoolExecutor() as pool:
                done = [
                    pool.submit(write_reports, each.resolve(), Path(out).resolve() / each.name)
                    for each in sorted(Path(folder).iterdir())
                ]
                for each in done:
                    each.result()
        case _:
            sys.stderr.write(f"{USAGE}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
