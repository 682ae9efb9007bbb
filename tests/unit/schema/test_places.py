"""Where problems stand, for damaged documents as they come out of a file."""

import hashlib
import json

from tests.unit.schema.test_agreement import damaged
from tests.unit.schema.whole import WHOLE
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.schema.validate import schema_problems


def files():
    """Documents as JSON, which is YAML, over several lines; those that YAML itself refuses are left out."""
    for seed in range(400):
        text = json.dumps(damaged(WHOLE, seed), indent=1, ensure_ascii=False)
        data = text.encode()
        source = Source(path="a.yaml", data=data, sha256=hashlib.sha256(data).hexdigest(), text=text)
        loaded = parse(source)
        if not loaded.problems:
            yield source, loaded.documents


def cut(source, span):
    lines = source.text.split("\n")
    assert 1 <= span.line <= span.end_line <= len(lines)
    taken = lines[span.line - 1 : span.end_line]
    assert 1 <= span.column <= len(taken[0]) + 1
    assert 1 <= span.end_column <= len(taken[-1]) + 1
    taken[-1] = taken[-1][: span.end_column - 1]
    taken[0] = taken[0][span.column - 1 :]
    return "\n".join(taken)


def test_the_place_of_every_problem_holds_exactly_what_it_speaks_of():
    seen = set()
    for source, documents in files():
        for problem in schema_problems(documents, {source.path: source}):
            stands = json.loads(cut(source, problem.location.span))
            value = documents[problem.document].data
            for step in problem.route:
                above, value = value, value[step]
            if problem.rule == "schema/unknown-key":
                assert stands == problem.route[-1]
                assert stands in above
            else:
                assert stands == value
            seen.add(problem.rule)
    assert seen == {"schema/missing-key", "schema/type", "schema/unknown-key", "schema/value"}


def test_enough_of_the_damaged_documents_can_be_read():
    assert sum(1 for _ in files()) > 200
