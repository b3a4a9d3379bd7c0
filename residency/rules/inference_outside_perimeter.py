"""Rule RES108, `inference-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES108",
    name="inference-outside-perimeter",
    watches=PlacementKind.INFERENCE,
    subject="inference by `{name}`",
    summary="A model would process the data outside the perimeter",
    advice="use a model deployment or profile inside `{perimeter}`{example}",
)
