"""Buckets of Amazon S3 that the components keep data in: private, versioned, encrypted, and over TLS only.

Facts, each checked 2026-11-23: a bucket's policy can deny what its owner's own roles ask (Amazon S3 User Guide, Bucket
policies); a bucket key saves calls to KMS (the same, Reducing the cost of SSE-KMS).
Every resource takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.spots import Spot


@dataclass(frozen=True)
class OwnBucket:
    """One bucket in one region, with the key that encrypts it."""

    bucket: aws.s3.Bucket
    key: aws.kms.Key
    versioning: aws.s3.BucketVersioning


def own_bucket(name: str, spot: Spot, key: aws.kms.Key, *, locked: bool = False) -> OwnBucket:
    """A private, versioned and encrypted bucket.

    Args:
        name: of the bucket and its parts.
        spot: where it stands.
        key: of the same region.
        locked: whether objects can be kept from deletion; that cannot be changed later.
    """
    bucket = aws.s3.Bucket(
        name,
        force_destroy=False,
        object_lock_enabled=True if locked else None,
        tags=spot.asked.tags,
        region=spot.region,
        opts=spot.kept,
    )
    versioning = aws.s3.BucketVersioning(
        name,
        bucket=bucket.bucket,
        versioning_configuration={"status": "Enabled"},
        region=spot.region,
        opts=spot.child,
    )
    _encrypt(name, spot, bucket, key)
    _close(name, spot, bucket, key)
    return OwnBucket(bucket=bucket, key=key, versioning=versioning)


def _encrypt(name: str, spot: Spot, bucket: aws.s3.Bucket, key: aws.kms.Key) -> None:
    aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        bucket=bucket.bucket,
        rules=[
            {
                "apply_server_side_encryption_by_default": {
                    "sse_algorithm": "aws:kms",
                    "kms_master_key_id": key.arn,
                },
                "bucket_key_enabled": True,
                "blocked_encryption_types": ["SSE-C"],
            }
        ],
        region=spot.region,
        opts=spot.child,
    )


def _close(name: str, spot: Spot, bucket: aws.s3.Bucket, key: aws.kms.Key) -> None:
    """No public access, no access lists, no plain HTTP, no other key."""
    aws.s3.BucketPublicAccessBlock(
        name,
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        region=spot.region,
        opts=spot.child,
    )
    aws.s3.BucketOwnershipControls(
        name,
        bucket=bucket.bucket,
        rule={"object_ownership": "BucketOwnerEnforced"},
        region=spot.region,
        opts=spot.child,
    )
    aws.s3.BucketPolicy(
        name,
        bucket=bucket.bucket,
        policy=pulumi.Output.all(bucket.arn, key.arn).apply(_bucket_policy),
        region=spot.region,
        opts=spot.child,
    )


def _bucket_policy(arns: list[str]) -> str:
    """Denies plain HTTP, old TLS, and writing under any key but the bucket's own."""
    bucket, key = arns
    everything = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [bucket, f"{bucket}/*"]}
    writing = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"{bucket}/*"}
    header = "s3:x-amz-server-side-encryption"
    statements: list[dict[str, Any]] = [
        {"Sid": "OnlyTls", **everything, "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Sid": "OnlyNewTls", **everything, "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
        {"Sid": "OnlyKms", **writing, "Condition": _other(header, "aws:kms")},
        {"Sid": "OnlyOwnKey", **writing, "Condition": _other(f"{header}-aws-kms-key-id", key)},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _other(header: str, value: str) -> dict[str, Any]:
    """A request that names another value. One that names none is written under the bucket's own key by default.

    The second condition is needed: where a header is missing, a comparison that is denied holds.
    """
    return {"StringNotEquals": {header: value}, "Null": {header: "false"}}
