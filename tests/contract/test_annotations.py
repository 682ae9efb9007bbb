"""Workflow commands as GitHub's own library writes them."""

import json
import subprocess
from pathlib import Path

from tests.conftest import require_tool
from tests.generate.hostile import HOSTILE
from uts_policy.render.report.github import command

MESSAGES = (
    *HOSTILE,
    "::error file=x::y",
    "a::b",
    "%",
    "%25%0A",
    "one\ntwo",
    "one\r\ntwo\r",
    "a,b,c",
    "a:b=c;d",
    "##[debug]x",
    "",
    "\u2028\u0085\x0b",
)
SCRIPT = """
import { issueCommand } from %s;
import { readFileSync } from "node:fs";
for (const [kind, properties, message] of JSON.parse(readFileSync(0, "utf-8"))) issueCommand(kind, properties, message);
"""


def test_our_commands_are_those_of_githubs_library(tmp_path: Path) -> None:
    node, core = require_tool("node"), Path(require_tool("actions-core"))
    wanted = [
        (kind, {"file": text, "line": 3, "endLine": 3, "col": 1, "endColumn": 9, "title": text}, message)
        for kind, text, message in zip(
            ("error", "warning", "notice") * len(MESSAGES),
            [text or "-" for text in MESSAGES],  # the library leaves an empty property out, and we have none
            reversed(MESSAGES),
            strict=False,
        )
    ]
    script = tmp_path / "issue.mjs"
    script.write_text(SCRIPT % json.dumps((core / "lib" / "command.js").as_uri()), encoding="utf-8")
    result = subprocess.run(
        [node, str(script)], input=json.dumps(wanted).encode(), capture_output=True, check=True, timeout=60
    )
    ours = "".join(f"{command(kind, properties, message)}\n" for kind, properties, message in wanted)
    assert result.stdout.decode() == ours
