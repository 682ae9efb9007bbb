"""The catalog: the questions of the scorecard, and every rule as an objective. The profile: all of it."""

from collections.abc import Iterable, Mapping

from uts_policy.evidence.oscal.run import CATALOG, Part, Run, encoded, metadata, props, prose, token, without_empty
from uts_policy.model.rule import Rule
from uts_policy.model.scorecard import Question

QUESTION = "question"
CATEGORY = "category"
OBJECTIVE = "objective"
RULE = "rule"
"""The kinds of tokens: of the two kinds of controls, of a question's objective, of a rule's objective."""


def catalog(run: Run) -> bytes:
    """A control for each question, under which nothing is repeated, and one for each category of rules.

    A rule is an objective of its category's control. A question names the rules that it rests on.
    """
    groups = []
    if run.scorecard is not None:
        controls = [_question(tile.question) for tile in run.scorecard.tiles]
        title = prose(run.scorecard.title)
        groups.append({"id": "questions", "class": "scorecard", "title": title, "controls": controls})
    controls = [_category(name, rules) for name, rules in by_category(run.report.rules).items()]
    groups.append({"id": "rules", "class": "rules", "title": "The rules, by category", "controls": controls})
    return encoded("catalog", {"metadata": metadata(run, "What uts-policy checks"), "groups": groups})


def profile(run: Run) -> bytes:
    """Everything in the catalog, in its own order."""
    imports = [{"href": CATALOG, "include-all": {}}]
    body = {"metadata": metadata(run, "All that uts-policy checks"), "imports": imports, "merge": {"as-is": True}}
    return encoded("profile", body)


def by_category(rules: Iterable[Rule]) -> Mapping[str, list[Rule]]:
    """The rules by category, both sorted."""
    sorted_rules: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda each: each.id):
        sorted_rules.setdefault(rule.category, []).append(rule)
    return sorted_rules


def controls_of(run: Run) -> list[str]:
    """The ids of all controls, in the order of the catalog."""
    questions = [] if run.scorecard is None else [tile.question.id for tile in run.scorecard.tiles]
    categories = by_category(run.report.rules)
    return [*(token(QUESTION, each) for each in questions), *(token(CATEGORY, each) for each in categories)]


def _question(question: Question) -> Part:
    control = token(QUESTION, question.id)
    statement = {"id": f"{control}_smt", "name": "statement", "prose": prose(question.source or question.question)}
    rests = [token(RULE, rule) for rule in dict.fromkeys(each.rule for each in question.rules)]
    objective = {
        "id": token(OBJECTIVE, question.id),
        "name": "assessment-objective",
        "prose": prose(question.question),
        "links": [
            {"href": f"#{control}_smt", "rel": "assessment-for"},
            *({"href": f"#{each}", "rel": "related"} for each in rests),
        ],
    }
    return {"id": control, "class": "question", "title": prose(question.question), "parts": [statement, objective]}


def _category(category: str, rules: Iterable[Rule]) -> Part:
    control = token(CATEGORY, category)
    statement = {
        "id": f"{control}_smt",
        "name": "statement",
        "prose": f"No entry has a defect that a rule of the category {prose(category)} finds.",
    }
    parts = [statement, *(_objective(rule, statement["id"]) for rule in rules)]
    return {"id": control, "class": "rules", "title": prose(category), "parts": parts}


def _objective(rule: Rule, statement: str) -> Part:
    criteria = "; ".join(f"{each.source}: {each.text}" for each in rule.criteria)
    return without_empty(
        {
            "id": token(RULE, rule.id),
            "name": "assessment-objective",
            "title": prose(f"{rule.id}: {rule.title}"),
            "props": props(rule=rule.id, profile=rule.profile.value, by=rule.by, criteria=criteria),
            "prose": f"{prose(rule.description)}\n\n{prose(rule.effect)}",
            "links": [{"href": f"#{statement}", "rel": "assessment-for"}],
        }
    )
