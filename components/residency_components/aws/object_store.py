"""An object store in Amazon S3.

Facts: objects under KMS keys are replicated only where the rule selects them and names the copy's key, with the role's
permissions as below (Amazon S3 User Guide, Replicating encrypted objects,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html, checked 2026-11-23).
Every resource but IAM's takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.buckets import OwnBucket, own_bucket
from residency_components.aws.keys import own_key
from residency_components.capabilities.object_store import ObjectStore


class AwsObjectStore(ObjectStore):
    """An S3 bucket in the country that was asked for, encrypted with a KMS key of the same region."""

    _cloud = "aws"
    _cost = (
        "what is stored and each older version of it, requests, one key a region, and a copy's transfer between Regions"
    )

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        site = self._own(name, asked.region, asked)
        copy = self._copy(name, site, asked, asked.copy_region) if asked.copy_region else None
        return {
            "store_name": site.bucket.bucket,
            "store_id": site.bucket.arn,
            "key_id": site.key.arn,
            "copy_region": asked.copy_region,
            "copy_name": copy.bucket.bucket if copy else None,
        }

    def _own(self, name: str, region: str, asked: Asked) -> OwnBucket:
        """A bucket in a region, under a key of its own."""
        spot = self._spot(asked, region)
        return own_bucket(name, spot, own_key(name, spot))

    def _copy(self, name: str, source: OwnBucket, asked: Asked, region: str) -> OwnBucket:
        """A second bucket, and the rule that copies every object to it."""
        copy = self._own(f"{name}copy", region, asked)
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
