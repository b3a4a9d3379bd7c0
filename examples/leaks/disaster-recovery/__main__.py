"""The document service of a records office: uploads, their index and a copy of the uploads for bad days."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

tags = {"owner": "records-office", "data-class": "personal"}

key = aws.kms.Key("documents", description="Encrypts uploaded documents", enable_key_rotation=True, tags=tags)
documents = aws.s3.Bucket("documents", tags=tags)
versioning = aws.s3.BucketVersioning("documents", bucket=documents.id, versioning_configuration={"status": "Enabled"})
aws.s3.BucketServerSideEncryptionConfiguration(
    "documents",
    bucket=documents.id,
    rules=[
        {
            "apply_server_side_encryption_by_default": {
                "sse_algorithm": "aws:kms",
                "kms_master_key_id": key.arn,
            },
            "bucket_key_enabled": True,
        }
    ],
)
aws.s3.BucketPublicAccessBlock(
    "documents",
    bucket=documents.id,
    block_public_acls=True,
    block_public_policy=True,
    ignore_public_acls=True,
    restrict_public_buckets=True,
)
index = aws.dynamodb.Table(
    "index",
    billing_mode="PAY_PER_REQUEST",
    hash_key="document",
    attributes=[{"name": "document", "type": "S"}],
    tags=tags,
)
intake = aws.sqs.Queue("intake", sqs_managed_sse_enabled=True, tags=tags)

# A copy far away, so that it survives the loss of a whole region.
far_away = pulumi.ResourceOptions(provider=aws.Provider("far-away", region="us-east-1"))
copy = aws.s3.Bucket("documents-dr", tags=tags, opts=far_away)
copy_versioning = aws.s3.BucketVersioning(
    "documents-dr", bucket=copy.id, versioning_configuration={"status": "Enabled"}, opts=far_away
)
role = aws.iam.Role(
    "replication",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    ),
)
aws.s3.BucketReplicationConfig(
    "documents-to-dr",
    bucket=documents.id,
    role=role.arn,
    rules=[{"id": "disaster-recovery", "status": "Enabled", "destination": {"bucket": copy.arn}}],
    opts=pulumi.ResourceOptions(depends_on=[versioning, copy_versioning]),
)

pulumi.export("documents", documents.bucket)
pulumi.export("index", index.name)
pulumi.export("intake", intake.url)
