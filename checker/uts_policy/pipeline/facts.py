"""What a report states of its run: digests of everything that went in, files, date, threshold."""

import hashlib
import os
from pathlib import Path

from uts_policy import __version__, resources
from uts_policy.common.listing import listing_digest
from uts_policy.corpus.build import serialise
from uts_policy.judge.report import Facts
from uts_policy.load.discover import display_name
from uts_policy.model.report import Digests
from uts_policy.pipeline.inputs import DEFAULT_PATH, asked_for
from uts_policy.pipeline.request import Declared, Policies, Request


def facts_of(request: Request, policies: Policies, declared: Declared) -> Facts:
    """What the report on `declared` states without judging it."""
    files, settings = declared.files, request.settings
    return Facts(
        tool_version=__version__,
        as_of=request.as_of,
        threshold=settings.fail_on,
        digests=Digests(
            inputs=listing_digest({path: source.sha256 for path, source in files.sources.items()}),
            policies=policies.rule_set.digest,
            schemas=listing_digest(
                {file.name: _sha256(file.read_bytes()) for file in resources.schemas_dir().glob("*.json")}
            ),
            config=_config_digest(request),
        ),
        sources=files.sources,
        rules=policies.catalogue,
        ignored=files.ignored,
        passed_over=files.passed_over,
        name=name_of(request),
    )


def name_of(request: Request) -> str:
    """What tells this set of declarations from others of its repository: the name given, else the paths asked for.

    Empty for `declarations/` at the top, which is the only set of most repositories. Paths are from the top of the
    repository, so that the name is the same wherever the command was run.
    """
    if request.name is not None:
        return request.name
    names = sorted({_in_repository(path, request.settings.root) for path in asked_for(request)})
    joined = "" if names == [DEFAULT_PATH] else "+".join(names)
    return joined if len(joined) <= _LONGEST_NAME else f"{joined[:_KEPT_OF_NAME]}~{_sha256(joined.encode())[:12]}"


_LONGEST_NAME = 100
_KEPT_OF_NAME = 80


def _in_repository(path: Path, root: Path) -> str:
    """A path from the top of the work tree that it lies in, else from the root, else its last step alone.

    What lies above is the machine's, and would be another name elsewhere.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    top = next((each for each in absolute.parents if (each / ".git").exists()), Path(os.path.abspath(root)))  # noqa: PTH100 - likewise
    shown = display_name(absolute, top)
    return absolute.name if Path(shown).is_absolute() else shown


def _config_digest(request: Request) -> str:
    """SHA-256 of what configuration and command line say together about rules and verdict, as canonical JSON."""
    settings = request.settings
    effective = {
        "profile": settings.profile,
        "levels": [[rule, level or "off"] for rule, level in settings.levels],
        "rules": {rule: dict(parameters) for rule, parameters in settings.rules.items()},
        "require": settings.require,
        "fail_on": settings.fail_on or "never",
        "include": request.include,
        "exclude": request.exclude,
    }
    return _sha256(serialise(effective).encode())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
