"""Log groups of Amazon CloudWatch that the components write to.

Facts, each checked 2026-11-24: a key is usable by CloudWatch Logs where its policy lets `logs.REGION.amazonaws.com`
use it with the log group's ARN as encryption context (Amazon CloudWatch Logs User Guide, Encrypt log data with KMS,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (unread)); the numbers of days that
a group can keep its events (pulumi-aws 7.51.1, cloudwatch.LogGroup.retention_in_days).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.aws.keys import Owner, Statements, let_use
from residency_components.aws.roles import allow
from residency_components.spots import Spot

RETENTIONS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""The numbers of days that CloudWatch Logs takes."""


DAYS = 90
"""How long the logs of a component are kept, in days, where nobody asks for another time."""


def at_least(days: int) -> int:
    """The shortest time that CloudWatch Logs takes and that is not shorter than a number of days."""
    return next(each for each in RETENTIONS if each >= days)


@dataclass(frozen=True)
class Groups:
    """Log groups to be made.

    Attributes:
        names: their own names, by the name of the resource.
        days: how long events are kept, in days; the next longer time that CloudWatch Logs takes.
    """

    names: Mapping[str, str]
    days: int = DAYS


def own_log_groups(
    name: str, spot: Spot, key: aws.kms.Key, groups: Groups, also: Statements | None = None
) -> dict[str, aws.cloudwatch.LogGroup]:
    """Log groups of one region under a key, which its policy lets CloudWatch Logs use for them only.

    Args:
        name: of the key's policy.
        spot: where they stand.
        key: of the same region. Its policy is made here, so it can have no other.
        groups: what to make.
        also: further statements of the key's policy.

    Returns:
        The groups by the name of the resource. Each waits for the key's policy.
    """

    def statements(owner: Owner) -> list[dict[str, Any]]:
        return [_logs(owner, [*groups.names.values()]), *(also(owner) if also else ())]

    policy = let_use(name, key, spot, statements)
    opts = pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=[policy]))
    return {
        each: aws.cloudwatch.LogGroup(
            each,
            name=own,
            kms_key_id=key.arn,
            retention_in_days=at_least(groups.days),
            skip_destroy=False,
            tags=spot.asked.tags,
            region=spot.region,
            opts=opts,
        )
        for each, own in groups.names.items()
    }


def writing(group: str) -> list[dict[str, Any]]:
    """What a role needs to write to the log group of an ARN."""
    return [allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{group}:*")]


def _logs(owner: Owner, names: Sequence[str]) -> dict[str, Any]:
    groups = [f"arn:{owner.partition}:logs:{owner.region}:{owner.account}:log-group:{each}" for each in names]
    return {
        "Sid": "Logs",
        "Effect": "Allow",
        "Principal": {"Service": f"logs.{owner.region}.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        "Resource": "*",
        "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": groups}},
    }
