"""Redacted declarations say the same about everything but people, at the same lines."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.generate.declarations import random_declarations
from tests.generate.emit import dump
from tests.generate.pools import AS_OF, seeded
from uts_policy.corpus.build import build
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.place import Span
from uts_policy.redact.declarations import Read, Redaction
from uts_policy.redact.people import Kind, Place, places
from uts_policy.redact.pseudonyms import Pseudonyms
from uts_policy.rules.host_rules import host_rules

WORDS = ("tbd", "n/a", "none")
TITLES = {rule.id: (rule.title, rule.remediation) for rule in host_rules()}
PSEUDONYM = re.compile(r"person-[0-9a-f]{16}|Person [0-9a-f]{16}")


def read(text: str) -> Read:
    source = to_source("all.yaml", text.encode())
    assert isinstance(source, Source)
    loaded = parse(source)
    return Read(sources={source.path: source}, documents=loaded.documents, problems=loaded.problems)


def redaction(key: bytes = b"a key") -> Redaction:
    return Redaction(pseudonyms=Pseudonyms(key=key), spared=frozenset(WORDS))


def redacted(text: str, by: Redaction | None = None) -> Read:
    return (by or redaction()).redacted(read(text), TITLES)


def span(document: Document, place: Place) -> Span:
    return document.positions.key(place.route) if place.is_key else document.positions.value(place.route)


def corpus(found: Read) -> Mapping[str, Any]:
    built = build(found.documents, as_of=AS_OF, placeholders=WORDS)
    assert built.corpus is not None
    return built.corpus.data


def comparable(data: Mapping[str, Any], by: Redaction) -> object:
    """A corpus with everybody revealed, in lower case, lists in one order: order by pseudonym is another.

    What the words of a text call is left out with `nearest`: the names of people are gone.
    """

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return sorted([revealed(key), plain(inner)] for key, inner in value.items())
        if isinstance(value, list):
            return sorted((plain(inner) for inner in value), key=json.dumps)
        return revealed(value) if isinstance(value, str) else value

    def revealed(text: str) -> str:
        return PSEUDONYM.sub(lambda match: by.pseudonyms.given[match[0]], text).lower()

    links = {name: value for name, value in data["links"].items() if name not in {"nearest", "called"}}
    return plain({**data, "links": links})


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_corpus_with_everybody_revealed_is_the_corpus(seed: int) -> None:
    rng = seeded(seed)
    text = dump(random_declarations(rng), rng)
    by = redaction()

    assert comparable(corpus(redacted(text, by)), by) == comparable(corpus(read(text)), by)


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
@example(1)
@example(1_197_342_909)
def test_every_person_has_a_pseudonym_where_the_person_stood_and_lines_stay(seed: int) -> None:
    rng = seeded(seed)
    text = dump(random_declarations(rng), rng)
    by = redaction()
    before, after = read(text), redacted(text, by)

    shown = after.sources["all.yaml"].text.split("\n")
    assert len(shown) == len(text.split("\n"))
    for old, new in zip(before.documents, after.documents, strict=True):
        for place, hidden in zip(places(old.data), places(new.data), strict=True):
            was, now = span(old, place), span(new, hidden)
            assert was.line == now.line
            if place.kind is Kind.PERSON and place.value.strip().lower() not in WORDS:
                assert shown[now.line - 1][now.column - 1 : now.end_column - 1].strip("'\"") == by.person(place.value)
                assert place.is_key or PSEUDONYM.fullmatch(hidden.value)


@given(st.sets(st.text(min_size=1, max_size=8), min_size=2))
def test_no_two_people_have_one_pseudonym(people: set[str]) -> None:
    pseudonyms = Pseudonyms(key=b"a key")
    given_to = {pseudonyms.id(person) for person in people}

    assert len(given_to) == len(people)
    assert {pseudonyms.revealed(each) for each in given_to} == people


def test_a_key_that_gives_two_people_one_pseudonym_is_refused() -> None:
    pseudonyms = Pseudonyms(key=b"a key", given={Pseudonyms(key=b"a key").id("p-1"): "p-2"})

    with pytest.raises(NoVerdictError, match="one pseudonym"):
        pseudonyms.id("p-1")


HOLDERS = """\
roles:
  - {id: may, title: May, unit: u, holders: [{person: may, from: 2026-01-01}]}  # may and p-1, not p-10 or xp-1
  - id: r
    title: "Ada Lovelace's own, p-1"
    unit: p-1
    holders:
      - person: "p-1"
      - person: >-
          p-1
people:
  - {id: p-1, name: Ada Lovelace}
  - &a {id: may, name: ''}
x-notes: [p-1, *a]
"""


def test_people_are_replaced_where_they_are_meant_and_nowhere_else() -> None:
    by = redaction()
    one, may, ada = by.person("p-1"), by.person("may"), by.pseudonyms.name("Ada Lovelace")

    assert (
        redacted(HOLDERS, by).sources["all.yaml"].text
        == f"""\
roles:
  - {{id: may, title: May, unit: u, holders: [{{person: {may}, from: 2026-01-01}}]}}  # may and {one}, not p-10 or xp-1
  - id: r
    title: "{ada}'s own, {one}"
    unit: {one}
    holders:
      - person: "{one}"
      - person: {one}
{"          "}
people:
  - {{id: {one}, name: {ada}}}
  - &a {{id: {may}, name: ''}}
x-notes: [{one}, *a]
"""
    )


def test_a_digest_of_a_file_depends_on_the_key() -> None:
    digests = {redacted(HOLDERS, redaction(key)).sources["all.yaml"].sha256 for key in (b"one", b"other")}

    assert len(digests | {read(HOLDERS).sources["all.yaml"].sha256}) == 3


@pytest.mark.parametrize(
    "field",
    [
        "exposure: [anna]",
        "authorities: [{authority: anna}]",
        "authorities: [{authority: a, scope: {units: [anna]}}]",
        "eligibility: {training: [anna]}",
        "suport: anna",
        "reports_to: {role: anna}",
    ],
)
def test_whoever_is_written_where_an_id_of_anything_belongs_is_replaced_even_if_the_id_is_a_plain_word(field):
    text = f"people:\n- {{id: anna}}\nroles:\n- {{id: r, title: R, unit: u, {field}}}\n"
    assert "anna" not in "".join(source.text for source in redacted(text).sources.values())


WRITTEN_OTHERWISE = r"""people:
- {id: agent-0417, name: Quill Ostrander}
responsibilities:
# QUILL
# OSTRANDER
- {id: a, statement: "Ask Q\x75ill\u00a0Ostrander", consulted: [quill-ostrander]}
- id: b
  statement: >-
    Ask Quill
    Ostrander, or agent-
    0417
- id: c
  statement: |
    Ask Quill  Ostrander or AGENT 0417
    Quill-Ostrander
- id: d
  statement: "Quill\
    \ Ostrander"
"""


def test_a_mention_that_is_written_otherwise_than_declared_is_replaced_in_data_and_in_text_and_lines_stay() -> None:
    after = redacted(WRITTEN_OTHERWISE)
    shown = after.sources["all.yaml"].text
    for text in (shown, repr([document.data for document in after.documents])):
        assert not re.search("quill|ostrander|0417|x75", text, re.IGNORECASE), text
    assert shown.count("\n") == WRITTEN_OTHERWISE.count("\n")
    [data] = [document.data for document in after.documents]
    assert " " not in data["responsibilities"][0]["consulted"][0]
    assert "- id: d" in shown
