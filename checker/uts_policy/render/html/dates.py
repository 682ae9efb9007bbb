"""What ends, and when: the dated ends that a corpus states, from its as-of date on."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.model.corpus import LAST_DAY, Corpus
from uts_policy.model.place import Route
from uts_policy.render.html.findings import owners_of, place

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = 24
"""How many months the drawing shows, the one of the as-of date included."""
MOST = 1000
"""How many ends are listed; the drawing counts all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One thing that is over after `day`: what ends, of which entry, whose business it is, where it is written."""

    day: str
    what: str
    entry: str
    owners: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The ends of one month, `YYYY-MM`. `count` is all of them, `ends` those that are listed. `height`: 0 to 100."""

    month: str
    count: int
    height: int
    ends: tuple[End, ...]

    @property
    def name(self) -> str:
        """Its English name, cut to three letters."""
        return _NAMES[int(self.month[5:]) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The months of the drawing, empty ones too; `listed` are those with ends, later ones too."""

    drawn: tuple[Month, ...]
    listed: tuple[Month, ...]
    count: int
    left_out: int
    later: int


def timeline(corpus: Corpus, views: Mapping[str, Any]) -> Timeline:
    """The ends by month, in the order of their days. `views`: what the views answerable and seats say of the corpus."""
    as_of, seats = corpus.data["as_of"], views["seats"]
    stated = _ends(corpus.data, seats["seats"], frozenset(seats["departed"]))
    found = sorted((day, what, route) for day, what, route in stated if as_of <= day < LAST_DAY)
    by_month: dict[str, list[tuple[str, str, Route]]] = {month: [] for month in _following(as_of[:7])}
    for each in found:
        by_month.setdefault(each[0][:7], []).append(each)
    highest = max((len(by_month[month]) for month in _following(as_of[:7])), default=0)
    room = MOST
    months = []
    for month, ends in by_month.items():
        shown, room = ends[:room], max(0, room - len(ends))
        months.append(
            Month(
                month=month,
                count=len(ends),
                height=min(100, round(100 * len(ends) / highest)) if highest else 0,
                ends=tuple(_end(corpus, views["answerable"], *each) for each in shown),
            )
        )
    return Timeline(
        drawn=tuple(months[:MONTHS]),
        listed=tuple(month for month in months if month.ends),
        count=len(found),
        left_out=max(0, len(found) - MOST),
        later=sum(month.count for month in months[MONTHS:]),
    )


def _end(corpus: Corpus, answerable: Mapping[str, Any], day: str, what: str, route: Route) -> End:
    entry = f"{route[0]}/{route[1]}"
    record = corpus.data["training_records"].get(route[1]) if route[0] == "training_records" else None
    return End(
        day=day,
        what=what,
        entry=entry,
        owners=owners_of(answerable, entry if record is None else f"people/{record['person']}"),
        where=place(corpus.locate(route)),
    )


def _ends(
    data: Mapping[str, Any], living: Collection[str], departed: Collection[str]
) -> Iterator[tuple[str, str, Route]]:
    """Day, words and route of every end that somebody stated about what is not over by its status."""
    for id_, role in data["roles"].items():
        if id_ in living:
            yield from _of_role(data, id_, role)
    for id_, each in data["delegations"].items():
        ended = each.get("rescinded_on")
        key = "to" if ended is None else "rescinded_on"
        words = "delegation ends" if ended is None else "delegation is rescinded"
        yield str(each[key]), f"{words}: {', '.join(each['authorities'])}", ("delegations", id_, key)
    for id_, each in data["assignments"].items():
        duty = data["responsibilities"].get(each["responsibility"], {})
        if duty.get("status") == "active":
            what = f"assignment ends: {each['role']}, {each['code']} of {each['responsibility']}"
            yield each["to"], what, ("assignments", id_, "to")
    for id_, each in data["directives"].items():
        if each["status"] in {"in-force", "under-review"}:
            yield each["to"], f"directive ends: {each['title']}", ("directives", id_, "to")
            yield each.get("review_by", LAST_DAY), f"directive due for review: {each['title']}", (
                "directives", id_, "review_by",
            )  # fmt: skip
    yield from _of_work(data)
    yield from _of_people(data, departed)


def _of_role(data: Mapping[str, Any], id_: str, role: Mapping[str, Any]) -> Iterator[tuple[str, str, Route]]:
    for index, holder in enumerate(role["holders"]):
        kind = "" if holder["kind"] == "permanent" else f" ({holder['kind']})"
        yield (
            holder["to"],
            f"term ends: {holder['person']} as {role['title']}{kind}",
            ("roles", id_, "holders", index, "to"),
        )
    for index, grant in enumerate(role["authorities"]):
        title = data["authorities"].get(grant["authority"], {}).get("title", grant["authority"])
        yield grant["to"], f"authority of {role['title']} ends: {title}", ("roles", id_, "authorities", index, "to")
    if "vacancy" in role:
        until = role["vacancy"].get("until", LAST_DAY)
        yield until, f"deliberate vacancy ends: {role['title']}", ("roles", id_, "vacancy", "until")
    if "abolished_on" in role:
        yield role["abolished_on"], f"role is abolished: {role['title']}", ("roles", id_, "abolished_on")


def _of_work(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Route]]:
    for id_, each in data["actions"].items():
        if each["status"] == "open":
            yield each.get("due", LAST_DAY), f"action due: {each['title']}", ("actions", id_, "due")
    for id_, each in data["recommendations"].items():
        if each["status"] != "closed":
            yield each.get("due", LAST_DAY), f"recommendation due: {each['text']}", ("recommendations", id_, "due")
    for id_, each in data["waivers"].items():
        yield each["expires"], f"waiver expires: {each['rule']} on {each['subject']}", ("waivers", id_, "expires")


def _of_people(data: Mapping[str, Any], departed: Collection[str]) -> Iterator[tuple[str, str, Route]]:
    """Only the last record of a person and module, and only of who is still there: the others are history."""
    for id_, each in data["people"].items():
        yield each.get("departed_on", LAST_DAY), f"departs: {id_}", ("people", id_, "departed_on")
    for person, modules in data["links"]["records"].items():
        if person in departed:
            continue
        for module, records in modules.items():
            record = data["training_records"][records[-1]]
            title = data["training"].get(module, {}).get("title", module)
            what = f"training of {person} expires: {title}"
            yield record["expires_on"], what, ("training_records", record["id"], "expires_on")


def _following(month: str) -> tuple[str, ...]:
    """The month and those after it, as far as the drawing goes and the calendar reaches."""
    year, number = int(month[:4]), int(month[5:])
    months = (divmod(number - 1 + ahead, 12) for ahead in range(MONTHS))
    return tuple(f"{year + years:04}-{index + 1:02}" for years, index in months if year + years <= 9999)  # noqa: PLR2004 - the calendar's last year
