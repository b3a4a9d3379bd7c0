"""Rule RES110, `secret-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES110",
    name="secret-outside-perimeter",
    watches=PlacementKind.SECRET,
    subject="secret of `{name}`",
    summary="A secret that opens the data would be kept outside the perimeter",
    advice="keep the secret inside `{perimeter}`{example}",
)
