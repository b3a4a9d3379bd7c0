"""A group of machines in Amazon EC2 Auto Scaling.

Facts: a copy of an image can be encrypted with a key, and machines started from it have root disks under that key,
whatever the device is called (pulumi-aws 7.51.1, ec2.AmiCopy; checked 2026-11-24). See also `machines` and `keys`.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import for_auto_scaling, own_key
from residency_components.aws.logs import Groups, own_log_groups, writing
from residency_components.aws.machines import SIZES, metadata_options, root_disk, tagged
from residency_components.aws.networks import HTTPS, own_group
from residency_components.aws.roles import may, own_role
from residency_components.capabilities.machine_group import MachineGroup
from residency_components.spots import Spot


class AwsMachineGroup(MachineGroup):
    """An Auto Scaling group in the subnets that were given, started from a copy of the image under a key of its own.

    The machines' role may write to the log group that `logId` names; the image's own agent does so.
    """

    _cloud = "aws"
    _cost = "the machines and their disks, the copy of the image, what is logged, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        groups = Groups({name: f"/residency/{name}"})
        group = own_log_groups(name, spot, key, groups, for_auto_scaling)[name]
        role = own_role(name, "ec2.amazonaws.com", f"Machines of {name}", spot)
        may(name, role, group.arn.apply(writing), spot)
        template = self._template(name, spot, key, role)
        machines = aws.autoscaling.Group(
            name,
            min_size=asked["count"],
            max_size=asked["count"],
            desired_capacity=asked["count"],
            vpc_zone_identifiers=asked["subnet_ids"],
            health_check_type="EC2",
            launch_template={"id": template.id, "version": template.latest_version.apply(str)},
            instance_refresh={"strategy": "Rolling"},
            tags=[{"key": key, "value": each, "propagate_at_launch": True} for key, each in asked.tags.items()],
            region=asked.region,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[group])),
        )
        return {
            "group_id": machines.arn,
            "identity_id": role.arn,
            "log_id": group.arn,
            "key_id": key.arn,
        }

    def _template(self, name: str, spot: Spot, key: aws.kms.Key, role: aws.iam.Role) -> aws.ec2.LaunchTemplate:
        asked = spot.asked
        image = aws.ec2.AmiCopy(
            name,
            source_ami_id=asked["image"],
            source_ami_region=spot.region,
            encrypted=True,
            kms_key_id=key.arn,
            tags=asked.tags,
            region=spot.region,
            opts=spot.child,
        )
        access = aws.ec2.KeyPair(
            name,
            public_key=asked["administrator_key"],
            tags=asked.tags,
            region=spot.region,
            opts=spot.child,
        )
        profile = aws.iam.InstanceProfile(name, role=role.name, tags=asked.tags, opts=spot.child)
        group = own_group(name, f"Machines of {name}", spot, out_of=[HTTPS])
        return aws.ec2.LaunchTemplate(
            name,
            image_id=image.id,
            instance_type=SIZES[asked["size"]],
            key_name=access.key_name,
            iam_instance_profile={"arn": profile.arn},
            metadata_options=metadata_options(1),
            monitoring={"enabled": True},
            ebs_optimized="true",
            network_interfaces=[
                {
                    "associate_public_ip_address": "false",
                    "delete_on_termination": "true",
                    "security_groups": [group.id],
                }
            ],
            block_device_mappings=root_disk(image.root_device_name, key, asked["disk_gib"]),
            tag_specifications=tagged(asked),
            update_default_version=True,
            tags=asked.tags,
            region=spot.region,
            opts=spot.child,
        )
