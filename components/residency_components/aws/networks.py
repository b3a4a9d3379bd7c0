"""Security groups of Amazon VPC for what stands in a private network.

Fact: a group without rules lets nothing in; one that AWS makes by itself lets everything out until that rule is taken
away, and a group of the provider has none (pulumi-aws 7.51.1, ec2.SecurityGroup).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.errors import ArgumentFaultError
from residency_components.spots import Spot

HTTPS = 443
ZONES = 3
"""How many parts a private network of these components has."""


def own_group(
    name: str,
    why: str,
    spot: Spot,
    into: Sequence[int] = (),
    out_of: Sequence[int] = (),
) -> aws.ec2.SecurityGroup:
    """A security group whose every rule is between it and the network's own addresses.

    Args:
        name: of the group.
        why: what it is for, in words.
        spot: of an attached component: its arguments say network and block.
        into: TCP ports that the network may reach.
        out_of: TCP ports of the network that may be reached.
    """
    asked = spot.asked
    group = aws.ec2.SecurityGroup(
        name, description=why, vpc_id=asked["network_id"], tags=asked.tags, region=asked.region, opts=spot.child
    )
    for port in into:
        aws.vpc.SecurityGroupIngressRule(f"{name}in{port}", **_rule(group, port, asked), opts=spot.child)
    for port in out_of:
        aws.vpc.SecurityGroupEgressRule(f"{name}out{port}", **_rule(group, port, asked), opts=spot.child)
    return group


def each_subnet(asked: Asked) -> list[pulumi.Input[str]]:
    """The network's parts one by one; where they are not known yet, the three of a PrivateNetwork.

    An output that resolves to fewer raises an ``ArgumentFaultError`` then.
    """
    listed = asked["subnet_ids"]
    if isinstance(listed, list):
        return cast("list[pulumi.Input[str]]", listed)
    ids = cast("pulumi.Output[list[str]]", listed)
    return [ids.apply(lambda known, at=at: _one(known, at)) for at in range(ZONES)]


def _one(known: Sequence[str], at: int) -> str:
    if at < len(known):
        return known[at]
    raise ArgumentFaultError(
        f"`subnet_ids` has {len(known)} elements, and {ZONES} are needed",
        where="subnet_ids",
        help="pass the output of a PrivateNetwork, or a list",
    )


def _rule(group: aws.ec2.SecurityGroup, port: int, asked: Asked) -> dict[str, Any]:
    return {
        "security_group_id": group.id,
        "cidr_ipv4": asked["network_block"],
        "ip_protocol": "tcp",
        "from_port": port,
        "to_port": port,
        "tags": asked.tags,
        "region": asked.region,
    }
