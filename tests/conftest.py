"""Options of every test run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-snapshots`` writes what the tests compare with; the change is then read as a diff."""
    parser.addoption("--update-snapshots", action="store_true", help="write generated files instead of comparing them")


@pytest.fixture
def same_as_file(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a committed file, or write it there under ``--update-snapshots``."""
    update = bool(request.config.getoption("--update-snapshots"))

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        committed = path.read_text("utf-8") if path.is_file() else ""
        assert committed == text, f"{path.name} is out of date: run pytest with --update-snapshots and read the diff"

    return compare
