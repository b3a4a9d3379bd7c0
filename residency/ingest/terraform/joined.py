"""Terraform's resources that are properties of another one in the catalogue: added to it.

In:  the resources of a plan, and parts that name the one that they belong to, by its id.
Out: the resources with their parts. A part of what is not in the plan stays a resource, of unknown place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from residency.ingest.terraform.native import merged
from residency.ingest.values import dependencies
from residency.model import Resource, Unknown, Value

_ELSEWHERE = Unknown(
    "it is a part of a resource that is not in this plan",
    "give the state that has it with --with-state, or declare what it holds in residency.toml ([[holds]])",
)


class Part(msgspec.Struct, frozen=True):
    """What adds its inputs to another resource; ``owner`` is that one's id, or what it comes from."""

    resource: Resource
    owner: Value


def joined(own: Sequence[Resource], parts: Iterable[Part], context: Sequence[Resource]) -> Iterator[Resource]:
    """Every resource, with what its parts add.

    Args:
        own: the plan's resources.
        parts: what adds to them.
        context: what the plan only reads: a part of it has its place.
    """
    found = {each.id: each for each in own}
    by_cloud_id = {each.cloud_id.lower(): each.id for each in own if each.cloud_id}
    for part in parts:
        named = [id_ for id_ in _named(part, by_cloud_id) if id_ in found and found[id_].type == part.resource.type]
        for id_ in named:
            found[id_] = _with(found[id_], part.resource)
        if not named:
            found[part.resource.id] = _alone(part, context)
    yield from found.values()


def _named(part: Part, by_cloud_id: Mapping[str, str]) -> Sequence[str]:
    if isinstance(part.owner, Unknown):
        return part.owner.depends_on
    known = by_cloud_id.get(part.owner.lower()) if isinstance(part.owner, str) else None
    return [known] if known else []


def _with(owner: Resource, part: Resource) -> Resource:
    inputs = merged(owner.inputs, part.inputs)
    depends_on = {name: ids for name, value in inputs.items() if (ids := dependencies(value))}
    return msgspec.structs.replace(owner, inputs=inputs, depends_on=depends_on)


def _alone(part: Part, context: Sequence[Resource]) -> Resource:
    ids = {each.cloud_id.lower(): each for each in context if each.cloud_id}
    owner = ids.get(part.owner.lower()) if isinstance(part.owner, str) else None
    if owner is None and isinstance(part.owner, Unknown):
        owner = next((each for each in context if each.id in part.owner.depends_on), None)
    place = owner.outputs.get("location") if owner is not None else None
    inputs = {**part.resource.inputs, "location": _ELSEWHERE if place is None else place}
    return msgspec.structs.replace(part.resource, inputs=inputs)
