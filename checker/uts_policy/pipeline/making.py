"""All that is made of a report, made again and laid beside what a bag has."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import zip_longest

from uts_policy.evidence.archive import bag_name, folder_digest
from uts_policy.evidence.contents import contents
from uts_policy.evidence.effective import FILE as EFFECTIVE
from uts_policy.evidence.effective import written
from uts_policy.evidence.provenance import libraries
from uts_policy.evidence.readme import readme
from uts_policy.model.evidence import Difference
from uts_policy.model.report import Report
from uts_policy.model.scorecard import Scorecard
from uts_policy.pipeline.evidence.bag import Opened
from uts_policy.pipeline.evidence.export import NAMED, derived, for_people

_MADE = ("results/", "oscal/")
_SHORT = 120
"""Characters of a line that are enough to recognise it."""


def made_of(bag: Opened, report: Report, scorecard: Scorecard) -> Mapping[str, bytes]:
    """Every file below `data/` that follows from a report and the settings, by path."""
    made = {member.path: member.data for member in derived(report, scorecard, bag.effective)}
    given = {path: data for path, data in bag.members.items() if not path.startswith(_MADE)}
    listed = {f"data/{path}": sha256(data).hexdigest() for path, data in {**given, **made}.items()}
    digests = {f"data/{folder}/": folder_digest(listed, folder) for folder in NAMED}
    made |= {member.path: member.data for member in for_people(report, digests)}
    made[EFFECTIVE] = written(bag.effective)
    made["README.txt"] = readme(name=bag_name(report.as_of), tool_version=report.tool_version)
    return made


def differences(bag: Opened, made: Mapping[str, bytes]) -> Iterator[Difference]:
    """Where the bag has something else, sorted by path.

    A report for people is drawn by libraries, of which another version may draw other bytes: then it has to have the
    same contents.
    """
    alike = bag.report_made_with == libraries()
    there = {path: data for path, data in bag.members.items() if path in made or path.startswith((*_MADE, "report/"))}
    for path in sorted(there.keys() | made.keys()):
        if path not in made:
            yield Difference(path=f"data/{path}", how="it is in the bag, and the check gives no such file")
        elif path not in there:
            yield Difference(path=f"data/{path}", how="the check gives it, and it is not in the bag")
        elif there[path] != made[path]:
            if alike or not path.startswith("report/"):
                yield Difference(path=f"data/{path}", how=_where(there[path], made[path]))
            elif contents(path, there[path]) != contents(path, made[path]):
                yield Difference(path=f"data/{path}", how="it does not have the contents that the check gives it")


def _where(one: bytes, other: bytes) -> str:
    """The first line that differs, as it is in the bag and as it came out."""
    pairs = zip_longest(one.split(b"\n"), other.split(b"\n"), fillvalue=b"(no more lines)")
    number, (was, now) = next((number, pair) for number, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    return f"line {number} in the bag: {_shortened(was)}; as it comes out: {_shortened(now)}"


def _shortened(line: bytes) -> str:
    text = line.decode("utf-8", "backslashreplace").strip()
    return f"{text[:_SHORT]}{'…' if len(text) > _SHORT else ''}"
