"""What Google Cloud answers in the tests of the components, and which of its types have no place of their own."""

from __future__ import annotations

from typing import Any

UNPLACED: frozenset[str] = frozenset()
"""Types that are part of a placed resource, or hold no data."""

CALLS: dict[str, dict[str, Any]] = {}
"""What a function that only reads answers, by its token."""


def outputs(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a created resource that components read, besides its inputs."""
    del type_, name, inputs
    return {}
