"""`uts-policy evidence keygen`: a new key for evidence."""

from pathlib import Path

import click

from uts_policy.cli.app import Command
from uts_policy.cli.passphrase import passphrase_option
from uts_policy.model.errors import Exit

PUBLIC = ".pub.pem"
"""What the public key's file ends with, in place of `.pem`."""


@click.command(
    "keygen",
    cls=Command,
    examples=["uts-policy evidence keygen signer.pem", "uts-policy evidence keygen signer.pem --encrypt"],
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--encrypt", is_flag=True, help="Encrypt the private key with a passphrase.")
@passphrase_option
def command(file: Path, *, encrypt: bool, passphrase_fd: int | None) -> int:
    """Make an Ed25519 key that signs evidence.

    FILE, as in signer.pem, gets the private key, which nobody else may read; signer.pub.pem beside it gets the public
    one, which you hand to whoever verifies. Neither is ever replaced.
    """
    from uts_policy.cli.output import appearing, refuse_existing, say
    from uts_policy.cli.passphrase import passphrase
    from uts_policy.model.errors import UsageError
    from uts_policy.signing import new_key_pair

    public = file.with_name(f"{file.name.removesuffix('.pem')}{PUBLIC}")
    for each in (file, public):
        if each.exists() or each.is_symlink():
            raise UsageError(f'"{each}" is there already, and a key is never replaced', "name another file")
    if passphrase_fd is not None and not encrypt:
        raise UsageError("--passphrase-fd gives a passphrase, and the key is not to be encrypted", "add --encrypt")
    secret = passphrase(passphrase_fd, confirm=True)() if encrypt else None
    pair = new_key_pair(secret)
    refuse_existing(file, force=False)
    with appearing(public, force=False, mode=0o644) as stream:
        stream.write(pair.public)
    with appearing(file, force=False, mode=0o600) as stream:
        stream.write(pair.private)
    say(f"{file}: the private key{', encrypted' if encrypt else ''}; keep it where only the signer can read it")
    say(f"{public}: the public key; hand it out by a way on which it cannot be exchanged")
    say(f"key {pair.keyid}")
    return Exit.PASS
