import pytest

from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.portability import check_portable, portability_problems

LIB = PolicyFile(
    path="lib.rego",
    text="""package lib.words

import rego.v1

known contains "a"

limit := 3

maybe := 1 if input.x

default sure := false

sure if input.x

loud(x) := sprintf("%s!", [x])
""",
)


def found(body, *, path="rule.rego", package="mine", imports="import data.lib.words"):
    text = f"package {package}\n\nimport rego.v1\n\n{imports}\n\n{body}\n"
    files = [PolicyFile(path=path, text=text), LIB]
    problems = portability_problems(files, EmbeddedEngine().syntax(files))
    return [(line - 6, words) for file, line, words in problems if file == path]


UNKNOWN = "is not among the functions on which the engines agree"
CLASS = "in a regular expression means ASCII in one engine and Unicode in the other: list the characters"
DOUBT = "which may be undefined: give it a name on a line before"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("p := time.now_ns()", [(1, f"time.now_ns {UNKNOWN}")]),
        ('p if {\n\ttrue\n\thttp.send({"url": "x"})\n}', [(3, f"http.send {UNKNOWN}")]),
        ('p := rand.intn("a", 3)', [(1, f"rand.intn {UNKNOWN}")]),
        ("p := rego.metadata.rule()", [(1, f"rego.metadata.rule {UNKNOWN}")]),
        ("p := opa.runtime()", [(1, f"opa.runtime {UNKNOWN}")]),
        ("p := lower(input.x)", [(1, f"lower {UNKNOWN}")]),
        ("p := quite_another(1)", [(1, f"quite_another {UNKNOWN}")]),
        ("p := words.missing(1)", [(1, "there is no function words.missing")]),
        ("p := words.loud(1)", []),
        ("p := data.lib.words.loud(1)", []),
        ("q(x) := x + 1\n\np := q(2)", []),
        (
            'p := sprintf("%5d", [1])',
            [(1, "sprintf with %5: the engines agree on %s for strings and %v for whole numbers only")],
        ),
        ('p := sprintf("%s", [1, 2])', [(1, "sprintf has 1 verbs and 2 arguments")]),
        ('p := sprintf("%s", input.list)', []),
        ("p := sprintf(input.template, [1])", [(1, "sprintf needs its template as a literal")]),
        ('p := sprintf("50%% of %v", [1])', []),
        (r"p if regex.match(`^\d+$`, input.x)", [(1, rf"\d {CLASS}")]),
        (r'pattern := "\\w"', [(1, rf"\w {CLASS}")]),
        (r"p := `C:\\data`", []),
        (
            'p := regex.replace(input.x, "(?<=a)b", "c")',
            [(1, "the regular expression has a look-around, which neither engine has")],
        ),
        ("p := 1.5", [(1, "decimal numbers add up differently: count in thousandths")]),
        (
            "p if q with input as 3\n\nq := 1",
            [(1, "`with` replaces what the rule was given; only tests may do that")],
        ),
    ],
)  # fmt: skip
def test_functions_and_literals_on_which_engines_part_are_found_on_their_line(body, expected):
    assert found(body) == expected


