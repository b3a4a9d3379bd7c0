"""A secret in AWS Secrets Manager.

Facts: defaults and names are the SDK's own (pulumi-aws 7.51.1, aws.secretsmanager.SecretArgs).
Every resource takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.capabilities.secret import Secret

RESTORE_DAYS = 30
"""How long a deleted secret can be restored; the longest that Secrets Manager allows."""


class AwsSecret(Secret):
    """A secret, encrypted with a KMS key of the same region; a copy is under a key of its own region."""

    _cloud = "aws"
    _cost = "the secret and its copy a month, requests, and one key a region"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        copies = self._copies(name, asked, asked.copy_region) if asked.copy_region else None
        secret = aws.secretsmanager.Secret(
            name,
            kms_key_id=key.arn,
            recovery_window_in_days=RESTORE_DAYS,
            replicas=copies,
            tags=asked.tags,
            region=asked.region,
            opts=self._kept,
        )
        aws.secretsmanager.SecretVersion(
            name, secret_id=secret.id, secret_string=asked["value"], region=asked.region, opts=self._child
        )
        return {"secret_id": secret.arn, "key_id": key.arn, "copy_region": asked.copy_region}

    def _copies(self, name: str, asked: Asked, region: str) -> list[aws.secretsmanager.SecretReplicaArgs]:
        key = own_key(f"{name}copy", self._spot(asked, region))
        return [aws.secretsmanager.SecretReplicaArgs(region=region, kms_key_id=key.arn)]
