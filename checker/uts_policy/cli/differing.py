"""What `diff` does once its options are read."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from uts_policy import pipeline
from uts_policy.cli.app import Globals
from uts_policy.cli.deliver import encoding_for_people
from uts_policy.cli.options import Choices
from uts_policy.cli.output import Output, encoded, publish, style_for
from uts_policy.cli.progress import progress
from uts_policy.cli.session import laid_over, make_embedded, request_for, settings_for
from uts_policy.model.difference import Difference
from uts_policy.model.errors import Exit
from uts_policy.render.difference import json as difference_json
from uts_policy.render.difference import markdown as difference_markdown
from uts_policy.render.difference import text as difference_text

_RENDERERS = {"json": difference_json, "markdown": difference_markdown, "text": difference_text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The options of one `diff` that have a say in what it tells."""

    options: Globals
    choices: Choices
    base: str
    head: str | None


def found(wish: Wish) -> Difference:
    """What the change means. Raises UtsPolicyError where that cannot be told."""
    with progress(sys.stderr) as shown:
        configuration = pipeline.read_settings(wish.options.config, Path.cwd())
        settings = settings_for(configuration, wish.choices)
        since = pipeline.Since(
            revision=wish.base,
            start=Path.cwd(),
            config=wish.options.config,
            environment=os.environ,
            overlay=lambda other: laid_over(other, wish.choices),
        )
        policies = pipeline.read_policies(settings)
        request = request_for(configuration, settings, wish.choices, shown)
        return pipeline.diff(request, policies, make_embedded(settings.timeout), since, wish.head)


def written(change: Difference, shape: str, output: Path | None, color: str) -> int:
    """Writes it, and returns the exit code: 0, for to tell is not to judge."""
    text = _RENDERERS[shape].render(change, style_for(color, to_file=output is not None))
    encoding = encoding_for_people() if shape == "text" and output is None else "utf-8"
    publish([Output(file=output, data=encoded(text, shape, encoding))])
    return Exit.PASS
