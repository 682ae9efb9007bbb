"""One comment on a pull request: written where there is something to tell, edited later, resolved in the end."""

from enum import StrEnum
from urllib.parse import quote

from uts_policy.forge.github import Comment, Repository
from uts_policy.forge.hostile import cut, harmless
from uts_policy.model.difference import NOTHING_TO_TELL

MOST = 60_000
"""Characters: GitHub refuses more than 65,536."""
_FOOTER = "\n---\n\nKept up to date by uts-policy: one comment, edited with each push.\n"
_CUT = "Cut here, for a comment takes no more; `uts-policy diff` shows everything."


class Outcome(StrEnum):
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


def keep_comment(repository: Repository, pull_request: int, markdown: str, *, author: str, name: str) -> Outcome:
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
        return Outcome.CREATED if told else Outcome.NOTHING
    first, *others = ours
    for other in others:
        repository.delete(other.id)
    if _same(first, body):
        return Outcome.UNCHANGED
    repository.edit(first.id, body)
    return Outcome.EDITED if told else Outcome.RESOLVED


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
