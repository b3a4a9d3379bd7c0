"""References: which resource, or which place, a value names.

In:  a string as clouds write references (ARN, URI, self link, ARM id, name), or an Unknown with its dependencies.
Out: the resources of the graph that it may name, or the location that it carries itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from residency.catalogue.own import Catalogue
from residency.catalogue.resources import canonical
from residency.model import External, Location, Resource, ResourceGraph, Unknown, Value
from residency.placements.names import bucket_of, full, shorter, within

_PATH_PLACE = re.compile(r"(?:^|/)(regions|zones|locations)/([^/]+)")
_SCOPE = re.compile(r"(?:^|/)(resourceGroups|projects)/([^/]+)", re.IGNORECASE)
_ARN_PARTS = 6
# ARNs of what only points elsewhere: their Region is the pointer's. Sources, read 2026-11-24: DataSync User Guide,
# Create locations; EventBridge User Guide, API destinations; CloudWatch Logs User Guide, "the destination can point to
# an AWS resource such as a Firehose stream that is located in a different Region".
_POINTER = re.compile(
    r":(?:datasync:[^:]*:[^:]*:location/|events:[^:]*:[^:]*:api-destination/|logs:[^:]*:[^:]*:destination:)"
)
# Source: AWS General Reference, AWS service endpoints, `protocol://service-code.region-code.amazonaws.com`; read
# 2026-11-24.
_AWS_HOST = re.compile(r"([a-z0-9.-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws|amazonaws\.eu)(?![a-z0-9.-])")
_REGION = re.compile(r"(?:s3-)?[a-z]{2,4}(?:-[a-z]+)+-[0-9]+")
_DEFAULT_IDENTITY = ("id", "arn", "name", "selfLink")


class Found(msgspec.Struct, frozen=True):
    """What a reference came to: resources it may name, or a place it carries, or why neither.

    Attributes:
        resources: one if it is certain which; several if it is one of them.
        location: the place inside the reference itself.
        unknown: why nothing was found.
    """

    resources: tuple[Resource, ...] = ()
    location: Location | None = None
    unknown: Unknown | None = None


class References:
    """Resolves references over one graph. The index is built at the first reference by name."""

    def __init__(self, graph: ResourceGraph, externals: Sequence[External], catalogue: Catalogue) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._externals = {external.name: external for external in externals}
        self._index: Mapping[str, list[Resource]] | None = None

    def find(self, value: str | Unknown, target: Sequence[str], places: str, *, asking: Resource) -> Found:
        """Resolve one reference.

        Args:
            value: the reference.
            target: type tokens that it may name; empty for any.
            places: whose locations a path in it means (``aws``, ``gcp``, ``azure``).
            asking: the resource that refers; it never means itself.
        """
        if isinstance(value, Unknown):
            return self._by_dependency(value, target)
        exact = self._lookup(value, target, asking) or self._lookup(value.lower(), target, asking)
        if exact:
            return Found(resources=exact)
        carried = carried_location(value, places)
        if carried is not None:
            return Found(location=carried)
        path = full(value) if places == "gcp" else value
        bucket = bucket_of(value) if places == "aws" else ""
        names = (bucket,) if bucket else tuple(dict.fromkeys(shorter(path, parents=bool(target))))
        for name in names:
            named = tuple(
                found
                for found in self._lookup(name, target, asking) or self._lookup(name.lower(), target, asking)
                if self._same_scope(path, found) and within(path, name, found, self._names_behind)
            )
            if named:
                return Found(resources=named)
        for name in (value, *names):
            external = self._externals.get(name)
            if external is not None:
                return Found(location=Location(external.provider, external.location))
        return Found(unknown=_missing(value))

    def _names_behind(self, value: Unknown) -> tuple[str, ...]:
        """The names of the resources that a value comes from, where they are known."""
        sources = (self._graph.resources.get(urn) for urn in value.depends_on)
        return tuple(name for source in sources if source for name in identities(source, self._catalogue))

    def _by_dependency(self, value: Unknown, target: Sequence[str]) -> Found:
        accepted = self._catalogue.accepted(tuple(target))
        sources = [self._graph.resources[key] for key in value.depends_on if key in self._graph.resources]
        named = tuple(source for source in sources if not accepted or _token(source) in accepted)
        if named:
            return Found(resources=named)
        if not value.depends_on or value.settle:
            return Found(unknown=value)
        names = ", ".join(f"`{key.rpartition('::')[2]}`" for key in value.depends_on)
        return Found(unknown=Unknown(f"it comes from {names}: {value.reason}", value.settle, value.depends_on))

    def _same_scope(self, value: str, candidate: Resource) -> bool:
        """Whether a candidate found by its bare name is in the resource group or project that the reference says."""
        scope = _SCOPE.search(value)
        if scope is None:
            return True
        key = "resourceGroupName" if scope.group(1).lower() == "resourcegroups" else "project"
        instance = self._graph.providers.get(candidate.provider or "")
        known = [candidate.inputs, candidate.outputs, *([instance.inputs] if instance else [])]
        for properties in known:
            own = properties.get(key)
            if isinstance(own, str):
                return own.lower() == scope.group(2).lower()
        return True

    def _lookup(self, name: str, target: Sequence[str], asking: Resource) -> tuple[Resource, ...]:
        if self._index is None:
            self._index = _index(self._graph.resources.values(), self._catalogue)
        accepted = self._catalogue.accepted(tuple(target))
        return tuple(
            found
            for found in self._index.get(name, ())
            if found is not asking and (not accepted or _token(found) in accepted)
        )


def _token(resource: Resource) -> str:
    return canonical(resource.type)


def _index(listed: Iterable[Resource], catalogue: Catalogue) -> Mapping[str, list[Resource]]:
    index: dict[str, list[Resource]] = {}
    for resource in listed:
        if resource.is_component:
            continue
        for name in identities(resource, catalogue):
            index.setdefault(name, []).append(resource)
    return index


def identities(resource: Resource, catalogue: Catalogue) -> Iterator[str]:
    """Every string by which another resource may name this one; each once."""
    row = catalogue.row(resource.type)
    seen = {""}
    for name in row.identity if row else _DEFAULT_IDENTITY:
        for value in (resource.outputs.get(name), resource.inputs.get(name)):
            if isinstance(value, str) and value not in seen:
                seen.add(value)
                yield value
    if resource.cloud_id not in seen:
        seen.add(resource.cloud_id)
        yield resource.cloud_id
    if resource.type.startswith("azure-native:"):
        # Azure's names and ids mean the same in upper and lower case.
        yield from sorted({name.lower() for name in seen} - seen)


def carried_location(value: str, places: str) -> Location | None:
    """The place that a reference carries itself: the region of an ARN or endpoint, or ``locations/X`` in a path."""
    region = arn_region(value) or _host_region(value)
    if region:
        return Location("aws", region)
    path = _PATH_PLACE.search(value)
    if path and places == "gcp":
        return Location("gcp", path.group(2))
    return None


def _host_region(value: str) -> str:
    """The Region in the host name of an endpoint of AWS: of a queue, a function, an API, a bucket, a database."""
    host = _AWS_HOST.search(value.lower())
    labels = host.group(1).split(".") if host else ()
    return next((label.removeprefix("s3-") for label in labels if _REGION.fullmatch(label)), "")


def arn_region(value: Value) -> str:
    """The region field of an ARN; "" for everything else and for ARNs that have none or whose says nothing, as S3's."""
    if not isinstance(value, str) or not value.startswith("arn:") or _POINTER.search(value):
        return ""
    parts = value.split(":", _ARN_PARTS - 1)
    return parts[3] if len(parts) == _ARN_PARTS else ""


def _missing(value: str) -> Unknown:
    return Unknown(
        f"`{value}` is not in this stack",
        "give the state of the stack that has it with --with-state, or declare it in residency.toml ([[external]])",
    )
