"""Recovery Services vaults that the components keep backups in.

Facts, checked 2026-11-24: a vault is copied to the region's pair where its redundancy is `GeoRedundant`, which is
what a new one has, and nowhere else (https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
(unread)); immutability that is not locked can be taken back
(https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (unread)).
"""

from __future__ import annotations

import pulumi
import pulumi_azure_native as azure

from residency.catalogue import places
from residency_components.ask import Asked
from residency_components.azure.groups import Spot
from residency_components.azure.keys import Lock
from residency_components.errors import CloudWithoutCountryError

NIGHT = "2026-01-01T02:00:00Z"
"""When backups are taken; Azure reads the time of day only, in UTC."""
RESTORE_DAYS = 14
"""How long a deleted backup can be restored."""


def own_vault(name: str, spot: Spot, lock: Lock, *, copied: bool = False) -> azure.recoveryservices.Vault:
    """A vault of one region, or of a region and its pair, that nobody reaches from a public network."""
    kinds = azure.recoveryservices.StandardTierStorageRedundancy
    restore = azure.recoveryservices.CrossRegionRestore
    return azure.recoveryservices.Vault(
        name,
        resource_group_name=spot.group.name,
        location=spot.region,
        sku={"name": azure.recoveryservices.SkuName.RS0, "tier": "Standard"},
        identity=lock.identity.id.apply(_acting_as),
        properties={
            "public_network_access": azure.recoveryservices.PublicNetworkAccess.DISABLED,
            "redundancy_settings": {
                "standard_tier_storage_redundancy": kinds.GEO_REDUNDANT if copied else kinds.ZONE_REDUNDANT,
                "cross_region_restore": restore.ENABLED if copied else restore.DISABLED,
            },
            "encryption": {
                "infrastructure_encryption": azure.recoveryservices.InfrastructureEncryptionState.ENABLED,
                "kek_identity": {
                    "use_system_assigned_identity": False,
                    "user_assigned_identity": lock.identity.id,
                },
                "key_vault_properties": {"key_uri": lock.key.key_uri},
            },
            "security_settings": {
                "immutability_settings": {"state": azure.recoveryservices.ImmutabilityState.UNLOCKED},
                "soft_delete_settings": {
                    "soft_delete_state": azure.recoveryservices.SoftDeleteState.ALWAYS_ON,
                    "soft_delete_retention_period_in_days": RESTORE_DAYS,
                },
            },
        },
        tags=spot.asked.tags,
        opts=pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
    )


def every_night() -> azure.recoveryservices.SimpleSchedulePolicyArgs:
    """The schedule of a policy."""
    return azure.recoveryservices.SimpleSchedulePolicyArgs(
        schedule_policy_type="SimpleSchedulePolicy",
        schedule_run_frequency=azure.recoveryservices.ScheduleRunType.DAILY,
        schedule_run_times=[NIGHT],
    )


def kept_for(days: int) -> azure.recoveryservices.LongTermRetentionPolicyArgs:
    """The retention of a policy: a number of days."""
    return azure.recoveryservices.LongTermRetentionPolicyArgs(
        retention_policy_type="LongTermRetentionPolicy",
        daily_schedule=azure.recoveryservices.DailyRetentionScheduleArgs(
            retention_times=[NIGHT],
            retention_duration=azure.recoveryservices.RetentionDurationArgs(
                count=days, duration_type=azure.recoveryservices.RetentionDurationType.DAYS
            ),
        ),
    )


def refuse_other_than_pair(asked: Asked) -> None:
    """Refuse a copy of backups in a country to which Azure does not copy them.

    Raises:
        CloudWithoutCountryError: the region's pair is not in that country; the help names the country that it is in.
    """
    place = places.find("azure", asked.region)
    pair = places.find("azure", place.paired) if place and place.paired else None
    if asked.copy_country is None or (pair and pair.code == asked.copy_region):
        return
    where = (
        f"`{pair.code}` ({', '.join(places.country_name(code) for code in pair.countries)})" if pair else "no region"
    )
    raise CloudWithoutCountryError(
        f"Azure copies backups of `{asked.region}` to {where} only, not to {places.country_name(asked.copy_country)}",
        where="replicate_to",
        help="leave out `replicate_to`: backups are kept in several zones; or choose another cloud",
    )


def _acting_as(identity: str) -> azure.recoveryservices.IdentityDataArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.recoveryservices.IdentityDataArgs(
        type=azure.recoveryservices.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
