"""What no row knows: types of a known package without a row, and inputs that only another API version of a type has.

In:  a resource, and what references and residences say.
Out: spots that are never certain: nobody has read what is done with the places, buckets and resources that these
     inputs name. One inside the perimeter harms nothing; one that is not is undetermined, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from residency.catalogue import places
from residency.catalogue.own import Catalogue
from residency.catalogue.place import PlaceKind
from residency.catalogue.resources import Package, canonical
from residency.catalogue.rows import Data, ResourceRow
from residency.model import Evidence, Location, Resource, ResourceGraph, Unknown, Value
from residency.placements.paths import Leaf
from residency.placements.spots import Spot

_GLOBAL = (PlaceKind.GLOBAL, PlaceKind.MULTI_REGION, PlaceKind.DUAL_REGION)
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORTEST = 6
# What is labelled is not placed; and images and sources are where data and programs come from.
_PASSED = re.compile(r"^(?:tags|tagsAll|labels)$|^source|image", re.IGNORECASE)
_FIRST = re.compile(r"[.\[]")
_PLACE_NAME = re.compile(r"(?:location|region)(?:name|id)?s?$", re.IGNORECASE)


class _Store(msgspec.Struct, frozen=True):
    """Where data is put, and how an input says so: by the input's own name, or by the form of its value."""

    target: tuple[str, ...]
    name: re.Pattern[str]
    text: re.Pattern[str]


def _store(target: Sequence[str], name: str, text: str) -> _Store:
    return _Store(tuple(target), re.compile(f"^(?:{name})$", re.IGNORECASE), re.compile(text, re.IGNORECASE))


_STORES = {
    "aws": (
        _store(
            ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws:s3/directoryBucket:DirectoryBucket"),
            r"(?:s3)?bucket(?:name|arn)?",
            r"(?:s3a?://|gs://|arn:aws[a-z-]*:s3:::)[a-z0-9._-]+",
        ),
    ),
    "gcp": (
        _store(("gcp:storage/bucket:Bucket",), r"\w*bucket(?:name|uri|id)?", r"gs://[a-z0-9._-]+"),
        _store(
            ("gcp:bigquery/dataset:Dataset",),
            r"big_?query_?dataset(?:id|name)?",
            r"bq://[a-z0-9.:_-]+|projects/[^/\s\"]+/datasets/\w+(?:/tables/[\w$-]+)?",
        ),
        _store(("gcp:pubsub/topic:Topic",), r"\w*topic(?:name|id)?", r"projects/[^/\s\"]+/topics/[\w.~+%-]+"),
    ),
    "azure": (
        _store(
            ("azure-native:storage:StorageAccount",),
            r"\w*storageaccount(?:name)?",
            r"https?://[a-z0-9]+\.(?:blob|file|queue|table|dfs)\.core\.windows\.net"
            r"|/subscriptions/[^\s\"]+/providers/Microsoft\.Storage/storageAccounts/[^\s\"]+",
        ),
        _store(
            (),
            r"(?!)",
            r"/subscriptions/[^\s\"]+/providers/Microsoft\.(?:OperationalInsights/workspaces|EventHub/namespaces"
            r"|ServiceBus/namespaces|DocumentDB/databaseAccounts|Sql/servers|ContainerRegistry/registries)/[^\s\"]+",
        ),
    ),
}
Residence: TypeAlias = Callable[[Resource], Sequence[Spot]]
Referred: TypeAlias = Callable[[str, Resource, Package, Sequence[str]], Iterator[Spot]]
_REASON = "the catalogue has no row for this type, so it cannot say what is sent there"
_NEWER = "the catalogue does not know this input, which another API version of the type has"
_VERSIONED = "azure-native"
"""The package whose types have inputs of several API versions under one name."""


