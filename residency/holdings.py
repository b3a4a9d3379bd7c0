"""What each resource holds: the data classes that its tags, its labels or the perimeter file give it.

In:  a graph and a perimeter with data classes.
Out: for each resource, the classes that decide where its data may be, and how that is known.

A resource without a class of its own may copy what others hold: it counts as holding every class of theirs that may be
in fewer countries than the perimeter. A class that loosens holds for a resource only if it says so itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec

from residency.catalogue.own import Catalogue
from residency.model import Resource, ResourceGraph, Secret, Unknown, Value
from residency.perimeter import DataClass, Perimeter
from residency.placements.names import shorter
from residency.placements.references import identities

_TAGS = ("tags", "tagsAll", "labels", "effectiveLabels", "userLabels")
_PROVIDER_TAGS = (("defaultTags", "tags"), ("defaultLabels",))
"""Where a provider instance keeps what it gives to all that it makes: pulumi-aws 7.51.1 `aws.Provider.default_tags`,
pulumi-gcp 10.2.0 `gcp.Provider.default_labels`; checked 2026-11-24."""


class Held(msgspec.Struct, frozen=True):
    """What a resource holds.

    Attributes:
        classes: all of them hold; empty for user data of no class.
        why: how that is known, for people; "" where there are none.
        unknown: why its class cannot be read, and what would settle that; None if it can.
    """

    classes: tuple[DataClass, ...] = ()
    why: str = ""
    unknown: Unknown | None = None


_NOTHING_SAID = Held()


class Holdings:
    """Finds what the resources of one graph hold, remembering each."""

    def __init__(self, graph: ResourceGraph, perimeter: Perimeter, catalogue: Catalogue) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._perimeter = perimeter
        self._classes = {each.name: each for each in perimeter.classes}
        self._narrow = any(self._narrows(each) for each in perimeter.classes)
        self._held: dict[str, Held] = {}
        self._index: Mapping[str, Resource] | None = None

    def of(self, resource: Resource) -> Held:
        """What one resource holds."""
        if not self._classes:
            return _NOTHING_SAID
        held = self._held.get(resource.id)
        if held is None:
            # Resources that refer to each other in a circle add nothing to each other.
            self._held[resource.id] = _NOTHING_SAID
            held = self._held[resource.id] = self._own(resource) or self._of_others(resource)
        return held

    def _narrows(self, given: DataClass) -> bool:
        return given.countries is not None and not given.countries >= self._perimeter.countries

    def _own(self, resource: Resource) -> Held | None:
        for holding in self._perimeter.holdings:
            if fnmatchcase(resource.name, holding.resource) or fnmatchcase(resource.id, holding.resource):
                return self._named(holding.data_class, "the perimeter file says so")
        tag = self._perimeter.class_tag
        value = self._tagged(resource, tag) if tag else None
        if isinstance(value, (Unknown, Secret)):
            settle = f"give `{tag}` as plain text"
            return Held(unknown=Unknown(f"its tag `{tag}` is not known, so neither is what it holds", settle))
        return self._named(value, f"its tag `{tag}` says so") if isinstance(value, str) else None

    def _named(self, name: str, why: str) -> Held:
        found = self._classes.get(name)
        if found is not None:
            return Held((found,), f"it holds class `{name}`: {why}")
        near = difflib.get_close_matches(name, self._classes, 1)
        listed = ", ".join(f"`{each}`" for each in sorted(self._classes))
        settle = f"did you mean `{near[0]}`?" if near else f"one of {listed}"
        return Held(unknown=Unknown(f"`{name}` is no data class of `{self._perimeter.name}`", settle))

    def _tagged(self, resource: Resource, tag: str) -> Value:
        instance = self._graph.providers.get(resource.provider or "")
        own = [each.get(name) for each in (resource.inputs, resource.outputs) for name in _TAGS]
        given = [_at(instance.inputs, path) for path in _PROVIDER_TAGS] if instance else []
        for tags in (*own, *given):
            value = _value(tags, tag)
            if value is not None:
                return value
        return None

    def _of_others(self, resource: Resource) -> Held:
        if not self._narrow:
            return _NOTHING_SAID
        found: dict[str, tuple[DataClass, Resource]] = {}
        unknown: Unknown | None = None
        for other in self._referred(resource):
            held = self.of(other)
            unknown = unknown or held.unknown
            found.update({each.name: (each, other) for each in held.classes if self._narrows(each)})
        classes = tuple(found[name][0] for name in sorted(found))
        why = "; ".join(f"it refers to `{found[name][1].name}`, which holds class `{name}`" for name in sorted(found))
        return Held(classes, why, unknown) if classes or unknown else _NOTHING_SAID

    def _referred(self, resource: Resource) -> Iterator[Resource]:
        urns = dict.fromkeys(urn for each in resource.depends_on.values() for urn in each)
        for urn in urns:
            if urn in self._graph.resources:
                yield self._graph.resources[urn]
        if self._index is None:
            self._index = self._named_resources()
        for text in _texts(resource.inputs):
            for name in (text, *shorter(text, parents=True)):
                found = self._index.get(name)
                if found is not None and found is not resource:
                    yield found

    def _named_resources(self) -> Mapping[str, Resource]:
        """By every name that it is known by, each resource that says itself what it holds."""
        index: dict[str, Resource] = {}
        for resource in self._graph.resources.values():
            if not resource.is_component and self._own(resource) is not None:
                index.update(dict.fromkeys(identities(resource, self._catalogue), resource))
        return index


def _at(properties: Mapping[str, Value], path: Sequence[str]) -> Value:
    value: Value = properties
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _value(tags: Value, tag: str) -> Value:
    """The value of one tag: of a map, or of a list of keys with values."""
    if isinstance(tags, (Unknown, Secret)):
        return tags
    if isinstance(tags, Mapping):
        return tags.get(tag)
    if isinstance(tags, Sequence) and not isinstance(tags, str):
        for each in tags:
            if isinstance(each, Mapping) and each.get("key") == tag:
                return each.get("value")
    return None


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _texts(item)
