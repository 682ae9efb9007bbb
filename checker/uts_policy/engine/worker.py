r"""The embedded engine's own process: reads one request, evaluates it, answers, ends.

Run by path as `python -I -S worker.py SITE LIMIT MEMORY`, so of ours it imports common/confine.py alone, and nothing
that it can do without: `json` would double its start. SITE is the directory that holds the engine, LIMIT the seconds
after which the process ends by itself, should nobody be left to kill it, MEMORY the bytes that it may take, where the
system can limit them.

A request is a sequence of frames on standard input, each `name length\n` and that many bytes of UTF-8, closed by `end`:

    policy    path, newline, Rego
    data      a JSON document that rules see as `data`
    input     a JSON document that later queries see as `input`
    query     an expression; answered
    timed     an expression; answered with the processor seconds that it took, and no value
    prints    answered with the lines that policies printed since the last time
    coverage  from here on, lines are counted
    report    answered with the coverage report
    syntax    answered with the syntax trees of all policies

An answer is a frame, `ok length\n` or `error length\n` and that many bytes of JSON or of the engine's words; answers
stand in the order of the requests. A policy or document that does not parse is answered with `refused`, which is last.
"""

from __future__ import annotations

import faulthandler
import os
import sys

TYPE_CHECKING = False  # what typing.TYPE_CHECKING is, without the cost of importing typing
if TYPE_CHECKING:
    from typing import Any, BinaryIO


def main(site: str, limit: float, memory: int) -> None:
    """Serve one request."""
    # NOTE: the directory above the package; nothing but the package's own name is found there first.
    sys.path.insert(0, __file__.rpartition("uts_policy")[0])
    from uts_policy.common.confine import ignore_interrupts, limit_memory  # noqa: PLC0415 - found only now

    limit_memory(memory)
    ignore_interrupts()
    # NOTE: a policy or the engine may print: descriptor 1 becomes standard error, and answers get a private one.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # NOTE: its clock is a thread in C, which works without the interpreter lock that the engine holds.
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - pathlib costs more than the rest of the start
        faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
        os.environ["RUST_BACKTRACE"] = "0"
        sys.path.insert(0, site)
        import regorus  # noqa: PLC0415 - found only now

        engine = regorus.Engine()
        engine.set_gather_prints(True)
        serve(engine, sys.stdin.buffer, answers)
        answers.flush()
        os._exit(0)  # nothing is left to tidy up, and freeing a large corpus node by node takes time


def serve(engine: Any, requests: BinaryIO, answers: BinaryIO) -> None:  # noqa: ANN401 - the engine has no types
    """Carry out the frames until `end`, the end of the input, or a document that is refused."""
    while (header := requests.readline().split()) and header[0] != b"end":
        name = header[0].decode()
        body = requests.read(int(header[1])).decode("utf-8")
        try:
            answer = carry_out(engine, name, body)
        except BaseException as error:  # noqa: BLE001 - a panic of the engine is no Exception, and must be told too
            refused = name in {"policy", "data", "input"}
            reply(answers, b"refused" if refused else b"error", str(error) or type(error).__name__)
            if refused:
                return
        else:
            if answer is not None:
                reply(answers, b"ok", answer)
        # NOTE: the corpus may be large: neither its text nor an answer may outlive their turn.
        body = answer = ""


def carry_out(engine: Any, name: str, body: str) -> str | None:  # noqa: ANN401 - as above
    """Carry out one frame. None where it is not answered."""
    if name == "policy":
        path, _, text = body.partition("\n")
        engine.add_policy(path, text)
    elif name == "data":
        engine.add_data_json(body)
    elif name == "input":
        engine.set_input_json(body)
    elif name == "coverage":
        engine.set_enable_coverage(True)
    elif name == "query":
        return str(engine.eval_query_as_json(body))
    elif name == "timed":
        return timed(engine, body)
    elif name == "prints":
        return "\n".join(engine.take_prints())
    elif name == "report":
        return str(engine.get_coverage_report_as_json())
    else:
        return str(engine.get_ast_as_json())
    return None


def timed(engine: Any, query: str) -> str:  # noqa: ANN401 - as above
    """The seconds of processor that a query takes: what else the machine does is not the rule's fault."""
    import time  # noqa: PLC0415 - paid for by those who measure

    start = time.process_time()
    engine.eval_query_as_json(query)
    return repr(time.process_time() - start)


def reply(answers: BinaryIO, kind: bytes, text: str) -> None:
    """Write one answer."""
    data = text.encode("utf-8", "replace")
    answers.write(b"%s %d\n" % (kind, len(data)))
    answers.write(data)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
