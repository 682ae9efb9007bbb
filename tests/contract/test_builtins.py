"""What rules may use means the same in the embedded engine and in a real OPA; what they may not, does not."""

import re

import pytest

from tests.contract.engines import embedded, modules
from tests.contract.engines import opa as ask_opa
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.rule import PolicyFile
from uts_policy.resources import builtin_policies
from uts_policy.rules.portability import ALLOWED, portability_problems

pytestmark = pytest.mark.opa

INPUT = {"number": 5, "text": "abc", "object": {"null": None}, "list": [1, 2]}
HELPERS = """
one(x) if x == 1

always(_) := 1

never(_) := false

lost(_) := input.missing

nothing := 1 if input.missing

several contains 1 if input.missing

constant := {1}
"""

AGREED = r"""
abs(-3)
abs(-9007199254740991)
array.concat([1], [2])
array.concat([], [])
array.reverse([1, 2, 3])
array.slice([1, 2, 3], 1, 2)
array.slice([1, 2, 3], -1, 9)
array.slice([1, 2, 3], 2, 1)
array.slice([1, 2, 3], 0, -1)
ceil(5 / 2)
concat(", ", ["a", "é😀"])
concat(",", {"b", "a"})
concat(",", [])
contains("abc", "b")
contains("😀", "")
count([1, 2])
count({"a": 1})
count({1, 1})
count("äö")
endswith("é😀", "😀")
endswith("", "")
floor(-7 / 2)
format_int(-255, 16)
format_int(10, 10)
graph.reachable({"a": ["b"], "b": ["c", "a"], "c": []}, ["a"])
graph.reachable({"a": {"b"}, "b": set()}, {"a", "z"})
indexof("äbc", "c")
indexof("😀a", "a")
indexof("abc", "z")
intersection({{1, 2}, {2}})
intersection(set())
is_array([])
is_array({})
is_boolean(1)
is_null(null)
is_number("1")
is_object({})
is_set(set())
is_set([])
is_string("a")
max([1, 3, 2])
max([])
max(["b", "a", "é", "😀"])
max({1, "a", null, true})
min(["b", "a", "Z"])
min([])
min({[2], [1, 5]})
graph.reachable({"a": ["b"], "b": ["c", "a"], "c": []}, {"a"})
graph.reachable({"a": ["b"]}, {"a", "z"})
graph.reachable({"a": {"b"}, "b": set()}, ["a"])
numbers.range(1, 3)
numbers.range(3, 1)
numbers.range(-2, 2)
object.filter({"a": 1, "b": 2}, ["a", "z"])
object.filter({"a": 1}, set())
object.get({"a": 1}, "a", 2)
object.get({"a": 1}, "b", 2)
object.get({"a": {"b": 1}}, ["a", "b"], 2)
object.get({"a": {"b": 1}}, ["a", "c"], 2)
object.get({"a": {"b": 1}}, ["a", "b", "c"], 2)
object.get({"a": [5]}, ["a", 0], 0)
object.get({"a": null}, "a", 1)
object.keys({"a": 1, "b": 2})
object.remove({"a": 1, "b": 2}, ["a"])
object.remove({"a": 1}, {"a"})
object.subset({"a": 1, "b": 2}, {"a": 1})
object.subset([1, 2, 3], [3, 2])
object.subset({1, 2}, {1})
object.union({"a": {"x": 1}}, {"a": {"y": 2}})
object.union({"a": 1}, {"a": {"y": 2}})
object.union({"a": [1]}, {"a": [2]})
object.union_n([{"a": {"x": 1}}, {"a": {"y": 2}}, {"a": 5}])
object.union_n([])
body:print("a", input.missing)
product([2, 3])
product([])
regex.find_all_string_submatch_n("(a)(b)?", "abaab", -1)
regex.find_all_string_submatch_n("(a)|(b)", "ab", -1)
regex.find_all_string_submatch_n("é(.)", "é😀é1", -1)
regex.find_all_string_submatch_n("z", "a", -1)
regex.find_n("[0-9]+", "1 22 333", -1)
regex.find_n("a|ab", "abab", -1)
regex.find_n("a*", "baac", -1)
regex.match("^[a-z]+$", "aaa")
regex.match("(?i)foo", "FOO")
regex.match("(?i)[a-z]+$", "\u017f")
regex.match("a$", "a\n")
regex.match("a.b", "a\nb")
regex.match("(?s)a.b", "a\nb")
regex.match("(?m)^b$", "a\nb")
regex.match("^.$", "😀")
regex.match("[^a]", "\n")
regex.match(`\x{1F600}`, "😀")
regex.match(`[[:digit:]]`, "٣")
regex.match(`[[:space:]]`, "\u00a0")
regex.match(`[[:alnum:]]`, "é")
regex.match(`a{2,3}`, "aaaa")
regex.match(`a*?`, "aa")
regex.match(`\.`, "a.")
regex.match(`\@\-\/`, "@-/")
regex.match(`(?:^|[^0-9])[0-9]{3}-[0-9]{2}-[0-9]{4}(?:[^0-9]|$)`, "x 123-45-6789.")
regex.replace("abc", "(b)", "[$1]")
regex.replace("abc", "(b)", "${1}x")
regex.replace("abc", "(b)", "$1x")
regex.replace("abc", "(?P<n>b)", "<$n>")
regex.replace("ab", "", "-")
regex.replace("aé", "é", "b")
regex.replace("a\u2028\u0085b", `[\x{0}-\x{1f}\x{7f}-\x{9f}\x{2028}\x{2029}]+`, " ")
replace("aaa", "a", "b")
replace("abc", "", "x")
replace("😀a😀", "😀", "b")
round(1.5)
round(2.5)
round(-2.5)
sort([3, 1, 2])
sort({"b", "a"})
sort(["b", "a", "B", "ä", "😀", "\uffff", ""])
sort([1, "a", null, true])
sort([[1, "b"], [1, "a"], [], [2]])
sort([{"a": 1}, {"a": 0}])
split("a,b,c", ",")
split("", "/")
split("äö", "")
split("a//b", "/")
sprintf("%s and %v: 100%%", ["x", 3])
sprintf("%v", [-3])
sprintf("%v", [0])
sprintf("%v", [9007199254740991])
sprintf("%s", ["é😀 %d"])
sprintf("%v", ["a\nb"])
sprintf("no verbs", [])
startswith("abc", "a")
startswith("abc", "")
strings.any_prefix_match(["abc", "x"], ["x"])
strings.any_prefix_match([], "a")
strings.any_suffix_match("abc", ["c"])
strings.reverse("😀a")
substring("äöü", 1, 1)
substring("abc", 1, -1)
substring("abc", 5, 1)
substring("😀ab", 1, 1)
sum([1, 2, 3])
sum({1, 2})
sum([])
to_number("12")
to_number("-7")
to_number(null)
to_number(true)
trim("  a ", " ")
trim("😀a😀", "😀")
trim("", "x")
trim_left("aab", "a")
trim_prefix("abc", "a")
trim_prefix("abc", "z")
trim_right("baa", "a")
trim_space("\u2003\u0085a\u3000\u200b")
trim_suffix("abc", "c")
type_name(set())
type_name(1)
type_name({})
union({{1}, {2}})
union(set())
[p | walk({"b": {"z": 1, "y": 2}, "a": [1, {2}]}, p)]
[p | walk({1, {2}}, [p, _])]
[p | walk("s", p)]
{1, 2} | {3}
{1, 2} & {2}
{1, 2} - {2}
"a" < "B"
"\ue000" < "😀"
[1, 2] < [1, 3]
1 < "a"
null < false
-7 % 3
[1] == [1]
[k | some k, _ in {"b": 1, "a": 2, "ä": 1, "😀": 2, "\uffff": 3}]
[x | some x in {[2], [1]}]
[x | some x in input.missing]
body:every x in [] { x > 1 }
body:every x in input.missing { x > 1 }
body:not input.missing
body:not input.missing.deeper
body:not input.object.null
body:not input.missing == 1
body:not input.missing == input.gone
body:not nothing == 1
body:not 1 in several
body:not 1 in constant
body:not 1 in [x | x := input.missing]
body:x := input.number; not x in {1}
body:x := input.missing; not x in {1}
body:x := input.number; not one(x)
body:x := input.missing; not one(x)
body:x := input.number; not input.list[x]
body:input.missing in {1}
object.get(input, ["object", "gone"], "default")
""".strip().split("\n")

