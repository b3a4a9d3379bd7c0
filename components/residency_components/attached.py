"""What a component is asked for that stands in a private network.

In:  the outputs of a ``PrivateNetwork``, as texts or as outputs.
Out: arguments that several interfaces share.
"""
# Annotations are values here, not text: see `component`.

import pulumi

from residency_components.arguments import given, needed, several
from residency_components.component import PlacedArgs


class AttachedArgs(PlacedArgs):
    """What every component in a private network is asked for."""

    network_id: pulumi.Input[str]
    """The cloud's id of the private network: `networkId` of a PrivateNetwork."""
    network_block: pulumi.Input[str]
    """The addresses of that network, from which it may be reached: `block` of a PrivateNetwork."""
    subnet_ids: pulumi.Input[list[pulumi.Input[str]]]
    """The cloud's ids of the network's parts, one a zone: `subnetIds` of a PrivateNetwork."""


ATTACHED = {
    "network_id": needed(given),
    "network_block": needed(given),
    "subnet_ids": needed(several(given)),
}
"""The arguments' checks."""

EXAMPLE = {
    "network_id": "the output networkId of a PrivateNetwork",
    "network_block": "the output block of it",
    "subnet_ids": ["the output subnetIds of it"],
}
"""How the docs show them."""
