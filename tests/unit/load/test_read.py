"""One file's bytes, or why there are none."""

import os
import socket
from hashlib import sha256

import pytest

from uts_policy.load.read import MAX_BYTES, read, to_source
from uts_policy.model.document import FoundFile, Source
from uts_policy.model.finding import Problem


def told(problem):
    assert isinstance(problem, Problem)
    span = problem.location.span
    return problem.location.file, span.line, span.column, problem.rule, problem.message


def test_a_file_is_its_bytes_its_text_and_its_digest(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes("title: é\r\n".encode())
    assert read(FoundFile(path=file, name="a.yaml")) == Source(
        path="a.yaml",
        data="title: é\r\n".encode(),
        sha256=sha256("title: é\r\n".encode()).hexdigest(),
        text="title: é\r\n",
    )


def test_a_byte_order_mark_is_not_part_of_the_text():
    made = to_source("a.yaml", b"\xef\xbb\xbfa: 1\n")
    assert isinstance(made, Source)
    assert (made.text, made.data) == ("a: 1\n", b"\xef\xbb\xbfa: 1\n")


def test_bytes_that_are_not_utf8_have_no_text():
    made = to_source("a.yaml", b"a: caf\xe9\n")
    assert isinstance(made, Source)
    assert (made.text, made.data) == ("", b"a: caf\xe9\n")


def test_sixteen_mebibytes_are_read_and_one_byte_more_is_a_finding(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * MAX_BYTES)
    assert isinstance(read(FoundFile(path=file, name="a.yaml")), Source)
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    problem = read(FoundFile(path=file, name="a.yaml"))
    assert told(problem) == ("a.yaml", 1, 1, "yaml/limit", "the file is larger than 16 MiB, the most that is read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_fifo_is_a_finding_and_nothing_waits_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    problem = read(FoundFile(path=tmp_path / "a.yaml", name="a.yaml"))
    assert told(problem) == ("a.yaml", 1, 1, "yaml/unreadable", "this is a named pipe (FIFO), not a file")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX") or os.name == "nt", reason="needs Unix sockets")
def test_a_socket_is_a_finding(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.yaml")
        problem = read(FoundFile(path=tmp_path / "a.yaml", name="a.yaml"))
    assert told(problem) == ("a.yaml", 1, 1, "yaml/unreadable", "this is a socket, not a file")


def test_a_directory_is_a_finding(tmp_path):
    problem = read(FoundFile(path=tmp_path, name="x.yaml"))
    assert told(problem) == ("x.yaml", 1, 1, "yaml/unreadable", "this is a directory, not a file")


def test_a_file_that_has_gone_is_a_finding(tmp_path):
    problem = read(FoundFile(path=tmp_path / "a.yaml", name="a.yaml"))
    gone = "the file is gone: it was there when the directory was listed"
    assert told(problem) == ("a.yaml", 1, 1, "yaml/unreadable", gone)
