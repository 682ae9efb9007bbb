"""What is agreed on of an HTML page: its text and structure, not its looks, digests and version."""

import re


def steady_page(text: str) -> str:
    """A page without style, script, digests and version."""
    text = re.sub(r"(?s)<(style|script)>.*?</", r"<\1>…</", text)
    text = re.sub(r"sha256-[^&]+|(?<=<code>)[0-9a-f]{64}(?=</code>)", "…", text)
    return re.sub(r"(?<=Made by uts-policy )[0-9.]+[0-9]|(?<=embedded )[0-9.]+[0-9]", "…", text)
