import json
import re
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.common.sanitise import disarmed
from uts_policy.render import html

PARTS = (
    "::",
    ":",
    "##",
    "#",
    "[",
    "]",
    "vso",
    "teamcity",
    "error",
    " ",
    "\t",
    "\n",
    "\r",
    "\u2028",
    "\ufeff",
    '"',
    "\\",
)
TEXTS = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)
OBEYED = re.compile(r"^[\s\ufeff]*::|##\w*\[", re.MULTILINE)


def obeyed(text: str) -> bool:
    return any(OBEYED.search(line) for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::stop-commands::x", "\\::stop-commands::x"),
        (" \t::error::x\na::b", " \t\\::error::x\na::b"),
        ("\x1b[1m::error::\x1b[0m", "\x1b[1m\\::error::\x1b[0m"),
        ("a ##[error]b", "a ##\\[error]b"),
        ("a ###[error]b", "a ###\\[error]b"),
        ("a ##vso[task.setvariable]b", "a ##\\vso[task.setvariable]b"),
        ("##teamcity[x]", "##\\teamcity[x]"),
        ("a :: b, ## [c] and ##: d", "a :: b, ## [c] and ##: d"),
    ],
)
def test_a_backslash_keeps_text_from_being_a_command(text: str, shown: str) -> None:
    assert disarmed(text, "text") == shown


@given(TEXTS)
def test_no_text_is_a_command_afterwards(text: str) -> None:
    shown = disarmed(text, "text")
    assert not obeyed(shown)
    assert disarmed(shown, "text") == shown
    assert shown.replace("\\", "") == text.replace("\\", "")


@given(TEXTS)
def test_json_means_what_it_meant(text: str) -> None:
    written = disarmed(json.dumps([text], ensure_ascii=False, indent=1), "json")
    assert not obeyed(written)
    assert json.loads(written) == [text]


@given(TEXTS)
def test_markup_means_what_it_meant(text: str) -> None:
    plain = escape(text)
    written = disarmed(plain, "markup")
    assert not obeyed(written)
    assert unescape(written) == unescape(plain) == text


def test_the_style_and_the_script_of_a_page_are_left_as_they_are() -> None:
    for name in ("style.css", "script.js"):
        text = (Path(html.__path__[0]) / "templates" / name).read_text(encoding="utf-8")
        assert text
        assert disarmed(text, "markup") == text


def test_annotations_stay_commands_and_hold_no_other() -> None:
    assert disarmed("::error title=a::b ##[group]c\n", "commands") == "::error title=a::b ##\\[group]c\n"
