"""What every output format does. One module per format stands beside this one, named after it."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast

from uts_policy.model.report import Report

PLAIN_WIDTH = 80
"""Columns where nobody says how many there are: in a file, in a pipe."""


class Format(StrEnum):
    """The formats of a report. The value names the module, with `_` for `-`."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    SARIF_UPLOAD = "sarif-upload"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a report is shown to a person; formats for machines look at none of it.

    `width` is in terminal columns. `top` keeps only the causes with the most findings. `unicode` says whether the
    receiver can show more than ASCII.
    """

    width: int = PLAIN_WIDTH
    color: bool = False
    unicode: bool = True
    verbose: bool = False
    top: int | None = None


class Renderer(Protocol):
    """A module of this package. Where it shows what views answer, it names them in `VIEWS`."""

    def render(self, report: Report, style: Style) -> str | bytes:
        """The whole output, ending in a line end where it is text."""
        ...


def renderer(wanted: Format) -> Renderer:
    """The module of a format, imported when it is wanted: some bring libraries of their own."""
    return cast("Renderer", importlib.import_module(f"uts_policy.render.report.{wanted.value.replace('-', '_')}"))


def views(formats: Iterable[Format]) -> tuple[str, ...]:
    """The views that these formats show, sorted: the evaluation that finds what rules find has to answer them."""
    return tuple(sorted({view for each in formats for view in getattr(renderer(each), "VIEWS", ())}))
