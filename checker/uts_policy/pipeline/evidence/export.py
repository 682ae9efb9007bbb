"""A check as evidence: everything that it rested on, what it found, and all that is made of that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO

from uts_policy import resources
from uts_policy.engine.interface import Engine
from uts_policy.evidence import effective as effective_file
from uts_policy.evidence.archive import BagWriter, Member, bag_name, info, uncompressed
from uts_policy.evidence.attestation import attestation, signed
from uts_policy.evidence.effective import Effective, OwnRules, StoredFile
from uts_policy.evidence.naming import stored_names
from uts_policy.evidence.oscal import oscal_files
from uts_policy.evidence.population import decisions_file, population_file, populations
from uts_policy.evidence.provenance import FILE as PROVENANCE
from uts_policy.evidence.provenance import Commit, Occasion, Previous, provenance
from uts_policy.evidence.readme import readme
from uts_policy.load.configuration import read_baseline
from uts_policy.load.discover import display_name
from uts_policy.load.git import GitError, head_state, open_repository
from uts_policy.load.read import read
from uts_policy.model.answers import Scorecard
from uts_policy.model.document import FoundFile, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Finding, Problem
from uts_policy.model.report import Report
from uts_policy.pipeline.check import check
from uts_policy.pipeline.inputs import asked_for, excluded
from uts_policy.pipeline.prepare import complete
from uts_policy.pipeline.queries import read_question_set, scorecard_of
from uts_policy.pipeline.request import Policies, Request
from uts_policy.render.html.page import page
from uts_policy.render.interface import Style
from uts_policy.render.report import html, junit, sarif, xlsx
from uts_policy.render.report import json as native
from uts_policy.signing import EvidenceSigner
from uts_policy.view.scorecard import VIEW as SCORECARD

VIEWS = (*html.VIEWS, SCORECARD)
"""What a bag shows of the views that the rules' evaluation answers."""
NAMED = ("inputs", "policies", "results")
"""The folders below `data/` whose digests the reports for people have on their first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One check, and what must be kept of it. `configuration` and `baseline` are the bytes of those files."""

    report: Report
    scorecard: Scorecard
    policies: Policies
    effective: Effective
    configuration: bytes | None
    baseline: bytes | None

    @property
    def name(self) -> str:
        """The directory that the bag unpacks to."""
        return bag_name(self.report.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBag:
    """A bag that was written: its digest, and the key that signed it, if one did."""

    digest: str
    keyid: str | None


def gather(request: Request, policies: Policies, engine: Engine) -> Evidence:
    """Runs the check.

    Raises UtsPolicyError where there can be no verdict, or no bag that could hold what was checked.
    """
    configuration, baseline = _configuration(request), _baseline(request)
    request = replace(request, views=VIEWS)
    report = check(request, policies, engine)
    if report.unread:
        raise NoVerdictError(
            f"{len(report.unread)} of the findings in the baseline cannot be judged: a part was not read",
            "Name all paths, in a whole checkout: a bag must not leave open what is fixed.",
        )
    effective = effective_of(request, policies, report)
    scorecard = scorecard_of(report, read_question_set(None, policies))
    return Evidence(
        report=report,
        scorecard=scorecard,
        policies=policies,
        effective=effective,
        configuration=configuration,
        baseline=baseline,
    )


def effective_of(request: Request, policies: Policies, report: Report) -> Effective:
    """What was asked for, and which files were found. Raises NoVerdictError where two files would fall into one."""
    settings = request.settings
    stored = stored_names(report.sources)
    own = stored_names(each.file.path for each in policies.own if _evaluated(each.file.path, policies))
    return Effective(
        as_of=request.as_of,
        profile=settings.profile,
        levels=settings.levels,
        rules=settings.rules,
        require=settings.require,
        complete=complete(settings),
        fail_on=settings.fail_on,
        include=request.include,
        exclude=request.exclude,
        engine=settings.engine,
        timeout=settings.timeout,
        paths=tuple(display_name(path, settings.root) for path in asked_for(request)),
        passed_over=excluded(settings),
        files=tuple(StoredFile(path=path, stored=name) for path, name in stored.items()),
        unread=tuple(_problem(each) for each in report.findings if _is_unread(each, report)),
        ignored=report.passed_over,
        own_policies=tuple(
            OwnRules(place=each.place, path=each.file.path, stored=own[each.file.path])
            for each in policies.own
            if each.file.path in own
        ),
        config_file=None if settings.config_file is None else display_name(settings.config_file, settings.root),
        baseline=None if settings.baseline is None else _baseline_name(request),
    )


def derived(report: Report, scorecard: Scorecard, effective: Effective) -> Iterator[Member]:
    """Every file of `results/` and `oscal/`: the same bytes for the same report, scorecard and settings."""
    counted = populations(report)
    renamed = {each.path: each.stored for each in effective.files if each.path != each.stored}
    yield _text("results/findings.json", native.render(report, Style()))
    yield Member(path="results/decisions.jsonl", data=decisions_file(report, counted, renamed))
    yield Member(path="results/population.json", data=population_file(report, counted, effective))
    yield _text("results/results.sarif", sarif.whole(report))
    yield _text("results/junit.xml", junit.render(report, Style()))
    for path, data in oscal_files(report, counted, scorecard, renamed).items():
        yield Member(path=path, data=data)


def for_people(report: Report, digests: Mapping[str, str]) -> Iterator[Member]:
    """Every file of `report/`; `digests` of the folders of NAMED stand on the first page."""
    yield _text("report/index.html", page(report, digests))
    yield Member(path="report/report.xlsx", data=uncompressed(xlsx.render_with(report, digests)))


def write_bag(
    stream: IO[bytes],
    evidence: Evidence,
    *,
    occasion: Occasion | None = None,
    previous: Previous | None = None,
    signer: EvidenceSigner | None = None,
) -> WrittenBag:
    """Writes the whole bag to a stream that can seek. Without `occasion` the bytes hang on nothing but the input."""
    bag = BagWriter(stream, evidence.name)
    try:
        return _written(bag, evidence, occasion=occasion, previous=previous, signer=signer)
    except BaseException:
        bag.abandon()
        raise


def _written(
    bag: BagWriter,
    evidence: Evidence,
    *,
    occasion: Occasion | None,
    previous: Previous | None,
    signer: EvidenceSigner | None,
) -> WrittenBag:
    report = evidence.report
    for member in (*_inputs(evidence), *_rules(evidence), *_settings(evidence)):
        bag.add(member)
    for member in derived(report, evidence.scorecard, evidence.effective):
        bag.add(member)
    digests = {f"data/{folder}/": bag.digests(folder) for folder in NAMED}
    for member in for_people(report, digests):
        bag.add(member)
    stated = provenance(
        tool_version=report.tool_version,
        engine=report.engine,
        as_of=report.as_of,
        occasion=occasion,
        previous=previous,
    )
    bag.add(Member(path=PROVENANCE, data=stated))
    bag.add(Member(path="README.txt", data=readme(name=evidence.name, tool_version=report.tool_version)))
    digest = bag.finish(info(report.as_of, report.tool_version))
    if signer is not None:
        payload = attestation(report, digest, configuration=bag.digest_of(effective_file.FILE))
        bag.attest(signer.keyid[:16], signed(payload, signer))
    bag.close()
    return WrittenBag(digest=digest, keyid=None if signer is None else signer.keyid)


def commit_of(request: Request, environment: Mapping[str, str]) -> Commit | None:
    """The commit that the declarations are checked out of; None where git cannot tell, or they are of no single one."""
    if request.stdin is not None:
        return None
    folders = {path if path.is_dir() else path.parent for path in asked_for(request)}
    try:
        repositories = [open_repository(folder, environment) for folder in sorted(folders)]
        if len({repository.top for repository in repositories}) != 1:
            return None
        state = head_state(repositories[0])
    except GitError:
        return None
    return None if state is None else Commit(commit=state[0], dirty=state[1])


def _inputs(evidence: Evidence) -> Iterator[Member]:
    for each in evidence.effective.files:
        yield Member(path=f"inputs/{each.stored}", data=evidence.report.sources[each.path].data)


def _rules(evidence: Evidence) -> Iterator[Member]:
    own = {each.path: each.stored for each in evidence.effective.own_policies}
    for file in evidence.policies.rule_set.files:
        name = f"builtin/{file.path}" if file.builtin else f"own/{own[file.path]}"
        yield Member(path=f"policies/{name}", data=file.text.encode())
    for schema in sorted(resources.schemas_dir().glob("*.json")):
        yield Member(path=f"schemas/{schema.name}", data=schema.read_bytes())


def _settings(evidence: Evidence) -> Iterator[Member]:
    yield Member(path=effective_file.FILE, data=effective_file.written(evidence.effective))
    if evidence.configuration is not None:
        yield Member(path=effective_file.CONFIGURATION, data=evidence.configuration)
    if evidence.baseline is not None:
        yield Member(path=effective_file.BASELINE, data=evidence.baseline)


def _text(path: str, text: str) -> Member:
    return Member(path=path, data=text.encode("utf-8", "backslashreplace"))


def _configuration(request: Request) -> bytes | None:
    """The bytes of the configuration. Raises NoVerdictError where they are no longer those that were read."""
    settings = request.settings
    if request.config is None or settings.config_file is None:
        return None
    source = read(FoundFile(path=settings.config_file, name=request.config.path))
    if not isinstance(source, Source) or source.sha256 != request.config.sha256:
        raise NoVerdictError(
            f'"{request.config.path}" was changed while the check ran', "Run it again when nobody writes there."
        )
    return source.data


def _baseline(request: Request) -> bytes | None:
    settings = request.settings
    if settings.baseline is None:
        return None
    return read_baseline(settings.root / settings.baseline, _baseline_name(request)).data


def _baseline_name(request: Request) -> str:
    settings = request.settings
    return display_name(settings.root / (settings.baseline or ""), settings.root)


def _evaluated(path: str, policies: Policies) -> bool:
    """Whether a file of the user's is among those that were evaluated: tests are not."""
    return any(file.path == path for file in policies.rule_set.files)


def _is_unread(finding: Finding, report: Report) -> bool:
    """Whether this is on a file that no byte was read of, or too many to keep."""
    return (
        finding.rule in ("yaml/unreadable", "yaml/limit")
        and finding.location is not None
        and finding.location.file not in report.sources
    )


def _problem(finding: Finding) -> Problem:
    assert finding.location is not None  # noqa: S101 - as _is_unread said
    return Problem(
        rule=finding.rule,
        message=finding.message,
        remediation=finding.remediation,
        location=finding.location,
        problem=finding.key,
    )
