"""The rules themselves: a list, a page for one, JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence

from uts_policy.common.sanitise import visible, width, wrap
from uts_policy.common.words import number
from uts_policy.model.rule import Rule
from uts_policy.render.common.terminal import Paint
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/rules/1"
_INDENT = "  "


def as_json(rules: Iterable[Rule]) -> str:
    """Everything METADATA says about each rule, keys always present."""
    listed = [
        {
            "id": rule.id,
            "level": rule.level.value,
            "profile": rule.profile.value,
            "title": rule.title,
            "description": rule.description,
            "effect": rule.effect,
            "remediation": rule.remediation,
            "waive": rule.waive,
            "fix": [kind.value for kind in rule.fixes],
            "subjects": list(rule.subjects),
            "needs": list(rule.needs),
            "parameters": {
                name: {"type": each.type, "default": each.default, "description": each.description}
                | ({} if each.minimum is None else {"minimum": each.minimum})
                for name, each in sorted(rule.parameters.items())
            },
            "criteria": [{"source": each.source, "text": each.text} for each in rule.criteria],
            "by": rule.by,
            "fixed": rule.fixed,
            "builtin": rule.builtin,
        }
        for rule in rules
    ]
    return json.dumps({"schema": SCHEMA, "rules": listed}, ensure_ascii=False, indent=2) + "\n"


def as_text(rules: Sequence[Rule], style: Style) -> str:
    """A table by category: name, level, profile, title; the title goes on below where it does not fit."""
    paint = Paint(style)
    lines: list[str] = []
    longest = max((len(_name(rule)) for rule in rules), default=0)
    category = ""
    for rule in rules:
        if rule.category != category:
            category = rule.category
            lines += ["", paint.file(visible(category))] if lines else [paint.file(visible(category))]
        head = f"{_INDENT}{visible(_name(rule)):<{longest}}  {rule.level:<7}  {_marks(rule):<8}  "
        first, *rest = wrap(visible(rule.title), max(style.width - len(head), longest))
        lines += [head + first, *(" " * len(head) + line for line in rest)]
    lines += ["", f"{_counted(rules)} `uts-policy explain RULE` shows one."]
    return "".join(f"{line}\n" for line in lines)


def _counted(rules: Sequence[Rule]) -> str:
    """How many rules there are, and how many of them are about files and comparisons, and no entry's business."""
    own = sum(rule.by != "rego" and "*" in rule.subjects for rule in rules)
    if not own:
        return f"{number(len(rules), 'rule')}."
    return f"{number(len(rules), 'rule')}: {len(rules) - own} about what is declared, {own} of uts-policy itself."


def page(rule: Rule, style: Style) -> str:
    """One rule for a person: what it flags, why that matters, what to do, where it comes from."""
    lines = list(_page(rule, style, Paint(style)))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _page(rule: Rule, style: Style, paint: Paint) -> Iterator[str]:
    yield paint.file(visible(rule.id))
    yield from wrap(visible(rule.title), style.width)
    yield ""
    yield f"{_INDENT}level    {rule.level}{', can neither be waived nor changed' if rule.fixed else ''}"
    yield f"{_INDENT}profile  {rule.profile}"
    yield f"{_INDENT}looks at {'every section' if '*' in rule.subjects else ', '.join(rule.subjects)}"
    if rule.needs:
        yield f"{_INDENT}needs    {' or '.join(rule.needs)}"
    yield f"{_INDENT}decided  {'by uts-policy itself' if rule.by == 'host' else 'in Rego, ' + rule.file}"
    for title, text in (
        ("What it flags", rule.description),
        ("What can happen", rule.effect),
        ("What to do", " ".join((rule.remediation, *(kind.words for kind in rule.fixes)))),
        ("When to waive it", rule.waive),
    ):
        if not text:
            continue
        yield from ("", paint.file(title))
        yield from _indented(text, style)
    if rule.parameters:
        yield from ("", paint.file("Parameters"))
        for name, parameter in sorted(rule.parameters.items()):
            default = json.dumps(parameter.default, ensure_ascii=False)
            yield from _indented(f"{name} ({parameter.type}, default {default}): {parameter.description}", style)
    if rule.criteria:
        yield from ("", paint.file("Where it comes from"))
        for criterion in rule.criteria:
            yield from _indented(f"{criterion.source}: {criterion.text}", style)


def _indented(text: str, style: Style) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        for line in wrap(visible(" ".join(paragraph.split())), style.width - width(_INDENT)):
            yield _INDENT + line


def _name(rule: Rule) -> str:
    return rule.id.partition("/")[2]


def _marks(rule: Rule) -> str:
    return "host" if rule.fixed else rule.profile.value
