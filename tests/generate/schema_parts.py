"""Parts that schemas share. Each stands in the first schema here that has it, and is copied from there into the others.

Every schema is complete by itself, so that a validator needs one file and no network. `make generate` copies the parts;
a test sees to it that they are current.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
SOURCES = {
    "report": ("day", "digest", "rule", "location", "waiver", "related", "finding"),
    "difference": ("owner", "rename"),
}
"""The schema in which a part is written, and the parts."""
COPIES = ("difference", "evidence-difference", "sample", "verification", "reproduction")
"""The schemas that get those of the parts that they have."""


def texts() -> Iterator[tuple[Path, str]]:
    """Each of these schemas as it should be."""
    parts = {part: _read(name)["$defs"][part] for name, owned in SOURCES.items() for part in owned}
    for name in COPIES:
        document = _read(name)
        for part in document["$defs"].keys() & parts.keys() - set(SOURCES.get(name, ())):
            document["$defs"][part] = parts[part]
        yield _file(name), json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _file(name: str) -> Path:
    return SCHEMAS / f"{name}.schema.json"


def _read(name: str) -> dict[str, Any]:
    return dict(json.loads(_file(name).read_text(encoding="utf-8")))


if __name__ == "__main__":
    for file, text in texts():
        file.write_text(text, encoding="utf-8")
