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
_JOINERS = "\u200c\u200d"


def named(text: str) -> str:
    """`text` with what a reader cannot see, or takes for another character, by number and name.

    That is white space that is no plain space (`<U+00A0 no-break space>`), characters without a shape, and letters of
    another script in a word with Latin ones (`<U+0430 Cyrillic small letter a>`). A word in one script stays, and so
    does a no-break space where French typography puts one.
    """
    if text.isascii():
        return text
    kept = {found.start() for found in _FRENCH.finditer(text)}
    mixed = {
        word.start() + found.start()
        for word in _WORD.finditer(text)
        if _LATIN.search(word[0])
        for found in _OTHER.finditer(word[0])
        if unicodedata.name(found[0], "").startswith(_SCRIPTS)
    }
    return "".join(
        described(char) if place in mixed or (place not in kept and _hidden(char)) else char
        for place, char in enumerate(text)
    )


def described(char: str) -> str:
    """`<U+00A0 no-break space>`."""
    name = unicodedata.name(char, "").lower()
    for script in ("cyrillic", "greek", "latin", "armenian", "cherokee"):
        name = name.replace(script, script.capitalize())
    return f"<U+{ord(char):04X}{f' {name}' if name else ''}>"


def hidden(text: str) -> str:
    """The first character of `text` that cannot be seen; empty where there is none."""
    kept = {found.start() for found in _FRENCH.finditer(text)}
    return next((char for place, char in enumerate(text) if place not in kept and _hidden(char)), "")


def _hidden(char: str) -> bool:
    if char.isascii():
        return False
    return unicodedata.category(char) in {"Zs", "Zl", "Zp"} or (
        unicodedata.category(char) == "Cf" and char not in _JOINERS
    )
