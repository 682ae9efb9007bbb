"""What `evidence verify` found, for a person and for programs: schemas/verification.schema.json describes it."""

import json
from collections.abc import Iterator

from uts_policy.common.sanitise import visible, wrap
from uts_policy.model.evidence import Verification, VerificationOutcome, VerificationPart
from uts_policy.render.common.terminal import Paint
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/verification/1"
_INDENT = "    "


def as_json(found: Verification, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """Four parts, each with its outcome, its reasons and the facts it rests on; and what they come to together."""
    whole = {
        "schema": SCHEMA,
        "file": found.file,
        "digest": found.digest or None,
        "result": _result(found),
        **{
            name: {
                "outcome": part.outcome.value,
                "says": part.says,
                "reasons": [
                    {"id": each.id, "path": each.path or None, "message": each.message} for each in part.reasons
                ],
                "facts": dict(part.facts),
            }
            for name, part in found.parts.items()
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_text(found: Verification, style: Style) -> str:
    """A line for each part, its reasons below it, and the result last."""
    paint = Paint(style)
    lines = [paint.file(visible(found.file))]
    if found.digest:
        lines += wrap(f"digest of the bag: {found.digest}", style.width)
    for name, part in found.parts.items():
        lines += ["", *_part(name, part, style, paint)]
    lines += ["", *wrap(_SAYS[_result(found)], style.width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


_SAYS = {
    "rejected": "REJECTED: do not rely on this bag.",
    "integrity only": "Integrity only: it fits together, and no signature was verified. Whoever alters such a bag can "
    "make it fit together again.",
    "verified": "Verified: it is as it was made, and signed by a key that you gave.",
}


def _result(found: Verification) -> str:
    if found.rejected:
        return "rejected"
    return "verified" if found.parts["signer"].outcome is VerificationOutcome.OK else "integrity only"


def _part(name: str, part: VerificationPart, style: Style, paint: Paint) -> Iterator[str]:
    word = part.outcome.value.upper() if part.outcome is VerificationOutcome.REJECTED else part.outcome.value
    shown = paint.caret(word) if part.outcome is VerificationOutcome.REJECTED else word
    first, *rest = wrap(visible(part.says), style.width - len(name) - len(word) - 4)
    yield f"{name}: {shown}: {first}"
    yield from (_INDENT + line for line in rest)
    for reason in part.reasons:
        where = f" {reason.path}:" if reason.path else ""
        told = visible(f"{reason.id}:{where} {reason.message}")
        yield from (_INDENT + line for line in wrap(told, style.width - len(_INDENT)))
