"""Rule RES902, `reading-in-doubt`."""

from __future__ import annotations

from residency.rules.rule import Rule

RULE = Rule(
    id="RES902",
    name="reading-in-doubt",
    watches=None,
    subject="`{name}`",
    summary="The source was not read wholly, or rests on assumptions, so that nothing is proven about what is missing",
    advice="give a source that says everything",
)
