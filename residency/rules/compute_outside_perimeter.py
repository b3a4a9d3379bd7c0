"""Rule RES107, `compute-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES107",
    name="compute-outside-perimeter",
    watches=PlacementKind.COMPUTE,
    subject="processing by `{name}`",
    summary="The data would be processed outside the perimeter",
    advice="run it inside `{perimeter}`{example}",
)
