"""A bucket for scanned letters in two places of the EEA."""

from __future__ import annotations

import pulumi
import pulumi_gcp as gcp

letters = gcp.storage.Bucket(
    "letters",
    location="EUR4",
    uniform_bucket_level_access=True,
    public_access_prevention="enforced",
    versioning={"enabled": True},
    force_destroy=False,
)

pulumi.export("letters", letters.url)
