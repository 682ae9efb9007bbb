"""Whether a bag agrees with itself outside of its results: nothing more, one day, one tool, the rules it names."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from uts_policy.common.listing import listing_digest
from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.evidence.archive import info
from uts_policy.evidence.attestation import EnvelopeError, read_bundle, read_statement
from uts_policy.evidence.bagit import Bag
from uts_policy.evidence.effective import FILE as _EFFECTIVE_FILE
from uts_policy.evidence.strict_json import parsed
from uts_policy.evidence.timing import PROVENANCE
from uts_policy.model.evidence import RejectionReason
from uts_policy.model.rule import from_loader

EFFECTIVE = f"data/{_EFFECTIVE_FILE}"
POPULATION = "data/results/population.json"
RANK = {"note": 0, "warning": 1, "error": 2}
_POLICIES = "data/policies/"
_SCHEMAS = "data/schemas/"
_BUILT_IN = f"{_POLICIES}builtin/"
_OWN = f"{_POLICIES}own/"
_KNOWN = re.compile(
    r"""data/(
    inputs/.+ | policies/(builtin|own)/.+ | schemas/[a-z-]+\.schema\.json
    | config/(effective\.json|uts-policy\.yaml|baseline\.yaml)
    | results/(findings\.json|decisions\.jsonl|population\.json|results\.sarif|junit\.xml)
    | oscal/(catalog|profile|system-security-plan|assessment-plan|assessment-results|poam)\.json
    | report/(index\.html|report\.xlsx) | run/provenance\.json | README\.txt
    )""",
    re.VERBOSE,
)
"""What an export writes below `data/`."""
_ALWAYS = (
    *(f"data/oscal/{name}.json" for name in ("catalog", "profile", "system-security-plan", "assessment-plan")),
    *("data/report/index.html", "data/report/report.xlsx", "data/README.txt"),
)
"""Of these, what nobody else here would miss."""
_BESIDE = {"config_file": "data/config/uts-policy.yaml", "baseline": "data/config/baseline.yaml"}
"""Files that are there where the settings name them, and only there."""


def incoherences(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """Every way in which other files contradict `report`, which is findings.json.

    Raises LayoutError, ValueError, KeyError or TypeError where one of them is not what an export writes.
    """
    effective, provenance = parsed(bag.read(EFFECTIVE)), parsed(bag.read(PROVENANCE))
    yield from _files(bag, effective)
    dated = ((EFFECTIVE, effective), (PROVENANCE, provenance), (POPULATION, parsed(bag.read(POPULATION))))
    for path, value in dated:
        if value["as_of"] != report["as_of"]:
            message = f"it says that the check was made as of {value['as_of']}, and the report {report['as_of']}"
            yield RejectionReason(id="as-of", message=message, path=path)
    for what in ("tool", "engine"):
        if provenance[what] != report[what]:
            yield RejectionReason(
                id="made-with", message=f"it names another {what} than the report does", path=PROVENANCE
            )
    if report["evaluated"] and effective["engine"] != report["engine"]["name"]:
        message = f"it names the engine {effective['engine']}, and the report {report['engine']['name']}"
        yield RejectionReason(id="made-with", message=message, path=EFFECTIVE)
    yield from _info(bag, report)
    yield from _schemas(bag, report)
    yield from _policies(bag, report, effective)
    yield from _predicates(bag, report)


def is_open(finding: Mapping[str, Any]) -> bool:
    """Whether a finding counts: nobody waived it, and it was not known before."""
    return not finding["waiver"] and finding["status"] != "known"


def fails(finding: Mapping[str, Any], report: Mapping[str, Any]) -> bool:
    """Whether a finding that counts makes the verdict *fail*: by its level, or since a file is invalid."""
    limit = RANK.get(report["threshold"], len(RANK))
    return RANK[finding["level"]] >= limit or from_loader(finding["rule"])


def _files(bag: Bag, effective: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """No more files, and no fewer, than an export writes."""
    for path in sorted(bag.files):
        if path.startswith("data/") and not _KNOWN.fullmatch(path):
            yield RejectionReason(id="unexpected-file", message="no export writes this file", path=path)
    for path in _ALWAYS:
        if path not in bag.files:
            yield RejectionReason(id="missing-file", message="every export writes this file", path=path)
    for name, path in _BESIDE.items():
        if effective[name] is None and path in bag.files:
            yield RejectionReason(id="unexpected-file", message="the check had none, as its settings say", path=path)
        if effective[name] is not None and path not in bag.files:
            yield RejectionReason(
                id="missing-file", message=f'the settings say that it was "{effective[name]}"', path=path
            )


def _info(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """What archivists read first is made of the report too; the size is for `integrity`."""
    expected = [f"{name}: {value}" for name, value in info(report["as_of"], report["tool"]["version"]).items()]
    lines = bag.read("bag-info.txt").decode().splitlines()
    if [line for line in lines if not line.startswith("Payload-Oxum: ")] != expected:
        yield RejectionReason(
            id="bag-info", message="it does not describe the check as the report does", path="bag-info.txt"
        )


def _schemas(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """The schemas in the bag are those whose digest the report states."""
    there = {path.removeprefix(_SCHEMAS): path for path in bag.files if path.startswith(_SCHEMAS)}
    digests = {name: hashlib.sha256(bag.read(path)).hexdigest() for name, path in there.items()}
    if listing_digest(digests) != report["digests"]["schemas"]:
        yield RejectionReason(id="schemas", message="they are not those whose digest the report states", path=_SCHEMAS)


def _policies(bag: Bag, report: Mapping[str, Any], effective: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """The rules in the bag are those whose digest the report states; no file lies there that nobody evaluated."""
    names = {path: path.removeprefix(_BUILT_IN) for path in bag.files if path.startswith(_BUILT_IN)}
    names |= {_OWN + each["stored"]: each["path"] for each in effective["own_policies"]}
    there = {path for path in bag.files if path.startswith(_POLICIES)}
    for path in sorted(there ^ names.keys()):
        message = "nobody evaluated it" if path in there else "it was evaluated, and is missing"
        yield RejectionReason(id="policies", message=message, path=path)
    if there != names.keys():
        return
    kept = sorted((name, path) for path, name in names.items() if not name.endswith(TEST_SUFFIX))
    lines = "".join(f"{hashlib.sha256(bag.read(path)).hexdigest()} {name}\n" for name, path in kept)
    if len(kept) != len(there) or hashlib.sha256(lines.encode()).hexdigest() != report["digests"]["policies"]:
        yield RejectionReason(
            id="policies", message="they are not the rules whose digest the report states", path=_POLICIES
        )


def _predicates(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """What attestations say of the result: whoever reads only them must not read something else than is in the bag.

    What is no attestation at all is for `signer` to say.
    """
    expected = _predicate(bag, report)
    for path in bag.attestations:
        try:
            said = read_statement(read_bundle(bag.read(path)).payload).predicate
        except EnvelopeError:
            continue
        if dict(said) != expected:
            message = "what it says of the result, the settings or the rules is not what the bag has"
            yield RejectionReason(id="predicate", message=message, path=path)


def _predicate(bag: Bag, report: Mapping[str, Any]) -> dict[str, object]:
    """What an attestation has to say, and nothing else."""
    counting = [each for each in report["findings"] if is_open(each)]
    failed = {each["rule"] for each in counting if fails(each, report)}
    warned = {each["rule"] for each in counting} - failed
    passed = "WARNED" if warned else "PASSED"
    return {
        "result": passed if report["verdict"] == "pass" else "FAILED",
        "configuration": [
            {"name": EFFECTIVE, "digest": {"sha256": hashlib.sha256(bag.read(EFFECTIVE)).hexdigest()}},
            {"name": "rule set", "digest": {"sha256": report["digests"]["policies"]}},
        ],
        "passedTests": sorted({*report["evaluated"], *(each["rule"] for each in report["findings"])} - failed - warned),
        "warnedTests": sorted(warned),
        "failedTests": sorted(failed),
    }
