"""A file share in Azure Files.

Facts, checked 2026-11-24: backups of shares need SMB
(https://learn.microsoft.com/azure/backup/azure-file-share-support-matrix); a vault backs up a share through a
container of the account (pulumi-azure-native 3.29.0, recoveryservices.ProtectionContainer,
recoveryservices.ProtectedItem); snapshots of a share stay in its account.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.accounts import own_account
from residency_components.azure.backups import every_night, kept_for, own_vault
from residency_components.azure.groups import Spot, own_group
from residency_components.azure.keys import Lock, own_lock, refuse_vault_outside
from residency_components.azure.networks import own_endpoint
from residency_components.capabilities.file_share import FileShare


class AzureFileShare(FileShare):
    """A share of a Premium storage account in several zones, encrypted with a key of a vault in the same region.

    It is mounted by SMB at a private endpoint in the first part of the network, as an identity of Entra and never with
    the account's key. A Recovery Services vault of the region keeps a snapshot a day.
    """

    _cloud = "azure"
    _cost = "the size of the share, its snapshots, the endpoint, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        account = own_account(name, spot, lock, files=True)
        share = azure.storage.FileShare(
            name,
            resource_group_name=spot.group.name,
            account_name=account.name,
            share_name=name,
            enabled_protocols=azure.storage.EnabledProtocols.SMB,
            share_quota=asked["size_gib"],
            opts=self._kept,
        )
        own_endpoint(name, spot, account.id, "file")
        self._back_up(name, spot, lock, account, share)
        return {
            "share_id": share.id,
            "address": account.name.apply(lambda known: f"{known}.file.core.windows.net"),
            "key_id": lock.key.id,
        }

    def _back_up(
        self,
        name: str,
        spot: Spot,
        lock: Lock,
        account: azure.storage.StorageAccount,
        share: azure.storage.FileShare,
    ) -> None:
        vault = own_vault(f"{name}bak", spot, lock)
        policy = azure.recoveryservices.ProtectionPolicy(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            vault_name=vault.name,
            policy_name="nightly",
            properties=azure.recoveryservices.AzureFileShareProtectionPolicyArgs(
                backup_management_type="AzureStorage",
                work_load_type=azure.recoveryservices.WorkloadType.AZURE_FILE_SHARE,
                schedule_policy=every_night(),
                retention_policy=kept_for(spot.asked["keep_days"]),
                time_zone="UTC",
            ),
            tags=spot.asked.tags,
            opts=spot.child,
        )
        called = pulumi.Output.all(spot.group.name, account.name)
        container = azure.recoveryservices.ProtectionContainer(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            vault_name=vault.name,
            fabric_name="Azure",
            container_name=called.apply(lambda known: f"StorageContainer;Storage;{known[0]};{known[1]}"),
            properties=azure.recoveryservices.AzureStorageContainerArgs(
                container_type="StorageContainer",
                backup_management_type=azure.recoveryservices.BackupManagementType.AZURE_STORAGE,
                source_resource_id=account.id,
            ),
            tags=spot.asked.tags,
            opts=spot.child,
        )
        azure.recoveryservices.ProtectedItem(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            vault_name=vault.name,
            fabric_name="Azure",
            container_name=container.name,
            protected_item_name=share.name.apply(lambda known: f"AzureFileShare;{known}"),
            properties=azure.recoveryservices.AzureFileshareProtectedItemArgs(
                protected_item_type="AzureFileShareProtectedItem",
                policy_id=policy.id,
                source_resource_id=account.id,
            ),
            tags=spot.asked.tags,
            opts=spot.child,
        )
