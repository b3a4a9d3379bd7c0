"""Pulumi's wire forms of values, turned into ours.

In:  JSON as Pulumi writes it into states, previews and policy arguments.
Out: ``Value`` with ``Unknown`` and ``Secret`` where Pulumi has sentinels and signatures.

The signatures and sentinels are part of Pulumi's resource-property wire format
(pulumi 3.259.0, ``pulumi.runtime.rpc`` and ``pulumi_policy.proxy``, read 2026-11-23).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeGuard, cast

from residency.model import Properties, Secret, Unknown, Value

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the wire format
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"
UNKNOWN_SENTINELS = (
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
)
PLACEHOLDER = "residency-placeholder:"
"""Marks a string that the program evaluator made up; see ``residency.ingest.evaluator``."""

NOT_YET_KNOWN = "known only after the deployment"
SPECIAL = re.compile("|".join((SIGNATURE, *UNKNOWN_SENTINELS, PLACEHOLDER)))
SPECIAL_BYTES = re.compile(SPECIAL.pattern.encode())

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def properties(raw: Mapping[str, Json], dependencies: Mapping[str, tuple[str, ...]] | None = None) -> Properties:
    """Turn a resource's property map into ours.

    Args:
        raw: property name to JSON value.
        dependencies: property name to the ids of the resources it comes from, for its unknown parts.
    """
    known = dependencies or {}
    return {name: value(item, known.get(name, ())) for name, item in raw.items()}


def value(raw: Json, depends_on: tuple[str, ...] = ()) -> Value:
    """Turn one JSON value into ours; unknown leaves get ``depends_on`` unless they carry their own."""
    if isinstance(raw, str):
        return _text(raw, depends_on)
    if isinstance(raw, Mapping):
        return _mapping(raw, depends_on)
    if isinstance(raw, Sequence):
        return [value(item, depends_on) for item in raw]
    return raw


def _text(raw: str, depends_on: tuple[str, ...]) -> Value:
    found = SPECIAL.search(raw)
    if found is None or found.group() == SIGNATURE:
        return raw
    if found.group() == PLACEHOLDER:
        assumed = raw[found.end() :].split(maxsplit=1)
        return Unknown(
            f"it rests on `{assumed[0] if assumed else 'a value'}`, which was assumed to evaluate the program",
            "check the output of `pulumi preview --json` or an exported state instead, or set the missing value",
            depends_on,
        )
    return Unknown(NOT_YET_KNOWN, "", depends_on)


def _mapping(raw: Mapping[str, Json], depends_on: tuple[str, ...]) -> Value:
    kind = raw.get(SIGNATURE)
    if kind is None:
        return {name: value(item, depends_on) for name, item in raw.items()}
    if kind == SECRET:
        return Secret(depends_on)
    if kind == OUTPUT:
        return _output(raw, depends_on)
    if kind == RESOURCE_REFERENCE:
        return _resource_reference(raw)
    return {name: value(item, depends_on) for name, item in raw.items() if name != SIGNATURE}


def _output(raw: Mapping[str, Json], depends_on: tuple[str, ...]) -> Value:
    listed = raw.get("dependencies")
    own = tuple(str(urn) for urn in cast("Sequence[Json]", listed)) if isinstance(listed, list) else depends_on
    if raw.get("secret"):
        return Secret(own)
    if "value" not in raw:
        return Unknown(NOT_YET_KNOWN, "", own)
    return value(raw["value"], own)


def _resource_reference(raw: Mapping[str, Json]) -> Value:
    urn, cloud_id = raw.get("urn"), raw.get("id")
    if isinstance(cloud_id, str) and cloud_id and not SPECIAL.search(cloud_id):
        return cloud_id
    return Unknown(NOT_YET_KNOWN, "", (urn,) if isinstance(urn, str) else ())


def without_made_up_location(type_: str, inputs: Properties, depends_on: Mapping[str, tuple[str, ...]]) -> Properties:
    """The inputs without a location that azure-native, not the program, made unknown.

    Where a program names no location and the resource group is not named yet, the provider puts an unknown one in,
    which depends on nothing; it will be the group's.
    Source: pulumi/pulumi-azure-native, ``provider/pkg/provider/provider.go``, ``getDefaultLocation``; 2026-11-23.
    """
    unknown = isinstance(inputs.get("location"), Unknown) and "location" not in depends_on
    if not (unknown and type_.startswith("azure-native:") and "resourceGroupName" in depends_on):
        return inputs
    return {name: item for name, item in inputs.items() if name != "location"}


def is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    """Whether a value is a list."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def dependencies(value: Value) -> tuple[str, ...]:
    """The ids of the resources that a value comes from, sorted."""
    return tuple(sorted(set(_dependencies(value))))


def _dependencies(value: Value) -> Iterator[str]:
    if isinstance(value, (Unknown, Secret)):
        yield from value.depends_on
    elif isinstance(value, Mapping):
        for key in value:
            yield from _dependencies(value[key])
    elif is_list(value):
        for item in value:
            yield from _dependencies(item)


def unknowns(value: Value) -> Iterator[Unknown]:
    """Every Unknown in a value."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, Mapping):
        for key in value:
            yield from unknowns(value[key])
    elif is_list(value):
        for item in value:
            yield from unknowns(item)
