"""Which waivers are in force for what."""

from uts_policy.corpus.in_force import Section, waiver_in_force


def waived(waivers: Section, as_of: str) -> dict[str, dict[str, list[str]]]:
    """Waivers in force by rule and subject (`section/id`). One with `key` hides the finding with that key only."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry_id, waiver in waivers.items():
        if waiver_in_force(waiver, as_of):
            found.setdefault(waiver["rule"], {}).setdefault(waiver["subject"], []).append(entry_id)
    return found
