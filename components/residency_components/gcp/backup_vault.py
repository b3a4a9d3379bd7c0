"""A backup vault in Backup and DR.

Facts, from pulumi-gcp 10.2.0, backupdisasterrecovery.BackupVault and BackupPlan, checked 2026-11-24: a vault is in
its location only, and keeps every backup for at least its enforced retention; a plan fills one vault, and names no
other.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.backup_vault import BackupVault
from residency_components.gcp.copies import refuse_copy
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import labels, refuse_labels

_SECONDS = 24 * 3600


class GcpBackupVault(BackupVault):
    """A vault of Backup and DR in one region, under a key of the same region, and a nightly plan for machines.

    What `planId` backs up is for each machine to say. Nobody can delete a backup before its time. A copy in another
    country is refused: a plan fills one vault.
    """

    _cloud = "gcp"
    _cost = "what is kept, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)
        refuse_copy(asked, "backups: a plan fills one vault")

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        vault = gcp.backupdisasterrecovery.BackupVault(
            name,
            backup_vault_id=name,
            location=asked.region,
            backup_minimum_enforced_retention_duration=f"{asked['keep_days'] * _SECONDS}s",
            access_restriction="WITHIN_PROJECT",
            encryption_config={"kms_key_name": key.id},
            labels=labels(asked),
            opts=waiting(spot, lend(name, key, "backupdr", spot)),
        )
        plan = gcp.backupdisasterrecovery.BackupPlan(
            name,
            backup_plan_id=name,
            location=asked.region,
            backup_vault=vault.id,
            resource_type="compute.googleapis.com/Instance",
            backup_rules=[
                {
                    "rule_id": "nightly",
                    "backup_retention_days": asked["keep_days"],
                    "standard_schedule": {
                        "recurrence_type": "DAILY",
                        "time_zone": "UTC",
                        "backup_window": {"start_hour_of_day": 0, "end_hour_of_day": 6},
                    },
                }
            ],
            opts=self._child,
        )
        return {
            "vault_name": vault.backup_vault_id,
            "vault_id": vault.id,
            "plan_id": plan.id,
            "key_id": key.id,
            "copy_region": None,
            "copy_id": None,
        }
