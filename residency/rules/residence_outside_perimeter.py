"""Rule RES001, `residence-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES001",
    name="residence-outside-perimeter",
    watches=PlacementKind.RESIDENCE,
    subject="data of `{name}`",
    summary="A resource that can hold user data would be outside the perimeter",
    advice="place it inside `{perimeter}`{example}",
)
