"""A log archive: Amazon CloudWatch Logs to search in, Amazon S3 to keep in.

Facts, each checked 2026-11-24: a subscription filter hands every event of a log group to a stream of Firehose in the
same region (Amazon CloudWatch Logs User Guide, Subscription filters,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html (unread)); an object that is locked in
compliance mode is deleted by nobody before its time, the account's root included (Amazon S3 User Guide, Locking
objects, https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (unread)).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.buckets import OwnBucket, own_bucket
from residency_components.aws.keys import own_key, owner_of
from residency_components.aws.logs import Groups, own_log_groups
from residency_components.aws.roles import allow, may, own_role
from residency_components.capabilities.log_archive import LogArchive
from residency_components.spots import Spot


class AwsLogArchive(LogArchive):
    """A log group, and an S3 bucket to which Firehose hands every event of it, both under a KMS key of the same region.

    The bucket's objects are locked in compliance mode: until `archiveDays` have passed, nobody can delete them.
    """

    _cloud = "aws"
    _cost = "what is logged, handed over and kept, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        group = own_log_groups(name, spot, key, Groups({name: f"/residency/{name}"}, asked["search_days"]))[name]
        archive = own_bucket(name, spot, key, locked=True)
        lock = aws.s3.BucketObjectLockConfiguration(
            name,
            bucket=archive.bucket.bucket,
            object_lock_enabled="Enabled",
            rule={"default_retention": {"mode": "COMPLIANCE", "days": asked["archive_days"]}},
            region=asked.region,
            opts=pulumi.ResourceOptions.merge(self._child, pulumi.ResourceOptions(depends_on=[archive.versioning])),
        )
        self._hand_over(name, spot, group, archive, lock)
        return {
            "log_name": group.name,
            "log_id": group.arn,
            "archive_name": archive.bucket.bucket,
            "archive_id": archive.bucket.arn,
            "key_id": key.arn,
        }

    def _hand_over(
        self,
        name: str,
        spot: Spot,
        group: aws.cloudwatch.LogGroup,
        archive: OwnBucket,
        lock: aws.s3.BucketObjectLockConfiguration,
    ) -> None:
        """Every event of the group goes to the bucket; none before the lock, which does not reach back."""
        writer = own_role(
            f"{name}write",
            "firehose.amazonaws.com",
            f"Writes the archive {name}",
            spot,
        )
        arns = pulumi.Output.all(archive.bucket.arn, archive.key.arn)
        writing = may(f"{name}write", writer, arns.apply(_writing), spot)
        stream = aws.kinesis.FirehoseDeliveryStream(
            name,
            name=name,
            destination="extended_s3",
            server_side_encryption={
                "enabled": True,
                "key_type": "CUSTOMER_MANAGED_CMK",
                "key_arn": archive.key.arn,
            },
            extended_s3_configuration={
                "bucket_arn": archive.bucket.arn,
                "role_arn": writer.arn,
                "kms_key_arn": archive.key.arn,
                "cloudwatch_logging_options": {"enabled": False},
                "s3_backup_mode": "Disabled",
            },
            tags=spot.asked.tags,
            region=spot.region,
            opts=spot.child,
        )
        sender = own_role(
            f"{name}send",
            "logs.amazonaws.com",
            f"Hands the logs {name} to their archive",
            spot,
            archive.key.arn.apply(lambda arn: owner_of(arn).account),
        )
        sending = may(f"{name}send", sender, stream.arn.apply(_sending), spot)
        aws.cloudwatch.LogSubscriptionFilter(
            name,
            name=name,
            log_group=group.name,
            destination_arn=stream.arn,
            role_arn=sender.arn,
            filter_pattern="",
            region=spot.region,
            opts=pulumi.ResourceOptions.merge(spot.child, pulumi.ResourceOptions(depends_on=[lock, writing, sending])),
        )


def _writing(arns: list[str]) -> list[dict[str, Any]]:
    bucket, key = arns
    onto = ["s3:AbortMultipartUpload", "s3:PutObject"]
    about = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
    return [
        allow(about, bucket),
        allow(onto, f"{bucket}/*"),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], key),
    ]


def _sending(stream: str) -> list[dict[str, Any]]:
    return [allow(["firehose:PutRecord", "firehose:PutRecordBatch"], stream)]
