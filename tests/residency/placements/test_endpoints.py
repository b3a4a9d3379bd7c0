"""Addresses of AWS: the Region in a host name counts, and a namesake in this program never does."""

from __future__ import annotations

import pytest

from residency.model import Location
from residency.placements.references import carried_location


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("https://sqs.us-east-1.amazonaws.com/123456789012/jobs", "us-east-1"),
        ("https://abc123.execute-api.eu-west-1.amazonaws.com/prod", "eu-west-1"),
        ("https://abc.lambda-url.us-west-2.on.aws/", "us-west-2"),
        ("db.abc.eu-central-1.rds.amazonaws.com", "eu-central-1"),
        ("jdbc:redshift://c.abc.us-east-1.redshift.amazonaws.com:5439/shop", "us-east-1"),
        ("https://search-x-abc.ap-south-1.es.amazonaws.com", "ap-south-1"),
        ("logs.s3.eu-north-1.amazonaws.com", "eu-north-1"),
        ("logs.s3-us-west-2.amazonaws.com", "us-west-2"),
        ("https://sqs.cn-north-1.amazonaws.com.cn/1/q", "cn-north-1"),
        ("https://SQS.US-EAST-1.amazonaws.com/1/q", "us-east-1"),
        ("https://sqs.us-gov-west-1.amazonaws.com/1/q", "us-gov-west-1"),
    ],
)
def test_the_region_of_an_endpoint_is_where_it_leads(address: str, region: str) -> None:
    assert carried_location(address, "aws") == Location("aws", region)


@pytest.mark.parametrize(
    "address",
    [
        "https://queue.amazonaws.com/1/jobs",
        "logs.s3.amazonaws.com",
        "https://us-east-1.example.com/jobs",
        "https://sqs.us-east-1.amazonaws.com.example.com/jobs",
        "us-east-1",
    ],
)
def test_an_address_without_a_region_or_of_somebody_else_says_nothing(address: str) -> None:
    assert carried_location(address, "aws") is None
