"""Rule RES101, `replica-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES101",
    name="replica-outside-perimeter",
    watches=PlacementKind.REPLICA,
    subject="replica made by `{name}`",
    summary="A copy of the data would live outside the perimeter",
    advice="choose a destination inside `{perimeter}`{example}",
)
