import io
import threading

from uts_policy.cli.progress import Progress, progress


class Terminal(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)


def test_where_there_is_no_terminal_there_is_no_progress() -> None:
    with progress(io.StringIO()) as shown:
        assert shown is None
    with progress(None) as shown:
        assert shown is None


def test_long_work_is_shown_and_wiped_away() -> None:
    terminal = Terminal()
    with progress(terminal) as shown:
        assert shown is not None
        shown("reading: 3 of 7 files")
        assert terminal.written.wait(60)
    assert terminal.getvalue().startswith("\r\x1b[Kreading: 3 of 7 files …")
    assert terminal.getvalue().endswith("…\r\x1b[K")


def test_before_anything_is_said_it_reads() -> None:
    terminal = Terminal()
    with progress(terminal) as shown:
        assert shown is not None
        assert terminal.written.wait(60)
    assert terminal.getvalue().startswith("\r\x1b[Kreading …")


def test_work_that_ends_at_once_shows_nothing() -> None:
    terminal = Terminal()
    shown = Progress(terminal)
    shown.stop()
    shown.watch()
    assert terminal.getvalue() == ""
