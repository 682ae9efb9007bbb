"""The measurements, each a function that gives rows."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import corpora
from tests.bench.measure import Cost, alternate, run
from tests.bench.table import TIMES, Row, at_most, seconds
from tests.conftest import ROOT, find_tool
from tests.generate.pools import AS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PYTHON = sys.executable
PROGRAM = Path(sys.executable).with_name("uts-policy")
CLEAN = ROOT / "examples" / "clean"
CLEAN_DAY = "2026-11-23"
MEMORY = (30, 100 * 2**20)
"""Times the size of the YAML, and bytes on top."""
LINEAR = 1.1


def check(folder: Path, *options: str, as_of: str = AS_OF) -> list[str | Path]:
    """The command that checks a folder to the end, whatever it finds."""
    return [PROGRAM, "check", folder, "--as-of", as_of, "--timeout", "3600", *options]


def stage(*arguments: str | Path) -> list[str | Path]:
    """A part of a check in its own process."""
    return [PYTHON, "-m", "tests.bench.stage", *arguments]


def compare(what: str, ours: Cost, theirs: Cost, name: str, limit: float) -> Row:
    """A row about two costs. The ratio that counts is that of processor seconds: others may use the machine too."""
    ratio, target, met = at_most(limit, ours.processor / theirs.processor)
    clock = f"{ratio} ({ours.clock / theirs.clock:.2f} on the clock)"
    return Row(what, _both(ours), f"{name}: {_both(theirs)}", clock, target, met)


def _both(cost: Cost) -> str:
    return f"{seconds(cost.processor)} ({seconds(cost.clock)} on the clock)"


def start_up(runs: int) -> Iterator[Row]:
    """What a person waits for at least."""
    bare, helped = alternate([[[PYTHON, "-c", "import click"]], [[PROGRAM, "--help"]]], runs)
    yield compare("`uts-policy --help`", helped, bare, "`import click`", 1.5)
    libraries = [PYTHON, "-c", "import click, ruamel.yaml, regorus, jsonschema_rs"]
    bare, clean = alternate([[libraries], [check(CLEAN, as_of=CLEAN_DAY)]], runs)
    yield compare("`check examples/clean`", clean, bare, "importing its four libraries", 3)
    ratio, target, met = at_most(0.6, clean.processor, unit="s")
    yield Row("the same", _both(clean), "", ratio, target, met)
    where = json.loads(run(stage("where", CLEAN, CLEAN_DAY)).output)
    for name, spent in where.items():
        yield Row(f"... of that, {name}", seconds(spent), "", "", "", None)


def real(runs: int, data: Path) -> Iterator[Row]:
    """A real project's governance, where it is there."""
    if data.is_dir():
        libraries = [PYTHON, "-c", "import click, ruamel.yaml, regorus, jsonschema_rs"]
        bare, real_one = alternate([[libraries], [check(data, as_of=CLEAN_DAY)]], runs)
        ratio = f"{real_one.processor / bare.processor:.2f} {TIMES}"
        name = f"`check openstack` ({corpora.lines(data):,} lines)"
        yield Row(name, _both(real_one), f"importing its four libraries: {_both(bare)}", ratio, "", None)


