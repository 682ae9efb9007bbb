"""Names in the package: one class name means one thing."""

import ast
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
