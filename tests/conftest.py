"""What all tests share: where the checkout is, and the foreign tools that some of them drive.

A tool that is not installed skips the tests that need it, and says so, unless the environment variable
UTS_POLICY_TESTS_REQUIRE names it (comma-separated, as CI does): then its absence is a failure.
"""

import os
import shutil
import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = {
    "opa": "`make tools` builds OPA 1.22.2",
    "conftest": "`make tools` builds conftest",
    "actionlint": "`make tools` builds it",
    "setpriv": "it is part of util-linux",
    "node": "it comes with Node.js",
    "sarif-multitool": "`make node-tools` installs it",
    "actions-core": "`make node-tools` installs it",
    "mermaid": "`make node-tools` installs it",
    "npm": "it comes with Node.js",
    "nginx": "Debian's package nginx-light has it",
    "chromium": "Debian's package chromium has it",
    "openssl": "Debian's package openssl has it",
    "unzip": "Debian's package unzip has it",
    "axe-core": "`make node-tools` installs it",
    "sigstore-verify": "`make node-tools` installs it",
    "yaml-language-server": "`make node-tools` installs it",
}
MODULES = {
    "sarif-multitool": ".bin/sarif-multitool",
    "actions-core": "@actions/core",
    "mermaid": "mermaid",
    "axe-core": "axe-core",
    "sigstore-verify": "@sigstore/verify",
    "yaml-language-server": ".bin/yaml-language-server",
}
"""Where `make node-tools` puts what npm has."""


def pytest_configure() -> None:
    """Lets Ctrl-C reach what the tests start, also where a shell runs them in the background and has it ignored.

    What they start keeps what it has compiled: thousands of runs would otherwise compile all sources each.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def find_tool(name: str) -> str | None:
    """The path of a tool: named by UTS_POLICY_OPA and the like, built by `make tools`, or on PATH."""
    named = os.environ.get(f"UTS_POLICY_{name.upper()}")
    if named:
        return named
    built = ROOT / ".tools" / "bin" / name
    if name in MODULES:
        built = ROOT / ".tools" / "node" / "node_modules" / MODULES[name]
    return str(built) if built.exists() else shutil.which(name)


def require_tool(name: str) -> str:
    """The path of a tool, or a skip that says how to get it; a failure where CI promised that it is there."""
    found = find_tool(name)
    if found is not None:
        return found
    promised = os.environ.get("UTS_POLICY_TESTS_REQUIRE", "").replace(" ", "").split(",")
    message = f"{name} is not installed: {TOOLS.get(name, 'it is not on PATH')}"
    if name in promised:
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change only where somebody says so."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files again")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked `opa`, say, needs that tool."""
    for marker in item.iter_markers():
        if marker.name in ("opa", "conftest"):
            require_tool(marker.name)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def opa() -> str:
    """A real OPA."""
    return require_tool("opa")


@pytest.fixture(scope="session")
def conftest_binary() -> str:
    """A real conftest."""
    return require_tool("conftest")


@pytest.fixture(scope="session")
def shared_data(root: Path) -> Path:
    """Public data that nobody on this project wrote; it lies beside the checkout or is not there."""
    folder = Path(os.environ.get("UTS_POLICY_SHARED_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; UTS_POLICY_SHARED_DATA can name another place")
    return folder
