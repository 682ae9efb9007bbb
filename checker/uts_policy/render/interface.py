"""The one look-up of what renders a subject in a format. A format is added as a module, and is found by its name."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
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


_SYNTAX = {"text": "text", "json": "json", "html": "markup"}
"""Of formats that every subject may have; a module says `SYNTAX` where its format has another."""
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
    module = _module(subject, shape)
    return cast("Render", getattr(module, "render", None) or getattr(module, f"as_{shape.replace('-', '_')}"))


def syntax(subject: str, shape: str) -> str:
    """What `sanitise.disarmed` has to know of a format: the `SYNTAX` of its module, else what its name says."""
    return str(getattr(_module(subject, shape), "SYNTAX", _SYNTAX.get(shape, "plain")))


def declared(shapes: Iterable[str], name: str) -> tuple[Any, ...]:
    """What the modules of these formats of a report have under a name: those that have it."""
    modules = (_module(REPORT, each) for each in shapes)
    return tuple(getattr(module, name) for module in modules if hasattr(module, name))


def views(shapes: Iterable[str]) -> tuple[str, ...]:
    """The views that these formats of a report show, in their `VIEWS`: sorted.

    The evaluation that finds what rules find has to answer them.
    """
    return tuple(sorted({view for names in declared(shapes, "VIEWS") for view in names}))


def _module(subject: str, shape: str) -> ModuleType:
    where = f"{__package__}.{subject}"
    module = importlib.import_module(where)
    return importlib.import_module(f"{where}.{shape.replace('-', '_')}") if hasattr(module, "__path__") else module
