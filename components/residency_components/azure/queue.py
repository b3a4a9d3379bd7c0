"""A queue in Azure Service Bus.

Facts, checked 2026-11-24: a namespace is copied to another region only by `geo_data_replication` or an alias, and
takes an own key in the tier Premium only (pulumi-azure-native 3.29.0, servicebus.NamespaceArgs); a message that
failed too often goes to the sub-queue `$DeadLetterQueue`
(https://learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues (unread)).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.groups import own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.capabilities.queue import Queue

ATTEMPTS = 5
"""How often a message is taken before it goes to the queue for failures."""


class AzureQueue(Queue):
    """A queue of a Premium namespace of Service Bus, encrypted with a key of a vault in the same region.

    Nothing reaches it from a public network, and only identities may use it.
    """

    _cloud = "azure"
    _cost = "one messaging unit an hour, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        tier = azure.servicebus.SkuTier.PREMIUM
        namespace = azure.servicebus.Namespace(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            sku={"name": azure.servicebus.SkuName.PREMIUM, "tier": tier, "capacity": 1},
            zone_redundant=True,
            disable_local_auth=True,
            minimum_tls_version=azure.servicebus.TlsVersion.TLS_VERSION_1_2,
            public_network_access=azure.servicebus.PublicNetworkAccess.DISABLED,
            identity=lock.identity.id.apply(_acting_as),
            encryption={
                "key_source": azure.servicebus.KeySource.MICROSOFT_KEY_VAULT,
                "key_vault_properties": [
                    {
                        "key_name": lock.key.name,
                        "key_vault_uri": lock.vault.properties.vault_uri,
                        "identity": {"user_assigned_identity": lock.identity.id},
                    }
                ],
                "require_infrastructure_encryption": True,
            },
            tags=asked.tags,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
        )
        queue = azure.servicebus.Queue(
            name,
            resource_group_name=spot.group.name,
            namespace_name=namespace.name,
            queue_name=name,
            default_message_time_to_live=f"P{asked['keep_days']}D",
            dead_lettering_on_message_expiration=True,
            max_delivery_count=ATTEMPTS,
            opts=self._kept,
        )
        return {
            "queue_name": queue.name,
            "queue_id": queue.id,
            "failed_id": queue.id.apply(lambda known: f"{known}/$DeadLetterQueue"),
            "key_id": lock.key.id,
        }


def _acting_as(identity: str) -> azure.servicebus.IdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.servicebus.IdentityArgs(
        type=azure.servicebus.ManagedServiceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
