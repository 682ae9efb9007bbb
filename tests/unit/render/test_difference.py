"""What a change means: readable in any terminal, harmless and short enough as a comment, valid as JSON."""

import json
import re
from dataclasses import replace

import pytest

from tests.unit.render.differences import FULL, NOTHING, difference, owner
from tests.unit.render.reports import finding
from uts_policy.forge.comment import harmless
from uts_policy.model.difference import (
    Approval,
    Difference,
    EntryChange,
    EntryKind,
    OwnerKind,
    Reason,
    Rename,
    unsealed,
)
from uts_policy.render.difference import json as difference_json
from uts_policy.render.difference import markdown as difference_markdown
from uts_policy.render.difference import text as difference_text
from uts_policy.render.interface import Style
from uts_policy.schema.faults import faults

HOSTILE = "@team <script> | #1 `x` [a](b) \x1b[31m \u202e **b** </details> https://x \\"


def hostile() -> Difference:
    """A change in which everything that a user can write is hostile."""
    reasons = (Reason(change="gains", what="accountable", entry=f"responsibilities/{HOSTILE}"),)
    return difference(
        owners=tuple(
            owner(HOSTILE, kind, statement=HOSTILE, units=(HOSTILE,), before=(HOSTILE,), instead=(HOSTILE,))
            for kind in OwnerKind
        ),
        entries=(
            EntryChange(section="roles", id=HOSTILE, title=HOSTILE, kind=EntryKind.ADDED, fields=(), location=None),
        ),
        renames=(Rename(section="roles", before=HOSTILE, after=HOSTILE, location=None),),
        opened=(finding(message=HOSTILE, remediation=HOSTILE),),
        closed=(finding(message=HOSTILE),),
        known=(finding(message=HOSTILE),),
        weakens=(finding(message=HOSTILE),),
        approvals=(Approval(role=HOSTILE, title=HOSTILE, gone=True, superior=HOSTILE, reasons=reasons),),
        notices=(HOSTILE,),
    )


@pytest.mark.parametrize("change", [FULL, NOTHING, hostile()])
def test_json_is_what_its_schema_says(change: Difference) -> None:
    data = json.loads(difference_json.render(change, Style()))
    assert faults("difference", data) == ()


def test_nothing_that_a_user_wrote_is_markup_or_calls_somebody_in_a_comment() -> None:
    text = difference_markdown.render(hostile(), Style())
    assert not re.search("@(?!\u200b)|<script|[\x1b\u202e]", text)
    assert text.count("<details>") == text.count("</details>") == 3
    rows = [line for line in text.split("\n") if line.startswith("| ") and not line.startswith("| |")]
    bars = {line.count("|") for line in rows if not line.startswith("| level")}
    assert bars == {7, 6}


def test_what_diff_writes_passes_as_harmless_but_for_addresses() -> None:
    for change in (FULL, hostile()):
        text, _ = unsealed(difference_markdown.render(change, Style())) or ("", "")
        assert text
        assert harmless(text).strip().replace(":\u200b//", "://") == text.strip()


def test_text_shows_nothing_that_moves_the_cursor() -> None:
    text = difference_text.render(hostile(), Style())
    assert not re.search("[\x1b\u202e]", text)
    assert "␛" in text


@pytest.mark.parametrize("width", [40, 80])
def test_text_fits_its_width(width: int) -> None:
    text = difference_text.render(FULL, Style(width=width))
    assert max(len(line) for line in text.split("\n") if " " in line.strip()) <= width


def test_text_without_unicode_is_ascii() -> None:
    assert difference_text.render(FULL, Style(unicode=False)).isascii()


def many(count: int) -> Difference:
    findings = tuple(finding(line=line, identity=f"1:{line:032}", cause="") for line in range(count))
    reasons = tuple(Reason(change="loses", what="accountable", entry=f"responsibilities/d-{n}") for n in range(count))
    return difference(
        owners=tuple(owner(f"duty-{number}") for number in range(count)),
        renames=tuple(Rename(section="roles", before=f"a{n}", after=f"b{n}", location=None) for n in range(count)),
        opened=findings,
        closed=findings,
        known=findings,
        weakens=findings,
        approvals=tuple(
            Approval(role=f"role-{n}", title="Lead", gone=False, superior="", reasons=reasons[:30])
            for n in range(count)
        ),
    )


def test_five_thousand_of_everything_still_fit_into_a_comment_that_says_what_is_left_out() -> None:
    text, _ = unsealed(difference_markdown.render(many(5000), Style())) or ("", "")
    assert 50_000 < len(text) <= 60_000
    assert text.count("<details>") == text.count("</details>")
    assert re.search(r"\n[0-9]+ lines left out for want of room; the JSON report has everything\.\n$", text)
    assert len(re.findall(r"(?m)^\| lost \| duty-", text)) > 100
    assert "**Weakens the check: yes**" in text
    assert "- role-0 (Lead): loses accountability for d-0, " in text
    assert " and 10 more" in text


def test_a_new_duty_without_owner_stands_out_as_a_lost_one_does() -> None:
    change = difference(owners=(owner(), owner("b", OwnerKind.NEW, before=()), owner("c", OwnerKind.ENDED)))
    text = difference_markdown.render(change, Style())
    assert re.findall(r"(?m)^\| (\w+) .*\*\*nobody\*\*", text) == ["lost", "new"]


def test_a_change_that_weakens_only_is_told() -> None:
    change = replace(NOTHING, weakens=FULL.weakens)
    assert difference_text.render(change, Style()).endswith("\nThe check is weakened.\n")
    assert not difference_markdown.render(change, Style()).startswith("<!--")
