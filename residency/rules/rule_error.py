"""Rule RES901, `rule-error`."""

from __future__ import annotations

from residency.rules.rule import Rule

RULE = Rule(
    id="RES901",
    name="rule-error",
    watches=None,
    subject="`{name}`",
    summary="A rule or the catalogue failed on a resource, so that nothing is proven about it",
    advice="report it with the resource's type and properties",
)
