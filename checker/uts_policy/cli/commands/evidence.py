"""`uts-policy evidence`: what an auditor keeps, and how it is verified."""

import click

from uts_policy.cli.app import Verbs

VERBS = {
    "export": ("evidence_export", "Check, and write everything that it rests on into one signed file."),
    "verify": ("evidence_verify", "Say whether a bag is whole, who signed it, and whether its files tell the same."),
    "reproduce": ("evidence_reproduce", "Run the check in a bag again, from the bag alone, and compare."),
    "sample": ("evidence_sample", "Draw conclusions from a bag, to be done again by hand."),
    "diff": ("evidence_diff", "Say what changed between two bags."),
    "keygen": ("evidence_keygen", "Make a key that signs evidence."),
}
"""Each command, its module, and its line in `--help`: help needs no command's imports."""


@click.group(
    "evidence",
    cls=Verbs,
    verbs=VERBS,
    examples=["uts-policy evidence keygen signer.pem", "uts-policy evidence export --out q4.zip --sign-key signer.pem"],
)
def command() -> None:
    """Write, verify and compare signed evidence for auditors.

    A bag holds the declarations, the rules, what was found and how to verify it without any software of ours.
    """
