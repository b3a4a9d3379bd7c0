"""Rule RES104, `stream-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES104",
    name="stream-outside-perimeter",
    watches=PlacementKind.STREAM,
    subject="stream made by `{name}`",
    summary="A stream would carry data outside the perimeter",
    advice="send the stream to a place inside `{perimeter}`{example}",
)
