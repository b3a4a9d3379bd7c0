"""Services of Cloud Run, for containers that stay and for functions.

Facts, from pulumi-gcp 10.2.0, cloudrunv2.Service, checked 2026-11-24: a service is in its location; with
`INGRESS_TRAFFIC_INTERNAL_ONLY` it is called from networks of its project only; `ALL_TRAFFIC` sends whatever it calls
through the network's part; its image and its instances are under `encryption_key`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi_gcp as gcp

from residency_components.gcp.keys import lend, waiting
from residency_components.gcp.labels import labels
from residency_components.gcp.networks import first_part
from residency_components.spots import Spot

SIZES = {"small": ("1", "1Gi"), "medium": ("2", "2Gi"), "large": ("4", "4Gi")}
"""Processors and memory."""


@dataclass(frozen=True)
class Scale:
    """How many instances there are, where they listen, and how long they may take for a call, in seconds."""

    least: int
    most: int
    port: int
    seconds: int


def own_service(
    name: str, spot: Spot, key: gcp.kms.CryptoKey, account: gcp.serviceaccount.Account, scale: Scale
) -> gcp.cloudrunv2.Service:
    """A service that is called from the network only."""
    asked = spot.asked
    processors, memory = SIZES[asked["size"]]
    variables: Any = [{"name": key, "value": each} for key, each in asked.environment.items()]
    return gcp.cloudrunv2.Service(
        name,
        name=name,
        location=spot.region,
        ingress="INGRESS_TRAFFIC_INTERNAL_ONLY",
        invoker_iam_disabled=False,
        deletion_protection=True,
        template={
            "service_account": account.email,
            "encryption_key": key.id,
            "execution_environment": "EXECUTION_ENVIRONMENT_GEN2",
            "timeout": f"{scale.seconds}s",
            "scaling": {"min_instance_count": scale.least, "max_instance_count": scale.most},
            "vpc_access": {
                "egress": "ALL_TRAFFIC",
                "network_interfaces": [{"network": asked["network_id"], "subnetwork": first_part(asked)}],
            },
            "containers": [
                {
                    "image": asked["image"],
                    "ports": {"container_port": scale.port},
                    "resources": {"limits": {"cpu": processors, "memory": memory}},
                    "envs": variables,
                }
            ],
            "labels": labels(asked),
        },
        labels=labels(asked),
        opts=waiting(spot, lend(name, key, "run", spot)),
    )


def own_account(name: str, why: str, spot: Spot) -> gcp.serviceaccount.Account:
    """A service account without rights."""
    return gcp.serviceaccount.Account(name, account_id=f"{name}-run", display_name=why, opts=spot.child)


def logs_of(name: str, spot: Spot) -> str:
    """The filter of a service's logs."""
    where = f'resource.labels.location="{spot.region}"'
    return f'resource.type="cloud_run_revision" AND resource.labels.service_name="{name}" AND {where}'
