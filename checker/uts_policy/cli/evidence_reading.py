"""What the commands share that read bags and tell something: opening, and writing what is told."""

import sys
from collections.abc import Callable
from pathlib import Path

from uts_policy.cli.delivery import encoding_for_people
from uts_policy.cli.output import Output, encoded, publish, style_for
from uts_policy.cli.progress import progress
from uts_policy.model.errors import Exit
from uts_policy.pipeline import silent
from uts_policy.pipeline.evidence.bag import Opened, open_bag
from uts_policy.render.interface import Style


def opened(file: Path) -> Opened:
    """The bag in `file`. Raises NoVerdictError where it is none, or not whole."""
    with progress(sys.stderr) as shown:
        return open_bag(file, shown or silent)


def written(render: Callable[[Style], str], shape: str, output: Path | None, color: str) -> int:
    """Writes it, and returns the exit code: 0, for to tell is not to judge."""
    text = render(style_for(color, to_file=output is not None))
    encoding = encoding_for_people() if shape == "text" and output is None else "utf-8"
    publish([Output(file=output, data=encoded(text, shape, encoding))])
    return Exit.PASS
