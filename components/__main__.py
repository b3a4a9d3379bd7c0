"""Serves the components to programs in other languages: `pulumi package add` reads this folder."""

from __future__ import annotations

from pulumi.provider.experimental import component_provider_host
from residency_components.aws import AwsObjectStore
from residency_components.azure import AzureObjectStore
from residency_components.store import PACKAGE

if __name__ == "__main__":
    component_provider_host(name=PACKAGE, components=[AwsObjectStore, AzureObjectStore])
