"""Names in the package: one class name means one thing."""

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path


def test_a_class_name_is_used_once(root: Path) -> None:
    package = root / "checker/uts_policy"
    places: dict[str, list[str]] = defaultdict(list)
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(file.relative_to(package).as_posix())
    assert len(places) > 100
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


SMALL = {
    "__main__.py": "what `python -m` looks for",
    "cli/commands/": "a command has a module, however little it does",
    "render/": "a subject and a format have a module",
    "model/": "the values of one subject",
    "common/collector.py": "the loader and the corpus need it, and neither may import the other",
    "common/listing.py": "the rule set's digest and the bag need it, and neither may import the other",
    "engine/canary.py": "what makes a verdict one is read on its own",
    "engine/interface.py": "engines are added behind it",
    "evidence/readme.py": "a file of the bag, with the text beside it",
    "evidence/strict_json.py": "every file of the bag that is JSON is read by it",
    "exchange/obligations/entries.py": "what the three readers of demands share",
    "exchange/tables/refused.py": "what the readers of documents share, without any of their libraries",
    "judge/weakening/compare.py": "puts the ways to weaken a check together, and imports each",
    "scaffold/new_repository.py": "what `init` writes; its files are beside it",
}
"""Why a module, or those below a directory, may have fewer than 40 lines."""


def test_a_module_of_less_than_40_lines_has_a_reason_and_none_has_more_than_400(root: Path) -> None:
    package = root / "checker/uts_policy"
    lengths = {
        file.relative_to(package).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in package.rglob("*.py")
        if file.name != "__init__.py"
    }
    assert len(lengths) > 100
    small = {name for name, lines in lengths.items() if lines < 40}
    reasons = {name: [prefix for prefix in SMALL if name.startswith(prefix)] for name in small}
    assert {name for name, found in reasons.items() if not found} == set()
    assert {prefix for found in reasons.values() for prefix in found} == set(SMALL)
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_the_layers_on_the_page_are_those_that_lint_enforces(root: Path) -> None:
    enforced = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = [set(re.findall(r"\w+", layer)) for layer in enforced["contracts"][0]["layers"]]
    page = (root / "docs/architecture.md").read_text(encoding="utf-8")
    told = page.partition("\n## Layers\n\n")[2].partition("\n\n")[0]
    assert [set(re.findall(r"`(\w+)`", layer)) for layer in told.split(">")] == layers
