"""The canary's corpus, as the builder makes it of its one declaration: `checker/uts_policy/engine/canary.json`."""

import json
from hashlib import sha256
from pathlib import Path

from uts_policy.corpus.build import build, serialise, with_rules
from uts_policy.engine.canary import ENTRY, RULE
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.model.rule import Level, SelectedRule, Selection

FILE = Path(__file__).resolve().parents[2] / "checker" / "uts_policy" / "engine" / "canary.json"
DECLARATION = f"{ENTRY[0]}: [{{id: {ENTRY[1]}, statement: Sing while the air is good}}]\n"
AS_OF = "2025-06-26"
SELECTION = Selection(rules=(SelectedRule(id=RULE, level=Level.ERROR, parameters={}),), not_assessed=())


def text() -> str:
    """The file as it should be."""
    data = DECLARATION.encode()
    source = Source(path="canary.yaml", data=data, sha256=sha256(data).hexdigest(), text=DECLARATION)
    built = build(parse(source).documents, as_of=AS_OF, placeholders=())
    assert built.corpus is not None
    return f"{json.dumps(json.loads(serialise(with_rules(built.corpus, SELECTION).data)), indent=1)}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
