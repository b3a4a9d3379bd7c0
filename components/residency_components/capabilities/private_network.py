"""A private network in three zones of one country, whose flows are logged there."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, block, given, needed, optional, preset, whole
from residency_components.component import Component, PlacedArgs


class PrivateNetworkArgs(PlacedArgs):
    """What a private network is asked for."""

    block: str
    """Its IPv4 addresses: a private block from /16 to /20, such as `10.20.0.0/16`."""
    egress: NotRequired[pulumi.Input[str]]
    """The only way out, when there is one: the id of a transit gateway in AWS,
    the private address of a gateway elsewhere. Without it nothing in the network reaches the internet."""
    keep_days: NotRequired[int]
    """How many days its flow logs are kept: 30 to 365. Without it: 90."""


class PrivateNetwork(Component[PrivateNetworkArgs]):
    """A private network in three zones of one country, whose flows are logged there.

    It has no way in from the internet, and none out unless the caller names one.
    """

    _example: ClassVar[Mapping[str, Any]] = {"block": "10.20.0.0/16"}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        "block": needed(block),
        "egress": optional(given),
        "keep_days": preset(whole(30, 365), 90, "an intrusion is often noticed after weeks"),
    }

    network_id: pulumi.Output[str]
    """The cloud's id of the network."""
    block: pulumi.Output[str]
    """Its addresses."""
    subnet_ids: pulumi.Output[list[str]]
    """The cloud's ids of its parts, one a zone."""
    log_id: pulumi.Output[str]
    """The cloud's id of where its flow logs are."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: PrivateNetworkArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
