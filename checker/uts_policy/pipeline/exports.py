"""What else is made of declarations and rules: the corpus as text, bundles, schemas for editors, runs of tests."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from uts_policy import resources
from uts_policy.common.policies import own_policies
from uts_policy.common.rego import RULES, TEST_SUFFIX, package_of
from uts_policy.common.tabulation import MatrixQuestion
from uts_policy.corpus.build import serialise
from uts_policy.corpus.in_force import current
from uts_policy.engine.bundle import bundle
from uts_policy.engine.interface import Engine
from uts_policy.engine.policy_tests import run_tests
from uts_policy.exchange.raci.limits import limits_text
from uts_policy.judge.report import report_invalid
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.matrix import LETTERS
from uts_policy.model.policy_test import TestRun
from uts_policy.model.raci import ExportedDuty, ExportedMatrix
from uts_policy.model.report import Report
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import Settings
from uts_policy.pipeline.inputs import listed, policy_directories, read_declarations, refuse_unportable
from uts_policy.pipeline.prepare import corpus_of, facts_of, prepare
from uts_policy.pipeline.queries import matrix
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request
from uts_policy.schema.definitions import schema, with_ids
from uts_policy.signing import Signer

DEFAULT_POLICIES = "policies"
"""Whose tests run where nobody names anything, below the root."""


def corpus_text(request: Request, policies: Policies) -> str | Report:
    """What the rules see, as JSON; or the report that says why there is no corpus."""
    corpus = corpus_of(request, policies)
    if isinstance(corpus, Report):
        return corpus
    return serialise(corpus.data)


def opa_bundle(policies: Policies, *, request: Request | None = None, signer: Signer | None = None) -> bytes | Report:
    """An OPA bundle of the rules, with the corpus that `request` asks for; or the report why there is no corpus."""
    if request is None:
        return bundle(policies.rule_set, signer=signer)
    corpus = corpus_of(request, policies)
    if isinstance(corpus, Report):
        return corpus
    return bundle(policies.rule_set, corpus=corpus.data, signer=signer)


def schema_for_editors(request: Request) -> str:
    """The declarations schema with the ids that are declared already, invalid declarations included."""
    ids: dict[str, set[str]] = {}
    for document in read_declarations(request).files.documents:
        for section, entries in document.data.items():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                    ids.setdefault(section, set()).add(entry["id"])
    return with_ids(schema("declarations"), ids)


def test_policies(settings: Settings, directories: Sequence[Path]) -> TestRun:
    """The tests in the Rego files of `directories`, with the built-in rules and helpers at hand.

    Without any, those that the configuration names, else policies/.

    Raises NoVerdictError where there is no test, or what is there does not compile, or is a rule that a check would
    refuse as not portable: a test that passes here must not be the last good news.
    """
    directories = directories or policy_directories(settings) or (settings.root / DEFAULT_POLICIES,)
    files = [file for directory in directories for file in own_policies(directory, tests=True)]
    taken = {file.path for file in files}
    builtin = {file.path: file for file in resources.builtin_policies()}
    helpers = [file for path, file in builtin.items() if path not in taken]
    found = run_tests(files, helpers=helpers, timeout=settings.timeout)
    rules = [file for file in files if not file.path.endswith(TEST_SUFFIX)]
    own = [file for file in rules if file.path not in builtin]
    if any(_is_rule(file) for file in own):
        refuse_unportable(own, (*helpers, *rules), settings)
    if not found.results:
        raise NoVerdictError(
            f"no test in {listed(directories, settings.root)}", "a test is a rule whose name begins with test_"
        )
    return found


def _is_rule(file: PolicyFile) -> bool:
    package = package_of(file.text)
    return package is not None and package.path[:2] == RULES


def export_matrix(request: Request, policies: Policies, judge: Engine | None = None) -> ExportedMatrix | Report:
    """The duties that are active with the letters in force, in document order; the report if there is no corpus.

    With `judge` only the duties that the matrix marks: that engine says which. What holds for a part only, or for a
    time, has the mark of a note behind its letter.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    judged = None if judge is None else matrix(request, policies, judge, MatrixQuestion())
    if isinstance(judged, Report):
        return judged
    marked = None if judged is None else {row.id for block in judged.blocks for row in block.rows if row.marks}
    data = prepared.corpus.data
    notes: list[str] = []
    order = [id_ for id_ in _ids(declared, "responsibilities") if data["responsibilities"][id_]["status"] == "active"]
    duties = [_duty(data, id_, notes) for id_ in order if marked is None or id_ in marked]
    used = {role for duty in duties for role in duty.cells}
    return ExportedMatrix(
        roles=_titles(data["roles"], [role for role in _ids(declared, "roles") if role in used]),
        duties=tuple(duties),
        notes=tuple(notes),
        as_of=request.as_of,
    )


def _ids(declared: Declared, section: str) -> list[str]:
    """The ids of a section in document order."""
    return [str(entry["id"]) for document in declared.files.documents for entry in document.data.get(section) or ()]


def _duty(data: Mapping[str, Any], id_: str, notes: list[str]) -> ExportedDuty:
    entry = data["responsibilities"][id_]
    limits: dict[str, dict[str, list[str]]] = {}
    for code, assignments in data["links"]["assignments"].get(id_, {}).items():
        for each in assignments:
            assignment = data["assignments"][each]
            role = assignment["role"]
            if role in data["roles"] and current(assignment, data["as_of"]):
                limits.setdefault(role, {}).setdefault(code, []).append(_limits(assignment, entry))
    cells = {role: "/".join(_letter(code, codes[code], notes) for code in LETTERS if code in codes)
             for role, codes in limits.items()}  # fmt: skip
    return ExportedDuty(id=id_, statement=entry["statement"], group=entry.get("group", ""), cells=cells)


def _letter(code: str, limits: Sequence[str], notes: list[str]) -> str:
    """The letter with the marks of what it is limited to; without, if it also holds for all."""
    if not all(limits):
        return code
    for note in limits:
        if note not in notes:
            notes.append(note)
    return code + "".join(f" ({number})" for number in sorted({notes.index(note) + 1 for note in limits}))


def _limits(assignment: Mapping[str, Any], duty: Mapping[str, Any]) -> str:
    """What an assignment is limited to, in words; empty if to nothing."""
    scope = assignment["scope"] if assignment["scope"] != duty["scope"] else {}
    return limits_text(
        {
            "scope": {kind: scope[kind] for kind in ("units", "vectors") if scope.get(kind)},
            "from": assignment["from"] if assignment["from"] != FIRST_DAY else "",
            "to": assignment["to"] if assignment["to"] != LAST_DAY else "",
            "overrides": assignment.get("overrides", False),
        }
    )


def _titles(roles: Mapping[str, Any], used: list[str]) -> dict[str, str]:
    """The title of each role, with its id behind it where another one has the same."""
    titles = {role: str(roles[role]["title"]) for role in used}
    counts = Counter(title.casefold() for title in titles.values())
    return {role: f"{title} ({role})" if counts[title.casefold()] > 1 else title for role, title in titles.items()}
