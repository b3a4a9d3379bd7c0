"""The `browser` fixture: one for all tests of the page, as starting it takes longer than any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.residency.report.html.browser import MISSING, find, launched


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window; without one the test is skipped, and fails in CI."""
    path = find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"the page must be tested in CI: {MISSING}", pytrace=False)
        pytest.skip(MISSING)
    with launched(path) as made:
        yield made