DIFFERENT = r"""
count("😀")
lower("İ")
lower("ΑΣ")
upper("ß")
json.marshal("<")
sprintf("%d", [-3])
sprintf("%5s", ["a"])
sprintf("%s", [1])
1 / 0
0.1 + 0.2
to_number("a")
strings.count("aaa", "")
indexof("abc", "")
substring("abc", -1, 1)
regex.match(`\d`, "٣")
regex.match(`\w`, "ä")
regex.match(`\s`, "\u00a0")
regex.match(`\bé`, "é")
regex.match(`\Qa.b\E`, "a.b")
regex.match("a++", "aa")
regex.match("[a&&b]", "a")
regex.match("[[a]]", "a")
regex.match("a{,2}", "a{,2}")
regex.match("{", "{")
regex.match("(?x)a b", "ab")
regex.match(`\101`, "A")
regex.match(`\<a`, "a")
[x | y := input.number; some x in y]
{} < set()
body:not startswith(input.missing, "a")
body:not one(input.missing)
body:not always(input.missing)
body:not never(input.object.gone)
body:not "a" in input.missing
body:not input.missing in {1, 2}
body:not input.missing > 1
body:not input.missing != 1
body:not count(input.missing) > 0
body:not input.object[input.missing]
body:not one(nothing)
body:not nothing in {1}
body:not lost(1) == 2
body:not one(lost(1))
body:not {input.missing} == set()
body:x := 1 in input.missing; x == false
""".strip().split("\n")

