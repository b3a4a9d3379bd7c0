"""What a rule is: an id that is never used again, a name that says the fault, and its words."""

from __future__ import annotations

import msgspec

from residency.model import PlacementKind


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule.

    Attributes:
        id: ``RES`` and three digits.
        name: the fault, so that "allow replica-outside-perimeter" reads well.
        watches: the kind of placement that it judges; None for faults of the check itself.
        subject: how a placement of that kind is called in a message, with ``{name}`` for the resource.
        summary: one sentence for lists.
        advice: how to mend it, with ``{perimeter}`` and ``{example}``.
        since: the version that brought it.
    """

    id: str
    name: str
    watches: PlacementKind | None
    subject: str
    summary: str
    advice: str
    since: str = "0.1"

    @property
    def stem(self) -> str:
        """File name of the rule, without its ending."""
        return self.name.replace("-", "_")
