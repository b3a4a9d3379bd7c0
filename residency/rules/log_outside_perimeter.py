"""Rule RES105, `log-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES105",
    name="log-outside-perimeter",
    watches=PlacementKind.LOG,
    subject="log of `{name}`",
    summary="Logs of the data would be kept outside the perimeter",
    advice="keep logs inside `{perimeter}`{example}",
)
