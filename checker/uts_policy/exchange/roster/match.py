"""The posts of a later list, matched with those of an earlier one, so that their roles keep their ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uts_policy.exchange.text import LIMIT, folded, likeness
from uts_policy.model.roster import RosterRow

_MOST_COMPARED: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """A post of the earlier list: the id of its role now, its title, its units from the top, and numbers of posts."""

    id: str
    title: str
    units: tuple[str, ...]
    posts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedPosts:
    """The id of the role by the key of a row, and, in words, each match that was not exact, with its measure."""

    ids: Mapping[tuple[str, ...], str]
    remarks: tuple[str, ...]


def match_posts(rows: Sequence[RosterRow], known: Sequence[KnownPost]) -> MatchedPosts:
    """Matches by title and units, then the number of the post, the title if only one unit has it, and likeness."""
    posts: dict[tuple[str, ...], list[RosterRow]] = {}
    for row in rows:
        posts.setdefault(row.key, []).append(row)
    ids: dict[tuple[str, ...], str] = {}
    left = {post.id: post for post in known}
    exact = {(*(each.casefold() for each in post.units), post.title.casefold()): post for post in known}
    for key in posts:
        if key in exact and exact[key].id in left:
            ids[key] = left.pop(exact[key].id).id
    remarks = []
    for key, found in posts.items():
        if key in ids:
            continue
        numbers = {row.post for row in found if row.post}
        same = [post for post in left.values() if post.posts & numbers]
        same = same or [post for post in left.values() if folded(post.title) == folded(found[0].title)]
        if len(same) == 1:
            ids[key] = left.pop(same[0].id).id
            remarks.append(
                f'{found[0].where}: "{found[0].title}" is taken for "{same[0].title}" ({same[0].id}), by '
                f"{'the number of the post' if same[0].posts & numbers else 'its title, in another unit'}."
            )
    open_ = [key for key in posts if key not in ids][:_MOST_COMPARED]
    alike = sorted(
        (
            (likeness(posts[key][0].title, post.title), key, post.id)
            for key in open_
            for post in list(left.values())[:_MOST_COMPARED]
            if posts[key][0].units == post.units
        ),
        reverse=True,
    )
    for measure, key, id_ in alike:
        if measure < LIMIT:
            break
        if key not in ids and id_ in left:
            post = left.pop(id_)
            ids[key] = id_
            row = posts[key][0]
            remarks.append(
                f'{row.where}: "{row.title}" is taken for "{post.title}" ({id_}), renamed: '
                f"{measure:.2f} alike, the limit is {LIMIT:.2f}."
            )
    return MatchedPosts(ids=ids, remarks=tuple(remarks))
