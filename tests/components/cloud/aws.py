"""What AWS answers in the tests of the components, and which of its types have no place of their own."""

from __future__ import annotations

from typing import Any

UNPLACED: frozenset[str] = frozenset(
    {
        "aws:iam/instanceProfile:InstanceProfile",
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    }
)
"""Types that are part of a placed resource, or hold no data."""

CALLS: dict[str, dict[str, Any]] = {}
"""What a function that only reads answers, by its token."""


def outputs(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a created resource that components read, besides its inputs."""
    service = type_.split("/", 1)[0][4:]
    where = {"s3": ":", "iam": ":123456789012"}.get(service, f"{inputs.get('region', '')}:123456789012")
    kind = "role/" if type_ == "aws:iam/role:Role" else ""
    made: dict[str, Any] = {"arn": f"arn:aws:{service}:{where}:{kind}{name}"}
    if type_ == "aws:s3/bucket:Bucket":
        made["bucket"] = inputs.get("bucket", f"{name}-1a2b3c4")
    if type_ == "aws:ec2/amiCopy:AmiCopy":
        made["rootDeviceName"] = "/dev/xvda"
    if type_ == "aws:ec2/keyPair:KeyPair":
        made["keyName"] = name
    if type_ == "aws:ec2/launchTemplate:LaunchTemplate":
        made["latestVersion"] = 1
    if type_ == "aws:ecr/repository:Repository":
        made["repositoryUrl"] = f"123456789012.dkr.ecr.{inputs.get('region')}.amazonaws.com/{name}"
    if type_ == "aws:sqs/queue:Queue":
        made["url"] = f"https://sqs.{inputs.get('region')}.amazonaws.com/123456789012/{name}"
    if type_ == "aws:rds/instance:Instance":
        made["address"] = f"{name}.c0123456789.{inputs.get('region')}.rds.amazonaws.com"
        made["masterUserSecrets"] = [{"secretArn": f"arn:aws:secretsmanager:{where}:secret:{name}"}]
    return made
