"""Which characters are named, and that text written in another script stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.common.invisible import hidden, named, unescaped

A, O, C, I = "\u0430", "\u043e", "\u0441", "\u0456"  # noqa: E741 - Cyrillic letters by the Latin ones they look like


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"ch{I}ef", "ch<U+0456 Cyrillic small letter byelorussian-ukrainian i>ef"),
        (
            f'there is no "{C}{O}{C}{O}"',
            'there is no "' + "<U+0441 Cyrillic small letter es><U+043E Cyrillic small letter o>" * 2 + '"',
        ),
        ("\uff41\uff42", "<U+FF41 fullwidth latin small letter a><U+FF42 fullwidth latin small letter b>"),
        ("name\uff1a Agency", "name<U+FF1A fullwidth colon> Agency"),
        ("p\u20111", "p<U+2011 non-breaking hyphen>1"),
        ("a\u00a0b", "a<U+00A0 no-break space>b"),
        ("a\u200bb", "a<U+200B zero width space>b"),
        ("di\u200crec\u200dtor", "di<U+200C zero width non-joiner>rec<U+200D zero width joiner>tor"),
        ("lead\ufe0f", "lead<U+FE0F variation selector-16>"),
        ("le\u2800ad", "le<U+2800 braille pattern blank>ad"),
        ("le\u034fad", "le<U+034F combining grapheme joiner>ad"),
        ("le\u3164ad", "le<U+3164 hangul filler>ad"),
        ("le\u180bad", "le<U+180B mongolian free variation selector one>ad"),
        ("\ufe0f", "<U+FE0F variation selector-16>"),
        ('unknown role "uts\u2013chief"', 'unknown role "uts<U+2013 en dash>chief"'),
        ('"\uff12\uff10-11" is not', '"<U+FF12 fullwidth digit two><U+FF10 fullwidth digit zero>-11" is not'),
        ("p-\u0661", "p-<U+0661 arabic-indic digit one>"),
        ("p-\U0001d7cf", "p-<U+1D7CF mathematical bold digit one>"),
        ("le\u0251d", "le<U+0251 latin small letter alpha>d"),
        ("d\u0131rector", "d<U+0131 latin small letter dotless i>rector"),
        ("\u017foon", "<U+017F latin small letter long s>oon"),
        ("lea\u1d05", "lea<U+1D05 latin letter small capital d>"),
        ("\u217dhief", "<U+217D small roman numeral one hundred>hief"),
        ("\ufb01le", "<U+FB01 latin small ligature fi>le"),
        ("\ua4eegency", "<U+A4EE lisu letter a>gency"),
        ("\u13aagency", "<U+13AA cherokee letter go>gency"),
    ],
)
def test_what_looks_like_another_character_is_named(text: str, said: str) -> None:
    assert named(text).lower() == said.lower()


@pytest.mark.parametrize(
    "text",
    [
        "\u0412\u0441\u0435 \u0440\u0430\u0431\u043e\u0442\u044b \u0430 \u043d\u0435 \u0432\u0441\u0435",
        "the duty \u0420\u0430\u0431\u043e\u0442\u044b \u0438 \u043e\u0442\u0434\u044b\u0445 \u0430 \u0441",
        "\u03b5\u03c5\u03b8\u03cd\u03bd\u03b7",
        "\u7d44\u7e54\uff1a\u7dcf\u52d9\u90e8",
        "Zo\u00eb, \u00c5sa and M\u00fcller",
        "2020\u20132025 \u2013 and so on",
        "\u00ab\u00a0ainsi\u00a0\u00bb",
        "10\u202f000 \u20ac\u202f; qui\u202f?",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u06f1\u06f2",
        "\u0627\u0644\u0645\u0627\u062f\u0629 \u0661\u0662",
        "\u0915\u094d\u200d\u0937 \u0967\u0968",
        "\U0001f468\u200d\U0001f692 \u2764\ufe0f 1\ufe0f\u20e3 \u2139\ufe0f \U0001f3f4\U000e0067\U000e0062\U000e007f",
        "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f937\U0001f3fd\u200d\u2640\ufe0f",
        "\u0131\u015f\u0131k ve y\u0131ld\u0131z",
        "Kad\u0131k\u00f6y, Y\u0131ld\u0131z",
        "\u845b\U000e0100",
        "\u1820\u180b",
        "1\u00aa, n\u00ba 2, m\u00b2, \u00bd, Stra\u00dfe, \u00d8resund, \u0141\u00f3d\u017a, \u0141a\u0144cut",
        "cost\u2013benefit and 2020\u20132025",
        "K\u00fcnstler \u2014 \u201egut\u201c",
        "\u05d4\u05d5\u05e2\u05d3\u05d4 ICT, \u7b2c\uff11\u7ae0 T\u6064 A\u7d44",
        "E\u028be \u0256e\u014b\u0254",
    ],
)
def test_text_of_another_language_stays(text: str) -> None:
    assert named(text) == text


def test_what_repr_escaped_is_named_too_and_a_backslash_of_the_user_stays() -> None:
    assert (
        named(unescaped(f"Path {chr(0xA0) + 'a'!r} does not exist")) == "Path '<U+00A0 no-break space>a' does not exist"
    )
    assert unescaped(repr("a\\xa0")) == repr("a\\xa0")


FRENCH = "L\u2019équipe\u00a0: «\u00a0garde\u00a0», 10\u202f000\u00a0€"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with spaces", "plain, with spaces"),
        ("a\u00a0b", "a<U+00A0 no-break space>b"),
        ("a\u200bb\u202e", "a<U+200B zero width space>b<U+202E right-to-left override>"),
        ("a\u2003b", "a<U+2003 em space>b"),
        ("\u0430gency", "<U+0430 Cyrillic small letter a>gency"),
        ("uts-\u0441hief", "uts-<U+0441 Cyrillic small letter es>hief"),
        ("\u039fne", "<U+039F Greek capital letter omicron>ne"),
        ("\uff41b", "<U+FF41 fullwidth Latin small letter a>b"),
        ("Агентство and Υπηρεσία, Zoë", "Агентство and Υπηρεσία, Zoë"),
        (FRENCH, FRENCH),
        ("\U0001f468\u200d\U0001f692", "\U0001f468\u200d\U0001f692"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_or_looks_like_another_is_named(text: str, shown: str) -> None:
    assert named(text) == shown


@given(st.text())
def test_what_is_shown_hides_nothing(text: str) -> None:
    assert hidden(named(text)) == ""
    assert named(named(text)) == named(text)
