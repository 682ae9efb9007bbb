"""Limits for a process that works on what strangers wrote: each takes so much memory, and leaves Ctrl-C to its parent.

NOTE: imported by workers that start without the site packages, so it imports nothing of ours, and the rest late.
"""


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends this process: an interrupt here would look like a fault of the input."""
    import signal  # noqa: PLC0415 - all imports of this file are late

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def limit_memory(most: int, kind: str = "RLIMIT_AS") -> None:
    """Let this process take at most so many bytes, and leave no copy of them behind if it is ended for that.

    `kind` is what counts: all addresses, or with RLIMIT_DATA only what can be written. What it starts inherits it.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for name, bound in ((kind, most), ("RLIMIT_CORE", 0)):
        limit = getattr(resource, name, None)
        if limit is None:
            continue
        soft, hard = resource.getrlimit(limit)
        lowest = min([bound, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)])
        try:
            resource.setrlimit(limit, (lowest, lowest))
        except (OSError, ValueError):  # macOS knows the name, and refuses
            continue


def allowed_memory(memory: int) -> int:
    """So many bytes, or fewer if this process itself may take no more."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return memory
    own, _ = resource.getrlimit(resource.RLIMIT_AS)
    return memory if own == resource.RLIM_INFINITY else min(memory, own)
