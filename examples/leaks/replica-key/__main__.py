"""The key that encrypts case files, with a replica for the other region's services."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

key = aws.kms.Key(
    "case-files",
    description="Encrypts case files",
    enable_key_rotation=True,
    multi_region=True,
    deletion_window_in_days=30,
)
aws.kms.ReplicaKey(
    "case-files-replica",
    description="Replica of the key for case files",
    primary_key_arn=key.arn,
    deletion_window_in_days=30,
    region="us-east-1",
)

pulumi.export("key", key.arn)
