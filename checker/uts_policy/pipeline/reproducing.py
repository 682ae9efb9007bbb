"""The check in a bag run again, from the bag alone, and compared byte for byte.

The policies in a bag are a stranger's code: all of them are held to the allow-list of builtins before anything runs,
and run in the embedded engine only, in its worker, within the time that whoever reproduces allows.
"""

import time
from collections.abc import Mapping

from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.worker_process import version
from uts_policy.model.evidence import Reproduced, Reproduction
from uts_policy.pipeline.check import check_declared
from uts_policy.pipeline.evidence.bag import Opened, baseline_of, files_of, other_installation, policies_of, request_of
from uts_policy.pipeline.inputs import formed
from uts_policy.pipeline.making import differences, made_of
from uts_policy.pipeline.queries import read_question_set, scorecard_of
from uts_policy.pipeline.request import Policies
from uts_policy.rules.portability import check_portable


def reproduce(bag: Opened, *, timeout: float) -> Reproduction:
    """Whether the check gives the same files again. `bag` has been found whole.

    `timeout` is in seconds, for everything that the rules are asked together.

    Raises NoVerdictError where it cannot be run: a policy that is not allowed, or takes too long, or a bag that lacks
    what a run needs.
    """
    engine = EmbeddedEngine(timeout=timeout, deadline=time.monotonic() + timeout)
    files = tuple(bag.policies())
    check_portable(files, engine.syntax(files))
    policies = policies_of(bag)
    why = other_installation(bag) or _other_engine(bag)
    if why:
        return Reproduction(file=bag.name, digest=bag.digest, outcome=Reproduced.NOT_COMPARABLE, why=why)
    made = _made(bag, policies, engine)
    found = tuple(differences(bag, made))
    return Reproduction(
        file=bag.name,
        digest=bag.digest,
        outcome=Reproduced.FAILED if found else Reproduced.SAME,
        compared=len(made),
        differences=found,
    )


def _other_engine(bag: Opened) -> str:
    results, engine = bag.results, bag.results.engine
    if results.evaluated and engine.name != "embedded":
        return f'the check was made with the engine "{engine.name}", and a bag is reproduced in the embedded one'
    if results.evaluated and engine.version != version():
        return f"the check was made with the engine's version {engine.version}, and this is {version()}"
    return ""


def _made(bag: Opened, policies: Policies, engine: EmbeddedEngine) -> Mapping[str, bytes]:
    """The files that the check gives, by path."""
    request = request_of(bag)
    report = check_declared(request, policies, engine, formed(request, files_of(bag)), baseline_of(bag))
    return made_of(bag, report, scorecard_of(report, policies, engine, read_question_set(None, policies)))
