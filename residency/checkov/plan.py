"""A graph as the plan that Terraform would show of it.

In:  a ResourceGraph.
Out: the JSON of ``terraform show -json``, and which resource each address stands for. No secret is in it: a marker
     stands where one is. A value that is not known yet is where Terraform has it (``after_unknown`` and references of
     ``configuration``); in ``planned_values`` the reference itself stands for it, as in a program of Terraform, since
     Checkov connects resources by these texts and takes what is missing there for an attribute that is not set.

Source of the format: https://developer.hashicorp.com/terraform/internals/json-format, read 2026-11-26. What of it
Checkov reads: ``checkov/terraform/plan_parser.py`` of Checkov 3.3.30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from residency.check import is_judged
from residency.checkov.names import Block, Part, Unmapped, blocks
from residency.ingest.values import dependencies, is_list
from residency.model import Properties, Resource, ResourceGraph, Secret, Unknown, Unread, Value

SENSITIVE = "(sensitive)"
LATER, HIDDEN = "var.known_later", "var.sensitive"
"""For Checkov, what is not known and what is secret are variables without a value: it calls neither right nor wrong."""

_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")
_PROVIDERS = {"aws": "aws", "gcp": "google", "azure-native": "azurerm"}
_PLACES = ("region", "location", "project")
_Json: TypeAlias = "bool | int | float | str | list[_Json] | dict[str, _Json] | None"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan for Checkov.

    Attributes:
        text: the JSON.
        resources: by address, the resource that it stands for.
        unread: resources without a form in Terraform.
    """

    text: bytes
    resources: Mapping[str, Resource]
    unread: tuple[Unread, ...]


def of(graph: ResourceGraph) -> Plan:
    """Write a graph as a plan."""
    return _Writing(graph).plan()


class _Planned(msgspec.Struct):
    """One resource block on its way into the plan; parts of other resources are still added to it."""

    address: str
    block: Block
    resource: Resource
    attributes: dict[str, Value]


class _Writing:
    """Collects what becomes a resource block, and what does not."""

    def __init__(self, graph: ResourceGraph) -> None:
        self._graph = graph
        self._addresses: dict[str, str] = {}
        self._planned: dict[str, _Planned] = {}
        self._parts: list[tuple[Resource, Part]] = []
        self._unread: dict[tuple[str, str], int] = {}

    def plan(self) -> Plan:
        for resource in self._graph.resources.values():
            if is_judged(resource):
                self._add(resource)
        for resource, part in self._parts:
            self._join(resource, part)
        made = [self._planned[address] for address in sorted(self._planned)]
        return Plan(
            text=msgspec.json.encode(self._document(made)),
            resources={each.address: each.resource for each in made},
            unread=tuple(sorted(Unread(type_, count, why) for (type_, why), count in self._unread.items())),
        )

    def _add(self, resource: Resource) -> None:
        found = blocks(resource)
        if isinstance(found, Unmapped):
            self._leave(resource, found.reason)
        elif isinstance(found, Part):
            self._parts.append((resource, found))
        else:
            for block in found:
                self._plan_block(resource, block)

    def _plan_block(self, resource: Resource, block: Block) -> None:
        address = self._free(block.type, resource.name)
        attributes = dict(block.attributes)
        if block.own:
            attributes[block.own] = Unknown("", "", (resource.id,))
        else:
            self._addresses[resource.id] = address
        self._planned[address] = _Planned(address, block, resource, attributes)

    def _free(self, type_: str, name: str) -> str:
        plain = _NO_NAME.sub("_", name) or "_"
        address, number = f"{type_}.{plain}", 1
        while address in self._planned:
            number += 1
            address = f"{type_}.{plain}_{number}"
        return address

    def _leave(self, resource: Resource, reason: str) -> None:
        key = (resource.type, reason)
        self._unread[key] = self._unread.get(key, 0) + 1

    def _join(self, resource: Resource, part: Part) -> None:
        """Add a part to the block of the resource that it belongs to."""
        owner = self._owner(part.owner)
        if owner is None:
            self._leave(resource, "it is a part of a resource that is not in this target")
        elif part.each:
            items = (value for name, value in part.attributes.items() if name == part.each)
            earlier = owner.attributes.get(part.each)
            added = [item for value in items if is_list(value) for item in value]
            owner.attributes[part.each] = [*(earlier if is_list(earlier) else ()), *added]
        else:
            owner.attributes.update(part.attributes)

    def _owner(self, said: Value) -> _Planned | None:
        for id_ in dependencies(said):
            if id_ in self._addresses:
                return self._planned[self._addresses[id_]]
        if not isinstance(said, str):
            return None
        named = (each for each in self._planned.values() if each.attributes.get("name") == said)
        return next(named, None)

    def _document(self, made: Sequence[_Planned]) -> _Json:
        values = [_Values(each, self._addresses, self._graph.resources) for each in made]
        return {
            "format_version": "1.2",
            "terraform_version": "1.9.0",
            "planned_values": {"root_module": {"resources": [each.planned() for each in values]}},
            "resource_changes": [each.change() for each in values],
            "configuration": {
                "provider_config": dict(self._provider_blocks()),
                "root_module": {"resources": [each.configured() for each in values]},
            },
        }

    def _provider_blocks(self) -> Iterator[tuple[str, _Json]]:
        """Each provider with the place that it says; what gives access is left out."""
        for provider in self._graph.providers.values():
            name = _PROVIDERS.get(provider.type.rpartition(":")[2])
            if name is None or provider.is_context:
                continue
            alias = _NO_NAME.sub("_", provider.name)
            said = {key: provider.inputs.get(key) for key in _PLACES}
            expressions: dict[str, _Json] = {
                key: {"constant_value": value} for key, value in said.items() if isinstance(value, str)
            }
            yield f"{name}.{alias}", {"name": name, "alias": alias, "expressions": expressions}


