"""The readers' own process: reads one file from standard input, and answers with its grids as JSON.

Run by path as `python -I -S worker.py ROOTS KIND LIMIT MEMORY`. ROOTS are the places where modules are found, a JSON
list; KIND is the name of a module beside this one; LIMIT the seconds after which the process ends by itself, should
nobody be left to kill it; MEMORY the bytes that it may take, where the system can limit them.

The answer is `{"blocks": [...], "notes": [...]}`, or `{"error": ..., "hint": ...}` for a file that is not as it should
be. The exit code is not an answer.
"""

import faulthandler
import json
import os
import sys


def main(roots: str, kind: str, limit: float, memory: int) -> None:
    """Read one file."""
    sys.path[:0] = [__file__.rpartition("uts_policy")[0], *json.loads(roots)]
    os.environ["OPENPYXL_LXML"] = "False"  # so that openpyxl parses with defusedxml
    from uts_policy.common.confine import ignore_interrupts, limit_memory  # noqa: PLC0415 - found only now

    limit_memory(memory)
    ignore_interrupts()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # NOTE: a library may print
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - pathlib is not needed here
        faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
        answer = _read(kind, sys.stdin.buffer.read())
        answers.write(json.dumps(answer, ensure_ascii=True).encode())
        answers.flush()
        os._exit(0)


def _read(kind: str, data: bytes) -> dict[str, object]:
    import importlib  # noqa: PLC0415 - found only now

    from uts_policy.exchange.tables.refused import RefusedFileError  # noqa: PLC0415 - found only now

    try:
        module = importlib.import_module(f"uts_policy.exchange.tables.{kind}")
        answer: dict[str, object] = module.read(data)
    except RefusedFileError as error:
        return {"error": error.what, "hint": error.remedy}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - libraries raise what they like about a damaged file
        first = str(error).splitlines()[0] if str(error) else ""
        return {
            "error": f"cannot be read as what its name says: {type(error).__name__}: {first[:200]}",
            "hint": "Open it in the program that made it, save it again, and import that.",
        }
    return answer


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
