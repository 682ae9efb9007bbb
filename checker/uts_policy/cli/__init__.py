"""The command line: options, wiring, exit code; nothing else."""


def main() -> None:
    """The `uts-policy` command."""
    import gc
    import os
    import sys

    from uts_policy.cli.app import run
    from uts_policy.model.errors import Exit

    # One run makes millions of objects that last and hardly a cycle: looking for cycles costs more than it could free.
    gc.disable()
    code = run(sys.argv[1:])
    gc.freeze()  # nor at the end
    if code == Exit.INTERRUPTED:
        # Whoever interrupts wants the prompt back now, not after a large heap has been taken down.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
