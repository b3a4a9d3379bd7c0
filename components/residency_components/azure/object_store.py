"""An object store in Azure Storage.

Facts, each checked 2026-11-23:

- `Standard_ZRS` keeps every copy in zones of the account's own region; Norway East and North Europe have it
  (https://learn.microsoft.com/azure/storage/common/redundancy-regions-zrs). `Standard_GRS` and `Standard_GZRS` send a
  second copy to the region's pair, which nobody can choose: from Ireland that is the Netherlands
  (https://learn.microsoft.com/azure/reliability/regions-list). Hence zones, and object replication for a copy.
- Object replication needs versioning on both accounts and the change feed on the source
  (https://learn.microsoft.com/azure/storage/blobs/object-replication-overview). The policy is made on the copy first,
  as `default`; the source takes its id and its rule's id (pulumi-azure-native 3.29.0, storage.ObjectReplicationPolicy).
- An account may use a key of a vault in another region; without a key version it follows the newest
  (https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview). Queues and tables are under the key
  only if the account is made so (same page).
"""
# Annotations are values here, not text: see `component`.

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.accounts import own_account
from residency_components.azure.groups import own_group
from residency_components.azure.keys import Lock, own_lock, region_of_lock
from residency_components.capabilities.object_store import ObjectStore
from residency_components.regions import pair_outside

CONTAINER = "objects"
"""The container that holds the objects, of the store and of its copy."""
RESTORE_DAYS = 30
"""How long a deleted object, version or container can be restored."""


@dataclass(frozen=True)
class _Site:
    """One storage account in one region, with what it needs there."""

    group: azure.resources.ResourceGroup
    account: azure.storage.StorageAccount
    lock: Lock
    settings: azure.storage.BlobServiceProperties
    container: azure.storage.BlobContainer


class AzureObjectStore(ObjectStore):
    """A storage account in the country that was asked for, encrypted with a key of a vault in the same region.

    A copy is encrypted with a key of its own country. Where no vault may be in one of the two countries, because Azure
    would copy it out of the perimeter, both are under the key of the other.
    """

    _cloud = "azure"
    _cost = "what is stored with its older versions, requests, operations of the key, and a copy's transfer"

    def _refuse(self, asked: Asked) -> None:
        region_of_lock(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        first = asked.copy_region if region_of_lock(asked) != asked.region else None
        copy = self._site(f"{name}copy", first, asked, None) if first else None
        site = self._site(name, asked.region, asked, copy.lock if copy else None)
        if asked.copy_region:
            copy = copy or self._site(f"{name}copy", asked.copy_region, asked, self._shared(site, asked))
            self._connect(name, site, copy)
        return {
            "store_name": site.account.name,
            "store_id": site.account.id,
            "key_id": site.lock.key.id,
            "copy_region": asked.copy_region,
            "copy_name": copy.account.name if copy else None,
        }

    def _site(self, name: str, region: str, asked: Asked, lock: Optional[Lock]) -> _Site:
        """A private, versioned and encrypted account in a region, with a vault there unless a key is given."""
        spot = own_group(name, self._spot(asked, region))
        group = spot.group
        lock = lock or own_lock(name, spot)
        account = own_account(name, spot, lock)
        settings = azure.storage.BlobServiceProperties(
            name,
            resource_group_name=group.name,
            account_name=account.name,
            blob_services_name="default",
            is_versioning_enabled=True,
            change_feed={"enabled": True},
            delete_retention_policy={"enabled": True, "days": RESTORE_DAYS, "allow_permanent_delete": False},
            container_delete_retention_policy={"enabled": True, "days": RESTORE_DAYS},
            opts=self._child,
        )
        container = azure.storage.BlobContainer(
            name,
            resource_group_name=group.name,
            account_name=account.name,
            container_name=CONTAINER,
            public_access=azure.storage.PublicAccess.NONE,
            opts=self._kept,
        )
        return _Site(group=group, account=account, lock=lock, settings=settings, container=container)

    def _shared(self, site: _Site, asked: Asked) -> Optional[Lock]:
        """The store's own key, where no vault may be in the country of the copy."""
        return site.lock if asked.copy_region and pair_outside("azure", asked.copy_region, asked.perimeter) else None

    def _connect(self, name: str, source: _Site, copy: _Site) -> None:
        """The pair of policies that copy every object."""
        ready: Sequence[pulumi.Resource] = [source.settings, source.container, copy.settings, copy.container]
        arriving = azure.storage.ObjectReplicationPolicy(
            f"{name}copy",
            resource_group_name=copy.group.name,
            account_name=copy.account.name,
            object_replication_policy_id="default",
            source_account=source.account.id,
            destination_account=copy.account.id,
            rules=[_rule()],
            opts=pulumi.ResourceOptions(parent=self, depends_on=ready),
        )
        azure.storage.ObjectReplicationPolicy(
            name,
            resource_group_name=source.group.name,
            account_name=source.account.name,
            object_replication_policy_id=arriving.policy_id,
            source_account=source.account.id,
            destination_account=copy.account.id,
            rules=[_rule(arriving.rules.apply(_first_rule))],
            opts=self._child,
        )


def _rule(rule_id: Optional[pulumi.Input[Optional[str]]] = None) -> azure.storage.ObjectReplicationPolicyRuleArgs:
    """Every object of the container goes to the container of the same name; the cloud gives the id."""
    return azure.storage.ObjectReplicationPolicyRuleArgs(
        source_container=CONTAINER, destination_container=CONTAINER, rule_id=rule_id
    )


def _first_rule(rules: Optional[Sequence[Any]]) -> Optional[str]:
    """Id that the cloud gave to the only rule."""
    return rules[0].rule_id if rules else None
