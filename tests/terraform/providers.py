"""The stand-ins that the fixtures need, by Terraform's address of the real provider."""

from __future__ import annotations

from collections.abc import Mapping

from tests.terraform import shape
from tests.terraform.clouds import aws, azure, google, local
from tests.terraform.standin import StandIn


def providers() -> Mapping[str, StandIn]:
    """A new stand-in for each provider."""
    return {
        "azure/azapi": StandIn(azure.AZAPI, azure.AZAPI_CLOUD),
        "hashicorp/aws": StandIn(shape.load("aws"), aws.CLOUD),
        "hashicorp/azurerm": StandIn(shape.load("azurerm"), azure.CLOUD),
        "hashicorp/google": StandIn(shape.load("google"), google.CLOUD),
        "hashicorp/google-beta": StandIn(shape.load("google-beta"), google.CLOUD),
        "hashicorp/null": StandIn(local.NULL, local.CLOUD),
        "hashicorp/random": StandIn(local.RANDOM, local.CLOUD),
    }
