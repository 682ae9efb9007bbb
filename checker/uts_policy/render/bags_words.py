"""What changed between two bags, in words. Nothing here is escaped yet."""

from uts_policy.common.words import number
from uts_policy.model.evidence import BagDifference, BagSide, Circumstance, RuleChange

_DIGEST = 12
_WHOLE_DIGEST = 64


def side(each: BagSide) -> str:
    """A bag: its file, its digest, its day, its verdict."""
    return f"{each.name} (bag {each.digest[:_DIGEST]}, as of {each.as_of}, {each.verdict})"


def circumstance(each: Circumstance, arrow: str) -> str:
    """What differs, before and after; of a digest as much as tells it from others."""
    return f"{each.what}: {_short(each.before)} {arrow} {_short(each.after)}"


def rule(each: RuleChange) -> str:
    """A rule that begins or ceases to have its say."""
    verb = "is judged now, and was not" if each.begins else "was judged, and is not now"
    return f"{each.rule} {verb}{f': {each.reason}' if each.reason else ''}"


def headline(change: BagDifference) -> str:
    """The one line for who reads no further."""
    if change.empty:
        return "nothing changed"
    counts = {
        "opened": len(change.opened),
        "closed": len(change.closed),
        "waived": len(change.waived),
        "no longer waived": len(change.uncovered),
        "no longer judged": len(change.unjudged),
    }
    told = [f"{number(count, 'finding')} {what}" for what, count in counts.items() if count]
    if change.owners is None:
        told.append("owners not compared")
    elif change.owners:
        duties = len({each.responsibility for each in change.owners})
        told.append(f"the owner of {duties} {'duty' if duties == 1 else 'duties'} changed")
    return "; ".join(told) or "no finding and no owner changed"


def _short(value: str) -> str:
    return value[:_DIGEST] if len(value) == _WHOLE_DIGEST else value
