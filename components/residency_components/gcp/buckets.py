"""Buckets of Cloud Storage that the components keep data in.

Facts, from pulumi-gcp 10.2.0, storage.Bucket, checked 2026-11-24: a bucket whose location is a region is in that
region only; a retention policy that is locked can be made longer and never shorter or taken away.
"""

from __future__ import annotations

from typing import Any

import pulumi_gcp as gcp

from residency_components.gcp.keys import lend, waiting
from residency_components.gcp.labels import labels
from residency_components.spots import Spot

RESTORE_SECONDS = 30 * 24 * 3600
"""How long a deleted object can be restored."""


def own_bucket(name: str, spot: Spot, key: gcp.kms.CryptoKey, *, locked_days: int = 0) -> gcp.storage.Bucket:
    """A private, versioned and encrypted bucket of one region.

    Args:
        name: of the resource; Google adds to it, because buckets have names of their own in all the world.
        spot: where it stands.
        key: of the same region.
        locked_days: how long nobody can change or delete an object once it is written; 0 for no such policy.
    """
    permission = lend(name, key, "storage", spot)
    locked: Any = {"is_locked": True, "retention_period": str(locked_days * 24 * 3600)} if locked_days else None
    return gcp.storage.Bucket(
        name,
        location=spot.region.upper(),
        storage_class="STANDARD",
        force_destroy=False,
        uniform_bucket_level_access=True,
        public_access_prevention="enforced",
        encryption={"default_kms_key_name": key.id},
        # A bucket has either versions or a retention policy.
        versioning=None if locked_days else {"enabled": True},
        retention_policy=locked,
        soft_delete_policy={"retention_duration_seconds": RESTORE_SECONDS},
        labels=labels(spot.asked),
        opts=waiting(spot, permission),
    )
