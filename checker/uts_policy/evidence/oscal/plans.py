"""What results and milestones must refer to: the system, which is the declarations, and the plan of the check."""

from uts_policy.evidence.oscal.controls import CATEGORY, OBJECTIVE, QUESTION, RULE, controls_of
from uts_policy.evidence.oscal.run import (
    PROFILE,
    SECURITY_PLAN,
    SYSTEM,
    Part,
    Run,
    assessment_assets,
    encoded,
    metadata,
    token,
    uuid,
    without_empty,
)
from uts_policy.model.scorecard import Standing

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
        else [tile.question.id for tile in run.scorecard.tiles if tile.standing is not Standing.NOT_ASSESSED]
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
