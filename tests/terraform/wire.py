"""Terraform's plugin protocol, version 5: the messages that the stand-in provider speaks, built when they are needed.

In:  the table below: names of our own, and the numbers and types of the fields that are used. They are facts of
     ``tfplugin5.proto`` (docs/plugin-protocol in Terraform's and OpenTofu's source, read 2026-11-26); a field that is
     not here is skipped by protobuf, as the protocol wishes.
Out: a protobuf class a message, and each call's path with its two messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_MESSAGES = """
Value: msgpack=1 bytes, json=2 bytes
Diagnostic: severity=1 int32, summary=2 string, detail=3 string
Step: attribute_name=1 string
Path: steps=1 Step*
RawState: json=1 bytes
Attribute: name=1 string, type=2 bytes, required=4 bool, optional=5 bool, computed=6 bool, sensitive=7 bool
NestedBlock: type_name=1 string, block=2 Block, nesting=3 int32, min_items=4 int64, max_items=5 int64
Block: version=1 int64, attributes=2 Attribute*, block_types=3 NestedBlock*
Schema: version=1 int64, block=2 Block
NamedSchema: key=1 string, value=2 Schema
Nothing:
Diagnosed: diagnostics=1 Diagnostic*
Schemas: provider=1 Schema, resources=2 NamedSchema*, data_sources=3 NamedSchema*, diagnostics=4 Diagnostic*
PrepareIn: config=1 Value
PrepareOut: config=1 Value, diagnostics=2 Diagnostic*
ValidateIn: type_name=1 string, config=2 Value
UpgradeIn: type_name=1 string, version=2 int64, raw_state=3 RawState
UpgradeOut: state=1 Value, diagnostics=2 Diagnostic*
ConfigureIn: terraform_version=1 string, config=2 Value
ReadIn: type_name=1 string, state=2 Value, private=3 bytes
ReadOut: state=1 Value, diagnostics=2 Diagnostic*, private=3 bytes
PlanIn: type_name=1 string, prior=2 Value, proposed=3 Value, config=4 Value, private=5 bytes
PlanOut: planned=1 Value, replace=2 Path*, private=3 bytes, diagnostics=4 Diagnostic*, legacy=5 bool
ApplyIn: type_name=1 string, prior=2 Value, planned=3 Value, config=4 Value, private=5 bytes
ApplyOut: state=1 Value, private=2 bytes, diagnostics=3 Diagnostic*, legacy=4 bool
ImportIn: type_name=1 string, id=2 string
Imported: type_name=1 string, state=2 Value, private=3 bytes
ImportOut: imported=1 Imported*, diagnostics=2 Diagnostic*
DataIn: type_name=1 string, config=2 Value
DataOut: state=1 Value, diagnostics=2 Diagnostic*
Stopped: error=1 string
"""

CALLS: Mapping[str, tuple[str, str]] = {
    "GetSchema": ("Nothing", "Schemas"),
    "PrepareProviderConfig": ("PrepareIn", "PrepareOut"),
    "ValidateResourceTypeConfig": ("ValidateIn", "Diagnosed"),
    "ValidateDataSourceConfig": ("ValidateIn", "Diagnosed"),
    "UpgradeResourceState": ("UpgradeIn", "UpgradeOut"),
    "Configure": ("ConfigureIn", "Diagnosed"),
    "ReadResource": ("ReadIn", "ReadOut"),
    "PlanResourceChange": ("PlanIn", "PlanOut"),
    "ApplyResourceChange": ("ApplyIn", "ApplyOut"),
    "ImportResourceState": ("ImportIn", "ImportOut"),
    "ReadDataSource": ("DataIn", "DataOut"),
    "Stop": ("Nothing", "Stopped"),
}
"""A call's name to the messages that it takes and gives."""

SERVICE = "tfplugin5.Provider"
"""The service that holds the calls."""

_PACKAGE = "residency.tests.terraform"
_SCALARS = {"bytes": 12, "string": 9, "bool": 8, "int32": 5, "int64": 3}
_MESSAGE_TYPE, _ONE, _MANY = 11, 1, 3


@cache
def message(name: str) -> Any:
    """The protobuf class of a message of the table."""
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"{_PACKAGE}.{name}"))


@cache
def _pool() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name=f"{_PACKAGE}.proto", package=_PACKAGE, syntax="proto3")
    for line in _MESSAGES.strip().splitlines():
        name, _, fields = line.partition(":")
        declared = file.message_type.add(name=name)
        for field in filter(None, (each.strip() for each in fields.split(","))):
            _declare(declared, field)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)  # pyright: ignore[reportUnknownMemberType]
    return pool


def _declare(declared: Any, field: str) -> None:
    place, kind = field.split()
    name, number = place.split("=")
    made = declared.field.add(name=name, number=int(number), label=_MANY if kind.endswith("*") else _ONE)
    made.type = _SCALARS.get(kind, _MESSAGE_TYPE)
    if made.type == _MESSAGE_TYPE:
        made.type_name = f".{_PACKAGE}.{kind.removesuffix('*')}"
