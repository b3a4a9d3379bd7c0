"""How the components stand in a private network of Google Cloud.

Fact: a part of a network spans the zones of its region (pulumi-gcp 10.2.0, compute.Subnetwork; checked 2026-11-24),
hence a private network has one part here.
"""

from __future__ import annotations

import pulumi

from residency_components.ask import Asked


def first_part(asked: Asked) -> pulumi.Output[str]:
    """The id of the network's part."""
    ids: pulumi.Output[list[str]] = pulumi.Output.from_input(asked["subnet_ids"])
    return ids.apply(lambda known: known[0])
