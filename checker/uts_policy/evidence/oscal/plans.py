"""The catalog: the questions of the scorecard, and every rule as an objective. The profile: all of it."""

from collections.abc import Iterable, Mapping

from uts_policy.evidence.oscal.run import (
    CATALOG,
    PROFILE,
    SECURITY_PLAN,
    SYSTEM,
    Part,
    Run,
    assessment_assets,
    encoded,
    metadata,
    props,
    prose,
    token,
    uuid,
    without_empty,
)
from uts_policy.model.answers import ScorecardQuestion, ScorecardStanding
from uts_policy.model.rule import Rule

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


def _question(question: ScorecardQuestion) -> Part:
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


_BOUNDARY = "The files below inputs/. Whether what they say is true is outside."
_SCHEME = "https://ietf.org/rfc/rfc4122"


def system_id(run: Run) -> Part:
    """What the system is called, in the plan of the system and wherever that is not imported."""
    return {"identifier-type": _SCHEME, "id": run.organisation}


def security_plan(run: Run) -> bytes:
    """The least that OSCAL asks of one. It claims nothing about an implementation: nobody declared any."""
    system = {
        "uuid": SYSTEM,
        "type": "this-system",
        "title": "The declarations",
        "description": "Who answers for what, as it is declared.",
        "status": {"state": "other", "remarks": "Declarations are read, not operated."},
    }
    controls = controls_of(run)
    body = {
        "metadata": metadata(run, "The declarations as a system"),
        "import-profile": {"href": PROFILE},
        "system-characteristics": {
            "system-ids": [system_id(run)],
            "system-name": "Declarations of responsibilities",
            "description": "Who answers for what, and with which powers, as it is declared.",
            "system-information": {
                "information-types": [
                    {
                        "uuid": uuid("information-type", "declarations"),
                        "title": "Declarations",
                        "description": "Roles, their holders, duties, authorities and what hangs on them.",
                    }
                ]
            },
            "status": {"state": "other", "remarks": "Declarations are read, not operated."},
            "authorization-boundary": {"description": _BOUNDARY},
        },
        "system-implementation": {
            "components": [system],
        },
        "control-implementation": {
            "description": "Nothing is claimed here. What the declarations say is in inputs/.",
            "implemented-requirements": [
                {"uuid": uuid("implemented-requirement", each), "control-id": each} for each in controls
            ],
        },
    }
    return encoded("system-security-plan", body)


def assessment_plan(run: Run) -> bytes:
    """What was to be checked: everything."""
    body = {
        "metadata": metadata(run, "What was to be checked"),
        "import-ssp": {"href": SECURITY_PLAN},
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
        "assessment-subjects": [
            {"type": "component", "include-subjects": [{"subject-uuid": SYSTEM, "type": "component"}]}
        ],
        "assessment-assets": assessment_assets(run),
    }
    return encoded("assessment-plan", body)


def reviewed(run: Run) -> Part:
    """What was checked: without the controls of which nothing could be said, and with the objectives that were."""
    rules = sorted(run.assessed)
    questions = (
        []
        if run.scorecard is None
        else [tile.question.id for tile in run.scorecard.tiles if tile.standing is not ScorecardStanding.NOT_ASSESSED]
    )
    kept = {token(CATEGORY, rule.partition("/")[0]) for rule in rules} | {token(QUESTION, each) for each in questions}
    left = [{"control-id": each} for each in controls_of(run) if each not in kept]
    selection: Part = {"include-all": {}}
    if left:
        selection |= {"exclude-controls": left, "remarks": "Left out: what was not assessed. The observations say why."}
    objectives = [*(token(OBJECTIVE, each) for each in questions), *(token(RULE, each) for each in rules)]
    include = [{"include-objectives": [{"objective-id": each} for each in objectives]}]
    return without_empty(
        {"control-selections": [selection], "control-objective-selections": include if objectives else []}
    )
