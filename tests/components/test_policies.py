"""Every policy document of the AWS components, by AWS's own linter of CloudFormation: form, actions, principals.

Each recorded policy becomes a resource of a template, because the linter reads templates; its rules for policies are
the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cfnlint.api import lint
from cfnlint.config import ManualArgs

from tests.components.asking import COPYLESS, WIDER, cloud, copying
from tests.components.recording import Registered
from tests.components.test_every_component import CLASSES, built

Resource = dict[str, Any]
KINDS: dict[tuple[str, str], Callable[[str, Any], Resource]] = {
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "policy"): lambda name, document: {
        "Type": "AWS::EC2::VPCEndpoint",
        "Properties": {"VpcId": "vpc-0123456789abcdef0", "ServiceName": name, "PolicyDocument": document},
    },
    ("aws:efs/fileSystemPolicy:FileSystemPolicy", "policy"): lambda _, document: {
        "Type": "AWS::EFS::FileSystem",
        "Properties": {"Encrypted": True, "FileSystemPolicy": document},
    },
    ("aws:iam/role:Role", "assumeRolePolicy"): lambda _, document: {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": document},
    },
    ("aws:iam/rolePolicy:RolePolicy", "policy"): lambda name, document: {
        "Type": "AWS::IAM::RolePolicy",
        "Properties": {"RoleName": name, "PolicyName": name, "PolicyDocument": document},
    },
    ("aws:kms/keyPolicy:KeyPolicy", "policy"): lambda _, document: {
        "Type": "AWS::KMS::Key",
        "Properties": {"EnableKeyRotation": True, "KeyPolicy": document},
    },
    ("aws:s3/bucketPolicy:BucketPolicy", "policy"): lambda name, document: {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {"Bucket": name, "PolicyDocument": document},
    },
    ("aws:sqs/queuePolicy:QueuePolicy", "policy"): lambda name, document: {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {"Queues": [name], "PolicyDocument": document},
    },
}
"""The resource of a template that has a policy of the same kind, by type and property."""
# A loss of data when a template is taken away, and names that the template itself gives: neither is of a policy.
ELSEWHERE = {"I3011", "I3013", "I3042"}


def documents() -> Iterator[tuple[str, str, Registered]]:
    """Every property that holds a policy document, of all classes of AWS."""
    for kind in CLASSES:
        if cloud(kind) != "aws":
            continue
        more: dict[str, Any] = {"replicate_to": copying(kind)[1], "perimeter": WIDER} if copies(kind) else {}
        for child in built(kind, **more):
            for key, value in child.inputs.items():
                if isinstance(value, str) and '"Statement"' in value:
                    yield kind.__name__, key, child


def copies(kind: Any) -> bool:
    return "replicate_to" in kind.arguments() and kind.__name__ not in COPYLESS


def faults(resources: dict[str, Resource]) -> list[str]:
    """What the linter says, shortened: its lists of all actions of a service are long."""
    template = json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources})
    found = lint(template, config=ManualArgs(regions=["eu-west-1"]))
    return sorted(f"{match.rule.id} {match.message[:120]}" for match in found if match.rule.id not in ELSEWHERE)


def test_no_policy_has_a_fault() -> None:
    resources: dict[str, Resource] = {}
    for at, (kind, key, child) in enumerate(documents()):
        make = KINDS[child.type, key]
        resources[f"{kind}{at}"] = make(f"name{at}", json.loads(child.inputs[key]))

    assert len(resources) > 30
    assert faults(resources) == []


def test_every_kind_of_policy_is_sent_by_some_component() -> None:
    assert {(child.type, key) for _, key, child in documents()} == set(KINDS)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"Effect": "Permit"}, "E3510"),
        ({"Action": "s3:FetchObject"}, "W3037"),
        ({"Principal": "*"}, "E3510"),
    ],
)
def test_the_linter_itself_sees_a_fault(change: dict[str, Any], rule: str) -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::documents/*", **change}
    document = {"Version": "2012-10-17", "Statement": [statement]}

    found = faults({"Bad": KINDS["aws:iam/rolePolicy:RolePolicy", "policy"]("bad", document)})

    assert [fault.split()[0] for fault in found] == [rule]


def test_no_role_may_do_everything_or_anything_to_everything() -> None:
    """`*` as a resource only for actions that AWS ties to none, such as those that describe and list."""
    free = {"ecr:GetAuthorizationToken", "ec2:DescribeSnapshots", "ec2:DescribeVolumes", "logs:DescribeLogGroups"}
    for kind, key, child in documents():
        if (child.type, key) == ("aws:iam/rolePolicy:RolePolicy", "policy"):
            for statement in json.loads(child.inputs[key])["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                assert not [action for action in actions if "*" in action], kind
                assert statement["Resource"] != "*" or set(actions) <= free, kind