class _Values:
    """Writes one resource into the parts of a plan."""

    def __init__(self, made: _Planned, addresses: Mapping[str, str], resources: Mapping[str, Resource]) -> None:
        self._made = made
        self._addresses = addresses
        self._resources = resources
        self._linked = _linked(made, resources)

    def planned(self) -> _Json:
        """Its entry in ``planned_values``."""
        return {**self._head(), "values": self._entries(self._linked)}

    def change(self) -> _Json:
        """Its entry in ``resource_changes``."""
        change: _Json = {
            "actions": ["create"],
            "before": None,
            "after": _after(self._linked),
            "after_unknown": _marks(self._linked, Unknown),
            "after_sensitive": _marks(self._linked, Secret),
        }
        return {**self._head(), "change": change}

    def configured(self) -> _Json:
        """Its entry in ``configuration``."""
        return {**self._head(), "expressions": self._expressions(self._linked)}

    def _head(self) -> dict[str, _Json]:
        type_, _, name = self._made.address.partition(".")
        return {"address": self._made.address, "mode": "managed", "type": type_, "name": name}

    def _entries(self, value: Mapping[str, Value]) -> dict[str, _Json]:
        return {name: self._entry(item, name) for name, item in value.items()}

    def _entry(self, value: Value, name: str) -> _Json:
        if isinstance(value, Unknown):
            return next(iter(self._references(value, name)), LATER)
        if isinstance(value, Secret):
            return HIDDEN
        if isinstance(value, Mapping):
            return self._entries(value)
        return [self._entry(item, name) for item in value] if is_list(value) else _plain(value)

    def _references(self, value: Value, name: str) -> list[str]:
        output = "arn" if name.endswith("arn") else "id"
        known = (self._addresses[id_] for id_ in dependencies(value) if id_ in self._addresses)
        return [f"{address}.{output}" for address in known if address != self._made.address]

    def _expressions(self, value: Mapping[str, Value]) -> dict[str, _Json]:
        return {name: found for name, item in value.items() if (found := self._expression(item, name)) is not None}

    def _expression(self, value: Value, name: str) -> _Json:
        """References; for blocks, those in them."""
        if isinstance(value, Mapping):
            return self._expressions(value) or None
        if is_list(value) and any(isinstance(item, Mapping) for item in value):
            inside: list[_Json] = [self._expression(item, name) or {} for item in value]
            return inside if any(inside) else None
        found = self._references(value, name)
        return {"references": [each for full in found for each in (full, full.rpartition(".")[0])]} if found else None


def _linked(made: _Planned, resources: Mapping[str, Resource]) -> Properties:
    """The attributes, with a reference for each known text that is another resource's id or ARN."""
    ids = {id_ for listed in made.resource.depends_on.values() for id_ in listed}
    texts = {text: id_ for id_ in sorted(ids) if id_ in resources for text in _identities(resources[id_])}
    if not texts:
        return made.attributes
    return {name: _with_references(value, texts) for name, value in made.attributes.items()}


def _identities(resource: Resource) -> Iterator[str]:
    """What a deployed resource is called by others."""
    said = (resource.cloud_id, resource.outputs.get("arn"), resource.outputs.get("id"), resource.outputs.get("name"))
    yield from (each for each in said if isinstance(each, str) and each)


def _with_references(value: Value, texts: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return Unknown("", "", (texts[value],)) if value in texts else value
    if isinstance(value, Mapping):
        return {name: _with_references(item, texts) for name, item in value.items()}
    return [_with_references(item, texts) for item in value] if is_list(value) else value


def _after(value: Value) -> _Json:
    """What is known, as Terraform's ``after`` has it."""
    if isinstance(value, Mapping):
        return {name: _after(item) for name, item in value.items() if not isinstance(item, Unknown)}
    if is_list(value):
        return [_after(item) for item in value]
    return SENSITIVE if isinstance(value, Secret) else None if isinstance(value, Unknown) else _plain(value)


def _marks(value: Value, of: type[Unknown | Secret]) -> _Json:
    """True where a value is unknown, or sensitive, in the form of the value itself."""
    if isinstance(value, of):
        return True
    if isinstance(value, Mapping):
        found = ((name, _marks(item, of)) for name, item in value.items())
        return {name: mark for name, mark in found if mark is not False}
    return [_marks(item, of) for item in value] if is_list(value) else False


def _plain(value: Value) -> _Json:
    return value if isinstance(value, (bool, int, float, str)) else None
