"""A registry of container images in Azure Container Registry.

Facts, from pulumi-azure-native 3.29.0, containerregistry.RegistryArgs, checked 2026-11-24: a registry is copied to
another region only by a `Replication` of its own; its own key and private access need the tier Premium.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.groups import own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.capabilities.container_registry import ContainerRegistry


class AzureContainerRegistry(ContainerRegistry):
    """A Premium registry of one region, encrypted with a key of a vault there and reached by private endpoints only.

    Azure examines pushed images only where Defender for Containers is on for the subscription, which is not a
    component's to decide.
    """

    _cloud = "azure"
    _cost = "the registry a day, what it holds, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        off = azure.containerregistry.ExportPolicyStatus.DISABLED
        registry = azure.containerregistry.Registry(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            sku={"name": azure.containerregistry.SkuName.PREMIUM},
            zone_redundancy=azure.containerregistry.ZoneRedundancy.ENABLED,
            admin_user_enabled=False,
            anonymous_pull_enabled=False,
            data_endpoint_enabled=True,
            public_network_access=azure.containerregistry.PublicNetworkAccess.DISABLED,
            network_rule_bypass_options=azure.containerregistry.NetworkRuleBypassOptions.AZURE_SERVICES,
            policies={"export_policy": {"status": off}},
            identity=lock.identity.id.apply(_acting_as),
            encryption={
                "status": azure.containerregistry.EncryptionStatus.ENABLED,
                "key_vault_properties": {
                    "identity": lock.identity.client_id,
                    "key_identifier": lock.key.key_uri,
                },
            },
            tags=asked.tags,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
        )
        return {
            "registry_name": registry.name,
            "registry_id": registry.id,
            "address": registry.login_server.apply(lambda host: f"{host}/{name}"),
            "key_id": lock.key.id,
        }


def _acting_as(identity: str) -> azure.containerregistry.IdentityPropertiesArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.containerregistry.IdentityPropertiesArgs(
        type=azure.containerregistry.ResourceIdentityType.USER_ASSIGNED,
        user_assigned_identities={identity: azure.containerregistry.UserIdentityPropertiesArgs()},
    )
