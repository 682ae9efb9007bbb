"""A foreign file into grids. Each reader runs in a process of its own, with limits of memory and time."""

import importlib.util
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from uts_policy.common.confine import allowed_memory
from uts_policy.common.contents import PDF, known_format
from uts_policy.model.errors import NoVerdictError, UsageError, UtsPolicyError
from uts_policy.model.grid import CellArea, ForeignFile, Grid, Paragraph

WORKER: Final = Path(__file__).with_name("worker.py")

MEMORY: Final = 2**30
"""Bytes that a reader may take, where the system can limit them: a matrix of 400,000 cells needs a quarter of it."""
TIMEOUT: Final = 60.0
"""Seconds that a reader may take."""
LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read."""

_MOST_ANSWERED: Final = 256 * 2**20
_GRACE: Final = 10.0
_SLICE: Final = 0.05
_NO_MEMORY: Final = ("MemoryError", "Cannot allocate memory", "out of memory", "failed to map segment")

_FORMATS: Final = {
    ".xlsx": ("workbook", "openpyxl"),
    ".ods": ("opendocument", "odf"),
    ".docx": ("word", "docx"),
    ".csv": ("delimited", ""),
    ".tsv": ("delimited", ""),
    ".md": ("markdown", "markdown_it"),
    ".markdown": ("markdown", "markdown_it"),
    ".html": ("html", "bs4"),
    ".htm": ("html", "bs4"),
}
"""Ending → the module of the worker that reads it, and the library that this module needs."""
_CONTAINERS: Final = (".xlsx", ".ods", ".docx")
_CONTAINER_BEGINNINGS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
_SAVE_AS: Final = {
    ".xls": ("an old Excel workbook (.xls)", "Open it in Excel or LibreOffice and save it as .xlsx."),
    ".xlsb": ("a binary Excel workbook (.xlsb)", "Open it in Excel or LibreOffice and save it as .xlsx."),
    ".xlsm": (
        "a workbook with macros (.xlsm): nothing that can run is read",
        "Save it as .xlsx, which drops the macros and keeps the cells.",
    ),
    ".xltm": ("a workbook template with macros (.xltm)", "Save it as .xlsx, which drops the macros."),
    ".doc": ("an old Word document (.doc)", "Open it in Word or LibreOffice and save it as .docx."),
    ".docm": ("a document with macros (.docm)", "Save it as .docx, which drops the macros and keeps the text."),
    ".pdf": ("a PDF, which has no cells", "Ask for the file that it was made from, or copy its table into a workbook."),
    ".numbers": ("an Apple Numbers file", "Export it as .xlsx or .csv."),
}
_NEEDED: Final = ("openpyxl", "odf", "docx", "markdown_it", "bs4", "defusedxml")


def read_file(path: Path, *, timeout: float = TIMEOUT, memory: int = MEMORY) -> ForeignFile:
    """The grids and paragraphs of a file. `timeout` is in seconds, `memory` in bytes.

    Raises UsageError with the next step for a file that is missing, of another format, encrypted, damaged, or that
    takes more than the limits; NoVerdictError if the reader's process cannot start.
    """
    kind = _kind(path)
    data = _data(path)
    answer = _ask(path, kind, data, timeout, allowed_memory(memory))
    blocks = tuple(_block(each) for each in answer["blocks"])
    return ForeignFile(
        file=path.name, sha256=sha256(data).hexdigest(), blocks=blocks, notes=tuple(answer.get("notes", ()))
    )


def read_catalog_xml(path: Path, *, timeout: float = TIMEOUT, memory: int = MEMORY) -> Any:  # noqa: ANN401 - as JSON
    """What a file of OSCAL in XML holds, as its JSON would. Raises as `read_file` does."""
    _require(path.suffix.lower(), ("defusedxml",))
    return _ask(path, "catalog", _data(path), timeout, allowed_memory(memory))["data"]


def _data(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f'cannot read "{path}": {error.strerror or error}', "Check the name of the file.") from error
    if len(data) > LARGEST:
        raise UsageError(
            f'"{path}" is larger than {LARGEST // 2**20} MiB', "Save only the sheets that are needed to a new file."
        )
    if not data:
        raise UsageError(f'"{path}" is empty', "Save it again from the program that made it.")
    _refuse_other(path, data)
    return data


def _kind(path: Path) -> str:
    ending = path.suffix.lower()
    if ending in _SAVE_AS:
        what, remedy = _SAVE_AS[ending]
        raise UsageError(f'"{path}" is {what}', remedy)
    if ending not in _FORMATS:
        raise UsageError(
            f'"{path}": files that end with "{ending}" are not read',
            f"Save it as one of {', '.join(sorted(_FORMATS))}.",
        )
    kind, library = _FORMATS[ending]
    if library:
        _require(ending, _NEEDED)
    return kind


def _require(ending: str, libraries: Sequence[str]) -> None:
    """Raises UsageError, with the name of the extra, if a library is missing."""
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(
            f"reading {ending} files needs libraries that are not installed ({', '.join(missing)})",
            "Install them with: pip install 'uts-policy[exchange]'",
        )


def _refuse_other(path: Path, data: bytes) -> None:
    """Raises UsageError for a workbook, a PDF or the like under the name of another format."""
    what = known_format(data)
    # NOTE: readers of containers look into archives and old documents themselves, where there may be one in the other.
    if not what or (path.suffix.lower() in _CONTAINERS and data.startswith(_CONTAINER_BEGINNINGS)):
        return
    own = next((ending for ending in _CONTAINERS if f"({ending[1:].upper()})" in what), "")
    remedy = f"Open it in the program that made it, and save it as one of {', '.join(sorted(_FORMATS))}."
    if own:
        remedy = f"Rename it so that its name ends with {own}."
    elif what == PDF:
        remedy = _SAVE_AS[".pdf"][1]
    raise UsageError(f'"{path}" is {what}, despite its name', remedy)


def _ask(path: Path, kind: str, data: bytes, timeout: float, memory: int) -> dict[str, Any]:
    """The worker's answer. However this ends, the worker has ended too."""
    deadline = time.monotonic() + timeout
    roots = json.dumps([each for each in sys.path if each])
    command = [sys.executable, "-I", "-S", str(WORKER), roots, kind, str(timeout + _GRACE), str(memory)]
    with TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise NoVerdictError(f"the reader's process cannot be started: {error.strerror}") from error
        said: list[bytes] = []
        assert process.stdin is not None  # noqa: S101 - it was asked for
        assert process.stdout is not None  # noqa: S101 - it was asked for
        writer = threading.Thread(target=_send, args=(process.stdin, data), daemon=True)
        reader = threading.Thread(target=_receive, args=(process.stdout, said), daemon=True)
        try:
            writer.start()
            reader.start()
            while reader.is_alive() and time.monotonic() < deadline:
                reader.join(_SLICE)
            late = reader.is_alive()
            if not late:
                process.wait(_GRACE)
        finally:
            process.kill()
            process.wait()
            for thread in (writer, reader):
                if thread.ident is not None:
                    thread.join()
            process.stdout.close()
        errors.seek(0)
        words = errors.read().decode("utf-8", "replace")
    if late:
        raise UsageError(
            f'reading "{path}" took longer than {timeout:g} s and was stopped',
            "Copy the cells that are needed, without formats, to a new file.",
        )
    return _answer(path, b"".join(said), words, process.returncode, memory)


