"""What came of running the check in a bag again: for a person, and as schemas/reproduction.schema.json describes it."""

import json

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.evidence import Reproduced, Reproduction
from uts_policy.render.common.terminal import Paint
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/reproduction/1"
_INDENT = "    "


def as_json(found: Reproduction, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The outcome, and each file that came out otherwise."""
    whole = {
        "schema": SCHEMA,
        "file": found.file,
        "digest": found.digest,
        "outcome": found.outcome.value,
        "why": found.why or None,
        "compared": found.compared,
        "differences": [{"path": each.path, "how": each.how} for each in found.differences],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_text(found: Reproduction, style: Style) -> str:
    """The file, its digest, what differs, and the outcome last."""
    paint = Paint(style)
    lines = [paint.file(visible(found.file)), *wrap(f"digest of the bag: {found.digest}", style.width), ""]
    for each in found.differences:
        lines += [paint.caret(visible(each.path))]
        lines += [_INDENT + line for line in wrap(visible(each.how), style.width - len(_INDENT))]
    if found.differences:
        lines.append("")
    match found.outcome:
        case Reproduced.SAME:
            told = f"Same: the check gives {number(found.compared, 'file')} again, byte for byte."
        case Reproduced.FAILED:
            differ = number(len(found.differences), "file")
            told = f"FAILED: of {number(found.compared, 'file')} the check gives {differ} otherwise."
        case Reproduced.NOT_COMPARABLE:
            told = f"Not comparable, which is not failed: {found.why}."
    lines += wrap(visible(told), style.width)
    return "".join(f"{line.rstrip()}\n" for line in lines)
