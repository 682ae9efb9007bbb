"""The rule set of a run: its policy files, and the digest that names exactly them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Protocol

from uts_policy.common.rego import RULES, TEST_SUFFIX, Package, package_of
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Problem
from uts_policy.model.rule import PolicyFile, Rule, RuleSet, from_loader
from uts_policy.rules.host_rules import host_rules
from uts_policy.rules.metadata import MetadataError, metadata_block, rule_of


def rule_set(files: Iterable[PolicyFile]) -> RuleSet:
    """The files without tests, sorted by path. Raises NoVerdictError where two have one path.

    The digest is SHA-256, in hex, of a line `sha256 path` for each file: it does not depend on the files' order.
    """
    kept = sorted((file for file in files if not file.path.endswith(TEST_SUFFIX)), key=lambda file: file.path)
    for first, second in pairwise(kept):
        if first.path == second.path:
            whose = "a built-in file is" if first.builtin or second.builtin else "another is"
            raise NoVerdictError(f"{first.path}: {whose} called that too", "Give your policy file another name.")
    lines = "".join(f"{sha256(file.text.encode()).hexdigest()} {file.path}\n" for file in kept)
    return RuleSet(files=tuple(kept), digest=sha256(lines.encode()).hexdigest())


_RESERVED = frozenset({"uts", "uts_ruleset", "main", "system"})
"""The first steps of packages that a user's file may not add to."""


class Parsed(Protocol):
    """What a YAML parser answers: documents with positions, and what is wrong."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """What could be read."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not."""
        ...


ParseYaml = Callable[[Source], Parsed]
"""How METADATA is parsed. The layers meet in the pipeline, which passes the YAML loader's own parser."""


def read_catalogue(files: Iterable[PolicyFile], parse: ParseYaml) -> tuple[Rule, ...]:
    """Every rule of `files`, and those that the host judges itself, sorted by id; tests are passed over.

    Raises NoVerdictError, with file and line, for METADATA that is missing, is not YAML or has a key too many, too few
    or of the wrong type; for a package that does not match its file's place, two rules with one id, and a user's file
    that adds to a package of ours.
    """
    rules = {rule.id: rule for rule in host_rules()}
    for file in sorted(files, key=lambda file: (not file.builtin, file.path)):
        if file.path.endswith(TEST_SUFFIX):
            continue
        package = package_of(file.text)
        if package is None:
            raise NoVerdictError(f"{file.path}:1: no package clause", "Begin the file with `package` and a name.")
        if not package.rule:
            _refuse_foreign(file, package)
            _refuse_stray_rule(file, package, parse)
            continue
        _refuse_misplaced(file, package)
        _refuse_reserved(file, package)
        _refuse_double(file, package, rules.get(package.rule))
        rules[package.rule] = _read(file, package, parse)
    return tuple(rules[rule] for rule in sorted(rules))


def _read(file: PolicyFile, package: Package, parse: ParseYaml) -> Rule:
    try:
        block, first_line = metadata_block(file.text, package.line)
        parsed = parse(Source(path=file.path, data=block.encode(), sha256="", text=block))
        if parsed.problems:
            problem = parsed.problems[0]
            raise NoVerdictError(
                f"{file.path}:{problem.location.span.line}: METADATA of {package.rule}: {problem.message}",
                problem.remediation,
            )
        document = parsed.documents[0] if len(parsed.documents) == 1 else None
        rule = rule_of(package.rule, document, first_line, builtin=file.builtin)
    except MetadataError as error:
        raise NoVerdictError(
            f"{file.path}:{error.line}: METADATA of {package.rule}: {error.message}",
            "docs/guide/writing-rules.md lists the keys of METADATA.",
        ) from error
    return replace(rule, file=file.path, builtin=file.builtin)


def _refuse_foreign(file: PolicyFile, package: Package) -> None:
    """A user's helper may live anywhere but among our packages, where it could change what built-in rules mean."""
    if package.path[: len(RULES)] == RULES:
        raise NoVerdictError(
            f"{file.path}:{package.line}: package {package.written} is neither a rule nor a helper",
            'A rule is `package uts.rules.<category>["<name>"]`; a helper lives outside `uts.rules`.',
        )
    if not file.builtin and package.path[0] in _RESERVED:
        raise NoVerdictError(
            f"{file.path}:{package.line}: package {package.written} belongs to uts-policy",
            f"Name it otherwise: what begins with {', '.join(sorted(_RESERVED))} is taken, rules of `uts.rules` aside.",
        )


def _refuse_stray_rule(file: PolicyFile, package: Package, parse: ParseYaml) -> None:
    """What is described as a rule and has another package would be a helper: nobody would ask it, or say so."""
    try:
        block, _ = metadata_block(file.text, package.line)
    except MetadataError:
        return
    documents = parse(Source(path=file.path, data=block.encode(), sha256="", text=block)).documents
    custom = documents[0].data.get("custom") if len(documents) == 1 and isinstance(documents[0].data, dict) else None
    if isinstance(custom, dict) and {"level", "profile", "subjects"} & custom.keys():
        raise NoVerdictError(
            f"{file.path}:{package.line}: package {package.written} is described as a rule, and would never be asked",
            'A rule is `package uts.rules.<category>["<name>"]`; no METADATA of a helper has a `custom.level`.',
        )


def _refuse_misplaced(file: PolicyFile, package: Package) -> None:
    expected = f"{package.rule}.rego"
    if file.path != expected and not file.path.endswith(f"/{expected}"):
        raise NoVerdictError(
            f"{file.path}:{package.line}: package {package.written} does not match the file's place",
            f"Move the file to …/{expected}, or change the package.",
        )


def _refuse_reserved(file: PolicyFile, package: Package) -> None:
    """What the loader finds can be neither waived nor lowered: a rule in its categories would be taken for that."""
    if from_loader(package.rule):
        raise NoVerdictError(
            f"{file.path}:{package.line}: {package.rule} is in a category of the form of declarations",
            "Give your rule another category than `yaml` or `schema`.",
        )


def _refuse_double(file: PolicyFile, package: Package, other: Rule | None) -> None:
    if other is None:
        return
    where = f"by {other.file}" if other.file else "by uts-policy itself"
    kind = "a built-in rule, " if other.builtin else ""
    raise NoVerdictError(
        f"{file.path}:{package.line}: the id {package.rule} is taken: {kind}defined {where}",
        "Give your rule another name, or another category.",
    )
