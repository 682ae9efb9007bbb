"""What can be judged: a rule without a subject, or without a fact that it needs, is not assessed."""

from collections.abc import Iterable, Sequence

from uts_policy.model.rule import NotAssessed, Rule

_ONE_OF = {
    "units": "a unit",
    "people": "a person",
    "roles": "a role",
    "authorities": "an authority",
    "delegations": "a delegation",
    "responsibilities": "a responsibility",
    "assignments": "an assignment",
    "directives": "a directive",
    "obligations": "an obligation",
    "vectors": "a vector",
    "training": "a training module",
    "training_records": "a training record",
    "incidents": "an incident",
    "incident_lines": "an incident line",
    "assessments": "an assessment",
    "vulnerabilities": "a vulnerability",
    "actions": "an action",
    "recommendations": "a recommendation",
    "waivers": "a waiver",
}


def split_assessed(
    wanted: Iterable[Rule], populated: frozenset[str], facts: frozenset[str]
) -> tuple[tuple[Rule, ...], tuple[NotAssessed, ...]]:
    """The rules of `wanted` that can be judged, and the others with the reason; both in the order given."""
    assessed: list[Rule] = []
    others: list[NotAssessed] = []
    for rule in wanted:
        reason = why_not(rule, populated, facts)
        if reason:
            others.append(NotAssessed(rule=rule.id, reason=reason))
        else:
            assessed.append(rule)
    return tuple(assessed), tuple(others)


def why_not(rule: Rule, populated: frozenset[str], facts: frozenset[str]) -> str:
    """Why `rule` cannot be judged, in words for people; empty where it can.

    `populated` are the sections with an entry, `facts` those of the rules' `needs` that some entry states.
    """
    if not populated:
        return "nothing declared"
    if "*" not in rule.subjects and populated.isdisjoint(rule.subjects):
        return "none declared" if _same_word(rule) else f"no {_listed(rule.subjects)} declared"
    if rule.needs and facts.isdisjoint(rule.needs):
        return _unstated(rule.needs, populated)
    return ""


def _same_word(rule: Rule) -> bool:
    """Whether the category already says what is missing: `delegation (none declared)`."""
    return any(rule.category.rstrip("s") == subject.rstrip("s") for subject in rule.subjects)


def _unstated(needs: Sequence[str], populated: frozenset[str]) -> str:
    """Why the facts are missing: `nobody states "holders" on a role`, or there is nothing to state them on."""
    fields: dict[str, list[str]] = {}
    for need in needs:
        section, _, field = need.partition(".")
        fields.setdefault(section, []).append('"' + field.replace("=", ": ") + '"')
    if populated.isdisjoint(fields):
        return f"no {_listed(tuple(fields))} declared"
    parts = [f"{' or '.join(names)} on {_ONE_OF.get(section, section)}" for section, names in fields.items()]
    return f"nobody states {' or '.join(parts)}"


def _listed(sections: Sequence[str]) -> str:
    return " or ".join(section.replace("_", " ") for section in sections)
