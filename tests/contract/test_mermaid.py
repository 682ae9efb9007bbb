"""Drawings as Mermaid itself reads them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import require_tool
from tests.generate.hostile import HOSTILE
from uts_policy.model.answers import Structure, StructurePart
from uts_policy.render.queries.graph import draw

SCRIPT = """
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const require = createRequire(%s + "/");
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!DOCTYPE html>");
Object.assign(globalThis, { window, document: window.document });
const mermaid = (await import(pathToFileURL(%s + "/dist/mermaid.core.mjs"))).default;
const read = [];
for (const text of JSON.parse(readFileSync(0, "utf-8"))) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  read.push({
    nodes: Object.fromEntries([...db.getVertices().values()].map((node) => [node.id, node.text])),
    edges: db.getEdges().map((edge) => [edge.start, edge.end, edge.text]),
  });
}
process.stdout.write(JSON.stringify(read));
"""
NUMBERED = re.compile(r"ﬂ°°(\d+)¶ß")
"""How Mermaid keeps a character that is written as a number, until it draws."""
WORDS = (
    *(text for text in HOSTILE if text.strip()),
    "end",
    "1. one",
    "- a",
    "`b`",
    "#35;",
    "%% c",
    '"]',
    "<br/>",
    "x-->y",
)


def read(texts: list[str], folder: Path) -> list[dict[str, Any]]:
    node, home = require_tool("node"), require_tool("mermaid")
    script = folder / "read.mjs"
    script.write_text(SCRIPT % (json.dumps(home), json.dumps(home)), encoding="utf-8")
    run = subprocess.run([node, script], input=json.dumps(texts), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def written(text: str) -> str:
    return NUMBERED.sub(lambda found: chr(int(found[1])), text)


def shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39].rstrip()}…"


def structure(words: tuple[str, ...] | list[str]) -> Structure:
    names = [f"n{number:04}" for number in range(len(words))]
    return Structure(
        as_of="2026-11-23",
        units={name: {"name": word} for name, word in zip(names, words, strict=True)},
        roles={
            name: {
                "title": word,
                "unit": "agency",
                "vacant": number % 2 == 0,
                **({"reports_to": names[0]} if number else {}),
            }
            for number, (name, word) in enumerate(zip(names, words, strict=True))
        },
        lines={
            name: {"title": word, "command": name, **({"escalate_to": names[number - 1]} if number else {})}
            for number, (name, word) in enumerate(zip(names, words, strict=True))
        },
    )


def test_any_text_is_a_label_and_nothing_else(tmp_path: Path) -> None:
    drawn = draw(structure(WORDS), list(StructurePart), 10_000)
    [found] = read([drawn.text], tmp_path)

    assert drawn.notes == ()
    assert {name: written(text) for name, text in found["nodes"].items()} == {
        **{f"u{number}": shown(word) for number, word in enumerate(WORDS)},
        **{f"r{number}": f"{shown(word)}<br>agency" for number, word in enumerate(WORDS)},
        **{f"l{number}": shown(word) for number, word in enumerate(WORDS)},
    }


def test_edges_lead_from_above_to_below_and_up_the_escalation(tmp_path: Path) -> None:
    [found] = read([draw(structure(["a", "b", "c"]), list(StructurePart)).text], tmp_path)

    assert found["edges"] == [
        ["r0", "r1", ""],
        ["r0", "r2", ""],
        ["l1", "l0", "escalates to"],
        ["l2", "l1", "escalates to"],
        ["l0", "r0", "commanded by"],
        ["l1", "r1", "commanded by"],
        ["l2", "r2", "commanded by"],
    ]


@pytest.mark.parametrize("word", ["Unit", "“” ⁂ " * 20])
def test_what_is_too_large_for_mermaid_is_cut_and_says_so(tmp_path: Path, word: str) -> None:
    drawn = draw(structure([word] * 2_000), list(StructurePart))
    [found] = read([drawn.text], tmp_path)

    assert len(drawn.text) <= 50_000
    assert len(found["edges"]) <= 500
    assert len(drawn.notes) == 3
    assert all(f"%% {note}\n" in drawn.text for note in drawn.notes)
    assert written(found["nodes"]["r0_more"]).startswith("… 1")


def test_loops_are_drawn_too(tmp_path: Path) -> None:
    looped = Structure(
        as_of="2026-11-23",
        units={"a": {"name": "A", "parent": "b"}, "b": {"name": "B", "parent": "a"}},
        roles={},
        lines={},
    )
    [found] = read([draw(looped, list(StructurePart)).text], tmp_path)

    assert found["edges"] == [["u1", "u0", ""], ["u0", "u1", ""]]
