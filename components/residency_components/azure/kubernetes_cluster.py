"""A Kubernetes cluster in Azure Kubernetes Service.

Facts, checked 2026-11-24: with `userDefinedRouting` nodes have no address of their own to the outside and leave by
the route of their part of the network (https://learn.microsoft.com/azure/aks/egress-udr (unread)); nodes need to
reach Azure's registry by it (https://learn.microsoft.com/azure/aks/outbound-rules-control-egress (unread)); a disk
encryption set covers the disks of nodes and volumes (pulumi-azure-native 3.29.0,
containerservice.ManagedClusterArgs).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.disks import own_disk_key
from residency_components.azure.groups import Spot, allow, own_group
from residency_components.azure.keys import own_identity, own_lock, refuse_vault_outside
from residency_components.azure.logs import log_everything, own_workspace
from residency_components.azure.networks import MACHINES, part_of
from residency_components.capabilities.kubernetes_cluster import KubernetesCluster

DISK_GIB = 128
"""Size of each node's disk: images and what pods write beside their volumes."""
SIZES = {"small": "Standard_D2s_v5", "medium": "Standard_D4s_v5", "large": "Standard_D8s_v5"}
"""2, 4 and 8 processors with 8, 16 and 32 GiB."""
NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7"
"""May join the network. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/networking."""


class AzureKubernetesCluster(KubernetesCluster):
    """A private AKS cluster with nodes in three zones, in the first part of the network.

    Disks of nodes and volumes are under a key of a vault of the region; the cluster's own store is under Azure's.
    Logs of the control plane go to a workspace of the region. Nodes start only where the network's `egress` lets them
    reach Azure's registry. Only identities of Entra may use the API.
    """

    _cloud = "azure"
    _cost = "the cluster an hour, the nodes and their disks, what is logged, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        locked = own_disk_key(name, spot, lock)
        identity = own_identity(f"{name}run", spot)
        joins = allow(f"{name}join", asked["network_id"], identity, NETWORK_CONTRIBUTOR, spot)
        cluster = azure.containerservice.ManagedCluster(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            resource_name_=name,
            node_resource_group=f"{name}-nodes",
            dns_prefix=name,
            sku={
                "name": azure.containerservice.ManagedClusterSKUName.BASE,
                "tier": azure.containerservice.ManagedClusterSKUTier.STANDARD,
            },
            identity=identity.id.apply(_acting_as),
            enable_rbac=True,
            disable_local_accounts=True,
            aad_profile={"managed": True, "enable_azure_rbac": True},
            api_server_access_profile={
                "enable_private_cluster": True,
                "enable_private_cluster_public_fqdn": False,
                "disable_run_command": True,
                "private_dns_zone": "system",
            },
            agent_pool_profiles=[_nodes(spot)],
            disk_encryption_set_id=locked.id,
            network_profile={
                "network_plugin": azure.containerservice.NetworkPlugin.AZURE,
                "network_plugin_mode": azure.containerservice.NetworkPluginMode.OVERLAY,
                "network_policy": azure.containerservice.NetworkPolicy.AZURE,
                "outbound_type": azure.containerservice.OutboundType.USER_DEFINED_ROUTING,
                "load_balancer_sku": azure.containerservice.LoadBalancerSku.STANDARD,
            },
            auto_upgrade_profile={
                "upgrade_channel": azure.containerservice.UpgradeChannel.PATCH,
                "node_os_upgrade_channel": azure.containerservice.NodeOSUpgradeChannel.NODE_IMAGE,
            },
            oidc_issuer_profile={"enabled": True},
            security_profile={"workload_identity": {"enabled": True}},
            tags=asked.tags,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[joins])),
        )
        workspace = own_workspace(name, spot)
        log_everything(name, cluster.id, workspace, spot)
        return {
            "cluster_name": cluster.name,
            "cluster_id": cluster.id,
            "address": cluster.private_fqdn,
            "log_id": workspace.id,
            "key_id": lock.key.id,
        }


def _nodes(spot: Spot) -> Any:  # noqa: ANN401 - the SDK's own dictionary, checked where it is used
    asked = spot.asked
    return {
        "name": "nodes",
        "mode": azure.containerservice.AgentPoolMode.SYSTEM,
        "count": asked["nodes"],
        "vm_size": SIZES[asked["size"]],
        "availability_zones": ["1", "2", "3"],
        "os_type": azure.containerservice.OSType.LINUX,
        "os_disk_type": azure.containerservice.OSDiskType.MANAGED,
        "os_disk_size_gb": DISK_GIB,
        "enable_encryption_at_host": True,
        "enable_node_public_ip": False,
        "security_profile": {"enable_secure_boot": True, "enable_vtpm": True},
        "vnet_subnet_id": part_of(asked, MACHINES),
        "tags": asked.tags,
    }


def _acting_as(identity: str) -> azure.containerservice.ManagedClusterIdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.containerservice.ManagedClusterIdentityArgs(
        type=azure.containerservice.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
