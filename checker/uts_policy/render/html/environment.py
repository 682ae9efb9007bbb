"""Templates into pages: the one module that knows Jinja2, and the shell that keeps a page from loading anything.

Every text that reaches a template is made visible and then escaped, whatever the template says: `finalize` does the
one, `autoescape` the other. What is already markup is ours.
"""

import base64
import functools
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.matrix import ABSENT

_TEMPLATES = Path(__file__).with_name("templates")
_TICKED = re.compile("`([^`]+)`")


def rendered(template: str, facts: Mapping[str, object]) -> str:
    """The page of a template. One file: style and script stand in it, and the policy allows exactly these two."""
    style, script = _text("style.css"), _text("script.js")
    shell: dict[str, object] = {
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "policy": "; ".join(
            (
                "default-src 'none'",
                f"style-src {_source(style)}",
                f"script-src {_source(script)}",
                "base-uri 'none'",
                "form-action 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'",
            )
        ),
    }
    return f"{_environment().get_template(template).render({**shell, **facts}).rstrip()}\n"


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["number"] = number
    made.globals["absent"] = ABSENT
    made.filters["broken"] = _broken
    made.filters["ticked"] = _ticked
    return made


def _shown(value: object) -> object:
    """Text of users as the other formats show it: nothing in it hides, or turns the line around."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _broken(text: str) -> Markup:
    """A path that may go on in the next line after a slash: else it does in the middle of a word."""
    return escape(visible(text)).replace("/", Markup("/<wbr>"))


def _ticked(text: str) -> Markup:
    """Advice as rules give it: what stands between backticks is what somebody writes in a file."""
    escaped = str(escape(visible(text)))
    return Markup(_TICKED.sub(r"<code>\1</code>", escaped))  # noqa: S704 - escaped above


@functools.cache
def _text(name: str) -> str:
    """A file beside the templates; line ends as an HTML parser sees them, for the digest is of those."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """What a content security policy calls an inline part by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
