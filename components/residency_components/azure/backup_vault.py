"""A backup vault in Azure Recovery Services. Facts: see `backups`."""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.backups import every_night, kept_for, own_vault, refuse_other_than_pair
from residency_components.azure.groups import own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.capabilities.backup_vault import BackupVault


class AzureBackupVault(BackupVault):
    """A Recovery Services vault in several zones of one region, and a nightly plan for virtual machines.

    Azure copies backups to the region's pair only: from Ireland to the Netherlands. A copy anywhere else is refused.
    What `planId` backs up is for each machine to say. Immutability is on and not locked: locking it cannot be undone.
    """

    _cloud = "azure"
    _cost = "what is kept, a copy of it, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)
        refuse_other_than_pair(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        vault = own_vault(f"{name}bak", spot, lock, copied=asked.copy_region is not None)
        plan = azure.recoveryservices.ProtectionPolicy(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            vault_name=vault.name,
            policy_name="nightly",
            properties=azure.recoveryservices.AzureIaaSVMProtectionPolicyArgs(
                backup_management_type="AzureIaasVM",
                policy_type=azure.recoveryservices.IAASVMPolicyType.V1,
                schedule_policy=every_night(),
                retention_policy=kept_for(asked["keep_days"]),
                time_zone="UTC",
            ),
            tags=asked.tags,
            opts=self._child,
        )
        return {
            "vault_name": vault.name,
            "vault_id": vault.id,
            "plan_id": plan.id,
            "key_id": lock.key.id,
            "copy_region": asked.copy_region,
            "copy_id": vault.id if asked.copy_region else None,
        }
