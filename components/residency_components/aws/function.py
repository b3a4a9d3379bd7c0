"""A function in AWS Lambda, from a container image.

Facts, each checked 2026-11-24: Lambda writes to the log group that `logging_config` names, and makes none then
(pulumi-aws 7.51.1, lambda.Function.logging_config); images are in ECR of the same region (AWS Lambda Developer Guide,
Create a function from a container image, https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (unread));
the role of a function in a network needs what `AWSLambdaENIManagementAccess` allows (the same, Giving functions
access to a VPC, https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html (unread)).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.aws.logs import Groups, own_log_groups, writing
from residency_components.aws.networks import HTTPS, own_group
from residency_components.aws.roles import attach, may, own_role
from residency_components.capabilities.function import Function

SIZES = {"small": 512, "medium": 1024, "large": 2048}
"""Memory in MiB; processors grow with it."""


class AwsFunction(Function):
    """A function of Lambda in the subnets that were given; variables and logs are under a KMS key of the same region.

    It reaches port 443 of `networkBlock` only. Images come from ECR of the same region.
    """

    _cloud = "aws"
    _cost = "calls, the time and memory that they take, what is logged, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        group = own_log_groups(name, spot, key, Groups({name: f"/residency/{name}"}))[name]
        role = own_role(name, "lambda.amazonaws.com", f"The function {name}", spot)
        rights = [
            may(name, role, group.arn.apply(writing), spot),
            *attach(name, role, ["service-role/AWSLambdaENIManagementAccess"], spot),
        ]
        reach = own_group(name, f"The function {name}", spot, out_of=[HTTPS])
        function = aws.lambda_.Function(
            name,
            name=name,
            package_type="Image",
            image_uri=asked["image"],
            role=role.arn,
            memory_size=SIZES[asked["size"]],
            timeout=asked["seconds"],
            kms_key_arn=key.arn,
            environment={"variables": asked.environment},
            vpc_config={"subnet_ids": asked["subnet_ids"], "security_group_ids": [reach.id]},
            logging_config={"log_format": "JSON", "log_group": group.name},
            tracing_config={"mode": "PassThrough"},
            tags=asked.tags,
            region=asked.region,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=rights)),
        )
        return {
            "function_id": function.arn,
            "identity_id": role.arn,
            "log_id": group.arn,
            "key_id": key.arn,
        }
