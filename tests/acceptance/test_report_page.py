"""The page that `check --format html` writes, in a browser: filters, keyboard, paper, no script, nothing asked for."""

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.browser import chromium, eventually, opened, violations
from tests.acceptance.command import AS_OF, BROKEN, declare, run
from tests.generate.hostile import HOSTILE
from tests.unit.render.reports import finding, report, source
from uts_policy.render.html.page import page as render_page

__all__ = ["chromium"]

VISIBLE = "li.f:visible"


@pytest.fixture(scope="module")
def seeded(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("seeded"), root / "examples" / "seeded")


def written(folder: Path, declarations: Path, *options: str) -> Path:
    file = folder / "report ü.html"
    result = run("check", declarations, "--as-of", AS_OF, "--profile", "strict", *options, "--format", f"html:{file}",
                 cwd=declarations.parents[1])  # fmt: skip
    assert (result.stdout, result.stderr) == (b"", b"")
    return file


def count(page: Any) -> int:
    return page.locator(VISIBLE).count()


def shown(page: Any) -> str:
    return page.locator("#shown").inner_text()


def until(page: Any, expression: str) -> None:
    eventually(lambda: page.evaluate(expression))


def until_shown(page: Any, number: int) -> None:
    eventually(lambda: count(page) == number)


def choose(page: Any, name: str, value: str) -> None:
    page.locator(f"#filters [name={name}]").select_option(value)


