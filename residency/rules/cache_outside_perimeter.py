"""Rule RES106, `cache-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES106",
    name="cache-outside-perimeter",
    watches=PlacementKind.CACHE,
    subject="cached copy made by `{name}`",
    summary="A cache or edge network would hold the data outside the perimeter",
    advice="serve it without a cache outside `{perimeter}`{example}",
)
