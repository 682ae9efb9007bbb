"""A line of progress on a terminal, for work that takes longer than a blink; silent elsewhere."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

FIRST = 0.5
"""Seconds before anything is shown: most runs end sooner."""
_EVERY = 0.2
_CLEAR = "\r\x1b[K"


class Progress:
    """What is being done, shown by a thread of its own, so that one long step does not look like a standstill."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = "reading"
        self._over = threading.Event()

    def __call__(self, doing: str) -> None:
        """Takes note of what is being done."""
        self._text = doing

    def watch(self) -> None:
        """Shows the latest note until `stop`; the body of the thread."""
        shown = False
        wait = FIRST
        while not self._over.wait(wait):
            self._stream.write(f"{_CLEAR}{self._text} …")
            self._stream.flush()
            shown, wait = True, _EVERY
        if shown:
            self._stream.write(_CLEAR)
            self._stream.flush()

    def stop(self) -> None:
        """Ends the display, and leaves an empty line behind."""
        self._over.set()


@contextmanager
def progress(stream: TextIO | None) -> Iterator[Progress | None]:
    """Progress on `stream` while the body runs, where that is a terminal; else None."""
    if stream is None or not stream.isatty():
        yield None
        return
    shown = Progress(stream)
    thread = threading.Thread(target=shown.watch, daemon=True)
    thread.start()
    try:
        yield shown
    finally:
        shown.stop()
        thread.join()
