import io
import os
import stat
from pathlib import Path

import pytest

from uts_policy.cli.output import Output, encoded, publish, say, withdraw, write
from uts_policy.model.errors import NoVerdictError


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_and_standard_output_are_written_together(tmp_path: Path, capfdbinary: pytest.CaptureFixture) -> None:
    publish(
        [
            Output(file=tmp_path / "a", data=b"one"),
            Output(file=None, data=b"two"),
            Output(file=tmp_path / "b", data=b"three"),
        ]
    )
    assert files(tmp_path) == {"a": b"one", "b": b"three"}
    assert capfdbinary.readouterr().out == b"two"


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old and longer")
    publish([Output(file=tmp_path / "a", data=b"new")])
    assert files(tmp_path) == {"a": b"new"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    publish([Output(file=tmp_path / "a", data=b"")])
    (tmp_path / "other").touch()
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_where_one_cannot_be_written_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(NoVerdictError) as caught:
        publish([Output(file=tmp_path / "a", data=b"one"), Output(file=tmp_path / "folder", data=b"two")])
    assert caught.value.message.startswith(f'cannot write "{tmp_path / "folder"}": ')
    assert files(tmp_path) == {}


def test_where_one_cannot_be_staged_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(NoVerdictError) as caught:
        publish([Output(file=tmp_path / "a", data=b"one"), Output(file=tmp_path / "gone" / "b", data=b"two")])
    assert caught.value.message.startswith(f'cannot write "{tmp_path / "gone" / "b"}": ')
    assert files(tmp_path) == {}


def test_earlier_outputs_are_withdrawn_and_what_is_not_there_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    withdraw([tmp_path / "a", tmp_path / "b"])
    assert files(tmp_path) == {}


def test_half_a_surrogate_becomes_its_escape() -> None:
    assert encoded("é\udcff", "text") == b"\xc3\xa9\\udcff"
    assert encoded("é日", "text", "ascii") == b"\\xe9\\u65e5"
    assert encoded(b"\xff", "text") == b"\xff"


class Full(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, _data: object) -> int:
        raise OSError(28, "No space left on device")


def test_standard_output_that_cannot_take_it_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Full(), write_through=True))
    with pytest.raises(NoVerdictError) as caught:
        write(b"data")
    assert caught.value.message == "cannot write to standard output: No space left on device"


def test_no_standard_output_at_all_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(NoVerdictError):
        write(b"data")


def test_where_nobody_listens_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    say("hello")


def test_where_a_file_cannot_be_put_in_its_place_those_that_were_are_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "second":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    outputs = [Output(file=tmp_path / name, data=b"new") for name in ("first", "second", "third")]
    with pytest.raises(NoVerdictError):
        publish(outputs)
    assert files(tmp_path) == {}
