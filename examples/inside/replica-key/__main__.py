"""The key that encrypts case files, which never leaves its region."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

key = aws.kms.Key(
    "case-files",
    description="Encrypts case files",
    enable_key_rotation=True,
    multi_region=False,
    deletion_window_in_days=30,
)
aws.kms.Alias("case-files", name="alias/case-files", target_key_id=key.key_id)

pulumi.export("key", key.arn)
