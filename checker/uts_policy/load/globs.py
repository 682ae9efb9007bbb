"""The globs of `exclude`: which paths a pattern means."""

import re
from collections.abc import Callable, Sequence


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """A predicate for POSIX paths relative to the root: does any pattern match?

    `*` and `?` stay within one directory, `**` crosses directories. A pattern without a slash names files and
    directories at any depth; a slash at its end is ignored, and so is `./` at its start.
    """
    if not patterns:
        return lambda _: False
    expression = re.compile("|".join(f"(?:{_translate(pattern)})" for pattern in patterns))
    return lambda path: expression.fullmatch(path) is not None


def _translate(pattern: str) -> str:
    """The regular expression of one glob."""
    pattern = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    anchored = "/" in pattern
    pattern = pattern.lstrip("/")
    parts = ["" if anchored else "(?:.*/)?"]
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            parts.append(".*")
            at += 2
        elif pattern[at] == "*":
            parts.append("[^/]*")
            at += 1
        elif pattern[at] == "?":
            parts.append("[^/]")
            at += 1
        elif pattern[at] == "[" and (end := pattern.find("]", at + 2)) > 0:
            inside = pattern[at + 1 : end]
            negated = inside.startswith(("!", "^"))
            parts.append("[" + ("^/" if negated else "") + re.escape(inside[negated:]).replace(r"\-", "-") + "]")
            at = end + 1
        else:
            parts.append(re.escape(pattern[at]))
            at += 1
    return "(?s:" + "".join(parts) + ")"
