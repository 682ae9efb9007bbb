"""Characters that cannot be seen, or that look like others: shown by name and number where a text is quoted."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[\w.\-]+")
_LATIN = re.compile("[A-Za-z]")
_OTHER = re.compile("[^\x00-\x7f]")
_QUOTED = re.compile(r'(?<=")[^\s"]+(?=")')
"""One word in quotes, as messages quote what somebody wrote in the place of an id."""
_FRENCH = re.compile(
    "(?<=[\xab\u2039])[\xa0\u202f]|[\xa0\u202f](?=[\xbb\u203a:;!?%\u20ac])|(?<=\\d)[\xa0\u202f](?=\\d)"
)
"""A no-break space where typography wants one."""
_SCRIPTS = ("CYRILLIC ", "GREEK ", "FULLWIDTH ", "ARMENIAN ", "CHEROKEE ", "MATHEMATICAL ")
_TWINS = {
    "CYRILLIC ": frozenset(
        "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
        "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0425\u04ae\u051a\u051c"
    ),
    "GREEK ": frozenset(
        "\u03bf\u03bd\u03c1\u03b9\u03f3\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    ),
}
"""Letters of other scripts that no eye tells from Latin ones."""
_SIGNS = re.compile(
    "[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e\ufe55\u02d0\ua789\u2236\u037e]|(?<=\\w)[\u2010\u2011\u2212\ufe63](?=\\w)"
)
"""Signs that look like those of ASCII: full-width ones, colons, and hyphens inside of a word."""
_EAST = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts that are written with full-width signs."""
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:x([89a-f][0-9a-f])|u((?!d[89a-f])[0-9a-f]{4})|U([0-9a-f]{8}))")
_JOINERS = "\u200c\u200d"
_INFORMATION = "\u2139"


def named(text: str) -> str:
    """`text` with what a reader cannot see, or takes for another character, by number and name: see `unseen`."""
    places = unseen(text)
    return "".join(described(char) if place in places else char for place, char in enumerate(text)) if places else text


def unseen(text: str) -> frozenset[int]:
    """Where `text` holds what a reader cannot see, or takes for another character.

    That is white space that is no plain space (`<U+00A0 no-break space>`), characters without a shape, letters of
    another script in a word with Latin ones (`<U+0430 Cyrillic small letter a>`) or in a word that looks like a Latin
    one throughout, letters and digits that look like those of ASCII, signs that do, and dashes in a quoted word.

    What a language needs stays: text in another script with its digits, joiners in Persian, Hindi and emoji, a
    no-break space where French typography puts one, the dotless i of a Turkish text.
    """
    if text.isascii():
        return frozenset()
    found: frozenset[int] = frozenset()
    # What is named is no neighbour of anything any more, and no sign of a script.
    while more := _unseen("".join("<" if place in found else char for place, char in enumerate(text))):
        found |= more
    return found


def _unseen(text: str) -> set[int]:
    signs = set() if _EAST.search(text) else {found.start() for found in _SIGNS.finditer(text)}
    dashes = {
        word.start() + place for word in _QUOTED.finditer(text) for place, char in enumerate(word[0]) if _is_dash(char)
    }
    return _invisible(text) | signs | dashes | _letters(text) | _digits(text)


def _letters(text: str) -> set[int]:
    scripts = {char: _script(char) for char in set(_OTHER.findall(text))}
    # Who writes in a script uses letters that only it has.
    native = {scripts[char] for char in scripts if char.isalpha() and not _has_twin(char, scripts[char])}
    # So do those who write in a language with more Latin letters than English: Turkish has an i without a dot.
    is_extended = any(char.isalpha() and _is_latin(char) and not looks_like(char) for char in scripts)
    found = set()
    for word in _WORD.finditer(text):
        letters = [char for char in word[0] if char.isalpha()]
        looks = all(scripts.get(char) and scripts[char] not in native for char in letters)
        if _LATIN.search(word[0]) or (letters and looks):
            found |= {word.start() + place for place, char in enumerate(word[0]) if scripts.get(char)}
        for place, char in enumerate(word[0]):
            if char.isascii() or not looks_like(char) or not _is_in_latin_word(word[0], char):
                continue
            is_of_language = _is_wide(char) and _EAST.search(text) is not None
            is_of_language |= (
                _is_latin(char) and not _is_form(char) and (is_extended or (char == "\u0131" and word[0][0].isupper()))
            )
            if not is_of_language:
                found.add(word.start() + place)
    return found


def _is_in_latin_word(word: str, char: str) -> bool:
    """Whether a letter stands where a reader expects Latin ones; a form of a Latin letter always does."""
    return _is_form(char) or _LATIN.search(word) is not None or (_is_latin(char) and len(word) > 1)


def _digits(text: str) -> set[int]:
    """Digits of a script in which nothing else is written; full-width ones belong in East Asian text."""
    others = {char for char in set(_OTHER.findall(text)) if unicodedata.category(char) == "Nd"}
    if not others:
        return set()
    written = {unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()}
    alien = {
        char
        for char in others
        if (_is_form(char) and not _EAST.search(text)) or not (_is_form(char) or _script_of_digit(char) in written)
    }
    return {place for place, char in enumerate(text) if char in alien}


def _script_of_digit(char: str) -> str:
    """`ARABIC` for both kinds of Arabic-Indic digits."""
    name = unicodedata.name(char, "").removeprefix("EXTENDED ")
    return name.partition(" ")[0].removesuffix("-INDIC")


def _has_twin(char: str, script: str) -> bool:
    return _is_form(char) or char in _TWINS.get(script, "")


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN ")


def _is_dash(char: str) -> bool:
    return not char.isascii() and (unicodedata.category(char) == "Pd" or char in "\u2212\u2043\u02d7")


