"""What readers refuse, and how much they take: shared by all of them, inside of the worker."""

from typing import Final

MOST_CELLS: Final = 2_000_000
"""Cells with text in one file."""


class RefusedFileError(Exception):
    """A file that is not read. `what` goes on after its name; `remedy` is a sentence."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class CellTally:
    """Counts cells over all grids of a file, and refuses too many."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, count: int = 1) -> None:
        """Raises RefusedFileError beyond MOST_CELLS."""
        self._count += count
        if self._count > MOST_CELLS:
            raise RefusedFileError(
                f"has more than {MOST_CELLS:,} cells with text", "Copy the cells that are needed to a new file."
            )
