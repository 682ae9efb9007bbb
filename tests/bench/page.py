"""How long a browser takes to show the HTML report of thousands of findings, against that of the example."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from tests.acceptance.browser import ARGUMENTS, eventually
from tests.bench import corpora
from tests.bench.measure import run
from tests.bench.rows import CLEAN_DAY, check
from tests.bench.table import Row, at_most, seconds
from tests.conftest import ROOT, find_tool
from tests.generate.pools import AS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROLES = 3400
"""What makes about 5,000 findings."""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
FILTER = """word => new Promise(done => {
  const start = performance.now();
  location.hash = `#q=${word}`;
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def painted(runs: int, work: Path) -> Iterator[Row]:
    """First paint and size; nothing where there is no browser."""
    binary = find_tool("chromium")
    if binary is None:
        return
    from playwright.sync_api import sync_playwright

    large = _page(corpora.faulty(ROLES, work / "faulty"), AS_OF, work / "large.html")
    small = _page(ROOT / "examples" / "seeded", CLEAN_DAY, work / "small.html")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=ARGUMENTS)
        looks = [(_look(browser, small), _look(browser, large)) for _ in range(runs)]
        browser.close()
    theirs, ours = ({name: median(each[side][name] for each in looks) for name in looks[0][side]} for side in (0, 1))
    size = large.stat().st_size
    yield Row(
        f"first paint of a page of {ours['findings']:,.0f} findings, {size / 1e6:.1f} MB",
        seconds(ours["paint"]),
        f"one of {theirs['findings']:.0f} findings: {seconds(theirs['paint'])}",
        *at_most(2, ours["paint"] / theirs["paint"]),
    )
    yield Row(
        "... all of it loaded, and one filter", f"{seconds(ours['loaded'])}, {seconds(ours['filter'])}", *[""] * 3, None
    )
    json = work / "large.json"
    yield Row(
        "... its size",
        f"{size / 1e6:.1f} MB",
        f"the JSON report: {json.stat().st_size / 1e6:.1f} MB",
        *at_most(1.5, size / json.stat().st_size),
    )


def _page(folder: Path, as_of: str, file: Path) -> Path:
    outputs = ("--format", f"html:{file}", "--format", f"json:{file.with_suffix('.json')}")
    run(check(folder, "--profile", "strict", "--fail-on", "never", *outputs, as_of=as_of))
    return file


def _look(browser: Any, file: Path) -> dict[str, float]:
    """Seconds until the first paint, until all is loaded, and for a filter; how many findings there are."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri(), wait_until="load")
    eventually(lambda: page.evaluate(f"({PAINT}) > 0 && ({LOADED}) > 0"))
    found = {
        "paint": page.evaluate(PAINT) / 1000,
        "loaded": page.evaluate(LOADED) / 1000,
        "filter": page.evaluate(FILTER, "reference") / 1000,
        "findings": page.locator("li.f").count(),
    }
    page.close()
    return found
