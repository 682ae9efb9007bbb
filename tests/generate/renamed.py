"""Records of entries that were renamed, and waivers that still use a former name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.generate.pools import Context
    from tests.generate.repair import Declarations

SECTIONS = ("roles", "responsibilities", "people", "delegations", "actions", "assignments", "waivers")


def rename(c: Context, declarations: Declarations) -> None:
    """Says of some declared entries that they had another id, or two others. Changes in place."""
    moved = []
    for section in c.rng.sample(SECTIONS, 3):
        with_ids = [entry["id"] for entry in declarations.get(section, ()) if "id" in entry]
        if not with_ids:
            continue
        name = c.pick(with_ids)
        moved.append({"from": f"{section}/was-{name}", "to": f"{section}/{name}"})
        if c.chance(0.3):
            moved.append({"from": f"{section}/first-{name}", "to": f"{section}/was-{name}"})
        for waiver in declarations.get("waivers", ()):
            _by_former_name(c, waiver, section, name)
    if moved:
        c.rng.shuffle(moved)
        declarations["moved"] = moved


def _by_former_name(c: Context, waiver: dict[str, Any], section: str, name: str) -> None:
    subject = waiver["subject"]
    if subject.startswith(f"{section}/") and c.chance(0.5):
        waiver["subject"] = f"{section}/was-{name}"
    elif subject.startswith("assignments/") and section in {"roles", "responsibilities"}:
        waiver["subject"] = "/".join(f"was-{part}" if part == name else part for part in subject.split("/"))
