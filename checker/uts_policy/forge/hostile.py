"""Markdown that somebody else may have written, made harmless: what `diff` writes still reads the same.

A pull request from a fork writes its own artifact, so the text that is commented from there is the author's, while the
account that comments is trusted. What stays possible is to say something untrue. What does not: to call people or other
bots, to link or show anything from outside, to write HTML, or to close the comment before its end.
"""

import re
import unicodedata

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
