"""A queue in Amazon SQS.

Facts: a message that was received as often as the redrive policy says goes to the queue for failures
(pulumi-aws 7.51.1, aws.sqs.QueueArgs.redrive_policy).
Every resource takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

import json
from typing import Any, Optional

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.capabilities.queue import Queue

ATTEMPTS = 5
"""How often a message is taken before it goes to the queue for failures."""
KEY_REUSE_SECONDS = 300
"""How long SQS uses one data key before it asks KMS again; the default of SQS."""


class AwsQueue(Queue):
    """An SQS queue with a queue for what failed, both encrypted with a KMS key of the same region."""

    _cloud = "aws"
    _cost = "requests, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        failed = self._queue(f"{name}failed", key, asked, None)
        queue = self._queue(name, key, asked, failed.arn.apply(_redrive))
        return {"queue_name": queue.name, "queue_id": queue.arn, "failed_id": failed.arn, "key_id": key.arn}

    def _queue(
        self,
        name: str,
        key: aws.kms.Key,
        asked: Asked,
        redrive: Optional[pulumi.Output[str]],
    ) -> aws.sqs.Queue:
        queue = aws.sqs.Queue(
            name,
            kms_master_key_id=key.arn,
            kms_data_key_reuse_period_seconds=KEY_REUSE_SECONDS,
            message_retention_seconds=asked["keep_days"] * 24 * 3600,
            redrive_policy=redrive,
            tags=asked.tags,
            region=asked.region,
            opts=self._kept,
        )
        aws.sqs.QueuePolicy(
            name, queue_url=queue.url, policy=queue.arn.apply(_only_tls), region=asked.region, opts=self._child
        )
        return queue


def _redrive(failed: str) -> str:
    return json.dumps({"deadLetterTargetArn": failed, "maxReceiveCount": ATTEMPTS})


def _only_tls(queue: str) -> str:
    """Denies plain HTTP."""
    statement = {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": queue,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
