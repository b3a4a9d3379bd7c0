"""Rule RES112, `network-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES112",
    name="network-outside-perimeter",
    watches=PlacementKind.NETWORK,
    subject="network path made by `{name}`",
    summary="A private network path would lead outside the perimeter",
    advice="join networks inside `{perimeter}` only{example}; or record the path as a [[transfer]]",
)
