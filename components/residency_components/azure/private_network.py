"""A private network in Azure.

Facts, checked 2026-11-24: the parts of a network span the zones of its region, and some services ask for a part of
their own that is delegated to them (https://learn.microsoft.com/azure/virtual-network/subnet-delegation-overview
(unread)); without `default_outbound_access = False` machines reach the internet by an address of Azure's
(pulumi-azure-native 3.29.0, network.SubnetArgs); Azure makes the watcher `NetworkWatcher_REGION` of a region by
itself, in the group `NetworkWatcherRG` (https://learn.microsoft.com/azure/network-watcher/network-watcher-create
(unread)); flow logs are written to a storage account of the same region (the same, vnet-flow-logs-overview).
"""
# Annotations are values here, not text: see `component`.

import ipaddress
from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.accounts import own_account
from residency_components.azure.groups import Spot, own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.azure.networks import ZONES
from residency_components.capabilities.private_network import PrivateNetwork

PARTS = {"machines": "", "containers": "Microsoft.App/environments", "functions": "Microsoft.Web/serverFarms"}
"""The parts of a network, and the service that each is delegated to."""
_ANY = "*"


class AzurePrivateNetwork(PrivateNetwork):
    """A virtual network with three parts: for machines, clusters and endpoints; for containers; and for functions.

    Each part spans the zones of the region. `egress` is the private address of a firewall or gateway; without it what
    leaves the network is dropped. Its flows are logged to a storage account of the same region, under a key there. The
    private zones of Azure's services are linked to it; they are global, and hold names and addresses only.
    """

    _cloud = "azure"
    _cost = "the flow logs and what they hold, the private zones, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        network = azure.network.VirtualNetwork(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            address_space={"address_prefixes": [asked["block"]]},
            encryption={
                "enabled": True,
                "enforcement": azure.network.VirtualNetworkEncryptionEnforcement.ALLOW_UNENCRYPTED,
            },
            tags=asked.tags,
            opts=self._kept,
        )
        subnets = self._parts(name, spot, network)
        for zone in sorted(ZONES.values()):
            self._zone(name, zone, spot, network)
        lock = own_lock(name, spot)
        logs = own_account(f"{name}flow", spot, lock)
        azure.network.FlowLog(
            name,
            resource_group_name="NetworkWatcherRG",
            network_watcher_name=f"NetworkWatcher_{asked.region}",
            location=asked.region,
            enabled=True,
            target_resource_id=network.id,
            storage_id=logs.id,
            retention_policy={"enabled": True, "days": asked["keep_days"]},
            format={"type": azure.network.FlowLogFormatType.JSON, "version": 2},
            tags=asked.tags,
            opts=self._child,
        )
        return {
            "network_id": network.id,
            "block": asked["block"],
            "subnet_ids": pulumi.Output.all(*(subnet.id for subnet in subnets)),
            "log_id": logs.id,
            "key_id": lock.key.id,
        }

    def _parts(self, name: str, spot: Spot, network: azure.network.VirtualNetwork) -> list[azure.network.Subnet]:
        """A quarter of the addresses for each part; the last quarter stays free."""
        routes = self._routes(name, spot)
        rules = self._rules(name, spot)
        blocks = ipaddress.IPv4Network(spot.asked["block"]).subnets(prefixlen_diff=2)
        made: list[azure.network.Subnet] = []
        for (part, service), block in zip(PARTS.items(), blocks, strict=False):
            subnet = azure.network.Subnet(
                f"{name}-{part}",
                resource_group_name=spot.group.name,
                virtual_network_name=network.name,
                subnet_name=part,
                address_prefix=str(block),
                default_outbound_access=False,
                delegations=[{"name": part, "service_name": service}] if service else [],
                network_security_group={"id": rules.id},
                route_table={"id": routes.id},
                private_endpoint_network_policies=azure.network.VirtualNetworkPrivateEndpointNetworkPolicies.ENABLED,
                # Azure changes one part of a network at a time.
                opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=made[-1:])),
            )
            made.append(subnet)
        return made

    def _routes(self, name: str, spot: Spot) -> azure.network.RouteTable:
        """What leaves the network goes to the gateway that the caller names, or is dropped."""
        egress = spot.asked["egress"]
        kinds = azure.network.RouteNextHopType
        out: dict[str, Any] = {"name": "out", "address_prefix": "0.0.0.0/0"}
        hop = (
            {"next_hop_type": kinds.NONE}
            if egress is None
            else {"next_hop_type": kinds.VIRTUAL_APPLIANCE, "next_hop_ip_address": egress}
        )
        routes: Any = [{**out, **hop}]
        return azure.network.RouteTable(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            disable_bgp_route_propagation=True,
            routes=routes,
            tags=spot.asked.tags,
            opts=self._child,
        )

    def _rules(self, name: str, spot: Spot) -> azure.network.NetworkSecurityGroup:
        """Nothing comes in from the internet; nothing goes there but through the gateway that the caller names."""
        inward, outward = azure.network.SecurityRuleDirection.INBOUND, azure.network.SecurityRuleDirection.OUTBOUND
        rules: Sequence[Any] = [_deny("no-way-in", inward, "Internet", _ANY)]
        if spot.asked["egress"] is None:
            rules = [*rules, _deny("no-way-out", outward, _ANY, "Internet")]
        return azure.network.NetworkSecurityGroup(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            security_rules=rules,
            tags=spot.asked.tags,
            opts=self._child,
        )

    def _zone(self, name: str, zone: str, spot: Spot, network: azure.network.VirtualNetwork) -> None:
        """A private zone, by which machines of the network find the endpoints of a service."""
        short = f"{name}-{zone.split('.')[1]}"
        made = azure.privatedns.PrivateZone(
            short,
            resource_group_name=spot.group.name,
            private_zone_name=zone,
            location="global",
            tags=spot.asked.tags,
            opts=self._child,
        )
        azure.privatedns.VirtualNetworkLink(
            short,
            resource_group_name=spot.group.name,
            private_zone_name=made.name,
            virtual_network_link_name=name,
            virtual_network={"id": network.id},
            registration_enabled=False,
            location="global",
            tags=spot.asked.tags,
            opts=self._child,
        )


def _deny(rule: str, direction: azure.network.SecurityRuleDirection, source: str, target: str) -> Any:  # noqa: ANN401
    return {
        "name": rule,
        "priority": 4000,
        "direction": direction,
        "access": azure.network.SecurityRuleAccess.DENY,
        "protocol": azure.network.SecurityRuleProtocol.ASTERISK,
        "source_address_prefix": source,
        "source_port_range": _ANY,
        "destination_address_prefix": target,
        "destination_port_range": _ANY,
    }
