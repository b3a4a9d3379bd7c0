"""The `browser` fixture: one for all tests of the page, as starting it takes longer than any of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.residency.report.html.browser import launched


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with launched() as made:
        yield made
