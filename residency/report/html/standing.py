"""How a verdict stands: its outcome, or accepted; with the sign that says it beside the colour.

In:  a verdict.
Out: one of four words, which the page's style sheet knows too.
"""

from __future__ import annotations

import enum

from residency.model import Verdict


class Standing(enum.Enum):
    """What the page says of a placement, the worst first."""

    OUTSIDE = "outside"
    UNDETERMINED = "undetermined"
    ACCEPTED = "accepted"
    INSIDE = "inside"

    @property
    def sign(self) -> str:
        """One character, so that the colour is never the only sign."""
        return {"outside": "✕", "undetermined": "?", "accepted": "≈", "inside": "✓"}[self.value]


def standing(verdict: Verdict) -> Standing:
    """Accepted is a standing of its own: neither proven inside nor to be acted on."""
    return Standing.ACCEPTED if verdict.exempt else Standing(verdict.outcome.value)
