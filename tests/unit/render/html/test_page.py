"""The page of a report, read by a parser that nobody here wrote."""

import base64
import hashlib
import re
from html.parser import HTMLParser

from hypothesis import given, settings

from tests.generate.hostile import HOSTILE, hostile_strings
from tests.unit.render.hostile_reports import reports
from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, report, source
from uts_policy.common.sanitise import visible
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.render.html.page import page
from uts_policy.render.interface import Style
from uts_policy.render.report.html import render


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = words(
    "html head meta title style body a header p nav ul li span main section div h1 h2 h3 small time b ol code dl dt dd "
    "form label input select option button details summary pre mark table thead tbody tr th td footer script "
    "svg rect wbr caption"
)
ATTRIBUTES = words(
    "aria-hidden aria-label aria-labelledby autocomplete charset class content data-cause data-filter data-level "
    "data-owner data-rule data-state datetime height hidden href http-equiv id lang name open preserveaspectratio role "
    "scope spellcheck tabindex type value viewbox width x y"
)
VOID = frozenset({"meta", "input", "wbr", "rect"})


class Page(HTMLParser):
    """What a browser would make of a page: elements, their attributes, text by class."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.raw: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))
            self.texts.setdefault(self.open[-1][1], []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in {"script", "style"}:
            self.raw[self.open[-1][0]] = self.raw.get(self.open[-1][0], "") + data
            return
        for class_ in {class_ for _, class_ in self.open}:
            self.texts[class_][-1] += data


def messages(text: str) -> list[str]:
    """What each finding of the page says, without its number, level and state."""
    return [re.sub(r"^\d+ \w+ (?:(?:known|waived) )?", "", each) for each in Page(text).texts.get("m", [])]


def whole(made: Report) -> str:
    return render(made, Style())


def test_the_first_screen_says_how_things_stand_day_counts_causes_and_what_was_not_assessed() -> None:
    found = [finding(3, cause="a"), finding(5, cause="a"), finding(4, cause="b", level=Level.WARNING)]
    text = page(report(*found, not_assessed=MISSING), {"results": "9" * 64})
    seen = Page(text).texts["first"][0]
    said = re.sub(r"\s+", " ", seen)
    for each in (
        "Who answers for what 2 errors.",
        "Fail as of 2026-11-23 (UTC). 2 errors, from 1 cause.",
        "2 errors 1 warning 0 notes",
        "error 2 findings · reference/unknown · roles.yaml:3:11",
        "warning 1 finding · reference/unknown · roles.yaml:4:11",
        "1 of 6 rules on 1 file",
        "delegation (none declared)",
        "training/untrained (no training records declared)",
    ):
        assert each in said, said
    digests = f"inputs{'1' * 64} policies{'2' * 64} schemas{'3' * 64} config{'4' * 64} results{'9' * 64}"
    assert digests not in said
    assert digests in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text))


def test_a_run_that_could_not_fail_is_not_shown_in_the_colour_of_a_pass() -> None:
    text = whole(report(finding(), threshold=None))
    assert '<div class="verdict neutral">' in text
    assert "Findings do not change the verdict of this run (fail on: never)." in text
    assert '<div class="verdict pass">' in whole(report())
    assert '<div class="verdict fail">' in whole(report(finding()))


def test_a_pass_that_rests_on_findings_which_do_not_count_says_so() -> None:
    assert "(UTC). No error that counts; 2 known from before and 1 waived.</p>" in whole(
        report(WAIVED, KNOWN, finding(4, status=KNOWN.status))
    )
    assert "(UTC). No finding of level warning or above.</p>" in whole(report(threshold=Level.WARNING))


def test_what_stands_between_backticks_in_advice_is_code_and_still_only_text() -> None:
    text = whole(report(finding(remediation="State `limits`, not `<b>`.")))
    assert "</b> State <code>limits</code>, not <code>&lt;b&gt;</code>.</p>" in text


def test_a_page_without_an_evaluated_rule_says_so() -> None:
    invalid = finding(rule="schema/value", cause="", entry="")
    text = whole(report(invalid, evaluated=(), engine=report().engine))
    assert "The declarations cannot be read, or are not valid. No rule was evaluated." in text
    assert "rules evaluated by" not in text
    assert "The declarations are well formed. No rule was evaluated." in whole(report(evaluated=()))
    assert '<div class="verdict neutral">' in whole(report(evaluated=()))


def test_findings_show_excerpt_related_places_waiver_and_state() -> None:
    text = whole(report(WAIVED, KNOWN, RELATED))
    seen = Page(text)
    assert messages(text) == [RELATED.message, WAIVED.message, KNOWN.message]
    assert text.count("    unit: <mark>agenzy</mark>") == 3
    assert [each for each in seen.texts["related"] if "also accountable here (roles/r5) roles.yaml:5:5" in each]
    assert seen.texts["waiver"] == ["Waived until 2027-03-31 by until-spring, approved by director: the move"]
    assert [attributes["data-state"] for tag, attributes in seen.elements if "data-state" in attributes] == [
        "new",
        "waived",
        "known",
    ]


def test_the_policy_allows_exactly_the_style_and_the_script_that_stand_in_the_page() -> None:
    seen = Page(whole(report(finding())))
    policy = next(attributes["content"] for tag, attributes in seen.elements if "http-equiv" in attributes)
    hashes = {
        part: f"'sha256-{base64.b64encode(hashlib.sha256(seen.raw[part].encode()).digest()).decode()}'"
        for part in ("style", "script")
    }
    assert policy == (
        f"default-src 'none'; style-src {hashes['style']}; script-src {hashes['script']}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_the_same_report_gives_the_same_bytes() -> None:
    made = report(WAIVED, finding(4), KNOWN, RELATED, not_assessed=MISSING)
    assert whole(made) == whole(made)


def test_a_long_line_is_cut_around_what_the_finding_points_at() -> None:
    line = f"{'a' * 500}agenzy{'b' * 500}\n"
    text = whole(report(finding(1, 501), sources={"roles.yaml": source("roles.yaml", line)}))
    assert f"</span>…{'a' * 60}<mark>agenzy</mark>{'b' * 80}…</pre>" in text


def inert(text: str) -> Page:
    """Reads a page, and finds nothing in it that loads, runs, leads away or is not ours."""
    seen = Page(text)
    assert {tag for tag, _ in seen.elements} <= ELEMENTS
    assert {name for _, attributes in seen.elements for name in attributes} <= ATTRIBUTES
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in seen.elements)
    assert [tag for tag, _ in seen.elements if tag in {"script", "style"}] == ["style", "script"]
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    return seen


def hostile(text: str, number: int) -> Finding:
    place = finding().location
    return finding(identity=f"1:{number:032x}", message=text, remediation=text, entry=text, cause=text, location=place)


def test_every_known_troublemaker_is_only_text() -> None:
    made = report(
        *(hostile(text, number) for number, text in enumerate(HOSTILE)),
        sources={"roles.yaml": source("roles.yaml", "\n\n    unit: </pre></script><img src=x onerror=1>\n")},
        notices=HOSTILE,
    )
    text = whole(made)
    inert(text)
    assert sorted(messages(text)) == sorted(map(visible, HOSTILE))


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_page_is_inert_and_the_facts_come_back(made: Report) -> None:
    text = whole(made)
    inert(text)
    text.encode("utf-8")
    assert sorted(messages(text)) == sorted(visible(each.message) for each in made.findings)


@settings(deadline=None)
@given(hostile_strings())
def test_a_name_of_a_digest_is_only_text(name: str) -> None:
    assert visible(name) in inert(page(report(), {name: name})).texts["digests"][0]
