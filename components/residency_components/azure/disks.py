"""Managed disks under a key of one's own.

Fact: a disk takes the key of a disk encryption set of its own region, by the identity of that set
(pulumi-azure-native 3.29.0, compute.DiskEncryptionSetArgs; checked 2026-11-24).
"""

from __future__ import annotations

import pulumi
import pulumi_azure_native as azure

from residency_components.azure.groups import Spot
from residency_components.azure.keys import Lock


def own_disk_key(name: str, spot: Spot, lock: Lock) -> azure.compute.DiskEncryptionSet:
    """What disks of one region are encrypted with: the key of a lock, in its newest version."""
    return azure.compute.DiskEncryptionSet(
        name,
        resource_group_name=spot.group.name,
        location=spot.region,
        encryption_type=azure.compute.DiskEncryptionSetType.ENCRYPTION_AT_REST_WITH_CUSTOMER_KEY,
        active_key={"key_url": lock.key.key_uri_with_version, "source_vault": {"id": lock.vault.id}},
        identity=lock.identity.id.apply(_acting_as),
        rotation_to_latest_key_version_enabled=True,
        tags=spot.asked.tags,
        opts=pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
    )


def _acting_as(identity: str) -> azure.compute.EncryptionSetIdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.compute.EncryptionSetIdentityArgs(
        type=azure.compute.DiskEncryptionSetIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
