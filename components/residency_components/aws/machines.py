"""Machines of Amazon EC2: what every one of them has, whoever starts it.

Facts, each checked 2026-11-24: without `http_tokens = required` a machine answers the older metadata requests, and a
hop limit of 1 keeps them from containers (pulumi-aws 7.51.1, ec2.LaunchTemplate.metadata_options).
"""

from __future__ import annotations

from typing import Any

import pulumi_aws as aws

from residency_components.ask import Asked

SIZES = {"small": "m6i.large", "medium": "m6i.xlarge", "large": "m6i.2xlarge"}
"""Types: 2, 4 and 8 processors with 8, 16 and 32 GiB."""


def metadata_options(hops: int) -> Any:  # noqa: ANN401 - the SDK's own dictionary, checked where it is used
    """Metadata by signed requests only, over a number of hops: 2 where containers are to ask as well."""
    return {
        "http_endpoint": "enabled",
        "http_tokens": "required",
        "http_put_response_hop_limit": hops,
        "instance_metadata_tags": "disabled",
    }


def root_disk(device: Any, key: aws.kms.Key, size_gib: int) -> Any:  # noqa: ANN401 - as above
    """The one disk of a machine, under a key: `device` is what the image calls it, a text or an output."""
    disk = {
        "encrypted": "true",
        "kms_key_id": key.arn,
        "volume_size": size_gib,
        "volume_type": "gp3",
        "delete_on_termination": "true",
    }
    return [{"device_name": device, "ebs": disk}]


def tagged(asked: Asked) -> Any:  # noqa: ANN401 - as above
    """Tags of what a launch template starts."""
    return [{"resource_type": each, "tags": asked.tags} for each in ("instance", "network-interface", "volume")]
