"""Private endpoints: addresses in a private network for what is outside it.

Facts, checked 2026-11-24: the private zone of each service
(https://learn.microsoft.com/azure/private-link/private-endpoint-dns (unread)); a network can be linked to one zone of
a name only (https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links (unread)), hence the network's
component makes them all, in its own group. A zone holds names and addresses, and no user data.
"""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.groups import Spot

ZONES = {
    "blob": "privatelink.blob.core.windows.net",
    "file": "privatelink.file.core.windows.net",
    "namespace": "privatelink.servicebus.windows.net",
    "postgresqlServer": "privatelink.postgres.database.azure.com",
    "queue": "privatelink.queue.core.windows.net",
    "registry": "privatelink.azurecr.io",
    "Sql": "privatelink.documents.azure.com",
    "vault": "privatelink.vaultcore.azure.net",
}
"""The private zone of each part of a service that an endpoint can be of."""
MACHINES, CONTAINERS, FUNCTIONS = range(3)
"""What each part of a private network is for: Azure gives some services a part of their own."""


def part_of(asked: Asked, at: int) -> pulumi.Output[str]:
    """The id of one of the network's parts."""
    ids: pulumi.Output[list[str]] = pulumi.Output.from_input(asked["subnet_ids"])
    return ids.apply(lambda known: known[min(at, len(known) - 1)])


def own_endpoint(name: str, spot: Spot, target: pulumi.Input[str], part: str) -> azure.network.PrivateEndpoint:
    """An address of the network for a resource, and its name there.

    Args:
        name: of the endpoint.
        spot: of an attached component: its arguments say the network.
        target: id of the resource.
        part: of the service: a key of ``ZONES``.
    """
    subnet: Any = {"id": part_of(spot.asked, MACHINES)}
    endpoint = azure.network.PrivateEndpoint(
        name,
        resource_group_name=spot.group.name,
        location=spot.region,
        subnet=subnet,
        private_link_service_connections=[
            {"name": name, "private_link_service_id": target, "group_ids": [part]},
        ],
        tags=spot.asked.tags,
        opts=spot.child,
    )
    network: pulumi.Output[str] = pulumi.Output.from_input(spot.asked["network_id"])
    azure.network.PrivateDnsZoneGroup(
        name,
        resource_group_name=spot.group.name,
        private_endpoint_name=endpoint.name,
        private_dns_zone_group_name="default",
        private_dns_zone_configs=[
            {"name": part, "private_dns_zone_id": network.apply(lambda known: _zone(known, ZONES[part]))}
        ],
        opts=spot.child,
    )
    return endpoint


def _zone(network: str, zone: str) -> str:
    """Id of a zone in the group of a network."""
    return f"{network.partition('/providers/')[0]}/providers/Microsoft.Network/privateDnsZones/{zone}"
