"""The one look-up of what renders a subject in a format. A format is added as a module, and is found by its name."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

REPORT = "report"
"""The subject of a check."""
PLAIN_WIDTH = 80
"""Columns where nobody says how many there are: in a file, in a pipe."""


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


Render: TypeAlias = Callable[[Any, Style], str | bytes]
"""From a value to the whole output, which ends in a line end where it is text."""
FIRST = "text"
"""The format of every subject that stands first, and is written where none is asked for."""


def formats(subject: str) -> tuple[str, ...]:
    """The formats of a subject that is a package of this one: a module each, named after it, with `_` for `-`."""
    folder = importlib.import_module(f"{__package__}.{subject}").__path__
    names = (module.name.replace("_", "-") for module in pkgutil.iter_modules(folder))
    return tuple(sorted(names, key=lambda name: (name != FIRST, name)))


def renderer(subject: str, shape: str) -> Render:
    """What renders one format of a subject; imported when it is wanted, for some bring libraries of their own.

    A subject is a package with a module for each format, which has `render`, or a small module with `as_<format>`.
    """
    where, name = f"{__package__}.{subject}", shape.replace("-", "_")
    module = importlib.import_module(where)
    found = (
        importlib.import_module(f"{where}.{name}").render
        if hasattr(module, "__path__")
        else getattr(module, f"as_{name}")
    )
    return cast("Render", found)


def views(shapes: Iterable[str]) -> tuple[str, ...]:
    """The views that these formats of a report show, in their `VIEWS`: sorted.

    The evaluation that finds what rules find has to answer them.
    """
    modules = (importlib.import_module(f"{__package__}.{REPORT}.{each.replace('-', '_')}") for each in shapes)
    return tuple(sorted({view for module in modules for view in getattr(module, "VIEWS", ())}))