UNCHECKED = {
    'count("😀")': "what a string holds is not known before the run",
    'sprintf("%s", [1])': "the type of a value is not known before the run",
    "1 / 0": "the value of a divisor is not known before the run",
    'to_number("a")': "what a string holds is not known before the run",
    'indexof("abc", "")': "what a string holds is not known before the run",
    'substring("abc", -1, 1)': "the value of a number is not known before the run",
    "[x | y := input.number; some x in y]": "the type of a value is not known before the run",
    "{} < set()": "the type of a value is not known before the run",
}


def problems(sources):
    files = [PolicyFile(path=f"{number}.rego", text=source) for number, source in enumerate(sources)]
    return {int(path.partition(".")[0]) for path, _, _ in portability_problems(files, EmbeddedEngine().syntax(files))}


def test_what_rules_may_use_means_the_same_on_both_engines(opa):
    sources = modules(AGREED, helpers=HELPERS)
    ours, theirs = embedded(sources, INPUT), ask_opa(opa, sources, INPUT)
    assert dict(zip(AGREED, ours, strict=True)) == dict(zip(AGREED, theirs, strict=True))


def test_every_allowed_function_is_compared():
    used = {name for expression in AGREED for name in re.findall(r"[a-z_]+(?:\.[a-z_]+)*(?=\()", expression)}
    assert ALLOWED - used == set()


def test_what_is_agreed_passes_the_portability_check():
    refused = {AGREED[number] for number in problems(modules(AGREED, helpers=HELPERS))}
    assert refused == {"round(1.5)", "round(2.5)", "round(-2.5)"}


def test_what_is_said_to_differ_does_differ(opa):
    sources = modules(DIFFERENT, helpers=HELPERS)
    ours, theirs = embedded(sources, INPUT), ask_opa(opa, sources, INPUT)
    assert [expression for expression, a, b in zip(DIFFERENT, ours, theirs, strict=True) if a == b] == []


def test_what_differs_is_refused_unless_only_a_run_can_tell():
    refused = problems(modules(DIFFERENT, helpers=HELPERS))
    missed = {expression for number, expression in enumerate(DIFFERENT) if number not in refused}
    assert missed == set(UNCHECKED)


def test_the_builtin_rules_are_portable():
    files = builtin_policies()
    assert portability_problems(files, EmbeddedEngine().syntax(files)) == []
