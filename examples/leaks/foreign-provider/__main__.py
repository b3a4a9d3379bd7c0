"""A bucket for exported reports, made through the provider that the certificates needed."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

# CloudFront takes certificates from us-east-1 only; the provider was at hand.
provider = aws.Provider("us", region="us-east-1")
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
