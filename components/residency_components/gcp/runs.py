"""Services of Cloud Run, for containers that stay and for functions.

Facts, each checked 2026-11-24:

- A service is in its location; with `INGRESS_TRAFFIC_INTERNAL_ONLY` it is called from networks of its project only;
  `ALL_TRAFFIC` sends whatever it calls through the network's part; its image and its instances are under
  `encryption_key`; where `resources` says nothing of `cpu_idle`, processors work, and cost, between calls as well
  (pulumi-gcp 10.2.0, cloudrunv2.Service).
- Up to one request in ten seconds of each instance is traced, and a service has no setting for it
  (https://cloud.google.com/run/docs/trace). Traces are kept in a project's one bucket for them
  (https://docs.cloud.google.com/trace/docs/create-observability-buckets), which no single country of Europe has
  (https://docs.cloud.google.com/stackdriver/docs/observability/observability-bucket-locations).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
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


@dataclass(frozen=True)
class Parts:
    """What a service is made with: its key, the account that it acts as, and what must be there before it."""

    key: gcp.kms.CryptoKey
    account: gcp.serviceaccount.Account
    before: Sequence[pulumi.Resource]


def own_service(name: str, spot: Spot, parts: Parts, scale: Scale) -> gcp.cloudrunv2.Service:
    """A service that is called from the network only; where there may be none of it, it works during calls only."""
    asked = spot.asked
    processors, memory = SIZES[asked["size"]]
    variables: Any = [{"name": variable, "value": each} for variable, each in asked.environment.items()]
    return gcp.cloudrunv2.Service(
        name,
        name=name,
        location=spot.region,
        ingress="INGRESS_TRAFFIC_INTERNAL_ONLY",
        invoker_iam_disabled=False,
        deletion_protection=True,
        template={
            "service_account": parts.account.email,
            "encryption_key": parts.key.id,
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
                    "resources": {"limits": {"cpu": processors, "memory": memory}, "cpu_idle": scale.least == 0},
                    "envs": variables,
                }
            ],
            "labels": labels(asked),
        },
        labels=labels(asked),
        opts=waiting(spot, lend(name, parts.key, "run", spot), *parts.before),
    )


def logs_of(name: str, spot: Spot) -> str:
    """The filter of a service's logs."""
    where = f'resource.labels.location="{spot.region}"'
    return f'resource.type="cloud_run_revision" AND resource.labels.service_name="{name}" AND {where}'
