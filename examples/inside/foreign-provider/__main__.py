"""A bucket for exported reports, made through a provider for Ireland."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

# Certificates for CloudFront keep a provider of their own; data does not use it.
provider = aws.Provider("ireland", region="eu-west-1")
reports = aws.s3.Bucket(
    "reports",
    tags={"owner": "finance", "data-class": "personal"},
    opts=pulumi.ResourceOptions(provider=provider),
)
aws.s3.BucketPublicAccessBlock(
    "reports",
    bucket=reports.id,
    block_public_acls=True,
    block_public_policy=True,
    ignore_public_acls=True,
    restrict_public_buckets=True,
    opts=pulumi.ResourceOptions(provider=provider),
)

pulumi.export("reports", reports.bucket)
