"""What a resource's provider instance says: its default place, and whether it reaches a declared site.

In:  the graph's provider instances and the declared sites.
Out: a location, or Unknown. A provider instance with endpoints of its own is not the cloud that its package is named
     for: without a site that declares it, nothing that it makes is proven to be anywhere.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from residency.catalogue.resources import Package
from residency.model import Evidence, Location, Resource, ResourceGraph, Secret, Site, Unknown, Value

SITE = "site"
_CLOUD_HOSTS = (
    *(".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazonaws.eu", ".googleapis.com"),
    *("management.azure.com", "management.chinacloudapi.cn", "management.usgovcloudapi.net"),
)
_ENDPOINT_INPUTS = ("endpoints", "endpoint", "metadataHost")
_ENDPOINT_SUFFIX = ("CustomEndpoint",)
_ENVIRONMENT = {
    "aws": "AWS_REGION",
    "gcp": "GOOGLE_REGION",
    "azure-native": "ARM_LOCATION",
}


def default_place(
    resource: Resource, graph: ResourceGraph, package: Package, *, zonal: bool = False
) -> tuple[Location | Unknown, Evidence]:
    """The place that the resource's provider instance gives to what names none.

    Args:
        resource: whose provider instance is asked.
        graph: holds the instance.
        package: says which of the instance's inputs set a default.
        zonal: the resource lives in a zone, so that the instance's zone comes before its region.
    """
    name = package.file.provider.package
    instance = graph.providers.get(resource.provider or "")
    if instance is None:
        return _no_region(name, "its provider is not in the source"), Evidence("no provider in the source")
    keys = sorted(package.file.provider.default_place, key=lambda key: zonal and key != "zone")
    for key in keys:
        value = instance.inputs.get(key)
        if value is None:
            continue
        evidence = Evidence(f"provider `{instance.name}` has {key} `{_shown(value)}`", instance.id, key)
        if isinstance(value, str):
            return Location(package.file.provider.places, value), evidence
        if isinstance(value, Unknown):
            return value, evidence
        return Unknown(f"the {key} of provider `{instance.name}` is not readable"), evidence
    return _no_region(name, f"provider `{instance.name}` has none"), Evidence(
        f"provider `{instance.name}`", instance.id
    )


def _no_region(package: str, why: str) -> Unknown:
    variable = _ENVIRONMENT.get(package, "the environment")
    key = "location" if package == "azure-native" else "region"
    return Unknown(
        f"no {key}: {why}; it may come from {variable}, which the program does not show",
        f"set it where it can be seen: `pulumi config set {package}:{key} ...`, or `{key}=` on the resource",
    )


def _shown(value: Value) -> str:
    if isinstance(value, Unknown):
        return "(unknown)"
    return "(secret)" if isinstance(value, Secret) else str(value)


def site_of(
    resource: Resource, graph: ResourceGraph, sites: tuple[Site, ...], module: str
) -> Location | Unknown | None:
    """The declared site that the resource's provider instance reaches; None for the cloud itself.

    Args:
        resource: whose provider instance is asked.
        graph: holds the instance.
        sites: as the perimeter declares them.
        module: the module of the resource's type; an instance may replace the endpoints of some modules only.
    """
    instance = graph.providers.get(resource.provider or "")
    if instance is None:
        return None
    package = instance.type.rpartition(":")[2]
    foreign = foreign_endpoints(instance)
    for site in sites:
        if site.provider == package and _reaches(site, instance, foreign, module):
            return Location(SITE, site.name)
    if not foreign or (module not in foreign and "" not in foreign and _only_known(foreign)):
        return None
    return Unknown(
        f"provider `{instance.name}` has endpoints of its own, so the region says nothing about the place",
        f'declare the site: [[site]] with provider = "{package}" and its endpoints',
    )


def _only_known(foreign: Mapping[str, str]) -> bool:
    # Only these endpoint names equal one Pulumi module each, so that other modules are surely not moved by them.
    return set(foreign) <= {"s3", "dynamodb", "sqs", "sns", "rds", "kms", "secretsmanager", "lambda", "backup"}


def _reaches(site: Site, instance: Resource, foreign: Mapping[str, str], module: str) -> bool:
    if not site.endpoints and not site.inputs:
        return False
    if site.inputs and any(instance.inputs.get(key) != value for key, value in site.inputs.items()):
        return False
    if not site.endpoints:
        return True
    host = foreign.get(module, foreign.get("", ""))
    return bool(host) and any(fnmatchcase(host, pattern.lower()) for pattern in site.endpoints)


def foreign_endpoints(instance: Resource) -> Mapping[str, str]:
    """Endpoint hosts of a provider instance that are not its cloud's own, by the name of the service ("" for all)."""
    return dict(_foreign(instance))


def _foreign(instance: Resource) -> Iterator[tuple[str, str]]:
    for name, value in instance.inputs.items():
        if name in _ENDPOINT_INPUTS:
            yield from _hosts(_parsed(value))
        elif name.endswith(_ENDPOINT_SUFFIX) and isinstance(value, str):
            host = _host(value)
            if not host.endswith(_CLOUD_HOSTS):
                yield name.removesuffix("CustomEndpoint").lower(), host


def _parsed(value: Value) -> Value:
    # Provider inputs that are not strings are written as JSON text in states and policy arguments.
    if isinstance(value, str) and value[:1] in "[{":
        return _json(value)
    return value


@functools.cache
def _json(text: str) -> Value:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _hosts(value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for service, url in value.items():
            if isinstance(url, (Unknown, Secret)):
                yield service.lower(), "(unknown)"
            elif isinstance(url, str) and url and not _host(url).endswith(_CLOUD_HOSTS):
                yield service.lower(), _host(url)
    elif isinstance(value, str):
        if value and not _host(value).endswith(_CLOUD_HOSTS):
            yield "", _host(value)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _hosts(item)
    elif isinstance(value, (Unknown, Secret)):
        yield "", "(unknown)"


def _host(url: str) -> str:
    parts = urlsplit(url if "//" in url else f"//{url}")
    return (parts.hostname or url).lower()
