"""A backup vault in AWS Backup. Facts: see `backups`."""
# Annotations are values here, not text: see `component`.

from typing import Any

from residency_components.ask import Asked
from residency_components.aws.backups import own_plan, own_selection, own_vault
from residency_components.aws.keys import own_key
from residency_components.capabilities.backup_vault import BackupVault


class AwsBackupVault(BackupVault):
    """A vault of AWS Backup and a nightly plan for whatever has the tag `backup` with the component's name.

    A copy is in a vault of its own region, under a key there. Both vaults are locked in governance mode: only who has
    the right to lift the lock can delete a backup before its time.
    """

    _cloud = "aws"
    _cost = "what is kept, what a copy transfers between Regions, and one key a region"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        days = asked["keep_days"]
        spot = self._spot(asked)
        key = own_key(name, spot)
        vault = own_vault(name, spot, key, days)
        copy = None
        if asked.copy_region:
            there = self._spot(asked, asked.copy_region)
            copy = own_vault(f"{name}copy", there, own_key(f"{name}copy", there), days)
        plan = own_plan(name, spot, vault, days, copy)
        own_selection(name, spot, plan, key)
        return {
            "vault_name": vault.name,
            "vault_id": vault.arn,
            "plan_id": plan.id,
            "key_id": key.arn,
            "copy_region": asked.copy_region,
            "copy_id": copy.arn if copy else None,
        }
