"""The command line: options, wiring, exit code; nothing else."""


def main() -> None:
    """The `uts-policy` command."""
    import os
    import sys

    from uts_policy.cli.run import run
    from uts_policy.model.errors import Exit

    code = run(sys.argv[1:])
    if code == Exit.INTERRUPTED:
        # Whoever interrupts wants the prompt back now, not after a large heap has been taken down.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
