"""`uts-policy evidence export`: one check, and everything that it rests on."""

from __future__ import annotations

import getpass
import os
import platform
import socket
import stat
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import (
    Choices,
    Running,
    choosing_exact,
    out_option,
    previous_option,
    running,
    sign_key_option,
)
from uts_policy.cli.output import OutputPath, appearing, refuse_existing, say
from uts_policy.cli.passphrase import passphrase, passphrase_option
from uts_policy.cli.progress import progress
from uts_policy.common.words import number
from uts_policy.model.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from uts_policy.cli.commands.check import CheckOptions
    from uts_policy.evidence.provenance import Commit, Occasion
    from uts_policy.pipeline.evidence.export import Evidence, WrittenBag
    from uts_policy.signing import EvidenceSigner


EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that stand for the time of the run, as packagers know it."""
RUN_BY, RUN_HOST = "UTS_POLICY_RUN_BY", "UTS_POLICY_RUN_HOST"
"""Who is recorded as having run the check, and where, in place of the account and the name of the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The options of one export."""

    run: CheckOptions
    out: Path
    force: bool
    sign_key: Path | None
    passphrase_fd: int | None
    previous: Path | None
    reproducible: bool


def export(wanted: Export) -> int:
    """Checks, writes the bag, and returns the exit code of the check. Raises UtsPolicyError where there is no bag."""
    from uts_policy.cli.session import refuse, run_for
    from uts_policy.cli.time_limit import TimeLimit
    from uts_policy.evidence.bag import read_previous
    from uts_policy.pipeline.evidence.export import commit_of, gather, write_bag

    refuse(
        redact=wanted.run.choices.redact,
        why="a bag holds the exact bytes of the declarations, so that it can be checked again",
        hint="share `check --redact --format html` instead",
    )
    if str(wanted.out) == "-":
        raise UsageError("a bag is written to a file, and - is standard output", "name a file with --out")
    refuse_existing(wanted.out, force=wanted.force)
    if not wanted.out.parent.is_dir():
        raise UsageError(f'there is no directory "{wanted.out.parent}" for "{wanted.out}"')
    started = _now()
    signer = _signer(wanted)
    previous = None if wanted.previous is None else read_previous(wanted.previous)
    limit = TimeLimit(wanted.run.running.timeout)
    with progress(sys.stderr) as shown, limit.running():
        ready = run_for(wanted.run.options, wanted.run.choices, wanted.run.running, limit, shown)
        request = ready.request
        commit = None if wanted.reproducible else commit_of(request, os.environ)
        evidence = gather(request, ready.policies, ready.engine)
        occasion = None if wanted.reproducible else _occasion(started, commit)
        request.notify("writing the bag")
        with appearing(wanted.out, force=wanted.force) as stream:
            written = write_bag(stream, evidence, occasion=occasion, previous=previous, signer=signer)
    _tell(wanted, evidence, written)
    return evidence.report.exit


def _tell(wanted: Export, evidence: Evidence, written: WrittenBag) -> None:
    from uts_policy.evidence.naming import RENAMED

    report = evidence.report
    found = number(len(report.findings), "finding")
    say(f"{wanted.out}: {report.verdict.value} as of {report.as_of}, {found}, {number(len(report.sources), 'file')}")
    renamed = sum(each.stored.startswith(f"{RENAMED}/") for each in evidence.effective.files)
    if renamed:
        say(
            f"{number(renamed, 'file')} could not keep the name in the bag; config/effective.json says which is which. "
            "What lies outside of the directory of the configuration, or of the working directory, never keeps it."
        )
    say(f"digest of the bag: {written.digest}")
    if written.keyid is None:
        say("not signed: integrity only, for whoever alters it can make new digests. --sign-key signs it.")
    else:
        say(f"signed by key {written.keyid}")


def _signer(wanted: Export) -> EvidenceSigner | None:
    from uts_policy.signing import read_evidence_signer

    if wanted.sign_key is None:
        if wanted.passphrase_fd is not None:
            raise UsageError("--passphrase-fd is for a key, and none is named", "add --sign-key FILE")
        return None
    signer = read_evidence_signer(wanted.sign_key, passphrase(wanted.passphrase_fd))
    # NOTE: on Windows the mode says nothing about who may read.
    if os.name == "posix" and wanted.sign_key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        say(f'warning: others than you may read the private key "{wanted.sign_key}"; `chmod 600` stops that')
    return signer


def _occasion(started: str, commit: Commit | None) -> Occasion:
    from uts_policy.evidence.provenance import Occasion, allowed

    return Occasion(
        by=os.environ.get(RUN_BY) or _user(),
        host=os.environ.get(RUN_HOST) or socket.gethostname(),
        started=started,
        finished=_now(),
        command=("uts-policy", *sys.argv[1:]),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        environment=allowed(os.environ),
        git=commit,
    )


def _user() -> str:
    """The account that the process runs under; on POSIX not what USER says, which anybody can set."""
    try:
        if sys.platform != "win32":
            import pwd

            return pwd.getpwuid(os.geteuid()).pw_name
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return f"uid {os.geteuid()}" if hasattr(os, "geteuid") else "unknown"


def _now() -> str:
    """Now in UTC, to the second; what SOURCE_DATE_EPOCH says, where it is set. Raises UsageError for nonsense in it."""
    said = os.environ.get(EPOCH)
    if said is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return datetime.fromtimestamp(int(said), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f'{EPOCH} is "{said}", which is no number of seconds', "unset it, or correct it") from error


@click.command(
    "export",
    cls=Command,
    examples=[
        "uts-policy evidence export declarations/ --out q4.zip --sign-key signer.pem",
        "uts-policy evidence export --out q4.zip --previous q3.zip --as-of 2026-12-31",
    ],
)
@choosing_exact
@out_option(required=True, type=OutputPath(), help="Where to write the bag, a ZIP file.")
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@sign_key_option("Sign with this Ed25519 key, PEM, encrypted or not. Needs the extra `sign`.")
@passphrase_option
@previous_option("The bag before this one: its digest goes into this one, so that they make a chain.")
@click.option(
    "--reproducible",
    is_flag=True,
    help="Leave out who ran it, where, when and from which commit: the same input gives the same bytes anywhere.",
)
@running
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    choices: Choices,
    out: Path,
    force: bool,
    sign_key: Path | None,
    passphrase_fd: int | None,
    previous: Path | None,
    reproducible: bool,
    running: Running,
) -> int:
    """Check declarations, and write everything that the check rests on into one signed file.

    The exit code is that of `check`; a bag is written whether or not something was found. Where there is no verdict
    there is no bag. Without --sign-key the bag says only that it is whole, and not who made it.
    """
    from uts_policy.cli.commands.check import CheckOptions

    run = CheckOptions(options=options, choices=choices, running=running)
    wanted = Export(
        run=run,
        out=out,
        force=force,
        sign_key=sign_key,
        passphrase_fd=passphrase_fd,
        previous=previous,
        reproducible=reproducible,
    )
    return export(wanted)
