"""All weakenings of a change."""

from collections.abc import Sequence

from uts_policy.judge.waivers import entry_of
from uts_policy.judge.weakening.exceptions import by_exceptions
from uts_policy.judge.weakening.policies import by_policies
from uts_policy.judge.weakening.settings import by_settings
from uts_policy.judge.weakening.stance import Stance, Weakening


def weakenings(bases: Sequence[Stance], head: Stance, sections: tuple[str, ...]) -> tuple[Weakening, ...]:
    """What `head` has weakened, compared with each of `bases`: what one of them had already is not the change's.

    Sorted by entry and key, each of which is there once. `sections` are the names of all sections.
    """
    found = [
        {
            (entry_of(each.violation), each.violation.key): each
            for each in (*by_settings(base, head), *by_exceptions(base, head, sections), *by_policies(base, head))
        }
        for base in bases
    ]
    if not found:
        return ()
    common = set(found[0]).intersection(*found[1:])
    return tuple(found[0][each] for each in sorted(common))
