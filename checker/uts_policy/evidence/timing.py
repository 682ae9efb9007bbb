"""What a bag says of when it was made. Nobody else says it: there is no trusted time in a bag."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from uts_policy.evidence.bagit import Bag
from uts_policy.evidence.layout import LayoutError
from uts_policy.evidence.provenance import FILE, SCHEMA, Previous
from uts_policy.evidence.strict_json import parsed
from uts_policy.model.evidence import RejectionReason, VerificationOutcome, VerificationPart

PROVENANCE = f"data/{FILE}"
_KEYS = ["schema", "tool", "engine", "report_made_with", "as_of", "previous", "run"]
_RUN = ["by", "host", "started", "finished", "command", "python", "platform", "environment", "git"]
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def timing(bag: Bag, previous: Previous | None) -> VerificationPart:
    """Day, run and chain. With `previous` it has to be the bag that this one names as the one before."""
    try:
        stated = _stated(bag.read(PROVENANCE))
        as_of, run, before = str(stated["as_of"]), stated["run"], stated["previous"]
        facts = {"as of": as_of}
        if run is not None:
            facts["run"] = _finished(run)
        if before is not None:
            facts["previous"] = str(before["tagmanifest_sha256"])
    except (LayoutError, KeyError, TypeError, ValueError, RecursionError) as error:
        reason = RejectionReason(
            id="provenance", message=f"it does not say when the check was made: {error}", path=PROVENANCE
        )
        return VerificationPart(
            outcome=VerificationOutcome.REJECTED, says="the bag does not say when", reasons=(reason,), facts={}
        )
    chain = ""
    if previous is not None:
        why = _broken(previous, before)
        if why:
            reason = RejectionReason(id="chain", message=why, path=PROVENANCE)
            return VerificationPart(
                outcome=VerificationOutcome.REJECTED, says="the chain is broken", reasons=(reason,), facts=facts
            )
        chain, facts["chain"] = "; the bag before is the one that was given", "held against the bag before"
    if run is None:
        says = f"as of {as_of}; the bag says nothing of its run{chain}"
        return VerificationPart(outcome=VerificationOutcome.NOT_CHECKED, says=says, facts=facts)
    if facts["run"][:10] != as_of:
        message = f"the check was made as of {as_of}, and run on {facts['run']}, by the clock of whoever ran it"
        reason = RejectionReason(id="other-day", message=message, path=PROVENANCE)
        says = f"as-of date and day of the run differ{chain}"
        return VerificationPart(outcome=VerificationOutcome.WARNING, says=says, reasons=(reason,), facts=facts)
    says = f"run at {facts['run']}, by the clock of whoever ran it: no trusted time{chain}"
    return VerificationPart(outcome=VerificationOutcome.OK, says=says, facts=facts)


def _stated(data: bytes) -> Mapping[str, Any]:
    """What `provenance` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    stated: Mapping[str, Any] = parsed(data)
    if not isinstance(stated, dict) or list(stated) != _KEYS or stated["schema"] != SCHEMA:
        raise ValueError("it is not what an export writes")
    if (json.dumps(stated, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace") != data:
        raise ValueError("it is not spelled as an export writes it")
    return stated


def _finished(run: Mapping[str, Any]) -> str:
    """When the run ended, ISO 8601 in UTC. Raises ValueError for what is no time, or an end before the beginning."""
    if list(run) != _RUN:
        raise ValueError("its run is not what an export writes")
    started, finished = (_moment(run[name]) for name in ("started", "finished"))
    if finished < started:
        raise ValueError("the run ended before it began")
    return str(run["finished"])


def _moment(text: str) -> datetime:
    found = datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    if found.strftime(_FORM) != text:
        raise ValueError(f'"{text}" is no time as an export writes it')
    return found


def _broken(given: Previous, named: Mapping[str, Any] | None) -> str:
    """Why the bag before is not the one that was given; empty where it is."""
    if named is None:
        return f"the bag before has the digest {given.digest}, and this one names none"
    if named["tagmanifest_sha256"] != given.digest:
        return f"the bag before has the digest {given.digest}, and this one names {named['tagmanifest_sha256']}"
    if named["bag"] != given.name:
        return f'the bag before is called "{given.name}", and this one names "{named["bag"]}"'
    return ""
