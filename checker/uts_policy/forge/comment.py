"""The comment on a pull request: harmless, cut to length, and updated where it is there already.

It is Markdown that somebody else may have written; what `diff` writes still reads the same.
A pull request from a fork writes its own artifact, so the text that is commented from there is the author's, while the
account that comments is trusted. What stays possible is to say something untrue. What does not: to call people or other
bots, to link or show anything from outside, to write HTML, or to close the comment before its end.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from uts_policy.forge.github import Comment, GithubRepository
from uts_policy.model.difference import NOTHING_TO_TELL

NOTHING = "\N{ZERO WIDTH SPACE}"
_KEPT = frozenset("\n\u200b\u200c\u200d")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TAGS = re.compile(r"<(?!/?(?:details|summary)>)")
_DETAILS = re.compile(r"</?(?:details|summary)>")
_ENTITIES = re.compile(r"&(?!(?:amp|lt|gt|#124);)")
_MARKUP = re.compile(r"\\.|[`\[\]~$]|\\\Z", re.DOTALL)
_CALLS = re.compile(rf"([@\uff20]|(?<!&)#(?=\d))(?!{NOTHING})")
_ADDRESSES = re.compile(r"://|(?i:\bwww)(?=\.)|(?i:\bgh)(?=-\d)")
_REPLACED = "\N{REPLACEMENT CHARACTER}"


def harmless(text: str) -> str:
    """`text` with everything in it that could do more than be read turned into text."""
    plain = "".join(
        character if character in _KEPT or unicodedata.category(character) not in _HIDDEN else _REPLACED
        for character in text.replace("\r\n", "\n").replace("\t", " ")
    )
    shown = "\n".join(map(_line, plain.split("\n")))
    return shown if _closed(shown) else _DETAILS.sub(lambda tag: tag[0].replace("<", "&lt;"), shown)


def cut(text: str, most: int, note: str) -> str:
    """`text`, or as many whole lines of it as fit into `most` characters with `note` below; what is open is closed."""
    if len(text) <= most:
        return text
    lines = text[:most].split("\n")[:-1]
    while True:
        kept = "\n".join(lines)
        ending = f"\n{'</details>' * _open(kept)}\n\n{note}\n"
        if len(kept) + len(ending) <= most or not lines:
            return (kept + ending)[:most]
        lines.pop()


def _line(line: str) -> str:
    line = _ENTITIES.sub("&amp;", _TAGS.sub("&lt;", line.strip(" ")))
    line = _MARKUP.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", line)
    line = _CALLS.sub(rf"\1{NOTHING}", line)
    line = _ADDRESSES.sub(lambda found: f"{found[0][:1]}{NOTHING}{found[0][1:]}", line)
    # A line that begins with a slash is an order to many a bot.
    return f"\\{line}" if line.startswith("/") else line


def _closed(text: str) -> bool:
    """Whether each `details` and `summary` is opened before it is closed, and closed in the end."""
    stack: list[str] = []
    for tag in _DETAILS.findall(text):
        if not tag.startswith("</"):
            stack.append(tag)
        elif not stack or stack.pop() != tag.replace("/", ""):
            return False
    return not stack


def _open(text: str) -> int:
    return text.count("<details>") - text.count("</details>")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSource:
    """The branch and commit that a run of another workflow was about."""

    owner: str
    branch: str
    commit: str


def pull_request_in(event: Mapping[str, Any]) -> int | CommentSource | None:
    """The number of the pull request, or, after another workflow's run, the head to look it up by; None for neither.

    NOTE: `workflow_run.pull_requests` is empty for forks, and a number in an artifact is whatever its author wrote:
    so the head is looked up, and the pull request must still be at that commit.
    """
    number = _at(event, "pull_request", "number")
    if isinstance(number, int) and not isinstance(number, bool) and number > 0:
        return number
    run = event.get("workflow_run")
    parts = [
        _at(run, "head_repository", "owner", "login"),
        _at(run, "head_branch"),
        _at(run, "head_sha"),
    ]
    if _at(run, "event") in {"pull_request", "pull_request_target"} and all(isinstance(each, str) for each in parts):
        return CommentSource(owner=parts[0], branch=parts[1], commit=parts[2])
    return None


def _at(value: Any, *steps: str) -> Any:  # noqa: ANN401 - JSON
    for step in steps:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


MOST = 60_000
"""Characters: GitHub refuses more than 65,536."""
_FOOTER = "\n---\n\nKept up to date by uts-policy: one comment, edited with each push.\n"
_CUT = "Cut here, for a comment takes no more; `uts-policy diff` shows everything."


class CommentOutcome(StrEnum):
    """What became of the comment."""

    CREATED = "created"
    EDITED = "edited"
    UNCHANGED = "unchanged"
    RESOLVED = "resolved"
    NOTHING = "nothing to tell"


def marker(name: str) -> str:
    """The first line of the comment, by which it is found again: one for each set of declarations that has a name."""
    of = f" on {quote(name, safe='/+')}" if name else ""
    return f"<!-- uts-policy: the one comment{of} -->"


def keep_comment(
    repository: GithubRepository, pull_request: int, markdown: str, *, author: str, name: str
) -> CommentOutcome:
    """Brings the comment of `author` on the declarations `name` up to date with `markdown`, which no one has to trust.

    Empty, or with `diff`'s word that nothing changes in its first line, it resolves the comment that is there and
    writes no new one. Comments of others are left alone, whatever they look like, and so that of an author who planted
    the marker. A second one of our own, as two runs at once can leave it, is removed. Raises ForgeError.
    """
    told = not _says_nothing(markdown)
    first_line = marker(name)
    body = body_of(markdown, name) if told else f"{first_line}\n{_resolved(name)}{_FOOTER}"
    ours = [
        each for each in repository.comments(pull_request) if each.author == author and each.body.startswith(first_line)
    ]
    if not ours:
        if told:
            repository.create(pull_request, body)
        return CommentOutcome.CREATED if told else CommentOutcome.NOTHING
    first, *others = ours
    for other in others:
        repository.delete(other.id)
    if _same(first, body):
        return CommentOutcome.UNCHANGED
    repository.edit(first.id, body)
    return CommentOutcome.EDITED if told else CommentOutcome.RESOLVED


def body_of(markdown: str, name: str) -> str:
    """The whole comment: our marker, the text made harmless and cut to what a comment takes, and who keeps it."""
    room = MOST - len(marker(name)) - len(_FOOTER) - 2
    return f"{marker(name)}\n{cut(harmless(markdown.strip()), room, _CUT)}\n{_FOOTER}"


def _resolved(name: str) -> str:
    of = f" ({harmless(name)})" if name else ""
    return f"## uts-policy{of}: resolved\n\nThe change does nothing any more of what this comment told before.\n"


def _says_nothing(markdown: str) -> bool:
    return not markdown.strip() or markdown.lstrip().startswith(NOTHING_TO_TELL)


def _same(comment: Comment, body: str) -> bool:
    """Whether the comment says it already, line ends and the space around it aside."""
    return comment.body.replace("\r\n", "\n").strip() == body.strip()
