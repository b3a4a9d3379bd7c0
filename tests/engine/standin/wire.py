"""Pulumi's wire values and the SDK's own knowledge of a resource type, as the stand-in providers need them.

Sources: pulumi 3.259.0, `pulumi.runtime.rpc` (the sentinels) and `pulumi._types` (`pulumi.getter`); checked 2026-11-23.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping
from typing import Any, cast

from google.protobuf import json_format, struct_pb2
from pulumi.runtime import rpc

UNKNOWN = rpc.UNKNOWN
"""The sentinel that stands for a value known only after the deployment."""

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - marks a secret, and is none
PULUMI_NAME = "_pulumi_name"
"""The attribute that `pulumi.getter` leaves on a property's getter: its name on the wire."""

Properties = dict[str, Any]


def decode(struct: struct_pb2.Struct) -> Properties:
    """A message's properties as a dictionary; secrets and unknowns stay as they are on the wire."""
    return json_format.MessageToDict(struct)


def encode(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """Properties as a message."""
    return json_format.ParseDict(dict(properties), struct_pb2.Struct())


def text(value: Any) -> str:
    """A known string, out of its secret wrapper if it has one; empty if it is absent, unknown or no string."""
    if isinstance(value, dict):
        wrapper = cast("Properties", value)
        value = wrapper.get("value") if wrapper.get(SIGNATURE_KEY) == SECRET_SIGNATURE else None
    return value if isinstance(value, str) and value != UNKNOWN else ""


def snake_free(name: str) -> str:
    """A type's class name as a property name: ``StorageAccount`` -> ``storageAccount``."""
    return name[:1].lower() + name[1:]


@functools.cache
def resource_class(token: str) -> type | None:
    """The Python SDK's class of a type token, or None where the SDK is not installed or has none.

    ``aws:s3/bucket:Bucket`` -> ``pulumi_aws.s3.Bucket``; ``azure-native:storage/v20240101:X`` ->
    ``pulumi_azure_native.storage.v20240101.X``.
    """
    package, middle, name = token.split(":")
    module, _, rest = middle.partition("/")
    version = f".{rest}" if rest.startswith("v2") else ""
    root = f"pulumi_{package.replace('-', '_')}"
    for candidate in (f"{root}.{module}{version}", f"{root}.{module}_{version}"):
        try:
            found = getattr(importlib.import_module(candidate), name, None)
        except ModuleNotFoundError:
            continue
        if isinstance(found, type):
            return found
    return None


@functools.cache
def always_set(token: str) -> frozenset[str]:
    """Wire names of the outputs that the SDK documents as never absent: the computed ones, and the required inputs."""
    found = resource_class(token)
    names: set[str] = set()
    for value in vars(found or object).values():
        getter = value.fget if isinstance(value, property) else None
        wire = getattr(getter, PULUMI_NAME, None)
        if getter is not None and wire and "Optional[" not in str(getter.__annotations__.get("return")):
            names.add(wire)
    return frozenset(names)
