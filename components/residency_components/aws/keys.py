"""Keys of AWS KMS that the components keep data under.

Facts: a key without a policy of its own has one that leaves all rights to the account's administration; a policy that a
service is to be named in must repeat that statement, or nobody can manage the key (AWS KMS Developer Guide, Default key
policy, https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html (unread), checked 2026-11-24).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi_aws as aws

from residency_components.spots import Spot

DELETION_DAYS = 30
"""How long a key that somebody deletes can still be restored; the longest that KMS allows."""


@dataclass(frozen=True)
class Owner:
    """Whose an ARN is: partition, region and account."""

    partition: str
    region: str
    account: str


Statements = Callable[[Owner], Sequence[dict[str, Any]]]
"""Gives statements of a policy, once it is known whose the key is."""


def owner_of(arn: str) -> Owner:
    """What an ARN with region and account says, so that a component need not ask the cloud for them."""
    _, partition, _, region, account, _ = arn.split(":", 5)
    return Owner(partition, region, account)


def own_key(name: str, spot: Spot) -> aws.kms.Key:
    """A key that can be used in one region only, renewed every year."""
    return aws.kms.Key(
        name,
        description=f"Encrypts {name}",
        enable_key_rotation=True,
        multi_region=False,
        deletion_window_in_days=DELETION_DAYS,
        tags=spot.asked.tags,
        region=spot.region,
        opts=spot.kept,
    )


def let_use(name: str, key: aws.kms.Key, spot: Spot, statements: Statements) -> aws.kms.KeyPolicy:
    """The policy of a key: the account's administration as without one, and further statements.

    Args:
        name: of the policy.
        key: whose policy it becomes; a key has one.
        spot: where the key stands.
        statements: gives the further statements, once the account is known.
    """

    def document(arn: str) -> str:
        owner = owner_of(arn)
        administration = {
            "Sid": "Administration",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:{owner.partition}:iam::{owner.account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [administration, *statements(owner)]})

    return aws.kms.KeyPolicy(name, key_id=key.id, policy=key.arn.apply(document), region=spot.region, opts=spot.child)


def for_auto_scaling(owner: Owner) -> Sequence[dict[str, Any]]:
    """What Auto Scaling needs to start machines whose disks are encrypted with a key.

    The role is named by a condition: as a principal it would have to exist already. Source: Amazon EC2 Auto Scaling
    User Guide, Required AWS KMS key policy for use with encrypted volumes
    (https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html, checked
    2026-11-24).
    """
    role = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
    caller = {
        "ArnEquals": {"aws:PrincipalArn": f"arn:{owner.partition}:iam::{owner.account}:{role}"},
        "StringEquals": {"kms:CallerAccount": owner.account},
    }
    using = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    return [
        {
            "Sid": "AutoScaling",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": using,
            "Resource": "*",
            "Condition": caller,
        },
        {
            "Sid": "AutoScalingDisks",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": "kms:CreateGrant",
            "Resource": "*",
            "Condition": {**caller, "Bool": {"kms:GrantIsForAWSResource": "true"}},
        },
    ]
