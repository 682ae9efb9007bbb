"""Text of cells as people mean it: without markup, with plain spaces; as an id; and how alike two texts are."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import sha256
from typing import Final

from uts_policy.common.invisible import has_no_shape


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for tables of words that a person can still read."""
    return frozenset(text.split())


_TAG: Final = re.compile(r"</?(?:h[1-6]|b|i|u|em|strong|span|p|br|sup|sub|font|div)\b[^<>]*>", re.IGNORECASE)
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS: Final = re.compile(r"(?<!\w)([*_])(?=[^\s*_])([^*_]+?)(?<=[^\s*_])\1(?!\w)")
_ESCAPE: Final = re.compile(r"\\([*_#~`\\\[\]()-])")
_SPACES: Final = re.compile(r"\s+")
_WORDS: Final = re.compile(r"[^\W_]+")
_OTHERS: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
        "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
        "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip
"""Letters that do not fall apart into one of ASCII and an accent."""

LIMIT: Final = 0.7
"""How alike, from 0 to 1, two texts have to be to be one that was reworded."""

_HIDING: Final = 0xF0000
LONGEST_ID: Final = 48
SMALL_WORDS: Final = word_set(
    """the a an of and or to for in on at by with from as is are be its their your our any all le la les l de du des d
    un une et ou a au aux en pour par sur dans avec vos votre ses son sa s n c que qu qui ils elles der die das des
    dem den ein eine und oder zu zur zum fur von im in mit auf el los las del y o un una para por con en il lo gli i
    e di da per het een van en voor w z i na o"""
)
"""Words that an id leaves out, in several languages."""


@lru_cache(maxsize=2**16)  # the cells of a matrix say the same few things
def clean(text: str) -> str:
    """Text without tags, emphasis and characters without a shape, each white space one plain space."""
    text = _TAG.sub(" ", text)
    # NOTE: what is escaped is no emphasis, so it hides until the emphasis is gone.
    text = _ESCAPE.sub(lambda found: chr(_HIDING + ord(found[1])), text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = "".join(chr(ord(char) - _HIDING) if _HIDING <= ord(char) < _HIDING + 128 else char for char in text)
    if not text.isascii():
        text = "".join(char for char in text if not has_no_shape(char))
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=2**16)
def folded(text: str) -> str:
    """Text for comparison: casefolded and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_OTHERS_KEPT).strip()


_OTHERS_KEPT: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORDS.findall(folded(text))


def id_words(text: str, *, whole: bool = False) -> list[str]:
    """The words that an id is made of, in ASCII; without small ones, unless `whole`, or no others are left."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_OTHERS))
    found = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).replace("'", " "))
    large = [word for word in found if word not in SMALL_WORDS]
    return found if whole else large or found


def slug(parts: Iterable[str], text: str, longest: int = LONGEST_ID) -> str:
    """An id of whole words, at most `longest` characters; of a text in a script without a table, its digest."""
    id_ = ""
    for word in parts:
        longer = f"{id_}-{word}" if id_ else word[:longest]
        if len(longer) > longest:
            break
        id_ = longer
    return id_ or f"x{sha256(text.encode()).hexdigest()[:8]}"


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how many words two statements share, in any order, or how alike their letters run."""
    mine, others = set(id_words(one)), set(id_words(other))
    shared = 2 * len(mine & others) / max(len(mine) + len(others), 1)
    return max(shared, SequenceMatcher(None, folded(one), folded(other), autojunk=False).ratio())
