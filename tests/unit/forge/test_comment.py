"""Text of somebody else in a comment of ours: it can be read, and nothing more."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uts_policy.forge.comment import MOST, NOTHING, body_of, cut, harmless, marker

WORDS = (
    "@somebody",
    "\uff20team",
    *("#12", "GH-7", "https://evil.example", "www.evil.example", "/merge", "\\", "`", "~~~", "$x$", "*b*", "_i_"),
    *("<details>", "</details>", "<summary>", "</summary>", "<details/x>", "<script>", "<!--", "-->", "<img/src=x>"),
    *("![x](y)", "[x](y)", "[x]:y", "&#64;all", "&lt;", "&#124;", "&commat;", "|", "-", ">", "a", " ", "\n", "\n\n"),
    *("\r", "\t", "\x1b[0m", "\u202e", "\u200b", "\ufeff", "\ud800"),
)
PIECES = st.sampled_from(WORDS)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@team, look", f"@{NOTHING}team, look"),
        ("\uff20team", f"\uff20{NOTHING}team"),
        ("&#64;team &commat;team", f"&amp;#{NOTHING}64;team &amp;commat;team"),
        ("fixes #12 and GH-12", f"fixes #{NOTHING}12 and G{NOTHING}H-12"),
        ("see https://evil.example", f"see :{NOTHING}//".replace("see :", "see https:") + "evil.example"),
        ("www.evil.example", f"w{NOTHING}ww.evil.example"),
        ("[click](https://x) ![pixel](y)", f"\\[click\\](https:{NOTHING}//x) !\\[pixel\\](y)"),
        ("/merge\n  /approve", "\\/merge\n\\/approve"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<!-- uts-policy: the one comment -->", "&lt;!-- uts-policy: the one comment -->"),
        ("<details open>", "&lt;details open>"),
        ("<DETAILS>", "&lt;DETAILS>"),
        ("```\nhidden", "\\`\\`\\`\nhidden"),
        ("~~~", "\\~\\~\\~"),
        ("red \x1b[31m, \u202eback", "red \ufffd\\[31m, \ufffdback"),
        ("\\[kept\\] \\\\[x]", "\\[kept\\] \\\\\\[x\\]"),
        ("at the end \\", "at the end \\\\"),
        ("</details>", "&lt;/details>"),
        ("<details><summary>never closed</summary>", "&lt;details>&lt;summary>never closed&lt;/summary>"),
        ("<details><summary>crossed</details></summary>", "&lt;details>&lt;summary>crossed&lt;/details>&lt;/summary>"),
        ("<details>\n| a &#124; b |\n</details>", "<details>\n| a &#124; b |\n</details>"),
    ],
)  # fmt: skip
def test_what_could_do_more_than_be_read_becomes_text(text: str, shown: str) -> None:
    assert harmless(text) == shown


@settings(deadline=None)
@given(TEXTS)
def test_no_text_calls_links_or_opens_anything(text: str) -> None:
    made = harmless(text)
    assert not re.search(rf"[@\uff20](?!{NOTHING})", made)
    assert not re.search(r"(?<!&)#\d|://|\bwww\.|&(?!(?:amp|lt|gt|#124);)", made)
    assert re.findall(r"<(?!/?(?:details|summary)>)", made) == []
    assert re.findall(r"(?m)^/", made) == []
    assert re.findall(r"[`\[\]]", re.sub(r"\\.", "", made)) == []
    assert made.count("<details>") == made.count("</details>")
    assert made.isprintable() or set(filter(lambda c: not c.isprintable(), made)) <= set("\n\u200b\u200c\u200d")


@settings(deadline=None)
@given(TEXTS)
def test_what_was_made_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=100, max_value=400))
def test_a_cut_text_fits_and_is_closed(text: str, most: int) -> None:
    made = cut(harmless(text) * 9, most, "cut")
    assert len(made) <= most
    assert made.count("<details>") == made.count("</details>")


def test_one_line_without_end_is_cut_as_well() -> None:
    assert cut("x" * 1000, 100, "cut") == "\n\n\ncut\n"


@settings(deadline=None)
@given(TEXTS)
def test_the_comment_begins_with_our_marker_and_has_it_once(text: str) -> None:
    body = body_of(text * 99, "")
    assert body.startswith(f"{marker('')}\n")
    assert body.count(marker("")) == 1
    assert body.endswith("\n---\n\nKept up to date by uts-policy: one comment, edited with each push.\n")
    assert len(body) <= MOST
