"""The real engine and the real Checkov, for one stack in several languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkov.conftest import checkov
from tests.engine.conftest import engine, pulumi_binary

__all__ = ["checkov", "engine", "pulumi_binary"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The SDKs' own deprecations, raised by importing them, are not ours to mend."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))
