"""The configuration of one run: file, environment and command line put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from uts_policy.model.rule import Level, Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`levels` are (rule or glob, level or None for off), the later one wins. Paths are relative to `root`.

    `root` is the directory of the configuration file, else the working directory. `timeout` is in seconds. `complete`
    are facts, or `all`. `values` has every setting of the configuration's schema as the file writes it, or its default:
    a setting needs a field of its own only where it is more than that, or the command line has a say in it.
    `load.configuration.settings_from` makes them, with the defaults of that schema.
    """

    root: Path
    config_file: Path | None = None
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    profile: Profile
    levels: tuple[tuple[str, Level | None], ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    fail_on: Level | None
    engine: str
    timeout: float
    baseline: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
