"""Weakening by what restrains an entry: a limit that is taken back, or moved so that less is found.

NOTE: a date that lies ahead may be moved: that is planning. A `review_by` may be moved at any time: it is what follows
a review. What cannot pass unseen is a date that was missed and is put off.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from uts_policy.common.fields import Field, every
from uts_policy.common.words import noun
from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening
from uts_policy.judge.weakening.stated import ended, written
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY, Corpus
from uts_policy.model.finding import Violation

_NO_DAY = ("", LAST_DAY)
"""What the corpus holds where no end is written."""
_SAID_IN_CODE = ("authorities", "delegations", "obligations")
"""Sections with a restraint that no single field is: see `_passed_on` and `_binding`."""


def by_restraints(base: Stance, head: Stance) -> Iterator[Weakening]:
    """One for each limit of an entry in force that the change takes back, or moves so that less is found."""
    if base.corpus is None or head.corpus is None:
        return
    for section in sorted({*_SAID_IN_CODE, *(field.section for field in every() if field.weakens)}):
        for entry, now in sorted(head.corpus.data[section].items()):
            if entry in base.corpus.data[section] and not ended(section, now, head.corpus.data["as_of"]):
                for field, told in _relaxed(section, entry, base.corpus, head.corpus):
                    yield _weakening(head.corpus, section, entry, field, told)


def _relaxed(section: str, entry: str, base: Corpus, head: Corpus) -> Iterator[tuple[str, str]]:
    """The fields of one entry that restrain less than before, each with what is to be said."""
    before, now = (written(side, section, entry) for side in (base, head))
    # What an author wrote at the base has the ids of then; the corpus of the base has those of the head.
    old_entry, new_entry = base.data[section][entry], head.data[section][entry]
    for field in every():
        if field.section != section or not field.weakens:
            continue
        name = ".".join(field.route)
        if field.is_date:
            yield from _dates(field, _value(old_entry, name), _value(new_entry, name), head.data["as_of"], new_entry)
        elif field.many:
            yield from _lists(field, _listed(old_entry, name), _listed(new_entry, name), head)
        else:
            yield from _single_values(field, _value(before, name), _value(now, name))
    yield from _passed_on(section, before, now, head)
    yield from _binding(section, entry, base, head)
    if section == "roles":
        yield from _holdings(old_entry, new_entry, head.data["as_of"])


def _dates(field: Field, old: str, new: str, as_of: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if old in _NO_DAY:
        return
    name, whole = ".".join(field.route), field.route[0]
    if new in _NO_DAY and (whole == name or whole in entry):
        yield name, f"no longer states `{name}`"
    elif new > old and old < as_of and field.weakens == "later":
        yield name, f"puts `{name}` off from {old}, which has passed, to {new}"


def _lists(field: Field, old: list[str], new: list[str], head: Corpus) -> Iterator[tuple[str, str]]:
    """Of alternatives (`none`) one less lets fewer pass, and only without any more nothing is asked for."""
    lost = [each for each in old if each not in new and any(each in head.data[section] for section in field.names)]
    if lost and not (field.weakens == "none" and new):
        name = ".".join(field.route)
        names = ", ".join(f'"{each}"' for each in lost)
        yield name, f"no longer has {names} in `{name}`"


def _single_values(field: Field, old: Any, new: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any YAML value
    name = ".".join(field.route)
    match field.weakens:
        case "false" if old is True and new is not True:
            yield name, f"no longer states `{name}: true`"
        case "true" if new is True and old is not True:
            yield name, f"is marked `{name}: true` now, so that nobody asks who holds it and what it may do"
        case "absent" | "higher" | "lower" if old != "" and new == "":
            yield name, f"no longer states `{name}`"
        case "higher" | "lower" if old not in ("", new) and (new > old) is (field.weakens == "higher"):
            yield name, f"has a `{name}` of {new}, before {old}"


def _passed_on(
    section: str, before: Mapping[str, Any], now: Mapping[str, Any], head: Corpus
) -> Iterator[tuple[str, str]]:
    """Limits of an authority, which count where they are written and are lifted where nothing is, or the contrary."""
    if section == "authorities":
        if before.get("delegable") is False and now.get("delegable") is not False:
            yield "delegable", "no longer states `delegable: false`"
        if before.get("redelegable") is False and now.get("redelegable") is True:
            yield "redelegable", "no longer states `redelegable: false`"
    elif section == "delegations" and before.get("redelegable") is False and now.get("redelegable") is not False:
        # Where it says nothing, the authority's word counts.
        names = now.get("authorities") if isinstance(now.get("authorities"), list) else [now.get("authorities")]
        passed = any(head.data["authorities"].get(each, {}).get("redelegable") for each in names or ())
        if now.get("redelegable") is True or passed:
            yield "redelegable", "no longer states `redelegable: false`"


def _binding(section: str, entry: str, base: Corpus, head: Corpus) -> Iterator[tuple[str, str]]:
    """A directive that bound and does not yet, or an obligation that is now of one that does not."""
    before, now = base.data[section][entry], head.data[section][entry]
    if section == "directives" and _binds(before, base) and not _binds(now, head) and not _over(now, head):
        word = "is a draft again" if now["status"] == "draft" else f"is in force from {now['from']} only"
        yield ("status" if now["status"] == "draft" else "from"), f"{word}, and was in force"
    elif section == "obligations" and before["directive"] != now["directive"]:
        old, new = (side.data["directives"].get(each["directive"]) for side, each in ((base, before), (head, now)))
        if old is not None and _binds(old, base) and (new is None or not _binds(new, head)):
            yield (
                "directive",
                f'is one of "{now["directive"]}", which is not in force, and was one of a directive in force',
            )


def _binds(directive: Mapping[str, Any], side: Corpus) -> bool:
    as_of = side.data["as_of"]
    return (
        not ended("directives", directive, as_of)
        and directive["status"] != "draft"
        and directive["from"] <= as_of <= directive["to"]
    )


def _over(directive: Mapping[str, Any], side: Corpus) -> bool:
    return ended("directives", directive, side.data["as_of"]) or directive["to"] < side.data["as_of"]


def _holdings(before: Mapping[str, Any], now: Mapping[str, Any], as_of: str) -> Iterator[tuple[str, str]]:
    """A holding in force that begins later than it did: since when somebody acts is what is judged."""
    old, new = _single(before), _single(now)
    for person, held in sorted(old.items()):
        later = new.get(person)
        if later is None or not FIRST_DAY < held["from"] <= as_of <= held["to"]:
            continue
        if later["from"] == FIRST_DAY:
            yield f"holders/{person}", f'no longer states since when "{person}" holds it'
        elif later["from"] > held["from"]:
            yield f"holders/{person}", f'is held by "{person}" from {later["from"]}, before from {held["from"]}'


def _single(role: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The holding of each person who has one only."""
    persons = [each["person"] for each in role["holders"]]
    return {each["person"]: each for each in role["holders"] if persons.count(each["person"]) == 1}


def _value(entry: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 - any YAML value
    value: Any = entry
    for step in field.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return "" if value is None else value


def _listed(entry: Mapping[str, Any], field: str) -> list[str]:
    value = _value(entry, field)
    return value if isinstance(value, list) else [value] if value else []


def _weakening(head: Corpus, section: str, entry: str, field: str, told: str) -> Weakening:
    path = (section, entry)
    message = f'{noun(section, 1).capitalize()} "{entry}" {told}.'
    return Weakening(
        violation=Violation(rule=WEAKENS, path=path, message=message, key=field), location=head.locate(path)
    )
