"""Three replicas behind a balancer, as docs/scale/start.sh starts them: no wrong verdict while they come and go.

Of 200 checks, 8 at a time, every eighth goes through the installed command; the others ask the same engine from this
process, for 200 commands would take minutes on two cores. Everything stays on the loopback interface.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, COMMAND, environment, run
from tests.conftest import require_tool
from tests.generate import verdicts
from tests.generate.verdicts import Case
from uts_policy.model.errors import NoVerdictError

AGENCY = "tests/golden/check/agency.yaml"
"""A few declarations with findings of several rules."""
CHECKS = 200
AT_ONCE = 8
BY_COMMAND = 8
"""Every so many-th check goes through the installed command."""
PATIENCE = 60.0
HONEST = (
    "no connection to the OPA server: ",
    "the OPA server answered 502 ",
    "the OPA server answered 504 ",
    "the OPA server's answer broke off: ",
    "the answer comes from another rule set: ",
)
OTHER_RULE = """\
# METADATA
# title: Another rule
# description: Makes the rule set another one.
# custom:
#   {level: note, profile: starter, subjects: [roles], needs: [], parameters: {}, effect: None., remediation: None.,
#    criteria: [{source: Judgement, text: Ours.}]}
package uts.rules.older.rule

import rego.v1

findings contains {"path": ["roles", id], "message": "here"} if some id, _ in input.roles
"""


class Cluster:
    """What start.sh started, and where."""

    def __init__(self, directory: Path, ports: list[int]) -> None:
        self.directory = directory
        self.balancer, self.bundles, *self.replicas = ports
        self.url = f"http://127.0.0.1:{self.balancer}"

    def kill(self, number: int) -> None:
        """What happens to machines."""
        os.kill(int((self.directory / "pids" / f"replica-{number}").read_text()), signal.SIGKILL)

    def offer(self, number: int, bundle: Path) -> None:
        """Gives one replica another bundle, which it will have pulled when this returns."""
        target = self.directory / "bundles" / f"{number}.tar.gz"
        fresh = target.with_suffix(".new")
        fresh.write_bytes(bundle.read_bytes())
        before = self.digest(number)
        fresh.replace(target)
        eventually(lambda: self.digest(number) != before)

    def digest(self, number: int) -> str:
        """The rule set that a replica has."""
        url = f"http://127.0.0.1:{self.replicas[number]}/v1/data/uts_ruleset/digest"
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return json.load(answer)["result"]


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@pytest.fixture(scope="module")
def cluster(opa: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    nginx = require_tool("nginx")
    found = Cluster(tmp_path_factory.mktemp("cluster"), free_ports(5))
    path = os.pathsep.join([str(COMMAND.parent), str(Path(nginx).parent), os.environ["PATH"]])
    variables = environment(
        PATH=path,
        UTS_POLICY_OPA=opa,
        BALANCER=str(found.balancer),
        BUNDLES=str(found.bundles),
        REPLICAS=" ".join(map(str, found.replicas)),
    )
    script = root / "docs" / "scale" / "start.sh"
    with (
        (found.directory / "start.log").open("wb") as log,
        subprocess.Popen([script, found.directory], stdout=log, stderr=log, env=variables) as process,
    ):
        try:
            text = found.directory / "start.log"
            eventually(lambda: process.poll() is not None or "ready: " in text.read_text(encoding="utf-8"))
            assert process.poll() is None, text.read_text(encoding="utf-8")
            yield found
        finally:
            process.terminate()
            process.wait()


@pytest.mark.opa
@pytest.mark.slow
def test_no_verdict_is_wrong_while_replicas_die_and_lag_behind(cluster: Cluster, root: Path, tmp_path: Path) -> None:
    right = verdicts.embedded([given := case(root)])[0].findings
    reported = json.loads(by_command(root).stdout)["findings"]

    def check(number: int) -> str:
        """`right`, the words why there is no verdict, or `WRONG`."""
        if number % BY_COMMAND:
            try:
                report = verdicts.opa([given], cluster.url)[0]
            except NoVerdictError as error:
                return error.message
            return "right" if report.findings == right else "WRONG"
        result = by_command(root, "--engine", "opa", "--opa-url", cluster.url)
        report = json.loads(result.stdout)
        if result.returncode == 3:
            return report["error"]["message"] if isinstance(report["error"], dict) else report["error"]
        return "right" if (result.returncode, report["findings"]) == (1, reported) else "WRONG"

    def disturbed(numbers: range, disturb: Callable[[], None]) -> list[str]:
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            answers = [pool.submit(check, number) for number in numbers[: len(numbers) // 3]]
            disturbing = pool.submit(disturb)
            answers += [pool.submit(check, number) for number in numbers[len(numbers) // 3 :]]
            disturbing.result()
            return [answer.result() for answer in answers]

    (tmp_path / "policies" / "older").mkdir(parents=True)
    (tmp_path / "policies" / "older" / "rule.rego").write_text(OTHER_RULE, encoding="utf-8")
    made = run("bundle", "--policies", "policies", cwd=tmp_path)
    assert made.returncode == 0, made.stderr.decode()
    current = cluster.directory / "bundles" / "bundle.tar.gz"

    healthy = disturbed(range(40), lambda: None)
    killed = disturbed(range(40, 100), lambda: cluster.kill(1))
    lagging = disturbed(range(100, 150), lambda: cluster.offer(2, tmp_path / "bundle.tar.gz"))
    mixed = disturbed(range(150, 180), lambda: None)
    cluster.offer(2, current)
    recovered = disturbed(range(180, CHECKS), lambda: None)

    assert Counter(healthy) == {"right": 40}
    assert Counter(recovered) == {"right": 20}
    answers = killed + lagging + mixed
    assert [each for each in answers if each != "right" and not each.startswith(HONEST)] == []
    assert killed.count("right") > 30
    assert {each[: len(HONEST[-1])] for each in mixed} == {"right", HONEST[-1]}


def case(root: Path) -> Case:
    return Case(files={AGENCY: (root / AGENCY).read_text(encoding="utf-8")}, as_of=AS_OF)


def by_command(root: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    return run("check", AGENCY, "--as-of", AS_OF, "--format", "json", *options, cwd=root)
