"""Good arguments of every component, and a program's providers that are far away."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azure_native as azure
import pulumi_gcp as gcp
from residency_components.component import Component
from residency_components.hosting import interfaces

from residency.catalogue import places
from tests.components.cloud import site
from tests.components.recording import CLOUDS, Registered

NETWORK: dict[str, Any] = {"network_id": "net-1", "network_block": "10.20.0.0/16", "subnet_ids": ["sub-1", "sub-2"]}
SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK3pr0eW9yZlixLAm7ECBHEzhhDhCCZ3cmxIJpMFytM6 office"
OWN: dict[str, dict[str, Any]] = {
    "BackupVault": {},
    "BlockVolume": {"size_gib": 100, "zone": 1},
    "ContainerRegistry": {},
    "ContainerService": {**NETWORK, "image": "image:1", "port": 8080, "count": 2, "environment": {"MODE": "web"}},
    "DocumentTable": {"partition_key": "person", "sort_key": "day"},
    "EncryptionKey": {},
    "FileShare": {**NETWORK},
    "Function": {**NETWORK, "image": "image:1", "environment": {"MODE": "call"}},
    "KubernetesCluster": {**NETWORK, "nodes": 3},
    "LogArchive": {"archive_days": 365},
    "MachineGroup": {**NETWORK, "image": "image-1", "administrator_key": SSH, "count": 2},
    "ObjectStore": {},
    "PrivateNetwork": {"block": "10.20.0.0/16"},
    "Queue": {},
    "RelationalDatabase": {**NETWORK, "storage_gib": 100},
    "Secret": {"value": "correct horse"},
}
"""What each interface needs besides country, owner and class."""
COUNTRY = {"aws": "IE", "azure": "NO", "gcp": "BE", "site": "NO"}
COPY = {"aws": "DE", "azure": "SE", "gcp": "FI"}
PAIRED = {"AzureBackupVault": ("IE", "NL"), "AzureRelationalDatabase": ("IE", "NL")}
"""Where a class copies to the region's pair only: a country, and that of its pair."""
COPYLESS = frozenset({"GcpBackupVault", "GcpDocumentTable", "GcpObjectStore", "SiteObjectStore"})
"""Classes that refuse every copy, where their interface has one."""
WIDER = ["IE", "NO", "DE", "SE", "BE", "FI", "NL"]
UNPLACED: frozenset[str] = frozenset[str]().union(*(cloud.UNPLACED for cloud in CLOUDS.values()))
"""Types without a place of their own, of all clouds."""


def cloud(kind: type[Component[Any]]) -> str:
    """The cloud of a component's class."""
    return kind.__module__.split(".")[1]


def copying(kind: type[Component[Any]]) -> tuple[str, str]:
    """A country that a class can be in, and one that it can copy to."""
    return PAIRED.get(kind.__name__) or (COUNTRY[cloud(kind)], COPY[cloud(kind)])


def args(kind: type[Component[Any]], **more: Any) -> dict[str, Any]:
    """Good arguments of a component."""
    interface = next(each for each in interfaces() if issubclass(kind, each))
    common = {"country": COUNTRY[cloud(kind)], "owner": "office", "data_class": "personal"}
    return {**common, "perimeter": ["IE", "NO", "DE", "BE"], **OWN[interface.__name__], **_site(kind), **more}


def _site(kind: type[Component[Any]]) -> dict[str, Any]:
    if cloud(kind) != "site":
        return {}
    return {"site": "oslo", "perimeter_file": str(site.FILE), **site.OWN[kind.__name__]}


def countries_of(cloud: str, place: str) -> set[str]:
    """The countries of a place that a child names, in its cloud or in the site of the tests."""
    if cloud == "site":
        return {"NO"} if place == "oslo" else {"?"}
    found = places.find(cloud, place)
    return {*found.countries} if found else {"?"}


def far(place: str = "") -> list[pulumi.ProviderResource]:
    """Providers of a program whose own default is in the United States, or in the given place."""
    return [
        aws.Provider("far", region=place or "us-east-1"),
        azure.Provider("far", location=place or "eastus"),
        gcp.Provider("far", region=place or "us-central1", zone=f"{place or 'us-central1'}-a", project="project"),
    ]


def children(resources: list[Registered]) -> list[Registered]:
    """What a component made: neither components nor providers."""
    return [each for each in resources if each.custom and not each.type.startswith("pulumi:providers:")]
