"""An object store in Amazon S3.

Facts: objects under KMS keys are replicated only where the rule selects them and names the copy's key, with the role's
permissions as below (Amazon S3 User Guide, Replicating encrypted objects,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html, checked 2026-11-23).
Every resource but IAM's takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.capabilities.object_store import ObjectStore


@dataclass(frozen=True)
class _Site:
    """One bucket in one region, with the key that encrypts it."""

    bucket: aws.s3.Bucket
    key: aws.kms.Key
    versioning: aws.s3.BucketVersioning


class AwsObjectStore(ObjectStore):
    """An S3 bucket in the country that was asked for, encrypted with a KMS key of the same region."""

    _cloud = "aws"
    _cost = (
        "what is stored and each older version of it, requests, one key a region, and a copy's transfer between Regions"
    )

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        site = self._site(name, asked.region, asked)
        copy = self._copy(name, site, asked, asked.copy_region) if asked.copy_region else None
        return {
            "store_name": site.bucket.bucket,
            "store_id": site.bucket.arn,
            "key_id": site.key.arn,
            "copy_region": asked.copy_region,
            "copy_name": copy.bucket.bucket if copy else None,
        }

    def _site(self, name: str, region: str, asked: Asked) -> _Site:
        """A private, versioned and encrypted bucket in a region."""
        key = own_key(name, region, asked, self._kept)
        bucket = aws.s3.Bucket(name, force_destroy=False, tags=asked.tags, region=region, opts=self._kept)
        versioning = aws.s3.BucketVersioning(
            name,
            bucket=bucket.bucket,
            versioning_configuration={"status": "Enabled"},
            region=region,
            opts=self._child,
        )
        self._encrypt(name, region, bucket, key)
        self._close(name, region, bucket, key)
        return _Site(bucket=bucket, key=key, versioning=versioning)

    def _encrypt(self, name: str, region: str, bucket: aws.s3.Bucket, key: aws.kms.Key) -> None:
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
            region=region,
            opts=self._child,
        )

    def _close(self, name: str, region: str, bucket: aws.s3.Bucket, key: aws.kms.Key) -> None:
        """No public access, no access lists, no plain HTTP, no other key."""
        aws.s3.BucketPublicAccessBlock(
            name,
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            region=region,
            opts=self._child,
        )
        aws.s3.BucketOwnershipControls(
            name,
            bucket=bucket.bucket,
            rule={"object_ownership": "BucketOwnerEnforced"},
            region=region,
            opts=self._child,
        )
        aws.s3.BucketPolicy(
            name,
            bucket=bucket.bucket,
            policy=pulumi.Output.all(bucket.arn, key.arn).apply(_bucket_policy),
            region=region,
            opts=self._child,
        )

    def _copy(self, name: str, source: _Site, asked: Asked, region: str) -> _Site:
        """A second bucket, and the rule that copies every object to it."""
        copy = self._site(f"{name}copy", region, asked)
        role = aws.iam.Role(
            f"{name}copy",
            description=f"Copies the store {name}",
            assume_role_policy=json.dumps(_TRUST),
            tags=asked.tags,
            opts=self._child,
        )
        permissions = aws.iam.RolePolicy(
            f"{name}copy",
            role=role.name,
            policy=pulumi.Output.all(source.bucket.arn, source.key.arn, copy.bucket.arn, copy.key.arn).apply(_copying),
            opts=self._child,
        )
        aws.s3.BucketReplicationConfig(
            f"{name}copy",
            bucket=source.bucket.bucket,
            role=role.arn,
            rules=[
                {
                    "id": "all",
                    "status": "Enabled",
                    "priority": 1,
                    "filter": {"prefix": ""},
                    "delete_marker_replication": {"status": "Disabled"},
                    "source_selection_criteria": {"sse_kms_encrypted_objects": {"status": "Enabled"}},
                    "destination": {
                        "bucket": copy.bucket.arn,
                        "encryption_configuration": {"replica_kms_key_id": copy.key.arn},
                    },
                }
            ],
            region=asked.region,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[source.versioning, copy.versioning, permissions]),
        )
        return copy


_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def _bucket_policy(arns: list[str]) -> str:
    """Denies plain HTTP, old TLS, and writing under any key but the bucket's own."""
    bucket, key = arns
    everything = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [bucket, f"{bucket}/*"]}
    writing = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"{bucket}/*"}
    header = "s3:x-amz-server-side-encryption"
    statements: list[dict[str, Any]] = [
        {"Sid": "OnlyTls", **everything, "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Sid": "OnlyNewTls", **everything, "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
        {"Sid": "OnlyKms", **writing, "Condition": {"StringNotEqualsIfExists": {header: "aws:kms"}}},
        {"Sid": "OnlyOwnKey", **writing, "Condition": {"StringNotEqualsIfExists": {f"{header}-aws-kms-key-id": key}}},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _copying(arns: list[str]) -> str:
    """What the role may do: read and decrypt the source, write and encrypt the copy."""
    source, source_key, copy, copy_key = arns
    read = [f"s3:GetObjectVersion{part}" for part in ("ForReplication", "Acl", "Tagging")]
    statements: list[dict[str, Any]] = [
        {"Effect": "Allow", "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"], "Resource": source},
        {"Effect": "Allow", "Action": read, "Resource": f"{source}/*"},
        {"Effect": "Allow", "Action": ["s3:ReplicateObject", "s3:ReplicateTags"], "Resource": f"{copy}/*"},
        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": source_key},
        {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": copy_key},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
