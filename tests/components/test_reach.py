"""Values that lead somewhere: refused now if they are texts, and when they resolve if they are outputs."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from residency_components.errors import OutsidePerimeterError
from residency_components.reach import kept_inside

from tests.components.recording import record

OUTSIDE = [
    ("arn:aws:sns:us-east-1:123456789012:topic", "us-east-1", " (United States)"),
    ("123456789012.dkr.ecr.us-west-2.amazonaws.com/web:1", "us-west-2", " (United States)"),
    ("europe-west2-docker.pkg.dev/project/images/web:1", "europe-west2", " (United Kingdom)"),
    ("projects/p/locations/us-central1/repositories/r", "us-central1", " (United States)"),
    ("https://www.googleapis.com/compute/v1/projects/p/regions/asia-east1/subnetworks/s", "asia-east1", " (Taiwan)"),
    ("us-docker.pkg.dev/project/images/web:1", "us", " (United States)"),
    ("arn:aws:sns:eu-moon-1:123456789012:topic", "eu-moon-1", ""),
]
INSIDE = [
    "arn:aws:sns:eu-west-1:123456789012:topic",
    "arn:aws:s3:::documents",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1",
    "vpc-0123456789abcdef0",
    "10.20.0.0/16",
    "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n",
    "",
]


@pytest.mark.parametrize(("text", "code", "country"), OUTSIDE)
def test_a_text_that_leads_outside_is_refused(text: str, code: str, country: str) -> None:
    with pytest.raises(OutsidePerimeterError) as caught:
        kept_inside({"a": [text]}, "environment", ("IE", "NO"))

    assert caught.value.where == "environment.a[0]"
    assert caught.value.what == f"`environment.a[0]` leads to `{code}`{country}, outside the perimeter"
    assert caught.value.help == "pass one in Ireland or Norway"


@pytest.mark.parametrize("text", INSIDE)
def test_a_text_that_leads_inside_or_nowhere_stays_as_it_is(text: str) -> None:
    assert kept_inside([text], "image", ("IE", "NO")) == [text]


def resolved(text: str) -> Any:
    """What becomes of an output that resolves to a text."""

    def program() -> Any:
        return kept_inside(pulumi.Output.from_input(text), "image", ("IE", "NO"))

    return record(program)


@pytest.mark.parametrize(("text", "code", "country"), OUTSIDE)
def test_an_output_that_leads_outside_is_refused_when_it_resolves(text: str, code: str, country: str) -> None:
    with pytest.raises(OutsidePerimeterError) as caught:
        resolved(text)

    assert caught.value.what == f"`image` leads to `{code}`{country}, outside the perimeter"


@pytest.mark.parametrize("text", INSIDE)
def test_an_output_that_leads_inside_resolves_to_itself(text: str) -> None:
    assert resolved(text) == []


def test_a_secret_stays_secret() -> None:
    marked: list[bool] = []

    async def program() -> None:
        kept = kept_inside(pulumi.Output.secret("arn:aws:s3:::documents"), "value", ("IE", "NO"))
        marked.append(await kept.is_secret())

    record(program)
    assert marked == [True]
