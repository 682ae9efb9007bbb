"""Whom a text mentions, however the name or the id is written there."""

import pytest

from uts_policy.redact.mentions import Mentions

PEOPLE = Mentions(
    ids=["agent-0417", "p-1", "j.doe"],
    names=["Quill Ostrander", "Zo\u00eb", "O'Brien Ma", "Will", "ada", "\u738b\u5c0f\u660e", "An Na", "Al Be"],
)


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("ask Quill\n      Ostrander first", ["Quill\n      Ostrander"]),
        ("# ask Quill\n  # Ostrander", ["Quill\n  # Ostrander"]),
        ("Quill  Ostrander", ["Quill  Ostrander"]),
        ("Quill\u00a0Ostrander's", ["Quill\u00a0Ostrander"]),
        ("QUILL OSTRANDER, quill ostrander", ["QUILL OSTRANDER", "quill ostrander"]),
        ("Quill-Ostrander", ["Quill-Ostrander"]),
        ("Quill\u2011Ostrander", ["Quill\u2011Ostrander"]),
        ("QuillOstrander_x quill_ostrander", ["QuillOstrander", "quill_ostrander"]),
        ("QuillOstrander", ["QuillOstrander"]),
        ("Qu\u200bill Ostran\u00adder", ["Qu\u200bill Ostran\u00adder"]),
        ("Quill\u200bOstrander", ["Quill\u200bOstrander"]),
        ("\uff31\uff35\uff29\uff2c\uff2c Ostrander", ["\uff31\uff35\uff29\uff2c\uff2c Ostrander"]),
        ("Zoe\u0308 and ZOE and Zoe", ["Zoe\u0308", "ZOE", "Zoe"]),
        ("O\u2019Brien Ma", ["O\u2019Brien Ma"]),
        ("Al\u200bBe", ["Al\u200bBe"]),
        ("\u8bf7\u738b\u5c0f\u660e\u6279\u51c6", ["\u738b\u5c0f\u660e"]),
        ("\u8bf7\u738b\n  \u5c0f\u660e", ["\u738b\n  \u5c0f\u660e"]),
        ("AGENT-0417 agent\u20110417 agent 0417", ["AGENT-0417", "agent\u20110417", "agent 0417"]),
        ("agent0417", ["agent0417"]),
        ("ag\u200bent-\n0417", ["ag\u200bent-\n0417"]),
        ("\uff50\uff0d\uff11 and J. Doe", ["\uff50\uff0d\uff11", "J. Doe"]),
        ("see p. 1, p 1, p-1-a, xp-1, p-10, a-p-1", []),
        ("he will, and Ada may; anna", []),
        ("Quill: {a: Ostrander}", []),
        ("Quill and Ostrander", []),
    ],
)  # fmt: skip
def test_a_person_is_found_however_the_mention_is_written(text: str, mentioned: list[str]) -> None:
    found = PEOPLE.found(text)
    assert [text[each.begin : each.end] for each in found] == mentioned
