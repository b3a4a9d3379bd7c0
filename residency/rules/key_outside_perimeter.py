"""Rule RES109, `key-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES109",
    name="key-outside-perimeter",
    watches=PlacementKind.KEY,
    subject="key of `{name}`",
    summary="A key that opens the data would be kept outside the perimeter",
    advice="keep the key inside `{perimeter}`{example}",
)
