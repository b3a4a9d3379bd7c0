"""The `checkov` fixture: an environment with the real Checkov, or a skip that says why; an error in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.checkov import environment
from tests.checkov.environment import Checkov


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.checkov)


@pytest.fixture(scope="session")
def checkov() -> Checkov:
    """The environment to run Checkov in."""
    try:
        return environment.make()
    except environment.NoCheckovError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"the Checkov tests must run in CI: {error}", pytrace=False)
        pytest.skip(str(error))
