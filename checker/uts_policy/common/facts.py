"""What authors may state or leave unsaid, in words for people: `who holds 19 of 35 roles`."""

from collections.abc import Mapping
from dataclasses import dataclass

ALL = "all"
"""Every fact, where facts are named that are complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """How people speak of a fact. `before` and `after` stand around a number of entries of the `section`.

    One of `fields` of the entry states it; if there are none, a record of another section does. `write` says how an
    author states it, and that there is none.
    """

    section: str
    before: str
    after: str = ""
    fields: tuple[str, ...]
    write: str

    @property
    def stated_by(self) -> str:
        """What states it, in words."""
        return " or ".join(f"`{name}`" for name in self.fields) or "a training record"


FACTS: Mapping[str, FactWords] = {
    "holders": FactWords(
        section="roles",
        before="who holds",
        fields=("holders", "vacancy"),
        write="`holders` on each role; `[]` if nobody does, `vacancy` if that is meant",
    ),
    "responsible": FactWords(
        section="responsibilities",
        before="who performs",
        fields=("responsible",),
        write="`responsible` on each duty; `[]` if nobody is",
    ),
    "informed": FactWords(
        section="responsibilities",
        before="who is consulted or informed about",
        fields=("consulted", "informed"),
        write="`consulted` and `informed` on each duty; `[]` if nobody is",
    ),
    "successors": FactWords(
        section="roles",
        before="who succeeds",
        fields=("successors",),
        write="`successors` on each role; `[]` if there are none",
    ),
    "reports_to": FactWords(
        section="roles",
        before="to whom",
        after="reports",
        fields=("reports_to",),
        write="`reports_to` on each role; `[]` if it reports to nobody",
    ),
    "grants": FactWords(
        section="roles",
        before="which authorities",
        after="holds",
        fields=("authorities",),
        write="`authorities` on each role; `[]` if it holds none of its own",
    ),
    "escalation": FactWords(
        section="incident_lines",
        before="to what",
        after="escalates",
        fields=("escalate_to",),
        write="`escalate_to` on each line; `[]` if nothing is above it",
    ),
    "records": FactWords(
        section="people",
        before="what training",
        after="has completed",
        fields=(),
        write="`training_records` of each person",
    ),
    "acknowledged": FactWords(
        section="assignments",
        before="whether",
        after="is acknowledged",
        fields=("acknowledged_on",),
        write="`acknowledged_on` on each assignment",
    ),
}
"""Every fact, in the order of the data model."""
