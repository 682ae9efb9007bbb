"""One comment on a pull request, through the installed command and a GitHub that checks every request."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import run
from tests.acceptance.github import BOT, REPOSITORY, TOKEN, Fake, Forced, github
from uts_policy.model.difference import sealed

MARKER = "<!-- uts-policy: the one comment -->\n"
NOTHING = "<!-- uts-policy: nothing to tell -->\n## uts-policy: nothing changes\n"
LIST = f"/repos/{REPOSITORY}/issues/12/comments?per_page=100&page="


@pytest.fixture
def fake() -> Iterator[Fake]:
    with github() as started:
        yield started


def comment(
    fake: Fake, folder: Path, markdown: str | bytes, *options: str, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    data = markdown if isinstance(markdown, bytes) else sealed(markdown, "").encode()
    settings = {"GITHUB_API_URL": fake.url, "GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": REPOSITORY} | changes
    wanted = options or ("--pull-request", "12")
    return run("comment", "-", *wanted, cwd=folder, stdin=data, **settings)


def event(folder: Path, content: Any) -> str:
    file = folder / "event.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def test_three_pushes_keep_one_comment_that_is_resolved_in_the_end(fake: Fake, tmp_path: Path) -> None:
    said = []
    for markdown in ("## one duty loses its owner\n", "## two duties lose their owner\n", NOTHING):
        result = comment(fake, tmp_path, markdown)
        assert (result.returncode, result.stdout) == (0, b"")
        said.append(result.stderr.decode())
    assert said == [f"comment on #12: {outcome}\n" for outcome in ("created", "edited", "resolved")]
    assert [method for method, _ in fake.requests] == ["GET", "POST", "GET", "PATCH", "GET", "PATCH"]
    assert len(fake.comments) == 1
    assert fake.bodies()[0].startswith(f"{MARKER}## uts-policy: resolved\n")


def test_a_resolved_comment_is_the_one_that_speaks_again(fake: Fake, tmp_path: Path) -> None:
    for markdown in ("## lost\n", NOTHING, NOTHING, "## lost again\n"):
        last = comment(fake, tmp_path, markdown)
    assert last.stderr == b"comment on #12: edited\n"
    assert [method for method, _ in fake.requests] == ["GET", "POST", "GET", "PATCH", "GET", "GET", "PATCH"]
    assert [body.split("\n")[1] for body in fake.bodies()] == ["## lost again"]


def test_the_comment_holds_what_diff_wrote(fake: Fake, tmp_path: Path) -> None:
    comment(fake, tmp_path, "## one duty loses its owner\n\n| | duty |\n|---|---|\n| lost | lead: Lead |\n")
    footer = "---\n\nKept up to date by uts-policy: one comment, edited with each push.\n"
    assert fake.bodies() == [
        f"{MARKER}## one duty loses its owner\n\n| | duty |\n|---|---|\n| lost | lead: Lead |\n\n{footer}"
    ]


def test_what_is_said_already_is_not_written_again(fake: Fake, tmp_path: Path) -> None:
    comment(fake, tmp_path, "## the same\n")
    fake.comments[0]["body"] = fake.comments[0]["body"].replace("\n", "\r\n")
    assert comment(fake, tmp_path, "## the same\n").stderr == b"comment on #12: unchanged\n"
    assert [method for method, _ in fake.requests] == ["GET", "POST", "GET"]


@pytest.mark.parametrize("markdown", [NOTHING, "", " \n"])
def test_nothing_to_tell_writes_no_first_comment(fake: Fake, tmp_path: Path, markdown: str) -> None:
    assert comment(fake, tmp_path, markdown).stderr == b"comment on #12: nothing to tell\n"
    assert fake.requests == [("GET", f"{LIST}1")]


def test_our_comment_is_found_on_a_later_page(fake: Fake, tmp_path: Path) -> None:
    for number in range(205):
        fake.say(f"remark {number}", "somebody")
    fake.say(f"{MARKER}old")
    comment(fake, tmp_path, "new")
    assert [target for method, target in fake.requests if method == "GET"] == [f"{LIST}{page}" for page in (1, 2, 3)]
    assert len(fake.comments) == 206
    assert "\nnew\n" in fake.bodies()[0]


def test_a_comment_of_somebody_else_with_our_marker_is_left_alone(fake: Fake, tmp_path: Path) -> None:
    fake.say(f"{MARKER}planted", "attacker")
    fake.comments.append({"id": 7, "user": None, "body": f"{MARKER}of an account that is gone"})
    fake.say(f"quoted:\n{MARKER}", BOT)
    assert comment(fake, tmp_path, "ours").stderr == b"comment on #12: created\n"
    assert [each["body"].split("\n")[1] for each in fake.comments[:2]] == ["planted", "of an account that is gone"]
    assert len(fake.bodies()) == 2


def test_the_account_can_be_another(fake: Fake, tmp_path: Path) -> None:
    fake.say(f"{MARKER}old", "agency-bot")
    comment(fake, tmp_path, "new", "--pull-request", "12", "--author", "agency-bot")
    assert "\nnew\n" in fake.bodies("agency-bot")[0]


def test_a_second_comment_of_ours_is_removed(fake: Fake, tmp_path: Path) -> None:
    first = fake.say(f"{MARKER}one run")
    fake.say(f"{MARKER}another run at the same time")
    comment(fake, tmp_path, "now")
    assert [each["id"] for each in fake.comments] == [first]


def test_what_is_too_long_is_cut_and_closed(fake: Fake, tmp_path: Path) -> None:
    rows = "".join(f"| error | reference/unknown | file-{number}.yaml | said |\n" for number in range(5000))
    result = comment(fake, tmp_path, f"## much\n\n<details><summary>5000</summary>\n\n{rows}\n</details>\n")
    body = fake.bodies()[0]
    assert result.returncode == 0
    assert 59_000 < len(body) <= 60_000
    assert body.count("<details>") == body.count("</details>") == 1
    assert "Cut here, for a comment takes no more; `uts-policy diff` shows everything." in body


def test_a_file_that_diff_cannot_have_written_is_refused(fake: Fake, tmp_path: Path) -> None:
    result = comment(fake, tmp_path, b"x" * (1024 * 1024 + 1))
    assert (result.returncode, fake.requests) == (2, [])
    assert b"larger than anything that `diff` writes" in result.stderr


def test_a_file_that_is_not_there_is_no_verdict(fake: Fake, tmp_path: Path) -> None:
    changes = {"GITHUB_API_URL": fake.url, "GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": REPOSITORY}
    result = run("comment", "gone.md", "--pull-request", "12", cwd=tmp_path, **changes)
    assert (result.returncode, fake.requests) == (3, [])


def warned(result: subprocess.CompletedProcess[bytes]) -> str:
    """What the warning says, of a command that failed nothing by it."""
    assert (result.returncode, result.stdout) == (0, b"")
    first = result.stderr.decode().split("\n")[0]
    assert first.startswith("uts-policy: warning: no comment: ")
    assert TOKEN not in result.stderr.decode()
    return first.removeprefix("uts-policy: warning: no comment: ")


def test_no_permission_is_a_warning_that_names_the_permission(fake: Fake, tmp_path: Path) -> None:
    fake.forced = [Forced(403, {"message": "Resource not accessible by integration"}, method="POST")]
    result = comment(fake, tmp_path, "text")
    assert warned(result) == "GitHub answered 403: Resource not accessible by integration"
    assert b"`pull-requests: write`" in result.stderr
    assert [method for method, _ in fake.requests] == ["GET", "POST"]


def test_a_refused_text_is_a_warning(fake: Fake, tmp_path: Path) -> None:
    fake.say(f"{MARKER}old")
    fake.forced = [Forced(422, {"message": "Validation Failed\nbody is too long"}, method="PATCH")]
    assert warned(comment(fake, tmp_path, "text")) == "GitHub answered 422: Validation Failed body is too long"


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795000000"}, "until 2026-11-18 11:06 UTC"),
        (403, {"Retry-After": "60"}, "for 60 s"),
        (429, {"Retry-After": "7"}, "for 7 s"),
        (429, {}, ""),
        (429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}, ""),
    ],
)
def test_the_rate_limit_is_a_warning_that_says_for_how_long(
    fake: Fake, tmp_path: Path, status: int, headers: dict[str, str], words: str
) -> None:
    fake.forced = [Forced(status, {"message": "slow down"}, headers)]
    told = f"rate limit {words}" if words else "rate limit"
    assert warned(comment(fake, tmp_path, "text")) == f"GitHub answered {status}: slow down ({told})"


def test_a_fault_of_githubs_is_tried_again_where_that_does_no_harm(fake: Fake, tmp_path: Path) -> None:
    fake.forced = [Forced(502, b"<html>Unicorn!</html>", method="GET", times=1)]
    assert comment(fake, tmp_path, "text").stderr == b"comment on #12: created\n"
    assert [method for method, _ in fake.requests] == ["GET", "GET", "POST"]


def test_a_new_comment_is_never_tried_twice(fake: Fake, tmp_path: Path) -> None:
    fake.forced = [Forced(500, b"", method="POST")]
    assert warned(comment(fake, tmp_path, "text")) == "GitHub answered 500"
    assert [method for method, _ in fake.requests] == ["GET", "POST"]


@pytest.mark.parametrize(
    ("forced", "words"),
    [
        (Forced(200, b"no json"), "GitHub's answer is not JSON"),
        (Forced(200, {"message": "odd"}), "GitHub's answer is no list"),
        (Forced(200, [{"body": "no id"}]), "GitHub's answer has a comment without an id"),
        (Forced(401, {"message": "Bad credentials"}), "GitHub answered 401: Bad credentials"),
        (Forced(404, {"message": "Not Found"}), "GitHub answered 404: Not Found"),
    ],
)
def test_any_other_answer_is_a_warning(fake: Fake, tmp_path: Path, forced: Forced, words: str) -> None:
    fake.forced = [forced]
    assert warned(comment(fake, tmp_path, "text")) == words


def test_a_redirect_is_not_followed_with_the_token(fake: Fake, tmp_path: Path) -> None:
    with github() as other:
        fake.forced = [Forced(301, {"message": "Moved Permanently"}, {"Location": f"{other.url}/repos/x/y"})]
        assert warned(comment(fake, tmp_path, "text")) == "GitHub answered 301: Moved Permanently"
        assert other.requests == []


def test_nobody_at_the_address_is_a_warning(fake: Fake, tmp_path: Path) -> None:
    result = comment(fake, tmp_path, "text", GITHUB_API_URL="http://127.0.0.1:9")
    assert warned(result).startswith("GitHub cannot be asked: ")


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://127.0.0.1", "https://user@example.org", "https://example.org?a=b", "nonsense"]
)
def test_a_token_is_sent_to_no_address_that_anybody_can_read(fake: Fake, tmp_path: Path, url: str) -> None:
    result = comment(fake, tmp_path, "text", GITHUB_API_URL=url)
    assert (result.returncode, fake.requests) == (2, [])
    assert b"GITHUB_API_URL" in result.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"GITHUB_TOKEN": ""}, "there is no token in GITHUB_TOKEN"),
        ({"GITHUB_TOKEN": "two\nlines"}, "the token has characters that no token has"),
        ({"GITHUB_REPOSITORY": ""}, '"" names no repository'),
        ({"GITHUB_REPOSITORY": "a/b/../c"}, '"a/b/../c" names no repository'),
    ],
)
def test_what_is_missing_is_a_wrong_command_line(
    fake: Fake, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    result = comment(fake, tmp_path, "text", **changes)
    assert (result.returncode, fake.requests) == (2, [])
    assert words in result.stderr.decode()


def test_the_pull_request_is_that_of_the_event(fake: Fake, tmp_path: Path) -> None:
    path = event(tmp_path, {"pull_request": {"number": 12}})
    result = comment(fake, tmp_path, "text", "--author", BOT, GITHUB_EVENT_PATH=path)
    assert result.stderr == b"comment on #12: created\n"


def after_run(commit: str) -> dict[str, Any]:
    return {
        "workflow_run": {
            "event": "pull_request",
            "head_branch": "a branch/with ümlaut&co",
            "head_sha": commit,
            "head_repository": {"owner": {"login": "contributor"}},
            "pull_requests": [],
        }
    }


def pull(number: int, commit: str) -> dict[str, Any]:
    return {"number": number, "label": "contributor:a branch/with ümlaut&co", "head": {"sha": commit}}


def test_after_a_forks_run_the_pull_request_is_looked_up_by_its_head(fake: Fake, tmp_path: Path) -> None:
    fake.pulls = [pull(3, "b" * 40), pull(12, "a" * 40)]
    path = event(tmp_path, after_run("a" * 40))
    result = comment(fake, tmp_path, "text", "--author", BOT, GITHUB_EVENT_PATH=path)
    assert result.stderr == b"comment on #12: created\n"


def test_a_run_about_an_older_commit_writes_nothing(fake: Fake, tmp_path: Path) -> None:
    fake.pulls = [pull(12, "c" * 40)]
    path = event(tmp_path, after_run("a" * 40))
    result = comment(fake, tmp_path, "text", "--author", BOT, GITHUB_EVENT_PATH=path)
    assert result.returncode == 0
    assert b"no open pull request is at this commit any more" in result.stderr
    assert [method for method, _ in fake.requests] == ["GET"]


@pytest.mark.parametrize("content", [{}, [], {"push": 1}, {"pull_request": {"number": True}}, {"workflow_run": {}}])
def test_an_event_without_a_pull_request_is_a_wrong_command_line(fake: Fake, tmp_path: Path, content: Any) -> None:
    result = comment(fake, tmp_path, "text", "--author", BOT, GITHUB_EVENT_PATH=event(tmp_path, content))
    assert (result.returncode, fake.requests) == (2, [])
    assert b"it is not known which pull request is meant" in result.stderr


SEALED = sealed("## one duty loses its owner\n\n| lost | lead: Lead |\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\n\nAll good, merge it.\n",
        "<html><body>502 Bad Gateway</body></html>\n",
        NOTHING,
        SEALED.replace("one duty", "no duty"),
        SEALED.replace("name=", "name=other"),
        f"{SEALED}And more.\n",
        f"And more.\n{SEALED}",
        SEALED.rpartition("<!--")[0],
    ],
)
def test_what_diff_never_wrote_is_not_commented(fake: Fake, tmp_path: Path, text: str) -> None:
    result = comment(fake, tmp_path, text.encode())
    assert (result.returncode, result.stdout, fake.requests) == (2, b"", [])
    assert b"is not what `uts-policy diff --format markdown` wrote" in result.stderr


def test_what_diff_wrote_is_commented_whatever_becomes_of_its_line_ends(fake: Fake, tmp_path: Path) -> None:
    for text in (SEALED, SEALED.replace("\n", "\r\n"), SEALED.strip()):
        assert comment(fake, tmp_path, text.encode()).returncode == 0
    assert len(fake.comments) == 1
    assert "written by diff" not in fake.bodies()[0]


def test_each_set_of_declarations_has_its_comment(fake: Fake, tmp_path: Path) -> None:
    names = ("", "north", "south/--> @all [x](y)")
    for _ in range(2):
        for name in names:
            assert comment(fake, tmp_path, sealed(f"## about {name or 'all'}\n", name).encode()).returncode == 0
    assert [body.split("\n")[1] for body in fake.bodies()][:2] == ["## about all", "## about north"]
    assert len(fake.comments) == 3
    assert comment(fake, tmp_path, sealed(NOTHING, "north").encode()).stderr == b"comment on #12: resolved\n"
    assert [("resolved" in body) for body in fake.bodies()] == [False, True, False]
    assert all(body.split("\n")[0].count("-->") == 1 for body in fake.bodies())
