"""One expression on both engines: the embedded one, and a real OPA."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from uts_policy.engine.worker_process import converse

UNDEFINED = "undefined"
ERROR = "error"


def modules(expressions: Sequence[str], *, helpers: str = "") -> list[str]:
    """A module for each expression, whose rule `answer` has its value; `body: …` gives the rule's body instead."""
    found = []
    for number, expression in enumerate(expressions):
        body = expression.removeprefix("body:")
        rule = f"answer if {{ {body} }}" if body != expression else f"answer := value if {{ value := {expression} }}"
        found.append(f"package probe{number}\n\nimport rego.v1\n\n{helpers}\n{rule}\n")
    return found


def embedded(sources: Sequence[str], data: Any) -> list[Any]:
    """What the embedded engine says of each module's `answer`."""
    answers = []
    for number, source in enumerate(sources):
        frames = [("policy", f"{number}.rego\n{source}"), ("input", json.dumps(data))]
        answer = converse([*frames, ("query", f"data.probe{number}.answer")], timeout=20)[0]
        rows = json.loads(answer.text).get("result") if answer.ok else None
        answers.append(ERROR if not answer.ok else rows[0]["expressions"][0]["value"] if rows else UNDEFINED)
    return answers


def opa(binary: str, sources: Sequence[str], data: Any) -> list[Any]:
    """What OPA says of each module's `answer`. A module that it refuses to compile is an error."""
    with tempfile.TemporaryDirectory() as folder:
        for number, source in enumerate(sources):
            Path(folder, f"{number}.rego").write_text(source, encoding="utf-8")
        refused: set[int] = set()
        while True:
            files = [str(Path(folder, f"{number}.rego")) for number in range(len(sources)) if number not in refused]
            command = [binary, "eval", "--format=json", "--stdin-input", *(f"--data={file}" for file in files), "data"]
            run = subprocess.run(command, input=json.dumps(data), capture_output=True, text=True, check=False)
            answer = json.loads(run.stdout)
            if "errors" not in answer:
                break
            refused |= {int(Path(error["location"]["file"]).stem) for error in answer["errors"]}
        value = answer["result"][0]["expressions"][0]["value"]
    return [
        ERROR if number in refused else value.get(f"probe{number}", {}).get("answer", UNDEFINED)
        for number in range(len(sources))
    ]
