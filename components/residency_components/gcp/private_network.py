"""A private network in VPC.

Facts, checked 2026-11-24: networks, firewalls and routes are global and hold no user data; a part of a network is of
one region (pulumi-gcp 10.2.0, compute.Network, compute.Subnetwork); Google's services answer at 199.36.153.4/30
inside a network, by `restricted.googleapis.com`, over the default internet gateway and without leaving Google
(https://cloud.google.com/vpc-service-controls/docs/private-connectivity).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.private_network import PrivateNetwork
from residency_components.gcp.keys import own_key
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.gcp.logs import own_logs
from residency_components.spots import Spot

RESTRICTED = "199.36.153.4/30"
RESTRICTED_ADDRESSES = ("199.36.153.4", "199.36.153.5", "199.36.153.6", "199.36.153.7")
DOMAINS = ("googleapis.com", "pkg.dev", "run.app")
"""What Google's services are called."""
SERVICES_PREFIX = 20
"""Of the addresses for databases and file shares, which Google chooses beside the network's own."""
_LAST = 65000
_FIRST = 1000


class GcpPrivateNetwork(PrivateNetwork):
    """A network with one part, which spans the zones of its region, and Google's services at addresses inside it.

    Databases and file shares that Google runs are joined to it, by private services access.

    `egress` is the address of an internal load balancer before a gateway; without it the network reaches itself and
    Google's services only. Its flows are logged to a bucket of the same region, and kept from the global one.
    """

    _cloud = "gcp"
    _cost = "what is logged, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        chosen = f'resource.type="gce_subnetwork" AND resource.labels.subnetwork_name="{name}"'
        logs = own_logs(name, spot, key, chosen, asked["keep_days"])
        network = gcp.compute.Network(
            name,
            name=name,
            auto_create_subnetworks=False,
            delete_default_routes_on_create=True,
            routing_mode="REGIONAL",
            opts=self._kept,
        )
        part = gcp.compute.Subnetwork(
            name,
            name=name,
            network=network.id,
            region=asked.region,
            ip_cidr_range=asked["block"],
            private_ip_google_access=True,
            stack_type="IPV4_ONLY",
            log_config={
                "aggregation_interval": "INTERVAL_1_MIN",
                "flow_sampling": 1.0,
                "metadata": "INCLUDE_ALL_METADATA",
            },
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[logs])),
        )
        services = self._services(name, asked, network)
        self._walls(name, asked, network, services)
        self._routes(name, asked, network)
        for domain in DOMAINS:
            self._names(name, domain, spot, network)
        return {
            "network_id": network.id,
            "block": asked["block"],
            "subnet_ids": pulumi.Output.all(part.id),
            "log_id": logs.id,
            "key_id": key.id,
        }

    def _services(self, name: str, asked: Asked, network: gcp.compute.Network) -> pulumi.Output[str]:
        """The addresses at which Google puts databases and file shares beside the network, joined to it."""
        addresses = gcp.compute.GlobalAddress(
            name,
            name=f"{name}-services",
            purpose="VPC_PEERING",
            address_type="INTERNAL",
            prefix_length=SERVICES_PREFIX,
            network=network.id,
            labels=labels(asked),
            opts=self._child,
        )
        gcp.servicenetworking.Connection(
            name,
            network=network.id,
            service="servicenetworking.googleapis.com",
            reserved_peering_ranges=[addresses.name],
            opts=self._child,
        )
        return addresses.address.apply(lambda first: f"{first}/{SERVICES_PREFIX}")

    def _walls(self, name: str, asked: Asked, network: gcp.compute.Network, services: pulumi.Output[str]) -> None:
        """Only the network itself comes in; only the network and Google's services are reached."""
        inside: list[pulumi.Input[str]] = [asked["block"]]
        gcp.compute.Firewall(
            f"{name}in",
            name=f"{name}-in",
            network=network.id,
            direction="INGRESS",
            priority=_FIRST,
            source_ranges=inside,
            allows=[{"protocol": "all"}],
            opts=self._child,
        )
        gcp.compute.Firewall(
            f"{name}out",
            name=f"{name}-out",
            network=network.id,
            direction="EGRESS",
            priority=_FIRST,
            destination_ranges=[*inside, RESTRICTED, services],
            allows=[{"protocol": "all"}],
            opts=self._child,
        )
        if asked["egress"] is None:
            gcp.compute.Firewall(
                f"{name}shut",
                name=f"{name}-shut",
                network=network.id,
                direction="EGRESS",
                priority=_LAST,
                destination_ranges=["0.0.0.0/0"],
                denies=[{"protocol": "all"}],
                opts=self._child,
            )

    def _routes(self, name: str, asked: Asked, network: gcp.compute.Network) -> None:
        """To Google's services, and to the gateway that the caller names."""
        gcp.compute.Route(
            name,
            name=name,
            network=network.id,
            dest_range=RESTRICTED,
            next_hop_gateway="default-internet-gateway",
            opts=self._child,
        )
        if asked["egress"] is not None:
            gcp.compute.Route(
                f"{name}out",
                name=f"{name}-out",
                network=network.id,
                dest_range="0.0.0.0/0",
                next_hop_ilb=asked["egress"],
                opts=self._child,
            )

    def _names(self, name: str, domain: str, spot: Spot, network: gcp.compute.Network) -> None:
        """A private zone in which every name of a domain is at the addresses inside."""
        short = f"{name}-{domain.replace('.', '-')}"
        zone = gcp.dns.ManagedZone(
            short,
            name=short,
            dns_name=f"{domain}.",
            description="Google's services, inside the network",
            visibility="private",
            private_visibility_config={"networks": [{"network_url": network.id}]},
            labels=labels(spot.asked),
            opts=self._child,
        )
        for each in (f"{domain}.", f"*.{domain}."):
            gcp.dns.RecordSet(
                f"{short}-{'all' if each.startswith('*') else 'own'}",
                managed_zone=zone.name,
                name=each,
                type="A",
                ttl=300,
                rrdatas=[*RESTRICTED_ADDRESSES],
                opts=self._child,
            )
