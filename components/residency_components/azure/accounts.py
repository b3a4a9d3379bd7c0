"""Storage accounts that the components keep data in: private, zone-redundant, and under a key of their own.

Facts, from pulumi-azure-native 3.29.0, storage.StorageAccountArgs, checked 2026-11-24: the sku alone says whether an
account is copied to another region, and `_ZRS` is not; a policy of immutability can be made unlocked only, and
locking it is a step of its own that cannot be taken back.
"""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.azure.groups import Spot
from residency_components.azure.keys import Lock

BLOB_OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"
"""Storage Blob Data Owner. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage."""


def own_account(
    name: str, spot: Spot, lock: Lock, *, files: bool = False, immutable_days: int = 0
) -> azure.storage.StorageAccount:
    """A storage account that only identities reach, over TLS, and never from a public network.

    Args:
        name: of the account.
        spot: where it stands.
        lock: the key that encrypts it.
        files: whether it is for file shares on fast disks instead of objects.
        immutable_days: how long an object cannot be changed or deleted once it is written; 0 for no such policy.
    """
    return azure.storage.StorageAccount(
        name,
        resource_group_name=spot.group.name,
        location=spot.region,
        kind=azure.storage.Kind.FILE_STORAGE if files else azure.storage.Kind.STORAGE_V2,
        sku={"name": azure.storage.SkuName.PREMIUM_ZRS if files else azure.storage.SkuName.STANDARD_ZRS},
        access_tier=None if files else azure.storage.AccessTier.HOT,
        minimum_tls_version=azure.storage.MinimumTlsVersion.TLS1_2,
        enable_https_traffic_only=True,
        allow_blob_public_access=False,
        allow_shared_key_access=False,
        allow_cross_tenant_replication=False,
        public_network_access=azure.storage.PublicNetworkAccess.DISABLED,
        network_rule_set={
            "default_action": azure.storage.DefaultAction.DENY,
            "bypass": azure.storage.Bypass.AZURE_SERVICES,
        },
        azure_files_identity_based_authentication=_by_identity() if files else None,
        identity=lock.identity.id.apply(_acting_as),
        encryption={
            "key_source": azure.storage.KeySource.MICROSOFT_KEYVAULT,
            "key_vault_properties": {
                "key_name": lock.key.name,
                "key_vault_uri": lock.vault.properties.vault_uri,
            },
            "encryption_identity": {"encryption_user_assigned_identity": lock.identity.id},
            "services": _services(("blob", "file") if files else ("blob", "file", "queue", "table")),
        },
        immutable_storage_with_versioning=_immutable(immutable_days) if immutable_days else None,
        tags=spot.asked.tags,
        opts=pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
    )


def _acting_as(identity: str) -> azure.storage.IdentityArgs:
    """The account's identity, unknown as a whole until it exists.

    Going in it holds a list, coming out a map: where nothing answers for the provider, the SDK reads its own input back
    and fails on the list (pulumi 3.259.0, runtime/rpc.py, translate_output_properties).
    """
    return azure.storage.IdentityArgs(
        type=azure.storage.IdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )


def _services(names: tuple[str, ...]) -> Any:  # noqa: ANN401 - the SDK's own dictionaries, checked where they are used
    """All of an account under the account's key."""
    service = {"enabled": True, "key_type": azure.storage.KeyType.ACCOUNT}
    return {name: {**service} for name in names}


def _immutable(days: int) -> Any:  # noqa: ANN401 - as above
    return {
        "enabled": True,
        "immutability_policy": {
            "immutability_period_since_creation_in_days": days,
            "allow_protected_append_writes": True,
            "state": azure.storage.AccountImmutabilityPolicyState.UNLOCKED,
        },
    }


def _by_identity() -> Any:  # noqa: ANN401 - as above
    """Machines mount a share as the identity that they act as."""
    return {
        "directory_service_options": azure.storage.DirectoryServiceOptions.AADKERB,
        "default_share_permission": azure.storage.DefaultSharePermission.NONE,
    }