@lru_cache(maxsize=10_000)
def _is_form(char: str) -> bool:
    """Whether Unicode calls it a form of ASCII letters or digits: wide, mathematical, a Roman numeral, a ligature."""
    kind = unicodedata.decomposition(char).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", char)
    is_dutch = plain.lower() == "ij"
    is_sign = char == _INFORMATION  # a sign, though it is counted as a letter
    return (
        kind in {"<font>", "<wide>", "<compat>"} and plain.isascii() and plain.isalnum() and not (is_dutch or is_sign)
    )


def _is_wide(char: str) -> bool:
    return unicodedata.decomposition(char).startswith("<wide>")


@lru_cache(maxsize=10_000)
def looks_like(char: str) -> str:
    """The ASCII letters or digits that a reader takes a character for; empty where it is like none of them."""
    if char.isascii():
        return ""
    if _is_form(char):
        return unicodedata.normalize("NFKC", char)
    name = unicodedata.name(char, "")
    if name.startswith("LATIN LETTER SMALL CAPITAL ") and len(name.split()) == _SMALL_CAPITAL:
        return name[-1].lower()
    # NOTE: takes 0.2 s at the first character that is not ASCII, so the common accented letters never ask.
    if unicodedata.decomposition(char) or not char.isalnum() or char == _INFORMATION:
        return ""
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415

    like = sorted(each["c"] for each in confusables_data.get(char, ()) if each["c"].isascii() and each["c"].isalnum())
    same = [each for each in like if each.isupper() == char.isupper()]
    return str((same or like or [""])[0])


_SMALL_CAPITAL = 5
"""Words in the name of a small capital of one Latin letter."""


def as_read(text: str) -> str:
    """What a reader takes a text for: without what has no shape, with plain letters, hyphens and spaces."""
    if text.isascii():
        return text
    return "".join(_as_read(char) for char in text)


def _as_read(char: str) -> str:
    if char.isascii():
        return char
    if has_no_shape(char):
        return ""
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    if _is_dash(char):
        return "-"
    return " " if unicodedata.category(char) in _SPACES else looks_like(char) or char


def described(char: str) -> str:
    """`<U+00A0 no-break space>`."""
    name = unicodedata.name(char, "").lower()
    for script in ("cyrillic", "greek", "latin", "armenian", "cherokee"):
        name = name.replace(script, script.capitalize())
    return f"<U+{ord(char):04X}{f' {name}' if name else ''}>"


def unescaped(message: str) -> str:
    r"""`message` with what `repr` wrote as `\xa0` or `\u200b` as the character itself, so that it can be named."""
    return _ESCAPED.sub(lambda found: found[1] + chr(int(found[2] or found[3] or found[4], 16)), message)


def hidden(text: str) -> str:
    """The first character of `text` that cannot be seen; empty where there is none."""
    return text[min(found)] if (found := _invisible(text)) else ""


_NO_SHAPE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which `unicodedata` lacks: it is closed, so that
code points which a later version assigns are in it today.
`tests/contract/test_unicode.py` compares it with JavaScript's."""


def has_no_shape(char: str) -> bool:
    """Whether nothing is drawn for a character, or nothing by itself."""
    return not char.isascii() and (_NO_SHAPE.match(char) is not None or unicodedata.category(char) == "Cf")


_SPACES = frozenset({"Zs", "Zl", "Zp"})
_BLANK = frozenset("\u2800\U0001d159")
"""Drawn as nothing, though Unicode counts them as symbols: the empty Braille cell, the empty head of a note."""
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")


def _invisible(text: str) -> set[int]:
    """Where nothing is drawn, and no script needs it."""
    if text.isascii():
        return set()
    kept = {found.start() for found in _FRENCH.finditer(text)}
    for flag in _FLAG.finditer(text):
        kept.update(range(*flag.span()))
    return {
        place
        for place, char in enumerate(text)
        if not char.isascii()
        and place not in kept
        and (
            unicodedata.category(char) in _SPACES
            or char in _BLANK
            or (has_no_shape(char) and not _is_needed(text, place))
        )
    }


def _is_needed(text: str, place: int) -> bool:
    """Whether a character without a shape does its work here.

    It joins or parts letters of a script that is written joined, or emoji; picks a form of a sign or an ideograph; or
    fills a Korean syllable.
    """
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char in _JOINERS:
        return _is_joined(before) and _is_joined(after)
    if "\ufe00" <= char <= "\ufe0f":
        is_sign = (
            before != "" and not before.isascii() and unicodedata.category(before) in {"So", "Sm", "Po", "Pd", "Sk"}
        )
        is_key = after == "\u20e3" and before in set("0123456789#*")
        return (is_sign and before not in _BLANK) or is_key or before == _INFORMATION or _EAST.match(before) is not None
    if "\U000e0100" <= char <= "\U000e01ef":
        return _EAST.match(before) is not None
    if "\u180b" <= char <= "\u180f":
        return char != "\u180e" and "\u1820" <= before <= "\u18aa"
    if char in "\u115f\u1160":
        return any("\u1100" <= each <= "\u11ff" and each not in "\u115f\u1160" for each in (before, after) if each)
    return False


def _is_joined(char: str) -> bool:
    """Whether a joiner means something beside it: an emoji, or a letter of a script that is written joined."""
    if not char or char.isascii() or char in _BLANK:
        return False
    category = unicodedata.category(char)
    if category in {"So", "Sk"} or "\ufe00" <= char <= "\ufe0f" or char in "\u2640\u2642":
        return True
    script = unicodedata.name(char, "").partition(" ")[0]
    return category in {"Lo", "Lm", "Mn", "Mc"} and script not in {"LATIN", "GREEK", "CYRILLIC", "COMBINING"}
