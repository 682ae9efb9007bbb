"""What holds for every file, valid or not."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.unit.load.samples import excerpt, load_text, routes
from tests.unit.load.written import documents, soup
from uts_policy.load import parsers
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source

ours = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def without_libyaml(text):
    """What the loader makes of a file where the C parser is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsers, "CParser", None)
        return load_text(text)


def lies_in(span, text):
    """Whether a span begins and ends within the lines of the text, and does not end before it begins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = ((span.line, span.column), (span.end_line, span.end_column))
    return ends[0] <= ends[1] and all(
        1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in ends
    )


@ours
@given(documents())
def test_a_file_means_what_it_says(written):
    text, data = written
    loaded = load_text(text)
    assert (loaded.problems, [document.data for document in loaded.documents]) == ((), [data])


@ours
@given(documents())
def test_both_parsers_agree_on_data_and_places(written):
    text, data = written
    (one,), (other,) = load_text(text).documents, without_libyaml(text).documents
    assert one.data == other.data
    for route in routes(data):
        assert one.locate(route) == other.locate(route)
        assert one.locate_key(route) == other.locate_key(route)


@ours
@given(documents())
def test_what_stands_at_a_span_is_the_value(written):
    text, data = written
    (document,) = load_text(text).documents
    for route in routes(data):
        value = data
        for step in route:
            value = value[step]
        span = document.locate(route).span
        source = document.positions.source(route)
        assert excerpt(text, span) == source.replace("\r\n", "\n")
        # Moved one column to the right, below a key of its own, the text says the same again.
        lines = (" " * (span.column - 1) + source.replace("\r\n", "\n")).split("\n")
        (again,) = load_text("\n".join(["again:", *(f" {line}" for line in lines), ""])).documents
        assert again.data == {"again": value}


@ours
@given(documents())
def test_what_stands_at_a_keys_span_is_the_key(written):
    text, data = written
    (document,) = load_text(text).documents
    for route in routes(data):
        if route and isinstance(route[-1], str):
            key = excerpt(text, document.locate_key(route).span)
            assert load_text(f"{key}: 1\n").documents[0].data == {route[-1]: 1}


@ours
@given(documents())
def test_a_child_stands_within_its_parent_and_after_its_elder(written):
    text, data = written
    (document,) = load_text(text).documents
    for route in routes(data):
        span = document.locate(route).span
        if route:
            parent = document.locate(route[:-1]).span
            assert (parent.line, parent.column) <= (span.line, span.column)
            assert (span.end_line, span.end_column) <= (parent.end_line, parent.end_column)
    starts = [(document.locate(route).span.line, document.locate(route).span.column) for route in routes(data)]
    assert starts == sorted(starts)


@ours
@given(soup)
@example("a: 1\n---\n[")
@example("? [a\n: b")
@example("&x\n- *x")
@example("\ufeff\ufeff")
def test_every_span_lies_in_the_file(text):
    made = to_source("a.yaml", text.encode("utf-8", "surrogatepass"))
    assert isinstance(made, Source)
    loaded = parse(made)
    # Where the bytes are not UTF-8, columns count what could be decoded, one character for each byte that could not.
    shown = made.text or made.data.decode("utf-8", "replace").removeprefix("\ufeff")
    for problem in loaded.problems:
        assert lies_in(problem.location.span, shown)
        assert all(
            related.location is not None and lies_in(related.location.span, shown) for related in problem.related
        )
    for document in loaded.documents:
        for route in routes(document.data):
            assert lies_in(document.locate(route).span, shown)
            assert lies_in(document.locate_key(route).span, shown)


@ours
@given(soup)
def test_a_file_has_a_document_or_a_problem_or_nothing_to_say(text):
    loaded = load_text(text.encode("utf-8", "surrogatepass"))
    says_nothing = all(not line.strip() or line.lstrip().startswith(("#", "...", "%")) for line in text.splitlines())
    assert loaded.documents or loaded.problems or says_nothing or not text.strip("\ufeff \t\r\n")


@ours
@given(st.binary(max_size=60))
def test_any_bytes_are_documents_or_problems(data):
    loaded = load_text(data)
    assert all(problem.rule.startswith(("yaml/", "schema/")) for problem in loaded.problems)
    assert all(isinstance(document.data, dict) for document in loaded.documents)


@ours
@given(soup)
def test_the_pure_parser_by_itself_never_fails_either(text):
    loaded = without_libyaml(text.encode("utf-8", "surrogatepass"))
    assert all(problem.rule.startswith(("yaml/", "schema/")) for problem in loaded.problems)
