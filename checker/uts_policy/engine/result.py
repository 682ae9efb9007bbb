"""From the raw value of `data.uts.main.result` to an Evaluation; whatever has another shape is no verdict."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from uts_policy.common.facts import FACTS
from uts_policy.common.rego import package_of
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation, NotJudged
from uts_policy.model.finding import RelatedPath, Violation
from uts_policy.model.place import Route
from uts_policy.model.rule import RuleSet

RESULT = "data.uts.main.result"
"""The one query of a run."""

SCHEMA = "uts-policy/result/1"

MOST_FOUND = 300_000
"""Findings of one evaluation, with the places that they relate to: more is no verdict, and no reader's report.

As many take 1.7 GB and half a minute in each format; 100,000 roles, each at fault, have half of that.
"""

MOST_ANSWERED = 256 * 2**20
"""Bytes of answer that are read of a worker, or of one answer of a server."""

FEWER = "Check fewer paths, or run fewer rules with `--rule`; a rule that finds this much is most likely wrong."
"""What to do where an answer is too large."""

_TEXTS = ("cause", "key")
_FINDINGS = re.compile(r"^findings\b", re.MULTILINE)


def read_result(
    raw: object,
    *,
    asked: Collection[str],
    rule_set: RuleSet,
    engine: EngineInfo,
    views: Collection[str] = (),
) -> Evaluation:
    """Turn the value of RESULT into an Evaluation, violations sorted by rule, path and key.

    `asked` are the rules of `input.rules`, `views` those of `input.views`, and `rule_set` is what should have answered.
    Raises NoVerdictError for anything that is not exactly the shape, for rules or views that answered unasked or the
    reverse, for another rule set's digest, and for two findings with one identity; with the rule's file and line where
    a rule is to blame.
    """
    # Another rule set may answer in another shape: which one it is comes first.
    if isinstance(raw, dict) and raw.get("digest", rule_set.digest) != rule_set.digest:
        raise NoVerdictError(
            f"the answer comes from another rule set: {_show(raw['digest'])}, and not {_show(rule_set.digest)}",
            "Let the server load the bundle that this version of `uts-policy bundle` writes.",
        )
    result = _mapping(
        raw, "the result", {"schema", "digest", "findings", "evaluated", "judged", "not_judged"}, {"views"}
    )
    if result["schema"] != SCHEMA:
        raise _shape("the result", f'has schema {_show(result["schema"])}, and not "{SCHEMA}"')
    evaluated = _strings(result["evaluated"], "`evaluated` of the result")
    if not asked and not views:
        raise NoVerdictError("no rule is left to evaluate", "See `uts-policy rules` and the profile in force.")
    _compare(frozenset(evaluated), frozenset(asked), rule_set)
    answers = _mapping(result.get("views", {}), "`views` of the result", views)
    if not isinstance(result["findings"], list):
        raise _shape("`findings` of the result", f"is {_show(result['findings'])}, and not a list")
    refuse_too_many(len(result["findings"]))
    violations = tuple(_violation(item, frozenset(asked), rule_set) for item in result["findings"])
    _unique(violations, rule_set)
    ordered = tuple(sorted(violations, key=lambda item: (item.rule, tuple(map(str, item.path)), item.key)))
    return Evaluation(
        evaluated=frozenset(evaluated),
        violations=ordered,
        engine=engine,
        digest=rule_set.digest,
        judged=_judged(result["judged"], frozenset(evaluated)),
        not_judged=_not_judged(result["not_judged"], frozenset(evaluated)),
        views=answers,
    )


def _judged(raw: object, evaluated: frozenset[str]) -> Mapping[str, frozenset[str]]:
    found = _mapping(raw, "`judged` of the result", (), evaluated)
    return {
        rule: frozenset(_entry(path, f"`judged` of {rule}") for path in _list(paths, f"`judged` of {rule}"))
        for rule, paths in found.items()
    }


def _not_judged(raw: object, evaluated: frozenset[str]) -> tuple[NotJudged, ...]:
    found = _mapping(raw, "`not_judged` of the result", (), evaluated)
    lacks = []
    for rule, items in found.items():
        what = f"`not_judged` of {rule}"
        for item in _list(items, what):
            lack = _mapping(item, what, {"path", "fact", "missing"})
            if lack["fact"] not in FACTS:
                raise _shape(what, f"names a fact that there is not: {_show(lack['fact'])}")
            entry, missing = _entry(lack["path"], what), _entry(lack["missing"], what)
            lacks.append(NotJudged(rule=rule, entry=entry, fact=lack["fact"], missing=missing))
    return tuple(sorted(lacks, key=lambda lack: (lack.rule, lack.entry, lack.fact, lack.missing)))


def _list(raw: object, what: str) -> list[Any]:
    if not isinstance(raw, list):
        raise _shape(what, f"is {_show(raw)}, and not a list")
    return raw


def _entry(raw: object, what: str) -> str:
    return "/".join(str(step) for step in _path(raw, what)[:2])


class OverLimitError(NoVerdictError):
    """The rules took more memory, or answered with more, than they may."""


def too_long(most: int) -> OverLimitError:
    """What to raise for an answer of more than `most` bytes."""
    return OverLimitError(f"the rules answered with more than {most >> 20} MiB, the most that is read", FEWER)


def refuse_too_many(count: int) -> None:
    """Raise OverLimitError where an evaluation found more than a report can hold."""
    if count > MOST_FOUND:
        what = "finding" if count == 1 else "findings and related places"
        raise OverLimitError(f"the rules returned {count:,} {what}; a report holds at most {MOST_FOUND:,}", FEWER)


def undefined(expression: str) -> NoVerdictError:
    """What to raise where an expression has no value."""
    return NoVerdictError(
        f"`{expression}` is undefined: the engine has not got the rules, or has not got the corpus",
        "Where a server answers, let it load the bundle that `uts-policy bundle` writes.",
    )


def _violation(raw: object, asked: frozenset[str], rule_set: RuleSet) -> Violation:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("rule"), str) or raw["rule"] not in asked:
        raise _shape("a finding", f"names no rule that was asked for: {_show(raw)}")
    try:
        return _of_rule(raw["rule"], raw)
    except NoVerdictError as error:
        raise NoVerdictError(f"{_place(raw['rule'], rule_set)}{error.message}", error.hint) from error


def _of_rule(rule: str, raw: Mapping[str, Any]) -> Violation:
    what = f"a finding of {rule}"
    if set(raw) == {"rule", "value"}:  # what uts/main.rego makes of a finding that is no object
        _mapping(raw["value"], what, ())
    _mapping(raw, what, {"rule", "path", "message"}, {"related", *_TEXTS})
    related = raw.get("related", [])
    if not isinstance(related, list):
        raise _shape(what, f"has `related` that is no list: {_show(related)}")
    texts = {name: raw.get(name, "") for name in _TEXTS}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise _shape(what, f"has a `{name}` that is no string: {_show(text)}")
    return Violation(
        rule=rule,
        path=_path(raw["path"], what),
        message=_message(raw["message"], what),
        related=tuple(_related(item, what) for item in related),
        **texts,
    )


def _related(raw: object, what: str) -> RelatedPath:
    item = _mapping(raw, f"`related` of {what}", {"path", "message"})
    return RelatedPath(path=_path(item["path"], what), message=_message(item["message"], what))


def _path(raw: object, what: str) -> Route:
    steps = raw if isinstance(raw, list) else []
    entry = len(steps) > 1 and isinstance(steps[0], str) and isinstance(steps[1], str)
    if not entry or not all(isinstance(step, str | int) and not isinstance(step, bool) for step in steps):
        raise _shape(what, f"has a `path` that does not begin with section and id: {_show(raw)}")
    return tuple(steps)


def _message(raw: object, what: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _shape(what, f"has a `message` that says nothing: {_show(raw)}")
    return raw


def _mapping(
    raw: object, what: str, required: Collection[str], optional: Collection[str] = frozenset()
) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise _shape(what, f"is {_show(raw)}, and not an object")
    missing = sorted(set(required) - set(raw))
    unknown = sorted(set(raw) - set(required) - set(optional))
    if missing or unknown:
        words = [f'lacks "{key}"' for key in missing] + [f'has "{key}", which means nothing' for key in unknown]
        raise _shape(what, " and ".join(words))
    return raw


def _strings(raw: object, what: str) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise _shape(what, f"is {_show(raw)}, and not a list of rule ids")
    return raw


def _compare(evaluated: frozenset[str], asked: frozenset[str], rule_set: RuleSet) -> None:
    for rule in sorted(asked - evaluated):
        place = _place(rule, rule_set)
        if place:  # the digest is the same, so the rule is there, and is no rule
            raise NoVerdictError(
                f"{place}{rule} was not evaluated: it has no set of findings",
                "Write `findings contains {…} if {…}`; docs/guide/writing-rules.md says what a finding is.",
            )
    for ids, words in ((asked - evaluated, "not evaluated"), (evaluated - asked, "evaluated unasked")):
        if ids:
            raise NoVerdictError(
                f"what was asked and what was evaluated differ: {words}: {', '.join(sorted(ids))}",
                "The rules that the engine has are not the rules of this run.",
            )


def _unique(violations: tuple[Violation, ...], rule_set: RuleSet) -> None:
    seen: dict[tuple[str, Route, str], Violation] = {}
    for item in violations:
        identity = (item.rule, item.path[:2], item.key)
        first = seen.setdefault(identity, item)
        if first is not item:
            entry = "/".join(map(str, item.path[:2]))
            key = f', both with key "{item.key}"' if item.key else ", both without `key`"
            raise NoVerdictError(
                f'{_place(item.rule, rule_set)}two findings of {item.rule} on "{entry}" have one identity{key}: '
                f'"{first.message}" and "{item.message}"',
                "The rule must tell them apart with `key`.",
            )


def _place(rule: str, rule_set: RuleSet) -> str:
    """Where a rule says what it finds: `file:line: `, or nothing."""
    for file in rule_set.files:
        package = package_of(file.text)
        if package is not None and package.rule == rule:
            found = _FINDINGS.search(file.text)
            line = file.text.count("\n", 0, found.start()) + 1 if found else package.line
            return f"{file.path}:{line}: "
    return ""


def _shape(what: str, words: str) -> NoVerdictError:
    return NoVerdictError(f"{what} {words}", "The rule, or `uts/main.rego`, returns another shape than is documented.")


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - a line