def test_filters_narrow_the_findings_and_stand_in_the_fragment(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        everything = count(page)
        assert shown(page) == f"{everything} findings"
        choose(page, "level", "warning")
        warnings = page.locator("li.f[data-level=warning]").count()
        until(page, "location.hash === '#level=warning'")
        assert 0 < count(page) == warnings < everything
        assert shown(page) == f"{warnings} of {everything} findings: level warning"
        choose(page, "owner", "chief-training")
        until(page, "location.hash === '#level=warning&owner=chief-training'")
        assert 0 < count(page) < warnings
        assert {"chief-training"} == {
            owner for owners in page.locator(VISIBLE).evaluate_all("all => all.map(one => one.dataset.owner)")
            for owner in owners.split(" ")
        }  # fmt: skip
        assert page.locator("details.rule:visible").count() == page.locator(f"details.rule:has({VISIBLE})").count()
        page.get_by_role("button", name="Clear").click()
        until(page, "location.hash === ''")
        until_shown(page, everything)


def test_words_are_searched_in_all_that_a_finding_says(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        page.get_by_label("Search").fill("ABOLISHED cameras.yaml:31")
        until(page, "location.hash === '#q=ABOLISHED+cameras.yaml%3A31'")
        until_shown(page, 1)
        page.get_by_label("Search").fill("no finding says this")
        until(page, "location.hash.startsWith('#q=no')")
        until_shown(page, 0)
        assert shown(page).startswith("0 of ")


def test_an_address_with_filters_opens_filtered_and_the_back_button_goes_back(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded, "#rule=reference%2Fretired&state=new") as page:
        assert count(page) == page.locator("[data-rule='reference/retired'] li.f").count() == 5
        assert page.locator("#filters [name=rule]").input_value() == "reference/retired"
        assert page.locator("#findings").evaluate("one => one === document.activeElement")
        page.evaluate("location.hash = '#level=note'")
        until(page, "document.getElementById('shown').textContent.includes('level note')")
        page.go_back()
        until(page, "document.getElementById('shown').textContent.includes('rule reference/retired')")
        until_shown(page, 5)


def test_a_cause_and_an_owner_lead_to_their_findings(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        page.locator(".causes a").first.click()
        until(page, "location.hash.startsWith('#cause=')")
        until_shown(page, 1)
        page.locator("#o-chief-training > summary").click()
        page.locator("#o-chief-training").get_by_role("link", name="Show only these").click()
        until(page, "location.hash === '#owner=chief-training'")
        assert count(page) == page.locator("#o-chief-training .links li").count() == 3


def test_a_link_to_a_finding_shows_it_whatever_hides_it(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded, "#level=note") as page:
        link = page.locator("#o-chief-training .links a").first
        target = link.get_attribute("href")
        assert target is not None
        assert not page.locator(target).is_visible()
        page.evaluate("for (const each of document.querySelectorAll('details.rule')) each.open = false")
        page.locator("#o-chief-training > summary").click()
        link.click()
        until(page, "location.hash.startsWith('#f-')")
        assert page.locator(target).is_visible()


def test_a_fragment_that_means_nothing_does_no_harm(chromium: Any, seeded: Path) -> None:
    for strange in ("#%", "#=", "#rule=%00&owner=%3Cscript%3E", "#level=none"):
        with opened(chromium, seeded, strange) as page:
            assert page.locator("h1").is_visible()


def test_the_keyboard_reaches_everything_in_the_order_of_the_page(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        reached = []
        for _ in range(33):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("(document.activeElement.name || document.activeElement.innerText).trim()"))
        causes = page.locator(".causes a").all_inner_texts()
        assert reached[:8] == [
            "Skip to the content", "uts-policy", "Findings 75", "By owner", "Matrix", "Units", "Dates",
            "This check",
        ]  # fmt: skip
        owners = page.locator(".bars a").all_inner_texts()
        assert reached[8:24] == [*causes, *owners, "All owners", "and more"]
        assert reached[25:31] == ["q", "level", "rule", "owner", "state", "Clear"]  # after the picture, which scrolls
        assert reached[31].startswith("Delegations that rest on each other")
        assert reached[32] == "1"
        assert page.locator("[tabindex]:not([tabindex='-1']):not([tabindex='0'])").count() == 0
        first = page.locator("details.rule").first
        first.locator("summary").focus()
        page.keyboard.press("Enter")
        assert first.get_attribute("open") is None
        page.keyboard.press("Space")
        assert first.get_attribute("open") is not None


def test_the_first_link_skips_to_the_content(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        page.keyboard.press("Tab")
        assert page.locator(".skip").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.causes a')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_wrong_and_nothing_runs_over_the_edge(
    chromium: Any, seeded: Path, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    with opened(chromium, seeded, viewport=size, color_scheme=scheme, bypass_csp=True) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_gets_everything_open_and_numbered(chromium: Any, seeded: Path, *, scripts: bool) -> None:
    with opened(chromium, seeded, bypass_csp=True, java_script_enabled=scripts) as page:
        total = page.locator("li.f").count()
        page.emulate_media(media="print")
        assert page.locator("details:not([open])").count() > 10
        for each in ("nav", "#filters", ".only-script"):
            assert page.locator(f"{each}:visible").count() == 0
        assert page.locator(VISIBLE).count() == total
        assert page.locator(".m > .no:visible").all_inner_texts() == [str(number + 1) for number in range(total)]
        assert page.locator("#owners:visible, #units:visible, .f pre:visible").count() == 0
        assert page.locator(".grid tbody tr:visible").count() == page.locator(".grid tbody tr:has(.flag)").count() > 0
        assert page.locator(".month:visible").count() == 3
        assert len(page.pdf(prefer_css_page_size=True)) > 10_000
        if scripts:
            assert violations(page) == []


@pytest.mark.parametrize(("example", "most"), [("seeded", 12), ("clean", 4)])
def test_paper_is_a_cover_and_a_few_pages(chromium: Any, root: Path, tmp_path: Path, example: str, most: int) -> None:
    with opened(chromium, written(tmp_path, root / "examples" / example)) as page:
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most


def test_the_first_screen_says_how_things_stand_and_charts_have_their_numbers(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        assert page.locator("h1").inner_text() == "Bureau of Tidal Inquiry"
        assert page.locator(".standing-sentence").inner_text() == "43 errors. Nobody answers for 8 duties."
        row = page.locator(".bars tbody tr").first
        owner = row.locator("th").inner_text()
        numbers = [int(each) for each in row.locator("td").all_inner_texts()[1:]]
        mine = page.locator("details.owner").filter(has=page.get_by_role("heading", name=owner, exact=True)).first
        tags = mine.locator("summary .tag").all_inner_texts()
        assert sum(numbers) == sum(int(each.split()[0]) for each in tags)
        marked = page.locator(".picture svg text").all_text_contents()
        assert "Bureau of Tidal Inquiry" in marked
        assert page.locator("#about ~ #digests").count() == 1  # last, and not on the first screen


def test_what_a_filter_leaves_out_is_told_on_paper_too(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded, "#owner=chief-training") as page:
        page.emulate_media(media="print")
        assert (count(page), shown(page)) == (3, "3 of 75 findings: owner chief-training")


def test_printing_closes_again_what_was_closed(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        closed = page.locator("details:not([open])").count()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details:not([open])").count() == closed > 0


def test_the_matrix_hatches_and_letters_what_nobody_answers_for(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded) as page:
        gap = page.locator(".grid th.gap").first
        assert gap.text_content().startswith("G Guide staff and households")
        assert "repeating-linear-gradient" in gap.evaluate("one => getComputedStyle(one).backgroundImage")
        first = page.locator("#matrix ~ .grid").first
        assert first.locator("caption").text_content() == "Nobody is accountable"
        first.focus()
        assert first.evaluate("one => one === document.activeElement")
        assert page.evaluate("[...document.querySelectorAll('.grid')].every(one => one.scrollWidth <= one.clientWidth)")


def test_without_scripts_all_is_there_but_the_filters(chromium: Any, seeded: Path) -> None:
    with opened(chromium, seeded, java_script_enabled=False) as page:
        assert count(page) == 75
        assert not page.locator("#filters").is_visible()
        assert not page.locator("#shown").is_visible()
        page.locator(".causes a").first.click()
        eventually(lambda: page.locator("li.f:target").count() == 1)
        owner = page.locator("details.owner").first
        owner.locator("summary").click()
        assert owner.locator(".links a").first.is_visible()


@pytest.fixture
def served(seeded: Path) -> Iterator[tuple[str, list[str]]]:
    """The page as a web server gives it, and what was asked for."""
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            asked.append(self.path)

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(seeded.parent))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/report%20%C3%BC.html", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_from_a_server_too_the_page_asks_for_nothing_but_itself(chromium: Any, served: tuple[str, list[str]]) -> None:
    address, asked = served
    page = chromium.new_page()
    page.goto(address, wait_until="networkidle")
    page.locator(".causes a").first.click()
    until_shown(page, 1)
    page.close()
    assert asked == ["/report%20%C3%BC.html"]


def test_hostile_texts_are_only_texts(chromium: Any, tmp_path: Path) -> None:
    texts = [*HOSTILE, "<img src=x onerror=alert(1)>", "javascript:alert(1)", "&lt;b&gt;", "]]><!-- --><!--"]
    made = report(
        *(
            finding(identity=f"1:{number:032x}", message=text, remediation=text, entry=text, cause=text)
            for number, text in enumerate(texts)
        ),
        sources={"roles.yaml": source("roles.yaml", "\n\n    unit: </pre></script><img src=x onerror=alert(1)>\n")},
        notices=texts,
    )
    file = tmp_path / "hostile.html"
    file.write_bytes(render_page(made, {text: text for text in texts}).encode())
    with opened(chromium, file) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        assert count(page) == len(texts)
        assert page.locator("script, style, img, iframe, object, embed").count() == 2
        assert page.locator("li.f").nth(len(texts) - 1).locator(".m").text_content().endswith("]]><!-- --><!--")
        assert page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.parametrize("text", [None, BROKEN])
def test_a_clean_and_an_unreadable_corpus_have_a_page_too(
    chromium: Any, root: Path, tmp_path: Path, text: str | None
) -> None:
    declarations = root / "examples" / "clean" if text is None else declare(tmp_path, text).parent
    file = written(tmp_path, declarations)
    with opened(chromium, file, bypass_csp=True) as page:
        stamp = page.locator(".stamp").inner_text()
        if text is None:
            assert page.locator("h1").inner_text() == "Bureau of Tidal Inquiry"
            assert page.locator(".standing-sentence").inner_text() == ("No finding that counts. No duty is unanswered.")
            assert stamp == "Pass"
            assert page.locator(".why").inner_text().endswith("(UTC). No error that counts; 1 waived.")
        else:
            assert stamp == "Fail"
            assert "No rule was evaluated." in page.locator(".why").inner_text()
            assert page.locator("#units, #dates").count() == 0
        assert violations(page) == []


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_a_scorecard_has_a_page_of_the_same_kind(chromium: Any, root: Path, tmp_path: Path, example: str) -> None:
    file = tmp_path / "scorecard.html"
    arguments = ("scorecard", f"examples/{example}", "--as-of", AS_OF, "--format", "html", "-o", file)
    result = run(*arguments, cwd=root)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    for width in (375, 1280):
        with opened(chromium, file, bypass_csp=True, viewport={"width": width, "height": 800}) as page:
            standings = page.locator(".standing").all_inner_texts()
            assert standings == ["Met" if example == "clean" else "Not met"] * 4
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert violations(page) == []


@pytest.mark.parametrize("options", [(), ("--by", "unit", "--unit", "field-operations-division")])
def test_a_matrix_has_a_page_of_the_same_kind(
    chromium: Any, root: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = tmp_path / "matrix.html"
    arguments = ("matrix", "examples/seeded", "--as-of", AS_OF, *options, "--format", f"html:{file}")
    result = run(*arguments, cwd=root)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    for width in (375, 1280):
        with opened(chromium, file, bypass_csp=True, viewport={"width": width, "height": 800}) as page:
            assert page.locator("h1").inner_text() == "Responsibility matrix"
            assert page.locator("h2.block").count() == (4 if options else 0)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert violations(page) == []