class Unlisted:
    """What the inputs of resources without a row name, over one graph."""

    def __init__(self, graph: ResourceGraph, catalogue: Catalogue, residence: Residence, referred: Referred) -> None:
        """``residence`` says where a resource is; ``referred`` what a bucket's name, ARN or URI comes to."""
        self._graph = graph
        self._catalogue = catalogue
        self._residence = residence
        self._referred = referred

    def named(self, resource: Resource, package: Package) -> Iterator[Spot]:
        """The places that the inputs of a resource name, each once; its own place is left out."""
        seen = {each.location for each in self._residence(resource) if isinstance(each.location, Location)}
        general = {row.path for row in package.file.general} | {package.file.inherit}
        for leaf in _texts(resource.inputs, general):
            for spot in self._of(leaf, resource, package):
                if isinstance(spot.location, Location):
                    if spot.location in seen:
                        continue
                    seen.add(spot.location)
                evidence = (Evidence(f"`{leaf.path}` names it", resource.id, leaf.path), *spot.evidence)
                yield Spot(spot.location, leaf.path, evidence, certain=False, reason=_REASON)

    def of_other_versions(self, resource: Resource, package: Package, row: ResourceRow) -> Iterator[Spot]:
        """The places that inputs name which the type has in another API version than the one that the row was made of.

        An input whose name says that its value is a place is listed wherever the SDK has it; so one that is neither
        listed nor in the row is of another version, and nobody has read what it does.
        """
        if package.file.provider.package != _VERSIONED:
            return
        general = {each.path for each in package.file.general} | {package.file.inherit}
        named = [leaf for leaf in _texts(resource.inputs, general) if _place_of(leaf, package.file.provider.places)]
        if not named:
            return
        from residency.catalogue import generated  # noqa: PLC0415 - hardly any check needs it

        known = {_FIRST.split(path)[0] for path in _paths(row)}
        known |= generated.first_names(_VERSIONED).get(canonical(resource.type), frozenset())
        own = {each.location for each in self._residence(resource)}
        for leaf in named:
            place = _place_of(leaf, package.file.provider.places)
            if place not in own and _FIRST.split(leaf.path)[0] not in known:
                evidence = (Evidence(f"`{leaf.path}` is `{leaf.value}`", resource.id, leaf.path),)
                yield Spot(place or Unknown(_NEWER), leaf.path, evidence, certain=False, reason=_NEWER)

    def _of(self, leaf: Leaf, resource: Resource, package: Package) -> Iterator[Spot]:
        value, provider = leaf.value, package.file.provider.places
        if isinstance(value, Unknown):
            sources = (self._graph.resources.get(urn) for urn in value.depends_on)
            for source in sources:
                if source is not None and source is not resource and self._holds_data(source):
                    yield from self._residence(source)
        elif isinstance(value, str):
            name = re.split(r"[.\[]", leaf.path)[-1]
            found = list(_codes(name, value, provider))
            yield from (Spot(location) for location in found)
            for store in _STORES.get(provider, ()):
                named = [value] if store.name.match(name) and not found else store.text.findall(value)
                for each in dict.fromkeys(named):
                    yield from self._referred(each, resource, package, store.target)

    def _holds_data(self, source: Resource) -> bool:
        row = self._catalogue.row(source.type)
        return not source.is_component and (row is None or row.data is Data.USER)


def _place_of(leaf: Leaf, provider: str) -> Location | None:
    """The place that an input is, if its name says that it is one."""
    if not isinstance(leaf.value, str) or not _PLACE_NAME.search(re.split(r"[.\[]", leaf.path)[-1]):
        return None
    place = places.find(provider, leaf.value)
    return None if place is None else Location(provider, place.code)


def _paths(row: ResourceRow) -> Iterator[str]:
    yield from (each.path for each in row.dismissed)
    for placement in row.placement:
        yield from filter(None, (placement.path, placement.inherit))
        yield from (each.path for each in placement.when)


def _codes(name: str, text: str, provider: str) -> Iterator[Location]:
    whole = places.find(provider, text) if _PLACE_NAME.search(name) else None
    if whole is not None:
        yield Location(provider, whole.code)
        return
    for word in _WORD.findall(text):
        if len(word) >= _SHORTEST:
            place = places.find(provider, word)
            if place is not None and place.kind not in _GLOBAL:
                yield Location(provider, place.code)


def _texts(properties: Mapping[str, Value], passed: set[str]) -> Iterator[Leaf]:
    for name, value in sorted(properties.items()):
        if name not in passed:
            yield from _within(name, name, value)


def _within(name: str, path: str, value: Value) -> Iterator[Leaf]:
    if _PASSED.search(name):
        return
    if isinstance(value, Mapping):
        for key, item in sorted(value.items()):
            yield from _within(key, f"{path}.{key}", item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, item in enumerate(value):
            yield from _within(name, f"{path}[{index}]", item)
    elif isinstance(value, (str, Unknown)):
        yield Leaf(path, value)
