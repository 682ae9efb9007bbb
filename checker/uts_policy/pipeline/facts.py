"""What a report states of its run: digests of everything that went in, files, date, threshold."""

import hashlib

from uts_policy import __version__, resources
from uts_policy.corpus.canonical import serialise
from uts_policy.judge.report import Facts
from uts_policy.model.listing import listing_digest
from uts_policy.model.report import Digests
from uts_policy.pipeline.values import Declared, Policies, Request


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
    )


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
