"""The stand-ins that the fixtures need, by Terraform's address of the real provider."""

from __future__ import annotations

from collections.abc import Mapping

from tests.terraform import shape
from tests.terraform.clouds import aws
from tests.terraform.standin import StandIn


def providers() -> Mapping[str, StandIn]:
    """A new stand-in for each provider."""
    return {"hashicorp/aws": StandIn(shape.load("aws"), aws.CLOUD)}
