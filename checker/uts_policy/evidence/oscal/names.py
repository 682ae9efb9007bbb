"""What things are called in OSCAL: UUIDs from content, tokens, times, and text that is no markup."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

NAMESPACE = uuid5(NAMESPACE_OID, "uts-policy OSCAL")
"""Under which every UUID of ours is made."""
NS = "urn:uts-policy:oscal"
"""The namespace of our properties."""
VERSION = "1.2.1"
"""Of OSCAL."""
_MARKUP = re.compile(r"[\\`*_~^<\[\]{}]")


def uuid(*parts: str) -> str:
    """A UUID of version 5 from what names the thing: the same parts always give the same."""
    return str(uuid5(NAMESPACE, json.dumps(parts)))


def token(kind: str, name: str) -> str:
    """An OSCAL token for one of ours: no two rules (`category/name`), questions or categories get the same."""
    return f"{kind}-{name.replace('/', '.')}"


def moment(day: str, *, last: bool = False) -> str:
    """A full date as the OSCAL time at which it begins or, with `last`, as its last second. UTC."""
    return f"{day}T{'23:59:59' if last else '00:00:00'}Z"


def plain(text: str) -> str:
    """Text as OSCAL's strings want it: one line, nothing that cannot be printed, never empty."""
    joined = " ".join(text.split())
    return "".join(each if each.isprintable() else "\ufffd" for each in joined) or "-"


def prose(text: str) -> str:
    """Text of users where OSCAL expects Markdown: one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\g<0>", plain(text))


def href(path: str) -> str:
    """A path in the bag as a reference from `oscal/`. All but letters, digits and `/-._~` is percent-encoded."""
    return f"../{quote(path.encode('utf-8', 'surrogatepass'), safe='/')}"


def encoded(root: str, body: Mapping[str, Any]) -> bytes:
    """A document, whose UUID is that of its content: what is changed is another. Two spaces, a line end."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    document = {root: {"uuid": uuid(root, digest), **body}}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