@pytest.mark.parametrize(
    ("statement", "doubt"),
    [
        ("not input.x", ""),
        ('not input.roles["a"].title', ""),
        ("id := input.x; not input.roles[id]", ""),
        ("not input.roles[input.x]", "a look-up in `input`"),
        ("not input.x == 1", ""),
        ("not input.x == input.y", ""),
        ("not input.x != 1", "a look-up in `input`"),
        ("not input.x > 1", "a look-up in `input`"),
        ("not input.x in {1}", "a look-up in `input`"),
        ("not 1 in input.x", "a look-up in `input`"),
        ("not words.limit in {1}", ""),
        ('not "b" in words.known', ""),
        ("not words.maybe in {1}", "a look-up in `words`"),
        ("not words.sure", ""),
        ("not words.sure in {true}", ""),
        ('not startswith(input.x, "a")', "a look-up in `input`"),
        ('x := input.x; not startswith(x, "a")', ""),
        ('some x in input.list; not startswith(x, "a")', ""),
        ('some x in input.list; not startswith(x.name, "a")', "a look-up in `x`"),
        ("not own(input.x)", "a look-up in `input`"),
        ("not own(sometimes)", "`sometimes`"),
        ("not own(always)", ""),
        ("not own(several)", ""),
        ("not own(own(1))", "a call of mine.own"),
        ("not words.loud(words.loud(1)) == 2", "a call of lib.words.loud"),
        ("not count({x | some x in input.list}) > 1", ""),
        ("not count([input.x]) > 1", "a look-up in `input`"),
        ("every x in [1] { x; not own(input.x) }", "a look-up in `input`"),
        ("count([1 | not own(input.x)]) == 0", "a look-up in `input`"),
    ],
)  # fmt: skip
def test_not_over_what_may_be_undefined_is_found(statement, doubt):
    helpers = "\n\nown(x) if x == 1\n\nsometimes := 1 if input.x\n\nalways := 1\n\nseveral contains 1 if input.x\n"
    expected = [(1, f"`not` over {doubt}, {DOUBT}")] if doubt else []
    assert found(f"p if {{ {statement} }}{helpers}") == expected


def test_an_answer_of_in_that_is_kept_is_found():
    words = "the answer of `in` over a look-up in `input`, which may be undefined, is kept"
    assert found("p := x if { x := 1 in input.list }") == [(1, words)]
    assert found("p := x if { list := input.list; x := 1 in list }") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("f(0) := 0\n\nf(n) := f(n - 1)", [(1, "f calls itself, which OPA refuses"),
                                          (3, "f calls itself, which OPA refuses")]),
        ('a := b\n\nb := c.x\n\nc := {"x": a}', [(1, "a calls itself, which OPA refuses"),
                                                  (3, "b calls itself, which OPA refuses"),
                                                  (5, "c calls itself, which OPA refuses")]),
        ("title(role) := title if { title := role.title }", []),
    ],
)  # fmt: skip
def test_recursion_is_found_and_a_local_name_is_none(body, expected):
    assert found(body) == expected


@pytest.mark.parametrize("imports", ["import data.lib.words as w", "import input.roles", "import input"])
def test_three_forms_of_import_are_portable(imports):
    assert found("p := 1", imports=imports) == []


def test_any_other_import_is_found():
    files = [PolicyFile(path="mine.rego", text="package mine\n\nimport future.keywords.in\n\np := 1\n")]
    assert portability_problems(files, EmbeddedEngine().syntax(files)) == [
        ("mine.rego", 3, "import future.keywords.in: only `rego.v1`, `data…` and `input…` are imported")
    ]


@pytest.mark.parametrize(
    ("imports", "body"),
    [
        ("import data.lib.words", "p := data.uts.rules.ownership.unassigned.findings"),
        ("import data.uts.rules.ownership", "p := ownership.unassigned.findings"),
        ("import data.lib.words", 'p := data.uts.rules["ownership"]'),
    ],
)
def test_a_rule_that_reads_another_is_found(imports, body):
    words = {words for _, words in found(body, imports=imports)}
    assert words == {"a rule reads another rule: put what both need into a helper"}


def test_tests_are_passed_over():
    assert found("p := time.now_ns()", path="rule_test.rego") == []


def test_the_first_is_told_with_file_and_line_and_how_many_there_are():
    files = [PolicyFile(path="mine.rego", text="package mine\n\np := uuid.parse(1)\n\nq := 1.5\n")]
    with pytest.raises(NoVerdictError) as caught:
        check_portable(files, EmbeddedEngine().syntax(files))
    assert caught.value.message == f"mine.rego:3: not portable: uuid.parse {UNKNOWN} (and 1 more)"


def test_portable_files_pass():
    assert check_portable([LIB], EmbeddedEngine().syntax([LIB])) is None
