#!/usr/bin/env python3
"""How many corpora an OPA server judges in a second: measure.py URL CORPUS [SECONDS] [AT_ONCE]."""

import gzip
import http.client
import json
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit


def main(url: str, corpus: str, seconds: str = "10", at_once: str = "4") -> None:
    """Ask over and over, some at a time, and print the rate."""
    body = gzip.compress(b'{"input": ' + Path(corpus).read_bytes() + b"}")
    end = time.monotonic() + float(seconds)
    counts = [0] * int(at_once)

    def ask(number: int) -> None:
        parts = urlsplit(url)
        server = http.client.HTTPConnection(parts.hostname or "", parts.port)
        while time.monotonic() < end:
            server.request("POST", "/v1/data/uts/main/result", body, {"Content-Encoding": "gzip"})
            answer = json.loads(server.getresponse().read())
            assert answer["result"]["evaluated"], "the server has not got the rules"  # noqa: S101 - a rate of nothing
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{sum(counts) / float(seconds):.1f} corpora a second")  # noqa: T201 - what it is for


if __name__ == "__main__":
    main(*sys.argv[1:])
