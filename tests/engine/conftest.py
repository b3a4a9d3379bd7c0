"""The `engine` fixture: a real Pulumi engine with stand-in providers, or a skip that says why; an error in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine import build
from tests.engine.harness import Engine


def pytest_report_header() -> str:
    """Which `pulumi` the engine tests run."""
    try:
        binary = build.find()
    except build.NoPulumiError as error:
        return f"pulumi: {error}"
    if binary is None:
        return "pulumi: none found; the engine tests build one if Go is there"
    return f"pulumi: {binary.path} ({binary.origin})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; the SDKs' own deprecations, raised by importing them, are not ours to mend."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.engine)
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))


@pytest.fixture(scope="session")
def pulumi_binary() -> Path:
    """The `pulumi` to run."""
    return binary(build.PULUMI)


def binary(tool: build.Tool) -> Path:
    """A command that a test needs; without it the test is skipped, and fails in CI."""
    try:
        return build.find_or_build(tool).path
    except build.NoPulumiError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"the engine tests must run in CI: {error}", pytrace=False)
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def yaml_host() -> Path:
    """The folder of the host of programs in YAML."""
    return binary(build.YAML).parent


@pytest.fixture
def engine(pulumi_binary: Path, tmp_path: Path) -> Iterator[Engine]:
    """An engine with a backend of its own."""
    made = Engine(pulumi_binary, tmp_path)
    yield made
    made.close()
