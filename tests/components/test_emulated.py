"""What the AWS components ask for can be made: an emulator takes the recorded inputs through AWS's own client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws
from residency_components.component import Component

from tests.components.asking import children, cloud
from tests.components.emulated import make, network
from tests.components.emulated_client import client
from tests.components.test_every_component import CLASSES, built

OF_AWS = [kind for kind in CLASSES if cloud(kind) == "aws"]
NOT_MADE = {"aws:backup/selection:Selection", "aws:dlm/lifecyclePolicy:LifecyclePolicy"}
"""What the emulator does not have (moto 5.2.5)."""


@pytest.fixture(name="emulator", autouse=True)
def _emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS, and no way to the real one."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "stand-in")
    with mock_aws(config={"iam": {"load_aws_managed_policies": True}}):
        yield


@pytest.mark.parametrize("kind", OF_AWS, ids=lambda kind: kind.__name__)
def test_what_a_component_asks_for_is_made(kind: type[Component[Any]]) -> None:
    given = network() if "network_id" in kind.arguments() else {}
    if kind.__name__ == "AwsMachineGroup":
        given["image"] = client("ec2").describe_images()["Images"][0]["ImageId"]

    assert set(make(children(built(kind, **given)))) <= NOT_MADE


def test_a_store_is_there_as_it_was_asked_for() -> None:
    make(children(built(next(kind for kind in OF_AWS if kind.__name__ == "AwsObjectStore"))))

    s3 = client("s3")
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"]]
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] == "eu-west-1"
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    (key,) = client("kms").list_keys()["Keys"]
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key["KeyArn"]


def test_a_network_has_no_way_to_the_internet() -> None:
    make(children(built(next(kind for kind in OF_AWS if kind.__name__ == "AwsPrivateNetwork"))))

    ec2 = client("ec2")
    (network,) = [each for each in ec2.describe_vpcs()["Vpcs"] if each["CidrBlock"] == "10.20.0.0/16"]
    here = [{"Name": "vpc-id", "Values": [network["VpcId"]]}]
    subnets = ec2.describe_subnets(Filters=here)["Subnets"]
    assert sorted(each["AvailabilityZone"] for each in subnets) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    assert (
        ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [network["VpcId"]]}])[
            "InternetGateways"
        ]
        == []
    )
    routes = [route for table in ec2.describe_route_tables(Filters=here)["RouteTables"] for route in table["Routes"]]
    assert {route["DestinationCidrBlock"] for route in routes if "DestinationCidrBlock" in route} == {"10.20.0.0/16"}
