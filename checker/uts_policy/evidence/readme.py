"""`README.txt` in the bag: how a stranger verifies it without any software of ours.

The lines indented by four blanks are commands; a test runs them as they stand.
"""

from importlib import resources


def readme(*, name: str, tool_version: str) -> bytes:
    """The file. `name` is the directory that the bag unpacks to."""
    text = resources.files("uts_policy.evidence").joinpath("README.txt").read_text(encoding="utf-8")
    return text.replace("@NAME@", name).replace("@VERSION@", tool_version).encode()
