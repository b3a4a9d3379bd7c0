"""Rule RES111, `access-from-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES111",
    name="access-from-outside-perimeter",
    watches=PlacementKind.ACCESS,
    subject="access made by `{name}`",
    summary="The data could be reached from outside the perimeter",
    advice="allow access from inside `{perimeter}` only{example}",
)
