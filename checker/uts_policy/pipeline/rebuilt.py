"""What a run needs, rebuilt from a bag: request, declarations, rules, baseline. Nothing is evaluated here."""

from collections import Counter
from pathlib import Path

from uts_policy import __version__, resources
from uts_policy.evidence.effective import BASELINE
from uts_policy.load.files import LoadedFiles
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import Baseline
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.settings import Settings
from uts_policy.pipeline.evidence.bag import Opened
from uts_policy.pipeline.inputs import known_from
from uts_policy.pipeline.request import OwnPolicy, Policies, Request
from uts_policy.rules.catalogue import read_catalogue, rule_set

_SCHEMAS = "schemas/"


def other_installation(bag: Opened) -> str:
    """What was different where the bag was made, so that the same declarations may be read otherwise; else empty."""
    if bag.results.tool_version != __version__:
        return f"the check was made with version {bag.results.tool_version} of uts-policy, and this is {__version__}"
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


def policies_of(bag: Opened) -> Policies:
    """The rules of the bag, which are a stranger's code."""
    files = tuple(bag.policies())
    places = {each.path: each.place for each in bag.effective.own_policies}
    own = tuple(OwnPolicy(place=places.get(file.path, file.path), file=file) for file in files if not file.builtin)
    rules = rule_set(files)
    return Policies(catalogue=read_catalogue(rules.files, parse), rule_set=rules, own=own)


def request_of(bag: Opened) -> Request:
    """What was asked for."""
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
    return Request(
        settings=settings,
        config=None,
        as_of=effective.as_of,
        include=effective.include,
        exclude=effective.exclude,
        name=bag.results.name,
    )


def files_of(bag: Opened) -> LoadedFiles:
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


def baseline_of(bag: Opened) -> Baseline | None:
    """The baseline, where the check had one."""
    name = bag.effective.baseline
    if name is None:
        return None
    source = to_source(name, bag.member(BASELINE))
    if not isinstance(source, Source):
        raise NoVerdictError(f"{bag.name}: the baseline in it cannot be read")
    return known_from(source)
