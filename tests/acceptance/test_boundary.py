"""Nothing outside the repository is read or shown: neither by its configuration nor by a link in it."""

from pathlib import Path

import pytest

from tests.acceptance.command import SOUND, run
from tests.acceptance.repository import Repository, make
from tests.acceptance.test_since import RULE

FILE = "declarations/all.yaml"
CONFIG = "uts-policy.yaml"
SECRET = "secret-word"  # noqa: S105 - what must not be shown
FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html", "csv")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository, beside which there is what it must not show; git's own directory holds a token, as on a runner."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("environment", "credentials.yaml", "rule.rego", "uts-policy.yaml"):
        (outside / name).write_text(f"{SECRET}-1: x\n{SECRET}-2=[\nTOKEN {SECRET}\n")
    made = make(tmp_path / "repository", **{FILE: SOUND})
    made.git("config", "http.extraheader", f"AUTHORIZATION: basic {SECRET}")
    return made


def said(repository: Repository, *arguments: str) -> tuple[set[int], str]:
    """The exit codes of every command that reads, and all that they say."""
    commands = [
        *(("check", f"--format={each}", *arguments) for each in FORMATS),
        *((name, *arguments) for name in ("validate", "corpus", "matrix", "graph", "forecast", "scorecard")),
        ("check", "--since", "HEAD", *arguments),
        *(() if arguments else (("diff", "HEAD"), ("test",), ("rules",), ("bundle", "-o", "-"))),
    ]
    done = [run(*each, cwd=repository.top) for each in commands]
    return {each.returncode for each in done}, "".join(
        (each.stdout + each.stderr).decode("utf-8", "replace") for each in done
    )


@pytest.mark.parametrize(
    "config",
    [
        "paths: [declarations, ../outside]\n",
        "paths: [declarations, ../outside/environment]\n",
        "paths: [OUTSIDE/environment]\n",
        "paths: [declarations/../../outside/credentials.yaml]\n",
        "paths: [link/credentials.yaml]\n",
        "paths: [/proc/self/environ]\n",
        "paths: [declarations, .git/config]\n",
        "paths: [declarations, declarations/../.GIT/config]\n",
        "baseline: ../outside/credentials.yaml\n",
        "baseline: .git/config\n",
        "policies: [../outside]\n",
        "policies: [link]\n",
        "exclude: ['../outside']\n",
    ],
)
def test_a_configuration_reaches_no_further_than_its_repository(repository, config):
    (repository.top / "link").symlink_to("../outside")
    repository.write(CONFIG, config.replace("OUTSIDE", str(repository.top.parent / "outside")))
    codes, everything = said(repository)
    assert codes == {2}
    assert SECRET not in everything
    assert "and a configuration reaches no further" in everything
    assert f"{CONFIG}:1:" in everything


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("declarations/b.yaml", "../../outside/credentials.yaml"),
        ("declarations/b.yaml", "/proc/self/environ"),
        ("declarations/more", "../../outside"),
        ("declarations", "../outside"),
        ("uts-policy.yaml", "../outside/uts-policy.yaml"),
        ("uts-policy.yaml", ".git/config"),
        ("declarations/b.yaml", "../.git/config"),
    ],
)
def test_a_link_leads_no_further_than_the_repository(repository, link, target):
    place = repository.top / link
    if place.is_dir():
        repository.git("rm", "-q", "-r", link)
    place.symlink_to(target)
    repository.commit()
    codes, everything = said(repository)
    assert SECRET not in everything
    assert codes <= {0, 1, 2, 3}
    assert run("check", cwd=repository.top).returncode in (1, 2)
    if link.startswith("declarations"):
        codes, everything = said(repository, link)
        assert SECRET not in everything
        assert 0 not in codes


def test_a_link_in_the_whole_repository_does_not_lead_into_gits_own_directory(repository):
    (repository.top / "declarations/b.yaml").symlink_to("../.git/config")
    done = run("check", ".", cwd=repository.top)
    assert (done.returncode, SECRET in done.stdout.decode()) == (1, False)
    assert "leaves the directory that is checked" in " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("arguments", [(), ("--policies", "rules")])
def test_a_rule_that_is_a_link_out_of_the_repository_is_not_read(repository, arguments):
    repository.write("rules/house/chair.rego", RULE)
    (repository.top / "rules/house/other.rego").symlink_to("../../../outside/rule.rego")
    if not arguments:
        repository.write(CONFIG, "policies: [rules]\n")
    done = run("check", *arguments, cwd=repository.top)
    assert (done.returncode, done.stdout) == (2, b"")
    assert SECRET not in done.stderr.decode()
    assert "rules/house/other.rego" in done.stderr.decode()


def test_a_baseline_of_the_command_line_is_no_link_out_of_the_repository(repository):
    (repository.top / "known.yaml").symlink_to("../outside/credentials.yaml")
    done = run("check", "--baseline", "known.yaml", cwd=repository.top)
    assert (done.returncode, SECRET in done.stderr.decode()) == (2, False)


