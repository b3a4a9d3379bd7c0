"""A resource of the catalogue in Terraform's names.

In:  a resource's token and inputs.
Out: one or more Terraform resources' types and attributes; or why there is none. Names of aws and gcp are the tables
     ``residency/ingest/terraform/names/*.txt`` read backwards; azure-native's are the reviewed ``azurerm.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import msgspec

from residency.catalogue.resources import canonical
from residency.ingest.terraform.names import azurerm, azurerm_values
from residency.ingest.terraform.names.azurerm import Beside
from residency.ingest.terraform.names.table import TypeNames, names_of, snake
from residency.ingest.values import is_list
from residency.model import Properties, Resource, Unknown, Value

_AZURE = "azure-native"
_GENERATED = ("aws", "gcp")
_TABLES = frozenset({"tags", "tags_all", "labels"})
_OLDER: Mapping[str, Mapping[str, str]] = {
    "azurerm_network_interface": {"ip_forwarding_enabled": "enable_ip_forwarding"},
    "azurerm_redis_cache": {"non_ssl_port_enabled": "enable_non_ssl_port"},
    "azurerm_storage_account": {"https_traffic_only_enabled": "enable_https_traffic_only"},
}
"""Attributes that Checkov 3.3.30 reads only under their names of azurerm 3: each is written under both."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A resource block as Terraform would have it.

    Attributes:
        type: Terraform's.
        attributes: its values, blocks as lists of one.
        own: the attribute that is to hold the id of the resource's main block; "" in the main one.
    """

    type: str
    attributes: Properties
    own: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A resource that is a block of another in Terraform.

    Attributes:
        owner: what the resource says of that other one.
        each: the list of which it is one element; "" where it is the only one.
        attributes: what it adds there.
    """

    owner: Value
    each: str
    attributes: Properties


class Unmapped(msgspec.Struct, frozen=True):
    """Why a resource has no form in Terraform."""

    reason: str


def blocks(resource: Resource) -> tuple[Block, ...] | Part | Unmapped:
    """What a resource is in Terraform, the main block first."""
    package = resource.type.partition(":")[0]
    inputs = {name: value for name, value in resource.inputs.items() if not name.startswith("__")}
    if package == _AZURE:
        return _azure(canonical(resource.type), inputs)
    if package in _GENERATED:
        return _generated(canonical(resource.type), inputs)
    return Unmapped(f"nothing says how the package `{package}` is called in Terraform")


def _generated(token: str, inputs: Properties) -> tuple[Block, ...] | Unmapped:
    found = names_of(token)
    if not found:
        return Unmapped("no type of Terraform is known for it")
    type_, names = found[0]
    return (Block(type=type_, attributes=_Backwards(names).mapping(inputs, "")),)


class _Backwards:
    """The names of one type, from the catalogue's to Terraform's."""

    def __init__(self, names: TypeNames) -> None:
        self._names = names.attributes
        self._by_ours = _by_ours(names)

    def mapping(self, value: Mapping[str, Value], inside: str) -> Properties:
        """A block's values; ``inside`` is its path in Terraform's names."""
        return dict(self._attribute(name, item, inside) for name, item in value.items() if item is not None)

    def _attribute(self, name: str, value: Value, inside: str) -> tuple[str, Value]:
        key = self._by_ours.get((inside, name)) or snake(name)
        path = f"{inside}.{key}" if inside else key
        return key, self._value(value, path)

    def _value(self, value: Value, path: str) -> Value:
        named = self._names.get(path)
        if isinstance(value, Mapping):
            if path in _TABLES or (named is not None and named.table):
                return value
            block = self.mapping(value, path)
            return [block] if named is not None and named.flat else block
        if is_list(value):
            return [self._value(item, path) if isinstance(item, Mapping) else item for item in value]
        return [value] if named is not None and named.flat and isinstance(value, (str, int, float)) else value


@functools.lru_cache(maxsize=4096)
def _named(token: str) -> Mapping[tuple[str, str], str]:
    """By Terraform's path of the block and our name: Terraform's name."""
    found: dict[tuple[str, str], str] = {}
    for _, names in names_of(token):
        for path, each in names.attributes.items():
            inside, _, key = path.rpartition(".")
            if each.name:
                found.setdefault((inside, each.name), key)
    return found


def _by_ours(names: TypeNames) -> Mapping[tuple[str, str], str]:
    return _named(names.token)


def _azure(token: str, inputs: Properties) -> tuple[Block, ...] | Part | Unmapped:
    inside = next(iter(azurerm.block_of(token)), None)
    if inside is not None:
        return _part(inside[1], inputs)
    if not azurerm.of_token(token):
        return Unmapped("no type of Terraform's azurerm is known for it")
    row, why = azurerm_values.row_of(token, inputs)
    if row is None:
        return Unmapped(why)
    made = azurerm_values.attributes(row.pairs, inputs)
    named = {"name": Unknown("made by Pulumi when it deploys"), **made} if _has_name(row) else made
    older = {old: made[new] for new, old in _OLDER.get(row.azurerm, {}).items() if new in made}
    return (Block(type=row.azurerm, attributes={**named, **older}), *_apart(row, inputs))


def _has_name(row: azurerm.TypePair) -> bool:
    return any(pair.azurerm == "name" for pair in row.pairs)


def _part(beside: Beside, inputs: Properties) -> Part:
    made = azurerm_values.attributes(beside.pairs, inputs)
    return Part(owner=inputs.get(beside.owner), each=beside.each, attributes=made)


def _apart(row: azurerm.TypePair, inputs: Properties) -> Iterator[Block]:
    for each in row.apart:
        made = azurerm_values.attributes(each.pairs, inputs)
        if made:
            yield Block(type=each.azurerm, attributes=made, own=each.own)
