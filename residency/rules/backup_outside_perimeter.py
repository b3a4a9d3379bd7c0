"""Rule RES102, `backup-outside-perimeter`."""

from __future__ import annotations

from residency.model import PlacementKind
from residency.rules.rule import Rule

RULE = Rule(
    id="RES102",
    name="backup-outside-perimeter",
    watches=PlacementKind.BACKUP,
    subject="backup made by `{name}`",
    summary="A backup or snapshot of the data would be kept outside the perimeter",
    advice="keep backups inside `{perimeter}`{example}",
)