@pytest.mark.parametrize("link", ["report.json", "reports"])
def test_no_report_is_written_through_a_link_out_of_the_repository(repository, tmp_path, link):
    target = tmp_path / "outside"
    (repository.top / link).symlink_to(target / "environment" if link == "report.json" else target)
    before = {each.name: each.read_bytes() for each in target.iterdir()}
    file = link if link == "report.json" else f"{link}/environment"
    for command in (
        ("check", f"--format=json:{file}"),
        ("diff", "HEAD", "-o", file),
        ("matrix", f"--format=csv:{file}"),
    ):
        done = run(*command, cwd=repository.top)
        assert done.returncode == 2, command
        assert b"link that leaves its repository" in done.stderr
    assert {each.name: each.read_bytes() for each in target.iterdir()} == before


def test_the_command_line_reaches_anywhere(repository, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more/all.yaml").write_text("vectors: [{id: travel, title: Travel}]\n")
    (tmp_path / "more/house").mkdir()
    (tmp_path / "more/house/chair.rego").write_text(RULE)
    (tmp_path / "uts-policy.yaml").write_text("paths: [more, repository/declarations]\npolicies: [more]\n")
    assert run("check", "declarations", "../more", "--policies", "../more", cwd=repository.top).returncode == 1
    done = run("--config", "../uts-policy.yaml", "check", cwd=repository.top)
    assert (done.returncode, b"has no chair" in done.stdout) == (1, True)


def test_a_repository_that_is_reached_by_a_link_is_read(repository, tmp_path):
    (tmp_path / "link").symlink_to(repository.top)
    (repository.top / "linked").symlink_to("declarations")
    repository.write(CONFIG, "paths: [linked]\n")
    for folder in (repository.top, tmp_path / "link"):
        assert run("check", cwd=folder).returncode == 0
    assert run("check", "link/declarations", cwd=tmp_path).returncode == 0


def test_without_a_repository_a_configuration_reaches_below_its_own_directory(tmp_path):
    (tmp_path / "here/declarations").mkdir(parents=True)
    (tmp_path / "here/declarations/all.yaml").write_text(SOUND)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/all.yaml").write_text(SOUND)
    (tmp_path / "here" / CONFIG).write_text("paths: [declarations]\n")
    assert run("check", cwd=tmp_path / "here").returncode == 0
    (tmp_path / "here" / CONFIG).write_text("paths: [../other]\n")
    assert run("check", cwd=tmp_path / "here").returncode == 2
    (tmp_path / "here" / CONFIG).unlink()
    (tmp_path / "here/declarations/all.yaml").unlink()
    (tmp_path / "here/declarations").rmdir()
    (tmp_path / "here/declarations").symlink_to("../other")
    assert run("check", cwd=tmp_path / "here").returncode == 2


def test_the_base_is_read_no_further_either(repository):
    (repository.top / "link").symlink_to("../outside")
    repository.write(CONFIG, "paths: [declarations, link/credentials.yaml]\n")
    repository.commit()
    repository.branch()
    repository.write(CONFIG, "paths: [declarations]\n")
    outcome = repository.check()
    assert "lies outside of the repository" in outcome.report["notices"][-1]
    assert SECRET not in str(outcome.report)


OFF = "levels: {ownership/unassigned: off}\nfail_on: never\n"
FAULTY = SOUND.replace("accountable: director, ", "")


def test_a_configuration_above_the_repository_does_not_govern(repository, tmp_path):
    (tmp_path / CONFIG).write_text(OFF)
    repository.write(FILE, FAULTY)
    for cwd in (repository.top, repository.top / "declarations"):
        assert run("check", f"{repository.top}/declarations", cwd=cwd).returncode == 1
    repository.write(CONFIG, OFF)
    assert run("check", "../declarations/", cwd=repository.top / "declarations").returncode == 0


@pytest.mark.parametrize(
    "name",
    ["uts-policy.yml", ".uts-policy.yaml", ".uts-policy.yml", "UTS-Policy.yaml", "uts_policy.yaml", "Uts_Policy.YML"],
)
@pytest.mark.parametrize("beside", [True, False])
def test_a_configuration_of_another_spelling_is_refused_by_name(repository, name, beside):
    repository.write(name, OFF)
    if beside:
        repository.write(CONFIG, "{}\n")
    for cwd in (repository.top, repository.top / "declarations"):
        done = run("check", f"{repository.top}/declarations", cwd=cwd)
        assert (done.returncode, done.stdout) == (2, b"")
        assert f'{name}" is not read: the configuration is named "uts-policy.yaml"' in done.stderr.decode()
    assert run("--config", name, "check", cwd=repository.top).returncode == 0


def test_a_configuration_that_is_no_file_is_not_passed_over(repository):
    (repository.top / CONFIG).symlink_to("gone.yaml")
    assert run("check", cwd=repository.top).returncode == 2
    (repository.top / CONFIG).unlink()
    (repository.top / CONFIG).mkdir()
    assert run("check", cwd=repository.top).returncode == 2
