"""A table in Amazon DynamoDB.

Facts: a table with replicas needs a stream of new and old images, and each replica under an own key has one of its own
region (pulumi-aws 7.51.1, aws.dynamodb.TableArgs).
Every resource takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.capabilities.document_table import DocumentTable


class AwsDocumentTable(DocumentTable):
    """A DynamoDB table, encrypted with a KMS key of the same region; a copy is under a key of its own region."""

    _cloud = "aws"
    _cost = "requests, what is stored, 35 days of changes, one key a region, and a copy's writes and transfer"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        keys = [field for field in (asked["partition_key"], asked["sort_key"]) if field]
        copies = self._copies(name, asked, asked.copy_region) if asked.copy_region else None
        table = aws.dynamodb.Table(
            name,
            attributes=[{"name": field, "type": "S"} for field in keys],
            hash_key=asked["partition_key"],
            range_key=asked["sort_key"],
            billing_mode="PAY_PER_REQUEST",
            deletion_protection_enabled=True,
            point_in_time_recovery={"enabled": True},
            server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
            stream_enabled=bool(copies),
            stream_view_type="NEW_AND_OLD_IMAGES" if copies else None,
            replicas=copies,
            tags=asked.tags,
            region=asked.region,
            opts=self._kept,
        )
        return {
            "table_name": table.name,
            "table_id": table.arn,
            "key_id": key.arn,
            "copy_region": asked.copy_region,
        }

    def _copies(self, name: str, asked: Asked, region: str) -> list[aws.dynamodb.TableReplicaArgs]:
        key = own_key(f"{name}copy", self._spot(asked, region))
        return [
            aws.dynamodb.TableReplicaArgs(
                region_name=region,
                kms_key_arn=key.arn,
                point_in_time_recovery=True,
                deletion_protection_enabled=True,
                propagate_tags=True,
            )
        ]