def stages(runs: int, folder: Path) -> Iterator[Row]:
    """What comes before the rules, against the least that reading YAML can take."""
    events, ours = [], []
    for _ in range(runs):
        events.append(sum(json.loads(run(stage("events", folder)).output).values()))
        ours.append(sum(json.loads(run(stage("corpus", folder)).output).values()))
    least, spent = sorted(events)[runs // 2], sorted(ours)[runs // 2]
    ratio, target, met = at_most(3, spent / least)
    what = f"load + schema + corpus + serialise, {corpora.lines(folder):,} lines"
    yield Row(what, seconds(spent), f"events of the C parser: {seconds(least)}", ratio, target, met)


def evaluation(runs: int, folder: Path, work: Path) -> Iterator[Row]:
    """The rules alone, against OPA's own command on the same files."""
    text = printed(folder, work)
    rules = policies(work)
    evaluate = find_tool("opa")
    if evaluate is not None:
        question = [evaluate, "eval", "-d", rules, "-i", text, "data.uts.main.result"]
        theirs, ours = alternate([[question], [stage("rules", text)]], runs)
        yield compare(f"rules, {corpora.lines(folder):,} lines", ours, theirs, "`opa eval`", 0.45)


def whole(runs: int, folder: Path, work: Path) -> Iterator[Row]:
    """Everything, against what makes the same of it without this project's engine: conftest on the printed corpus."""
    text, rules = printed(folder, work), policies(work)
    conftest = find_tool("conftest")
    if conftest is not None:
        both = [[PROGRAM, "corpus", folder, "--as-of", AS_OF], [conftest, "test", "-p", rules, text]]
        theirs, ours = alternate([both, [check(folder)]], runs)
        yield compare(
            f"the whole check, {corpora.lines(folder):,} lines",
            ours,
            theirs,
            "`uts-policy corpus` + `conftest test`",
            0.75,
        )


def since(runs: int, roles: int, work: Path) -> Iterator[Row]:
    """A change that touches every file and one duty, compared with its base."""
    top = work / "repository"
    folder = corpora.sound(roles, top / "declarations")
    git = ["git", "-C", top, "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        run([*git, *arguments])
    for file in sorted(folder.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(f"# changed\n{text.replace('statement: ', 'statement: Do ', 1)}", encoding="utf-8")
    plain, compared = alternate([[check(folder)], [check(folder, "--since", "main")]], runs)
    yield compare(f"`check --since`, {roles:,} roles, every file changed", compared, plain, "`check`", 2.2)


def growth(sizes: Sequence[int], work: Path) -> Iterator[Row]:
    """How time grows with size, and memory at 10,000 roles."""
    costs = {}
    for roles in sizes:
        folder = corpora.sound(roles, work / f"sound-{roles}")
        costs[roles] = (run(check(folder, "--profile", "strict"), codes=(0, 1), memory=True), corpora.size(folder))
        yield Row(f"check, {roles:,} roles, strict", _both(costs[roles][0]), "", "", "", None)
    first, last = sizes[0], sizes[-1]
    steep = exponent({roles: cost.processor for roles, (cost, _) in costs.items()})
    ratio, target, met = at_most(LINEAR, steep, unit="")
    yield Row(f"growth from {first:,} to {last:,} roles, exponent", ratio, "", ratio, target, met)
    for roles, (cost, size) in costs.items():
        if roles >= 10_000:
            limit = MEMORY[0] * size + MEMORY[1]
            ratio = f"{(cost.memory - MEMORY[1]) / size:.1f} {TIMES} and 100 MB"
            measured = f"{cost.memory / 1e6:,.0f} MB"
            met = cost.memory <= limit
            what = f"memory of all processes, {roles:,} roles"
            yield Row(what, measured, f"YAML: {size / 1e6:.1f} MB", ratio, f"≤ {MEMORY[0]} {TIMES} and 100 MB", met)


def punished(scale: int, runs: int, work: Path) -> Iterator[Row]:
    """Shapes that punish what is not linear, each against a sound corpus of as many bytes."""
    for name, declarations in corpora.hostile(scale).items():
        folder = corpora.write(declarations, work / name.replace(" ", "-"))
        size = corpora.size(folder)
        harmless = corpora.sound(max(10, size // 870), work / f"like-{size}")
        theirs, ours = alternate(
            [[check(harmless, "--profile", "strict")], [check(folder, "--profile", "strict", "--fail-on", "never")]],
            runs,
        )
        what = f"{name} ({size / 1e6:.2f} MB)"
        yield compare(what, ours, theirs, f"a sound corpus of {corpora.size(harmless) / 1e6:.2f} MB", 5)


def bounded(runs: int, work: Path) -> Iterator[Row]:
    """The worst of what is bounded: the longest line, many unknown keys, the largest answer, the hungriest rule."""
    line = corpora.one_line(2000, work / "one-line")
    chosen = ["--rule", "ownership/unassigned", "--no-rule", "ownership/placeholder-owner"]
    theirs, ours = alternate([[check(line, *chosen, "--format", each)] for each in ("json", "text")], runs)
    yield compare("text of 2,000 findings in one line", ours, theirs, "JSON of the same", 3)
    for command, name, make, small in (
        ("validate", "equal keys with a question mark in one line", corpora.question_marks, 2000),
        ("validate", "equal keys in one line", corpora.equal_keys, 1000),
        ("validate", "unknown fields in one line", corpora.unknown_fields, 1000),
        ("validate", "unknown sections", corpora.unknown_sections, 2000),
        ("check", "duties with one statement", corpora.equal_statements, 500),
    ):
        folders = [make(number, work / f"{make.__name__}-{number}") for number in (1, small, 4 * small)]
        none, less, more = alternate([[[PROGRAM, command, folder]] for folder in folders], runs)
        ratio, target, met = at_most(5, (more.processor - none.processor) / (less.processor - none.processor))
        yield Row(f"`{command}`, {4 * small:,} {name}", _both(more), f"{small:,}: {_both(less)}", ratio, target, met)
    unit = corpora.one_line(1, work / "one-unit")
    plain = run(check(unit), codes=(0, 1), memory=True)
    for name, condition, most in (
        ("answer", "some n in numbers.range(1, 900000)", 10),
        ("rule", "n := count([y | some a in numbers.range(1, 90000); y := numbers.range(a, a + 90000)])", None),
    ):
        rules = corpora.own_rule(name, condition, work / name)
        asked = check(unit, "--policies", rules, "--rule", f"bench/{name}")
        cost = run(asked, codes=(3,), memory=True)
        against = f"a plain check: {_both(plain)}, {plain.memory / 1e6:,.0f} MB"
        if most is None:
            ratio, target, met = at_most(1.2, (cost.memory - plain.memory) / 2**32)
            what = "memory of all processes, a rule that takes all there is"
            yield Row(what, f"{_both(cost)}, {cost.memory / 1e6:,.0f} MB", "4 GiB", ratio, target, met)
            served = run([*asked, "--engine", "opa"], codes=(3,), memory=True)
            ratio, target, met = at_most(1.2, (served.memory - plain.memory) / 2**32)
            what += ", engine opa"
            yield Row(what, f"{_both(served)}, {served.memory / 1e6:,.0f} MB", "4 GiB", ratio, target, met)
        else:
            own = _memory_of_the_parent(asked)
            ratio, target, met = at_most(most, own / plain.memory)
            what = "memory of the parent, an answer of 900,000 findings"
            yield Row(what, f"{_both(cost)}, {own / 1e6:,.0f} MB", against, ratio, target, met)


def _memory_of_the_parent(command: Sequence[str | Path]) -> int:
    """The most that the command's own process takes, without its children, in bytes."""
    code = (
        "import resource, sys; from uts_policy.cli.app import run; run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    return int(run([PYTHON, "-c", code, *command[1:]]).output) * 1024


def exponent(times: Mapping[int, float]) -> float:
    """The slope of log time over log size, by least squares."""
    points = [(math.log(size), math.log(time)) for size, time in times.items()]
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    spread = sum((x - middle[0]) ** 2 for x, _ in points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / spread


def policies(work: Path) -> Path:
    """The rule set as files, without tests: what `opa eval` and conftest load."""
    from uts_policy import resources
    from uts_policy.rules.catalogue import rule_set

    for file in rule_set(resources.builtin_policies()).files:
        path = work / "policies" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return work / "policies"


def printed(folder: Path, work: Path, *options: str) -> Path:
    """The corpus of a folder, in a file."""
    path = work / f"{folder.name}.json"
    text = run([PROGRAM, "corpus", folder, "--as-of", AS_OF, *options]).output
    path.write_text(text, encoding="utf-8")
    return path
