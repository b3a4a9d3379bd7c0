"""Pulumi's resource records (deployment version 3 and 4), as states, previews and our evaluator have them.

In:  records in the form of ``apitype.ResourceV3``: urn, type, inputs, outputs, provider, propertyDependencies ...
Out: a ResourceGraph. Pulumi's words (urn, custom, external) end here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast
from urllib.parse import unquote

import msgspec

from residency.errors import InputError
from residency.ingest.values import SPECIAL, SPECIAL_BYTES, Json, properties, without_made_up_location
from residency.model import Note, Properties, Resource, ResourceGraph, SourcePosition

_PROVIDER_TYPE = "pulumi:providers:"
_ENGINE_TYPE = "pulumi:pulumi:"
_NO_PROPERTIES: Properties = {}
_EMPTY = (b"", b"{}", b"null")
_decode_json = msgspec.json.Decoder(dict[str, object]).decode


class Record(msgspec.Struct, rename="camel"):
    """One resource as Pulumi writes it. Fields that say nothing about places are left out."""

    urn: str
    type: str
    custom: bool = False
    id: str = ""
    inputs: msgspec.Raw = msgspec.Raw(b"")
    outputs: msgspec.Raw = msgspec.Raw(b"")
    parent: str | None = None
    provider: str | None = None
    property_dependencies: dict[str, list[str] | None] | None = None
    source_position: str | None = None
    delete: bool = False
    external: bool = False


def graph(
    target: str, records: Iterable[Record], *, notes: Iterable[Note] = (), context: Iterable[Resource] = ()
) -> ResourceGraph:
    """Put records together into a graph.

    Args:
        target: how the user named the source.
        records: in any order. A record to be deleted stays judged: its data is there until it is gone.
        notes: what was assumed while reading.
        context: resources of other stacks, to resolve references only.
    """
    resources: dict[str, Resource] = {}
    providers: dict[str, Resource] = {}
    for record in records:
        made = _resource(target, record)
        if record.type.startswith(_PROVIDER_TYPE):
            providers.setdefault(made.id, made)
        else:
            resources[_key(made.id, resources, to_delete=record.delete)] = made
    for other in context:
        kept = providers if other.type.startswith(_PROVIDER_TYPE) else resources
        kept.setdefault(other.id, msgspec.structs.replace(other, is_context=True))
    ordered = {key: resources[key] for key in sorted(resources)}
    return ResourceGraph(target=target, resources=ordered, providers=providers, notes=tuple(sorted(set(notes))))


def _resource(target: str, record: Record) -> Resource:
    try:
        return resource(record)
    except (msgspec.DecodeError, RecursionError):
        raise InputError(
            f"`{target}`: the properties of `{record.urn}` are not an object, or nested too deeply",
            help="export the file again",
        ) from None


def _key(urn: str, taken: Mapping[str, Resource], *, to_delete: bool) -> str:
    if not to_delete:
        return urn
    number = sum(1 for key in taken if key.startswith(f"{urn} (to be deleted"))
    return f"{urn} (to be deleted {number + 1})"


def resource(record: Record) -> Resource:
    """Turn one record into a Resource."""
    depends_on = {name: tuple(sorted(urns)) for name, urns in (record.property_dependencies or {}).items() if urns}
    provider = record.provider
    return Resource(
        id=record.urn,
        type=record.type,
        name=record.urn.rpartition("::")[2],
        inputs=without_made_up_location(record.type, _properties(record.inputs, depends_on), depends_on),
        outputs=_properties(record.outputs, {}),
        provider=provider.rpartition("::")[0] if provider else None,
        parent=record.parent or None,
        depends_on=depends_on,
        is_component=not record.custom or record.type.startswith(_ENGINE_TYPE),
        cloud_id="" if SPECIAL.search(record.id) else record.id,
        where=_position(record.source_position),
    )


def _properties(raw: msgspec.Raw, depends_on: Mapping[str, tuple[str, ...]]) -> Properties:
    content = memoryview(raw)
    if len(content) <= len("null") and bytes(content) in _EMPTY:
        return _NO_PROPERTIES
    decoded = _decode_json(raw)
    if SPECIAL_BYTES.search(content) is None:
        return cast("Properties", decoded)
    return properties(cast("Mapping[str, Json]", decoded), depends_on)


def _position(position: str | None) -> SourcePosition | None:
    """``project:///stacks/__main__.py#12,4`` is file ``stacks/__main__.py``, line 12; the path is that of a URL."""
    if not position:
        return None
    path, _, line = position.partition("#")
    number = line.partition(",")[0]
    if not number.isdigit():
        return None
    return SourcePosition(unquote(path.removeprefix("project:///").removeprefix("file://")), int(number))
