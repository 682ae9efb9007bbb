"""The rule pages are what the rules, their samples and the program say now; `make docs` writes them."""

import re

import pytest

from tests.generate.pages import PAGES, PARTS, pages
from tests.generate.verdicts import policies

LINK = re.compile(r"\]\(([^)#]+)\)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def current() -> dict[str, str]:
    return pages()


def written() -> dict[str, str]:
    files = [file for file in PAGES.rglob("*.md") if PARTS not in file.parents]
    return {file.relative_to(PAGES).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_the_pages_are_current(current):
    assert written() == current, "`make docs` writes them again"


def test_there_is_a_page_for_every_rule_and_the_index_leads_to_each(current):
    rules = {f"{rule.id}.md" for rule in policies().catalogue}

    assert set(current) == {"README.md"} | rules
    assert set(LINK.findall(current["README.md"])) == rules


def test_every_link_leads_to_a_file(current):
    broken = [
        (name, link)
        for name, page in current.items()
        for link in LINK.findall(CODE.sub("", page))
        if not (PAGES / name).parent.joinpath(link).exists()
    ]

    assert broken == []


def test_every_part_belongs_to_a_page(current):
    assert [part for part in PARTS.rglob("*.md") if part.relative_to(PARTS).as_posix() not in current] == []
