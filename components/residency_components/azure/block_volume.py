"""A disk in Azure, with snapshots by Azure Backup.

Facts, checked 2026-11-24: `Premium_LRS` keeps a disk in one zone; snapshots of disks stay in the region, in the
resource group that the backup names (https://learn.microsoft.com/azure/backup/disk-backup-overview (unread)); what
the vault's identity needs: Disk Backup Reader on the disk and Disk Snapshot Contributor on that group (the same,
disk-backup-faq).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.disks import own_disk_key
from residency_components.azure.groups import Spot, allow, own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.capabilities.block_volume import BlockVolume

DISK_BACKUP_READER = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24"
DISK_SNAPSHOT_CONTRIBUTOR = "7efff54f-a5b4-42b5-a1c5-5411624893ce"
NIGHT = "R/2026-01-01T02:00:00+00:00/P1D"
"""When snapshots are taken: every day from a day in the past; UTC."""
_DISKS = "Microsoft.Compute/disks"


class AzureBlockVolume(BlockVolume):
    """A managed disk in the zone that was asked for, encrypted with a key of a vault in the same region.

    A backup vault takes a snapshot a day, which stays in the disk's own resource group and region.
    """

    _cloud = "azure"
    _cost = "the size of the disk, what changes between snapshots, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        locked = own_disk_key(name, spot, lock)
        disk = azure.compute.Disk(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            zones=[str(asked["zone"])],
            sku={"name": azure.compute.DiskStorageAccountTypes.PREMIUM_LRS},
            disk_size_gb=asked["size_gib"],
            creation_data={"create_option": azure.compute.DiskCreateOption.EMPTY},
            encryption={
                "type": azure.compute.EncryptionType.ENCRYPTION_AT_REST_WITH_CUSTOMER_KEY,
                "disk_encryption_set_id": locked.id,
            },
            network_access_policy=azure.compute.NetworkAccessPolicy.DENY_ALL,
            public_network_access=azure.compute.PublicNetworkAccess.DISABLED,
            tags=asked.tags,
            opts=self._kept,
        )
        self._snapshots(name, spot, disk)
        return {"volume_id": disk.id, "key_id": lock.key.id}

    def _snapshots(self, name: str, spot: Spot, disk: azure.compute.Disk) -> None:
        """One a day, kept beside the disk."""
        identity = azure.managedidentity.UserAssignedIdentity(
            f"{name}snap",
            resource_group_name=spot.group.name,
            location=spot.region,
            tags=spot.asked.tags,
            opts=spot.child,
        )
        rights = [
            allow(f"{name}read", disk.id, identity, DISK_BACKUP_READER, spot),
            allow(f"{name}snap", spot.group.id, identity, DISK_SNAPSHOT_CONTRIBUTOR, spot),
        ]
        vault = azure.dataprotection.BackupVault(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            identity=identity.id.apply(_acting_as),
            properties={
                "storage_settings": [
                    {
                        "datastore_type": azure.dataprotection.StorageSettingStoreTypes.OPERATIONAL_STORE,
                        "type": azure.dataprotection.StorageSettingTypes.LOCALLY_REDUNDANT,
                    }
                ],
                "security_settings": {
                    "soft_delete_settings": {
                        "state": azure.dataprotection.SoftDeleteState.ON,
                        "retention_duration_in_days": 14,
                    }
                },
            },
            tags=spot.asked.tags,
            opts=spot.kept,
        )
        policy = azure.dataprotection.BackupPolicy(
            name,
            resource_group_name=spot.group.name,
            vault_name=vault.name,
            properties=_daily(spot.asked["keep_days"]),
            opts=spot.child,
        )
        azure.dataprotection.BackupInstance(
            name,
            resource_group_name=spot.group.name,
            vault_name=vault.name,
            properties={
                "object_type": "BackupInstance",
                "friendly_name": name,
                "data_source_info": {
                    "object_type": "Datasource",
                    "datasource_type": _DISKS,
                    "resource_type": _DISKS,
                    "resource_id": disk.id,
                    "resource_uri": disk.id,
                    "resource_name": disk.name,
                    "resource_location": spot.region,
                },
                "identity_details": {
                    "use_system_assigned_identity": False,
                    "user_assigned_identity_arm_url": identity.id,
                },
                "policy_info": {
                    "policy_id": policy.id,
                    "policy_parameters": {
                        "data_store_parameters_list": [
                            {
                                "object_type": "AzureOperationalStoreParameters",
                                "data_store_type": azure.dataprotection.DataStoreTypes.OPERATIONAL_STORE,
                                "resource_group_id": spot.group.id,
                            }
                        ]
                    },
                },
            },
            tags=spot.asked.tags,
            opts=pulumi.ResourceOptions.merge(spot.child, pulumi.ResourceOptions(depends_on=rights)),
        )


def _acting_as(identity: str) -> azure.dataprotection.DppIdentityDetailsArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.dataprotection.DppIdentityDetailsArgs(type="UserAssigned", user_assigned_identities=[identity])


def _daily(days: int) -> azure.dataprotection.BackupPolicyArgs:
    """A snapshot every night, each kept for a number of days.

    Classes and no dictionaries: where Azure takes one of several kinds, the SDK sends a dictionary unchanged, under
    names that Azure does not know.
    """
    sdk = azure.dataprotection
    store = sdk.DataStoreInfoBaseArgs(
        data_store_type=sdk.DataStoreTypes.OPERATIONAL_STORE, object_type="DataStoreInfoBase"
    )
    taking = sdk.AzureBackupRuleArgs(
        object_type="AzureBackupRule",
        name="nightly",
        data_store=store,
        backup_parameters=sdk.AzureBackupParamsArgs(object_type="AzureBackupParams", backup_type="Incremental"),
        trigger=sdk.ScheduleBasedTriggerContextArgs(
            object_type="ScheduleBasedTriggerContext",
            schedule=sdk.BackupScheduleArgs(repeating_time_intervals=[NIGHT], time_zone="UTC"),
            tagging_criteria=[
                sdk.TaggingCriteriaArgs(
                    is_default=True,
                    tag_info=sdk.RetentionTagArgs(tag_name="Default"),
                    tagging_priority=99,
                )
            ],
        ),
    )
    keeping = sdk.AzureRetentionRuleArgs(
        object_type="AzureRetentionRule",
        name="Default",
        is_default=True,
        lifecycles=[
            sdk.SourceLifeCycleArgs(
                delete_after=sdk.AbsoluteDeleteOptionArgs(object_type="AbsoluteDeleteOption", duration=f"P{days}D"),
                source_data_store=store,
            )
        ],
    )
    return sdk.BackupPolicyArgs(object_type="BackupPolicy", datasource_types=[_DISKS], policy_rules=[taking, keeping])
