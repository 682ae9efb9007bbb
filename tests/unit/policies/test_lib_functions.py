"""A trap of regorus that no test of a single rule shows; docs/decisions/rego-style.md lists it with the others."""

import re
from pathlib import Path

IMPORT = re.compile(r"^import data\.(?P<package>uts\.lib\.(?P<name>\w+))$", re.MULTILINE)
HEAD = re.compile(r"^(?:default )?(?P<name>[a-z_]\w*)(?P<function>\()?")
REFERENCE = re.compile(r"(?<![\w.\"])(?P<package>[a-z_]\w*)\.(?P<name>[a-z_]\w*)(?!\w|\()")


def function_lines(text: str) -> list[tuple[int, str]]:
    """The lines of all functions with their numbers, comments left out. Formatted Rego begins a rule in column 1."""
    lines = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        head = HEAD.match(line)
        if head is not None:
            inside = head["function"] is not None
        if inside and not line.lstrip().startswith("#"):
            lines.append((number, line))
    return lines


def imported_rules(text: str) -> list[str]:
    names = {match["name"] for match in IMPORT.finditer(text)}
    return [
        f"{number}: {match[0]}"
        for number, line in function_lines(text)
        for match in REFERENCE.finditer(line)
        if match["package"] in names
    ]


def test_the_scan_sees_a_rule_named_by_its_import_in_a_function() -> None:
    text = (
        "package uts.lib.a\n\nimport data.uts.lib.role\n\n"
        "post(id) if {\n\trole.alive(id)\n\tid in role.living\n}\n\n"
        "posts contains id if some id in role.living\n"
    )

    assert imported_rules(text) == ["7: role.living"]


def test_functions_of_the_lib_name_rules_of_other_packages_by_their_whole_path(root: Path) -> None:
    files = sorted((root / "policies/uts/lib").glob("*.rego"))
    named = {file.name: imported_rules(file.read_text(encoding="utf-8")) for file in files}

    assert {name: found for name, found in named.items() if found and not name.endswith("_test.rego")} == {}
