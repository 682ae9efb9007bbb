"""The functions that a portable policy may call, and how: those that answer alike in the embedded engine and in OPA.

tests/contract/test_builtins.py puts every one of them to both engines. What is not here is refused, because it was
found to differ (`lower` beyond ASCII, `json.marshal`), reads a clock, a network or chance, or is missing in one.
"""

import re

ALLOWED = frozenset(
    """
    abs array.concat array.reverse array.slice ceil concat contains count endswith floor format_int graph.reachable
    indexof intersection is_array is_boolean is_null is_number is_object is_set is_string max min numbers.range
    object.filter object.get object.keys object.remove object.subset object.union object.union_n print product
    regex.find_all_string_submatch_n regex.find_n regex.match regex.replace replace round sort split sprintf
    startswith strings.any_prefix_match strings.any_suffix_match strings.reverse substring sum to_number trim
    trim_left trim_prefix trim_right trim_space trim_suffix type_name union walk
    """.split()  # noqa: SIM905 - a page of quotes would hide the names
)

CAREFUL = frozenset(
    {
        ("uts/lib/placeholder.rego", "lower"),  # the letters on which engines differ are replaced before
        ("uts/rules/ownership/multiple-accountable.rego", "json.marshal"),  # the text only tells groups apart
    }
)
"""Built-in files that call a function on which the engines differ, and do it where they agree."""

_FORBIDDEN_VERB = re.compile(r"%(?![sv%])(.?)")
_VERB = re.compile(r"%[sv]")

_PERL_CLASS = re.compile(r"\\[dDwWsSbBpP]")
_DIFFERING = (
    (re.compile(r"\\[QECRXhHuUzZ<>0-9]"), "an escape that one of the engines does not know"),
    (re.compile(r"[+*?}]\+"), "a possessive repetition, which one of the engines does not know"),
    (re.compile(r"\(\?[a-zA-Z-]*[xuR]"), "a flag that one of the engines does not know"),
    (re.compile(r"\[[^\]]*(?:&&|--|~~|\[(?!:))"), "set arithmetic in a class, which one of the engines does not know"),
    (re.compile(r"(?<!\\)(?:^|(?<=[(|]))\{|\{,"), "a brace that stands for itself; write it as \\{"),
    (re.compile(r"\(\?(?:<?[=!])"), "a look-around, which neither engine has"),
)


def format_problem(template: str, arguments: int | None) -> str:
    """What is wrong with the template of a `sprintf`, for that many arguments where that is known; else empty."""
    plain = template.replace("%%", "")
    found = _FORBIDDEN_VERB.search(plain)
    if found is not None:
        return f"sprintf with %{found[1]}: the engines agree on %s for strings and %v for whole numbers only"
    verbs = len(_VERB.findall(plain))
    if arguments is not None and verbs != arguments:
        return f"sprintf has {verbs} verbs and {arguments} arguments"
    return ""


def class_problem(text: str) -> str:
    """What is wrong with a literal that looks like a regular expression, wherever it stands; else empty."""
    found = _PERL_CLASS.search(text.replace("\\\\", ""))
    if found is None:
        return ""
    return f"{found[0]} in a regular expression means ASCII in one engine and Unicode in the other: list the characters"


def pattern_problem(pattern: str) -> str:
    """What is wrong with a literal that is a regular expression; else empty."""
    plain = pattern.replace("\\\\", "")
    for expression, words in _DIFFERING:
        if expression.search(plain):
            return f"the regular expression has {words}"
    return ""
