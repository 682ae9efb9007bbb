"""A real Chromium, driven by Playwright; one a worker."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, require_tool

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30.0
"""Seconds after which what was waited for is missing."""
AXE = ROOT / ".tools" / "node" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    binary = require_tool("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, file: Path, fragment: str = "", **options: Any) -> Iterator[Any]:
    """A page in a context of its own, which must say nothing on the console and ask for nothing but itself."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    page.goto(f"{file.as_uri()}{fragment}")
    yield page
    assert said == []
    assert set(asked) == {file.as_uri()}
    context.close()


def eventually(holds: Callable[[], bool]) -> None:
    """Waits until it holds. Playwright's own wait is a script in the page, and its policy forbids that."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"it did not come true in {PATIENCE:g} s"
        time.sleep(0.02)


def violations(page: Any) -> list[tuple[str, list[str]]]:
    """What axe-core finds wrong: the rule, and the elements. The page's own policy has to be passed by to run it."""
    require_tool("axe-core")
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]
