"""How text is shown: as wide as the terminal, in colour where that is wanted and possible."""

import os
import shutil
import sys

from uts_policy.render.interface import PLAIN_WIDTH, Style

NARROWEST = 40
"""Columns below which an excerpt says nothing any more."""


def style_for(color: str, *, to_file: bool = False, verbose: bool = False, top: int | None = None) -> Style:
    """The style for standard output, or for a file. `color` is auto, always or never."""
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    columns = PLAIN_WIDTH if to_file else shutil.get_terminal_size((PLAIN_WIDTH, 0)).columns
    return Style(
        width=max(columns, NARROWEST),
        color=color == "always" or (color == "auto" and terminal and _colour_is_welcome()),
        unicode=to_file or sys.stdout is None or (sys.stdout.encoding or "").lower().startswith("utf"),
        verbose=verbose,
        top=top,
    )


def _colour_is_welcome() -> bool:
    # NOTE: an older console of Windows prints the sequences as they are; the newer one names its session.
    capable = os.name != "nt" or "WT_SESSION" in os.environ
    return capable and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
