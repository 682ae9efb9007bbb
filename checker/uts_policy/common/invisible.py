"""Characters that cannot be seen, or that look like others: shown by name and number where a text is quoted."""

import re
import unicodedata

_WORD = re.compile(r"[\w.\-]+")
_LATIN = re.compile("[A-Za-z]")
_OTHER = re.compile("[^\x00-\x7f]")
_FRENCH = re.compile(
    "(?<=[\xab\u2039])[\xa0\u202f]|[\xa0\u202f](?=[\xbb\u203a:;!?%\u20ac])|(?<=\\d)[\xa0\u202f](?=\\d)"
)
"""A no-break space where typography wants one."""
_SCRIPTS = ("CYRILLIC ", "GREEK ", "FULLWIDTH ", "ARMENIAN ", "CHEROKEE ", "MATHEMATICAL ")
_LATIN_FORMS = ("FULLWIDTH ", "MATHEMATICAL ")
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


def named(text: str) -> str:
    """`text` with what a reader cannot see, or takes for another character, by number and name: see `unseen`."""
    places = unseen(text)
    return "".join(described(char) if place in places else char for place, char in enumerate(text)) if places else text


def unseen(text: str) -> frozenset[int]:
    """Where `text` holds what a reader cannot see, or takes for another character.

    That is white space that is no plain space (`<U+00A0 no-break space>`), characters without a shape, letters of
    another script in a word with Latin ones (`<U+0430 Cyrillic small letter a>`) or in a word that looks like a Latin
    one throughout, and signs that look like those of ASCII. Text that is written in another script stays, and so does a
    no-break space where French typography puts one.
    """
    if text.isascii():
        return frozenset()
    kept = {found.start() for found in _FRENCH.finditer(text)}
    signs = set() if _EAST.search(text) else {found.start() for found in _SIGNS.finditer(text)}
    unseen = {place for place, char in enumerate(text) if place not in kept and _hidden(char)}
    return frozenset(unseen | signs | _letters(text))


def _letters(text: str) -> set[int]:
    scripts = {char: _script(char) for char in set(_OTHER.findall(text))}
    # Who writes in a script uses letters that only it has.
    native = {scripts[char] for char in scripts if char.isalpha() and not _has_twin(char, scripts[char])}
    found = set()
    for word in _WORD.finditer(text):
        letters = [char for char in word[0] if char.isalpha()]
        looks = all(scripts.get(char) and scripts[char] not in native for char in letters)
        if _LATIN.search(word[0]) or (letters and looks):
            found |= {word.start() + place for place, char in enumerate(word[0]) if scripts.get(char)}
    return found


def _has_twin(char: str, script: str) -> bool:
    return script in _LATIN_FORMS or char in _TWINS.get(script, "")


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")


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
    kept = {found.start() for found in _FRENCH.finditer(text)}
    return next((char for place, char in enumerate(text) if place not in kept and _hidden(char)), "")


_NO_SHAPE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which `unicodedata` lacks: it is closed, so that
code points which a later version assigns are in it today. A test holds it against another implementation."""


def has_no_shape(char: str) -> bool:
    """Whether nothing is drawn for a character, or nothing by itself."""
    return not char.isascii() and (_NO_SHAPE.match(char) is not None or unicodedata.category(char) == "Cf")


def _hidden(char: str) -> bool:
    if char.isascii():
        return False
    return unicodedata.category(char) in {"Zs", "Zl", "Zp"} or (
        unicodedata.category(char) == "Cf" and char not in _JOINERS
    )
