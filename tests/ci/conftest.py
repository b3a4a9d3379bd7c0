"""What the tests of the CI pieces share: GitHub's API on this machine, and one temporary folder of a runner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ci import repositories
from tests.ci.github_api import Comments, served


@pytest.fixture
def comments() -> Iterator[Comments]:
    """A pull request without comments."""
    with served() as found:
        yield found


@pytest.fixture(scope="session")
def runner_temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's temporary folder; of the session, so that the engine is installed once."""
    return tmp_path_factory.mktemp("runner")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This repository as a user's tools fetch it, and its commit."""
    folder = tmp_path_factory.mktemp("published")
    return folder, repositories.published(folder)
