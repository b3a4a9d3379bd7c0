"""Containers in Azure Container Apps.

Facts, checked 2026-11-24: an internal environment has an address in its part of the network only (pulumi-azure-native
3.29.0, app.VnetConfigurationArgs.internal); logs go to the workspace that a diagnostic setting names where the
destination is `azure-monitor` (https://learn.microsoft.com/azure/container-apps/log-options (unread)); an environment
takes no key of one's own: containers keep nothing.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.groups import Spot, own_group
from residency_components.azure.keys import own_identity
from residency_components.azure.logs import log_everything, own_workspace
from residency_components.azure.networks import CONTAINERS, part_of
from residency_components.capabilities.container_service import ContainerService

SIZES = {"small": (0.5, "1Gi"), "medium": (1.0, "2Gi"), "large": (2.0, "4Gi")}
"""Processors and memory."""


class AzureContainerService(ContainerService):
    """A container app in an internal environment over the region's zones, in the second part of the network.

    Its logs go to a workspace of the same region. Container Apps takes no key of one's own, and containers keep
    nothing: there is no `keyId`. Images come from a registry that lets `identityId` pull from it.
    """

    _cloud = "azure"
    _cost = "the processors and memory of what runs, and what is logged"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        workspace = own_workspace(name, spot)
        environment = azure.app.ManagedEnvironment(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            zone_redundant=True,
            public_network_access=azure.app.PublicNetworkAccess.DISABLED,
            vnet_configuration={"infrastructure_subnet_id": part_of(asked, CONTAINERS), "internal": True},
            app_logs_configuration={"destination": "azure-monitor"},
            workload_profiles=[{"name": "Consumption", "workload_profile_type": "Consumption"}],
            peer_authentication={"mtls": {"enabled": True}},
            peer_traffic_configuration={"encryption": {"enabled": True}},
            tags=asked.tags,
            opts=self._kept,
        )
        log_everything(name, environment.id, workspace, spot)
        identity = own_identity(name, spot)
        service = self._app(name, spot, environment, identity)
        return {
            "service_id": service.id,
            "identity_id": identity.id,
            "log_id": workspace.id,
            "key_id": None,
        }

    def _app(
        self,
        name: str,
        spot: Spot,
        environment: azure.app.ManagedEnvironment,
        identity: azure.managedidentity.UserAssignedIdentity,
    ) -> azure.app.ContainerApp:
        asked = spot.asked
        processors, memory = SIZES[asked["size"]]
        image: pulumi.Output[str] = pulumi.Output.from_input(asked["image"])
        return azure.app.ContainerApp(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            managed_environment_id=environment.id,
            workload_profile_name="Consumption",
            identity=identity.id.apply(_acting_as),
            configuration={
                "registries": [{"identity": identity.id, "server": image.apply(_registry)}],
                "active_revisions_mode": azure.app.ActiveRevisionsMode.SINGLE,
                "ingress": {
                    # An internal environment has no other outside than its network.
                    "external": True,
                    "allow_insecure": False,
                    "target_port": asked["port"],
                    "transport": azure.app.IngressTransportMethod.AUTO,
                    "ip_security_restrictions": [
                        {
                            "name": "network",
                            "action": azure.app.Action.ALLOW,
                            "ip_address_range": asked["network_block"],
                        }
                    ],
                },
            },
            template={
                "containers": [
                    {
                        "name": name,
                        "image": asked["image"],
                        "resources": {"cpu": processors, "memory": memory},
                        "env": [{"name": key, "value": each} for key, each in asked.environment.items()],
                    }
                ],
                "scale": {"min_replicas": asked["count"], "max_replicas": asked["count"]},
            },
            tags=asked.tags,
            opts=self._kept,
        )


def _registry(image: str) -> str:
    """The host of an image's registry."""
    return image.partition("/")[0]


def _acting_as(identity: str) -> azure.app.ManagedServiceIdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.app.ManagedServiceIdentityArgs(
        type=azure.app.ManagedServiceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
