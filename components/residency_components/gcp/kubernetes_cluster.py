"""A Kubernetes cluster in Google Kubernetes Engine.

Facts, from pulumi-gcp 10.2.0, container.Cluster and container.NodePool, checked 2026-11-24: a cluster whose location
is a region keeps its control plane in that region; its store of secrets is under an own key with
`database_encryption`; logs of nodes, pods and control plane go to Cloud Logging (see `logs`); metrics go to Cloud
Monitoring, which has no locations.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.kubernetes_cluster import KubernetesCluster
from residency_components.gcp.keys import lend, own_key
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.gcp.logs import own_logs
from residency_components.gcp.machine_group import SIZES
from residency_components.gcp.networks import first_part
from residency_components.spots import Spot

DISK_GIB = 100
"""Size of each node's disk: images and what pods write beside their volumes."""
LOGS = ("APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "SYSTEM_COMPONENTS", "WORKLOADS")


class GcpKubernetesCluster(KubernetesCluster):
    """A private regional GKE cluster with one pool of nodes; secrets, disks and logs are under a key of its region.

    Its logs go to a bucket of the region, and are kept from the global one. Monitoring is off: Cloud Monitoring cannot
    keep metrics in a country; who needs them runs a collector in the cluster.
    """

    _cloud = "gcp"
    _cost = "the cluster an hour, the nodes and their disks, what is logged, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        permissions = [lend(name, key, service, spot) for service in ("compute", "container")]
        logs = own_logs(name, spot, key, f'resource.labels.cluster_name="{name}"')
        cluster = self._cluster(name, spot, key, [*permissions, logs])
        self._nodes(name, spot, key, cluster)
        return {
            "cluster_name": cluster.name,
            "cluster_id": cluster.id,
            "address": cluster.endpoint,
            "log_id": logs.id,
            "key_id": key.id,
        }

    def _cluster(
        self, name: str, spot: Spot, key: gcp.kms.CryptoKey, ready: list[pulumi.Resource]
    ) -> gcp.container.Cluster:
        asked = spot.asked
        return gcp.container.Cluster(
            name,
            name=name,
            location=spot.region,
            network=asked["network_id"],
            subnetwork=first_part(asked),
            networking_mode="VPC_NATIVE",
            datapath_provider="ADVANCED_DATAPATH",
            remove_default_node_pool=True,
            initial_node_count=1,
            # The first pool lives for a minute; its disks are under the key as well.
            node_config={"boot_disk_kms_key": key.id, "disk_size_gb": DISK_GIB},
            private_cluster_config={"enable_private_nodes": True, "enable_private_endpoint": True},
            master_authorized_networks_config={
                "cidr_blocks": [{"cidr_block": asked["network_block"], "display_name": "network"}]
            },
            database_encryption={"state": "ENCRYPTED", "key_name": key.id},
            logging_config={"enable_components": [*LOGS]},
            monitoring_config={"enable_components": [], "managed_prometheus": {"enabled": False}},
            enable_shielded_nodes=True,
            enable_legacy_abac=False,
            master_auth={"client_certificate_config": {"issue_client_certificate": False}},
            release_channel={"channel": "REGULAR"},
            deletion_protection=True,
            resource_labels=labels(asked),
            opts=pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=ready)),
        )

    def _nodes(self, name: str, spot: Spot, key: gcp.kms.CryptoKey, cluster: gcp.container.Cluster) -> None:
        asked = spot.asked
        account = gcp.serviceaccount.Account(
            name, account_id=f"{name}-node", display_name=f"Nodes of {name}", opts=spot.child
        )
        gcp.container.NodePool(
            name,
            name=name,
            cluster=cluster.id,
            location=spot.region,
            node_count=-(-asked["nodes"] // 3),
            management={"auto_repair": True, "auto_upgrade": True},
            network_config={"enable_private_nodes": True},
            node_config={
                "machine_type": SIZES[asked["size"]],
                "boot_disk_kms_key": key.id,
                "disk_size_gb": DISK_GIB,
                "disk_type": "pd-balanced",
                "service_account": account.email,
                "oauth_scopes": ["https://www.googleapis.com/auth/cloud-platform"],
                "metadata": {"disable-legacy-endpoints": "true"},
                "shielded_instance_config": {"enable_secure_boot": True, "enable_integrity_monitoring": True},
                "labels": labels(asked),
                "resource_labels": labels(asked),
            },
            opts=spot.kept,
        )
