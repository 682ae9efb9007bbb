from pathlib import Path

import pytest

from uts_policy.cli.session import make_engine
from uts_policy.engine.both import BothEngines
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.opa import OpaEngine
from uts_policy.model.errors import UsageError

TOKEN = "not anybody's"  # noqa: S105 - and so no secret


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UTS_POLICY_OPA", "UTS_POLICY_OPA_URL", "UTS_POLICY_OPA_TOKEN", "UTS_POLICY_ENGINE_MEMORY"):
        monkeypatch.delenv(name, raising=False)


def test_each_name_is_its_engine() -> None:
    def made(name: str) -> object:
        return make_engine(name, timeout=7.0, opa_url=None, opa_ca_file=None)

    assert made("embedded") == EmbeddedEngine(timeout=7.0)
    assert made("opa") == OpaEngine(timeout=7.0)
    assert made("both") == BothEngines(first=EmbeddedEngine(timeout=7.0), second=OpaEngine(timeout=7.0))


def test_the_command_line_outranks_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UTS_POLICY_OPA_URL", "https://one.example")
    monkeypatch.setenv("UTS_POLICY_OPA_TOKEN", TOKEN)
    file = Path("ca.pem")
    assert make_engine("opa", timeout=7.0, opa_url=None, opa_ca_file=None) == OpaEngine(
        timeout=7.0,
        url="https://one.example",
        token=TOKEN,
    )
    assert make_engine("opa", timeout=7.0, opa_url="https://two.example", opa_ca_file=file) == OpaEngine(
        timeout=7.0,
        url="https://two.example",
        token=TOKEN,
        ca_file=file,
    )


def test_a_server_that_would_not_be_asked_is_refused() -> None:
    with pytest.raises(UsageError):
        make_engine("embedded", timeout=7.0, opa_url="https://one.example", opa_ca_file=None)


def test_the_environment_says_how_much_memory_the_engine_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UTS_POLICY_ENGINE_MEMORY", "0.5")
    made = make_engine("embedded", timeout=7.0, opa_url=None, opa_ca_file=None)
    assert made == EmbeddedEngine(timeout=7.0, memory=2**29)


@pytest.mark.parametrize("said", ["much", "0", "-1", "nan", "inf"])
def test_memory_that_is_not_a_number_of_gib_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("UTS_POLICY_ENGINE_MEMORY", said)
    with pytest.raises(UsageError) as caught:
        make_engine("embedded", timeout=7.0, opa_url=None, opa_ca_file=None)
    assert caught.value.message == f'UTS_POLICY_ENGINE_MEMORY is "{said}", which is not a number of GiB'
