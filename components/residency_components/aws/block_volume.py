"""A disk in Amazon EBS, with snapshots by the data lifecycle manager.

Facts, each checked 2026-11-24: a zone's code is the region's and a letter, and each region of `regions.toml` has a, b
and c (Amazon Web Services, Regions and Availability Zones,
https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html (unread)); snapshots stay
in the volume's region unless a rule copies them (pulumi-aws 7.51.1, dlm.LifecyclePolicy, cross_region_copy_rules);
what the manager's role needs (Amazon EBS User Guide, IAM roles for Data Lifecycle Manager,
https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html (unread)).
"""
# Annotations are values here, not text: see `component`.

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key, owner_of
from residency_components.aws.roles import allow, may, own_role
from residency_components.capabilities.block_volume import BlockVolume

NIGHT = "02:00"
"""When snapshots are taken; UTC."""


class AwsBlockVolume(BlockVolume):
    """An EBS volume and its daily snapshots, encrypted with a KMS key of the same region and copied nowhere."""

    _cloud = "aws"
    _cost = "the size of the disk, what changes between snapshots, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        volume = aws.ebs.Volume(
            name,
            availability_zone=f"{asked.region}{'abc'[asked['zone'] - 1]}",
            size=asked["size_gib"],
            type="gp3",
            encrypted=True,
            kms_key_id=key.arn,
            final_snapshot=True,
            multi_attach_enabled=False,
            tags={**asked.tags, "snapshots": name},
            region=asked.region,
            opts=self._kept,
        )
        self._snapshots(name, asked, key, volume)
        return {"volume_id": volume.id, "key_id": key.arn}

    def _snapshots(self, name: str, asked: Asked, key: aws.kms.Key, volume: aws.ebs.Volume) -> None:
        """One a day, in the same region, of the volume alone: the tag is the component's name."""
        role = own_role(
            f"{name}snap",
            "dlm.amazonaws.com",
            f"Takes snapshots of {name}",
            self._spot(asked),
            key.arn.apply(lambda arn: owner_of(arn).account),
        )
        may(f"{name}snap", role, pulumi.Output.all(key.arn, volume.arn).apply(_snapshots), self._spot(asked))
        aws.dlm.LifecyclePolicy(
            name,
            description=f"Snapshots of {name}",
            execution_role_arn=role.arn,
            state="ENABLED",
            policy_details={
                "policy_type": "EBS_SNAPSHOT_MANAGEMENT",
                "resource_locations": "CLOUD",
                "resource_types": ["VOLUME"],
                "target_tags": {"snapshots": name},
                "schedules": [
                    {
                        "name": "daily",
                        "create_rule": {
                            "interval": 24,
                            "interval_unit": "HOURS",
                            "times": NIGHT,
                            "location": "CLOUD",
                        },
                        "retain_rule": {"interval": asked["keep_days"], "interval_unit": "DAYS"},
                        "copy_tags": True,
                    }
                ],
            },
            tags=asked.tags,
            region=asked.region,
            opts=self._child,
        )


def _snapshots(arns: list[str]) -> Sequence[dict[str, Any]]:
    """What the manager may do: snapshots of the one volume, and those that it made itself."""
    key, volume = arns
    owner = owner_of(key)
    snapshots = f"arn:{owner.partition}:ec2:{owner.region}::snapshot/*"
    made = {"StringLike": {"aws:ResourceTag/aws:dlm:lifecycle-policy-id": "*"}}
    return [
        allow(["ec2:DescribeSnapshots", "ec2:DescribeVolumes"], "*"),
        allow("ec2:CreateSnapshot", [volume, snapshots]),
        allow("ec2:CreateTags", snapshots, StringEquals={"ec2:CreateAction": "CreateSnapshot"}),
        allow("ec2:DeleteSnapshot", snapshots, **made),
        allow(["kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"], key),
        allow("kms:CreateGrant", key, Bool={"kms:GrantIsForAWSResource": "true"}),
    ]