def _send(pipe: IO[bytes], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(data)
    except OSError:
        return  # the worker has gone; its answer is missing


def _receive(pipe: IO[bytes], said: list[bytes]) -> None:
    left = _MOST_ANSWERED
    while left > 0 and (data := pipe.read(min(left, 2**20))):
        said.append(data)
        left -= len(data)


def _answer(path: Path, said: bytes, words: str, code: int, memory: int) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        raise _death(path, words, code, memory) from None
    if "error" in answer:
        raise UsageError(f'"{path}" {answer["error"]}', answer["hint"])
    return answer


def _death(path: Path, words: str, code: int, memory: int) -> UtsPolicyError:
    if any(each in words for each in _NO_MEMORY):
        return UsageError(
            f'reading "{path}" takes more than {memory / 2**30:.3g} GiB of memory',
            "Copy the cells that are needed, without formats, to a new file.",
        )
    last = next((line.strip() for line in reversed(words.splitlines()) if line.strip()), "it gave no reason")
    return UsageError(
        f'"{path}" cannot be read: its reader ended with {code} ({last[:200]})',
        "Open the file, save it again under another name, and import that.",
    )


def _block(data: dict[str, Any]) -> Grid | Paragraph:
    if "text" in data:
        return Paragraph(text=data["text"], level=data.get("level", 0), mark=data.get("mark", ""))
    return Grid(
        name=data["name"],
        cells={(row, column): text for row, column, text in data["cells"]},
        formats={(row, column): text for row, column, text in data.get("formats", ())},
        merged=tuple(CellArea(*area) for area in data.get("merged", ())),
        hidden_rows=frozenset(data.get("hidden_rows", ())),
        hidden_columns=frozenset(data.get("hidden_columns", ())),
        hidden=data.get("hidden", False),
        in_document=data.get("in_document", False),
    )
