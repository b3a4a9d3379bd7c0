"""A Kubernetes cluster in Google Kubernetes Engine.

Facts, each checked 2026-11-24:

- A cluster whose location is a region keeps its control plane in that region; its store of secrets is under an own key
  with `database_encryption`; nodes that a cluster is made with run as the project's default account unless
  `node_config` names another, and are in every zone, as `node_count` counts (pulumi-gcp 10.2.0, container.Cluster and
  container.NodePool).
- The control plane has its private address in the cluster's part of the network
  (https://docs.cloud.google.com/kubernetes-engine/docs/concepts/private-service-connect); pods have addresses of their
  own, beside those of the network, and where a network lets nothing out nodes must be let reach them
  (https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/issues/1126).
- Nodes need `roles/container.defaultNodeServiceAccount`, and for images of the project's registries the right to read
  them (https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts).
- Logs of nodes, pods and control plane go to Cloud Logging, metrics to Cloud Monitoring: see `logs` and `machines`.
"""
# Annotations are values here, not text: see `component`.

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.kubernetes_cluster import KubernetesCluster
from residency_components.gcp.keys import lend, own_key, project_of, waiting
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.gcp.logs import own_logs
from residency_components.gcp.machines import SHIELDED, SILENT, SIZES, logs_of_machines
from residency_components.gcp.networks import first_part
from residency_components.gcp.roles import may, own_account
from residency_components.spots import Spot

DISK_GIB = 100
"""Size of each node's disk: images and what pods write beside their volumes."""
LOGS = ("APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "SYSTEM_COMPONENTS", "WORKLOADS")
NODE_ROLES = ("roles/container.defaultNodeServiceAccount", "roles/artifactregistry.reader")
"""What a node needs, as Google keeps it, and to read the project's images."""
PODS = "/17"
"""How many addresses pods have: 256 for each of 128 nodes."""
ZONES = 3
"""In how many zones of its region a cluster has nodes."""


class GcpKubernetesCluster(KubernetesCluster):
    """A private regional GKE cluster with one pool of nodes; secrets, disks and logs are under a key of its region.

    There are as many nodes in each of three zones, so `nodes` is rounded up to a multiple of three. Logs go to a bucket
    of the region, with reports on the boots of all machines of the project there, and are kept from the global one.
    Monitoring is off: Google stores metrics in the region, but does not say where it works on them; who needs them runs
    a collector in the cluster. Volumes that pods ask for are under this key where their storage class names it. Pods
    act as identities of the project's own pool, and get no rights of the nodes.
    """

    _cloud = "gcp"
    _cost = "the cluster an hour, the nodes and their disks, what is logged, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        chosen = f'resource.labels.cluster_name="{name}" OR {logs_of_machines(spot.region, f"^gke-{name}-")}'
        logs = own_logs(name, spot, key, chosen)
        account = own_account(name, "node", f"Nodes of {name}", spot)
        ready = [
            *(lend(name, key, service, spot) for service in ("compute", "container")),
            *may(name, account, project_of(key), NODE_ROLES, spot),
            *logs.ready,
        ]
        cluster = self._cluster(name, spot, key, account, ready)
        reach = self._reach(name, asked, cluster, account)
        gcp.container.NodePool(
            name,
            name=name,
            cluster=cluster.id,
            location=spot.region,
            node_count=-(-asked["nodes"] // ZONES),
            management={"auto_repair": True, "auto_upgrade": True},
            network_config={"enable_private_nodes": True},
            node_config=_nodes(asked, key, account),
            opts=waiting(spot, reach),
        )
        return {
            "cluster_name": cluster.name,
            "cluster_id": cluster.id,
            "address": cluster.endpoint,
            "log_id": logs.id,
            "key_id": key.id,
        }

    def _cluster(
        self,
        name: str,
        spot: Spot,
        key: gcp.kms.CryptoKey,
        account: gcp.serviceaccount.Account,
        ready: Sequence[pulumi.Resource],
    ) -> gcp.container.Cluster:
        asked = spot.asked
        # The first pool lives for a minute: it is as safe as the other one, and what becomes of it later is no change.
        options = pulumi.ResourceOptions(depends_on=[*ready], ignore_changes=["nodeConfig"])
        return gcp.container.Cluster(
            name,
            name=name,
            location=spot.region,
            network=asked["network_id"],
            subnetwork=first_part(asked),
            networking_mode="VPC_NATIVE",
            ip_allocation_policy={"cluster_ipv4_cidr_block": PODS},
            datapath_provider="ADVANCED_DATAPATH",
            remove_default_node_pool=True,
            initial_node_count=1,
            node_config=_nodes(asked, key, account),
            private_cluster_config={"enable_private_nodes": True, "enable_private_endpoint": True},
            control_plane_endpoints_config={"dns_endpoint_config": {"allow_external_traffic": False}},
            master_authorized_networks_config={
                "cidr_blocks": [{"cidr_block": asked["network_block"], "display_name": "network"}],
                "gcp_public_cidrs_access_enabled": False,
            },
            database_encryption={"state": "ENCRYPTED", "key_name": key.id},
            workload_identity_config={"workload_pool": project_of(key).apply(lambda known: f"{known}.svc.id.goog")},
            logging_config={"enable_components": [*LOGS]},
            monitoring_config={
                "enable_components": [],
                "managed_prometheus": {"enabled": False},
                "advanced_datapath_observability_config": {"enable_metrics": False, "enable_relay": False},
            },
            # Its findings are kept by a service that has no regions.
            security_posture_config={"mode": "DISABLED", "vulnerability_mode": "VULNERABILITY_DISABLED"},
            enable_shielded_nodes=True,
            enable_legacy_abac=False,
            anonymous_authentication_config={"mode": "LIMITED"},
            master_auth={"client_certificate_config": {"issue_client_certificate": False}},
            release_channel={"channel": "REGULAR"},
            deletion_protection=True,
            resource_labels=labels(asked),
            opts=pulumi.ResourceOptions.merge(spot.kept, options),
        )

    def _reach(
        self,
        name: str,
        asked: Asked,
        cluster: gcp.container.Cluster,
        account: gcp.serviceaccount.Account,
    ) -> gcp.compute.Firewall:
        """Let nodes reach the cluster's pods, whose addresses Google chooses beside those of the network."""
        pods = cluster.ip_allocation_policy.apply(lambda known: known.cluster_ipv4_cidr_block or "")
        return gcp.compute.Firewall(
            name,
            name=f"{name}-pods",
            network=asked["network_id"],
            direction="EGRESS",
            priority=1000,
            destination_ranges=[pods],
            target_service_accounts=[account.email],
            allows=[{"protocol": "all"}],
            opts=self._child,
        )


def _nodes(asked: Asked, key: gcp.kms.CryptoKey, account: gcp.serviceaccount.Account) -> Any:  # noqa: ANN401 - as below
    """What each node is, of either pool; the SDK's own dictionary, checked where it is used."""
    return {
        "machine_type": SIZES[asked["size"]],
        "boot_disk_kms_key": key.id,
        "disk_size_gb": DISK_GIB,
        "disk_type": "pd-balanced",
        "service_account": account.email,
        # What a node may do is said by its account's rights.
        "oauth_scopes": ["https://www.googleapis.com/auth/cloud-platform"],
        "metadata": {"disable-legacy-endpoints": "true", **SILENT},
        "workload_metadata_config": {"mode": "GKE_METADATA"},
        "kubelet_config": {"insecure_kubelet_readonly_port_enabled": "FALSE"},
        "shielded_instance_config": SHIELDED,
        "labels": labels(asked),
        "resource_labels": labels(asked),
    }
