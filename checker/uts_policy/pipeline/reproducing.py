"""The check in a bag run again, from the bag alone, and compared byte for byte.

The policies in a bag are a stranger's code: all of them are held to the allow-list of builtins before anything runs,
and run in the embedded engine only, in its worker, within the time that whoever reproduces allows.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from uts_policy import __version__, resources
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.process import version
from uts_policy.evidence.archive import folder_digest
from uts_policy.evidence.effective import BASELINE, Effective
from uts_policy.evidence.provenance import LIBRARIES, libraries
from uts_policy.load.files import LoadedFiles
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import Baseline
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.reproduction import Difference, Reproduced, Reproduction
from uts_policy.model.settings import Settings
from uts_policy.pipeline.checking import check_declared
from uts_policy.pipeline.evidencing import NAMED, derived, for_people
from uts_policy.pipeline.opened import Opened
from uts_policy.pipeline.reading import formed, known_from
from uts_policy.pipeline.scoring import read_question_set, scorecard_of
from uts_policy.pipeline.values import OwnPolicy, Policies, Request
from uts_policy.rules.catalogue import read_catalogue
from uts_policy.rules.portability import check_portable
from uts_policy.rules.ruleset import rule_set

_COMPARED = ("results/", "oscal/")
_REPORT = "report/"
_SCHEMAS = "schemas/"


def reproduce(bag: Opened, *, timeout: float) -> Reproduction:
    """Whether the check gives the same files again. `bag` has been found whole.

    `timeout` is in seconds, for everything that the rules are asked together.

    Raises NoVerdictError where it cannot be run: a policy that is not allowed, or takes too long, or a bag that lacks
    what a run needs.
    """
    engine = EmbeddedEngine(timeout=timeout, deadline=time.monotonic() + timeout)
    policies = _policies(bag, engine)
    why = _incomparable(bag)
    if why:
        return Reproduction(file=bag.name, digest=bag.digest, outcome=Reproduced.NOT_COMPARABLE, why=why)
    left_out = _left_out(bag)
    made = dict(_made(bag, policies, engine, report=not left_out))
    compared = _COMPARED if left_out else (*_COMPARED, _REPORT)
    there = {path: data for path, data in bag.members.items() if path.startswith(compared)}
    differences = tuple(_differences(there, made))
    return Reproduction(
        file=bag.name,
        digest=bag.digest,
        outcome=Reproduced.FAILED if differences else Reproduced.SAME,
        compared=len(there.keys() | made.keys()),
        differences=differences,
        left_out=left_out,
    )


def _incomparable(bag: Opened) -> str:
    """Why another result would say nothing about the bag; empty where it would."""
    results, engine = bag.results, bag.results.engine
    if results.tool_version != __version__:
        return f"the check was made with version {results.tool_version} of uts-policy, and this is {__version__}"
    if results.evaluated and engine.name != "embedded":
        return f'the check was made with the engine "{engine.name}", and a bag is reproduced in the embedded one'
    if results.evaluated and engine.version != version():
        return f"the check was made with the engine's version {engine.version}, and this is {version()}"
    rules = {file.path: file.text for file in rule_set(resources.builtin_policies()).files}
    named = {file.path: file.text for file in bag.policies() if file.builtin}
    other = next((path for path in sorted(rules.keys() | named.keys()) if rules.get(path) != named.get(path)), None)
    if other is not None:
        return (
            f"the bag has other rules as built in than this installation, though both say version {__version__}; "
            f"the first is {other}"
        )
    ours = {f"{_SCHEMAS}{file.name}": file.read_bytes() for file in resources.schemas_dir().glob("*.json")}
    theirs = {path: data for path, data in bag.members.items() if path.startswith(_SCHEMAS)}
    return "" if ours == theirs else "the schemas in the bag are not those of this installation"


def _left_out(bag: Opened) -> str:
    """Why `report/` cannot be compared: it is drawn by libraries, of which other versions may draw other bytes."""
    there, ours = bag.report_made_with, libraries()
    other = next((name for name in LIBRARIES if there.get(name) != ours[name]), None)
    if other is None:
        return ""
    return f"it was made with {other} {there.get(other, 'of a version that is not said')}, and this is {ours[other]}"


def _policies(bag: Opened, engine: EmbeddedEngine) -> Policies:
    """The rules of the bag. Raises NoVerdictError for one that may do more than judge."""
    files = tuple(bag.policies())
    check_portable(files, engine.syntax(files))
    places = {each.path: each.place for each in bag.effective.own_policies}
    own = tuple(OwnPolicy(place=places.get(file.path, file.path), file=file) for file in files if not file.builtin)
    rules = rule_set(files)
    return Policies(catalogue=read_catalogue(rules.files, parse), rule_set=rules, own=own)


def _made(bag: Opened, policies: Policies, engine: EmbeddedEngine, *, report: bool) -> Iterator[tuple[str, bytes]]:
    """The files that the check gives, by path; those for people where `report` says so."""
    effective = bag.effective
    settings = Settings(
        root=Path("/"),
        profile=effective.profile,
        levels=effective.levels,
        rules=effective.rules,
        require=effective.require,
        fail_on=effective.fail_on,
        engine=effective.engine,
    )
    request = Request(
        settings=settings,
        config=None,
        as_of=effective.as_of,
        include=effective.include,
        exclude=effective.exclude,
    )
    declared = formed(request, _files(bag))
    found = check_declared(request, policies, engine, declared, _baseline(bag, effective))
    scorecard = scorecard_of(found, policies, engine, read_question_set(None, policies))
    made = {member.path: member.data for member in derived(found, scorecard, effective)}
    yield from made.items()
    if report:
        given = {path: data for path, data in bag.members.items() if not path.startswith(_COMPARED)}
        listed = {f"data/{path}": sha256(data).hexdigest() for path, data in {**given, **made}.items()}
        for member in for_people(found, {f"data/{folder}/": folder_digest(listed, folder) for folder in NAMED}):
            yield member.path, member.data


def _files(bag: Opened) -> LoadedFiles:
    """The declarations under the names that the reports have for them, read as from a directory."""
    effective = bag.effective
    sources: dict[str, Source] = {}
    documents: list[Document] = []
    problems = list(effective.unread)
    for each in effective.files:
        source = to_source(each.path, bag.member(f"inputs/{each.stored}"))
        if not isinstance(source, Source):
            problems.append(source)
            continue
        sources[each.path] = source
        loaded = parse(source)
        documents += loaded.documents
        problems += loaded.problems
    return LoadedFiles(
        sources=sources,
        documents=tuple(documents),
        problems=tuple(sorted(problems, key=lambda problem: problem.location)),
        ignored=Counter(effective.ignored.values()),
        passed_over=effective.ignored,
    )


def _baseline(bag: Opened, effective: Effective) -> Baseline | None:
    if effective.baseline is None:
        return None
    source = to_source(effective.baseline, bag.member(BASELINE))
    if not isinstance(source, Source):
        raise NoVerdictError(f"{bag.name}: the baseline in it cannot be read")
    return known_from(source)


def _differences(there: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[Difference]:
    for path in sorted(there.keys() | made.keys()):
        if path not in made:
            yield Difference(path=f"data/{path}", how="it is in the bag, and the check gives no such file")
        elif path not in there:
            yield Difference(path=f"data/{path}", how="the check gives it, and it is not in the bag")
        elif there[path] != made[path]:
            yield Difference(path=f"data/{path}", how=_where(there[path], made[path]))


def _where(one: bytes, other: bytes) -> str:
    """The first line that differs, as it is in the bag and as it came out."""
    pairs = zip_longest(one.split(b"\n"), other.split(b"\n"), fillvalue=b"(no more lines)")
    number, (was, now) = next((number, pair) for number, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    return f"line {number} is {_quoted(was)} in the bag, and {_quoted(now)} now"


def _quoted(line: bytes) -> str:
    text = line.decode("utf-8", "backslashreplace").strip()
    return f'"{text[:120]}{"…" if len(text) > 120 else ""}"'  # noqa: PLR2004 - enough to recognise
