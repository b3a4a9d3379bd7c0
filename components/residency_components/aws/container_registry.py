"""A registry in Amazon ECR.

Facts: the kind and key of encryption cannot be changed later (pulumi-aws 7.51.1, aws.ecr.RepositoryArgs).
Every resource takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.capabilities.container_registry import ContainerRegistry


class AwsContainerRegistry(ContainerRegistry):
    """An ECR repository, encrypted with a KMS key of the same region, whose tags never change."""

    _cloud = "aws"
    _cost = "what is stored, what is pulled from elsewhere, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        registry = aws.ecr.Repository(
            name,
            encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}],
            image_scanning_configuration={"scan_on_push": True},
            image_tag_mutability="IMMUTABLE",
            force_delete=False,
            tags=asked.tags,
            region=asked.region,
            opts=self._kept,
        )
        return {
            "registry_name": registry.name,
            "registry_id": registry.arn,
            "address": registry.repository_url,
            "key_id": key.arn,
        }
