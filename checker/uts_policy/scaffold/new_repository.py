"""A repository of declarations to begin with: it passes its own check at once."""

from pathlib import Path
from typing import Final

_FILES: Final = Path(__file__).with_name("repository")
_ALWAYS: Final = {"declarations/organisation.yaml": "organisation.yaml", "uts-policy.yaml": "uts-policy.yaml"}
CI: Final = {
    "github": (".github/workflows/uts-policy.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
    "pre-commit": (".pre-commit-config.yaml", "pre-commit.yaml"),
}
"""Where each system looks for its file, and which of ours that is."""
TEMPLATES: Final = {"uts": ("declarations/uts.yaml", "uts.yaml")}
"""Sets of declarations to fill in."""


def new_repository(schema: str, ci: str | None = None, template: str | None = None) -> dict[str, str]:
    """The files by path from the top: declarations, configuration, and the schema that editors read.

    `ci` is one of CI, `template` one of TEMPLATES.
    """
    names = dict(_ALWAYS)
    for chosen, known in ((ci, CI), (template, TEMPLATES)):
        if chosen is not None:
            path, name = known[chosen]
            names[path] = name
    files = {path: (_FILES / name).read_text(encoding="utf-8") for path, name in names.items()}
    return {**files, "declarations.schema.json": schema}
