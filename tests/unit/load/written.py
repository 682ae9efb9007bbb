"""Random documents as people write them: data, and text that says it in one of many ways."""

import json
import re

from hypothesis import strategies as st

from uts_policy.load.scalars import UnusableNumberError, resolve

_PLAIN = re.compile(r"[A-Za-z0-9é😀א-ת][A-Za-z0-9é😀א-ת \t_./+-]*")
_LINES = re.compile(r"[A-Za-z0-9é😀#:'\"-][^\n]*(?:\n[A-Za-z0-9é😀#:'\"-][^\n]*)*")

words = st.one_of(
    st.text(alphabet="abcXYZ 019-_./é😀שלם\t", max_size=12),
    st.text(alphabet="ab:#'\"\\{}[],&*!|>%@`\n\t ?-", max_size=8),
    st.text(max_size=8),
    st.sampled_from(
        ["no", "on", "007", "2026-01-02", "1_000", "null", "~", "<<", "https://e.org/?q=1#x", "12:30", "x: y"]
    ),
).filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text))
numbers = st.one_of(
    st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()
)
values = st.recursive(
    st.one_of(words, numbers),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)),
    max_leaves=12,
)
mappings = st.dictionaries(words, values, max_size=4)


@st.composite
def documents(draw):
    """A text and the mapping that it means."""
    data = draw(mappings)
    writer = _Writer(draw)
    body = writer.block(data, 0) if data and draw(st.booleans()) else writer.flow(data) + "\n"
    head = draw(st.sampled_from(["", "---\n", "# why\n", "\n\n", "%YAML 1.2\n---\n"]))
    text = head + body + draw(st.sampled_from(["", "\n\n", "# end", "...\n"]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text, data


class _Writer:
    """Writes values, choosing a style for each."""

    def __init__(self, draw):
        self.draw = draw
        self.anchors = 0

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def block(self, value, indent):
        """A list or mapping that is not empty, a line or more for each child, each ended."""
        pad = " " * indent
        lines = []
        for key, inner in value.items() if isinstance(value, dict) else ((None, item) for item in value):
            lines.append(self.one_of("", "", "", "\n", f"{pad}# why: [x\n"))
            lead = f"{pad}-" if key is None else f"{pad}{self.scalar(key, flow=True)}:"
            lines.append(lead + self.child(inner, indent))
        return "".join(lines)

    def child(self, value, indent):
        anchor = self.anchor()
        if isinstance(value, (dict, list)):
            if value and self.draw(st.booleans()):
                return f"{anchor}{self.one_of('', ' # why')}\n" + self.block(value, indent + self.one_of(1, 2, 4))
            return f"{anchor} {self.flow(value)}{self.one_of('', ' # why')}\n"
        if (
            isinstance(value, str)
            and _LINES.fullmatch(value)
            and value.replace("\n", "").isprintable()
            and self.draw(st.booleans())
        ):
            return f"{anchor} |-\n" + "".join(f"{' ' * (indent + 2)}{line}\n" for line in value.split("\n"))
        return f"{anchor} {self.scalar(value)}{self.one_of('', ' # why')}\n"

    def anchor(self):
        self.anchors += 1
        return self.one_of("", "", "", f" &n{self.anchors}")

    def flow(self, value):
        if isinstance(value, dict):
            space = self.one_of("", " ")
            return (
                "{"
                + space
                + self.comma().join(f"{self.scalar(k, flow=True)}: {self.flow(v)}" for k, v in value.items())
                + space
                + "}"
            )
        if isinstance(value, list):
            return "[" + self.comma().join(self.flow(item) for item in value) + "]"
        return self.scalar(value, flow=True)

    def comma(self):
        """What stands between two of a flow collection: a comment, too, and the next one far to the right."""
        return self.one_of(", ", ", ", ",", " , ", f", # why\n{'':50}")

    def scalar(self, value, *, flow=False):
        if value is None:
            return self.one_of("~", "null", "Null") if flow else self.one_of("~", "null", "")
        if isinstance(value, bool):
            return self.one_of("true", "True") if value else self.one_of("false", "FALSE")
        if isinstance(value, int):
            return self.one_of(str(value), hex(value) if value >= 0 else str(value))
        if isinstance(value, float):
            return repr(value)
        styles = [json.dumps(value)]
        if value.isprintable():
            styles.append("'" + value.replace("'", "''") + "'")
        if _PLAIN.fullmatch(value) and value == value.rstrip() and _stays(value):
            styles.append(value)
        return self.one_of(*styles)


def _stays(text):
    """Whether a plain scalar of this text is this text."""
    try:
        return resolve(text) == text
    except UnusableNumberError:
        return False


FRAGMENTS = [
    "a: ",
    "b",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "? ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "'",
    '"',
    "|\n",
    "> \n",
    "&x ",
    "*x ",
    "!!str ",
    "!t ",
    " # c",
    "\r\n",
    "\t",
    "é",
    "😀",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "1",
    "0x1",
    ".inf",
    "~",
    "\u2028",
    "\x07",
    "\\",
    "\\ud83d",
    "x: y",
    "\n- ",
    "\n\n",
    "@",
    "key: value\n",
    "  k: [1, 2]\n",
    "? [a]\n: b\n",
    "|-\n  t\n\n",
    "\ufeff",
    "\0",
    "{u: h://x?y, ",
    "b?c",
    "[k:v, ",
    "\ue000",
    "\ud800",
]
soup = st.lists(st.sampled_from(FRAGMENTS), max_size=16).map("".join)
