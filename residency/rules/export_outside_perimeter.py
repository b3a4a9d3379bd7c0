"""Rule RES103, `export-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES103",
    name="export-outside-perimeter",
    watches=PlacementKind.EXPORT,
    subject="export made by `{name}`",
    summary="Data would be exported to a place outside the perimeter",
    advice="export to a place inside `{perimeter}`{example}",
)
