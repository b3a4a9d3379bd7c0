"""Terraform's resources that are properties of another one in the catalogue: added to it.

In:  the resources of a plan, and parts that name the one that they belong to, by its id.
Out: the resources with their parts. A part of what is not in the plan stays a resource, of unknown place, unless it
     says nothing that is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from residency.ingest.terraform.converted import Within
from residency.ingest.values import dependencies
from residency.model import Resource, Unknown, Value

_GROUP = "resourceGroupName"
_ELSEWHERE = Unknown(
    "it is a part of a resource that is not in this plan",
    "give the state that has it with --with-state, or declare what it holds in residency.toml ([[holds]])",
)


class Child(msgspec.Struct, frozen=True):
    """A resource whose place is another one's."""

    resource: Resource
    within: Within


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
        if not named and part.resource.inputs:
            found[part.resource.id] = _alone(part, context)
    yield from found.values()


def _named(part: Part, by_cloud_id: Mapping[str, str]) -> Sequence[str]:
    if isinstance(part.owner, Unknown):
        return part.owner.depends_on
    known = by_cloud_id.get(part.owner.lower()) if isinstance(part.owner, str) else None
    return [known] if known else []


def _with(owner: Resource, part: Resource) -> Resource:
    from residency.ingest.terraform.native import merged  # noqa: PLC0415 - only Azure has parts

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


def placed(resources: Sequence[Resource], children: Sequence[Child]) -> Iterator[Resource]:
    """Every resource; one that is in another gets the place of that one as its own.

    Args:
        resources: the plan's resources and what it reads.
        children: the resources that are in another, as they are among ``resources``.
    """
    by_id = {each.id: each for each in resources}
    within = {each.resource.id: each.within for each in children}
    for each in resources:
        if each.id in within:
            place = _place(each.id, within, by_id, ())
            inputs = {**each.inputs, "location": place}
            depends_on = {**each.depends_on, "location": dependencies(place)}
            yield msgspec.structs.replace(each, inputs=inputs, depends_on=depends_on)
        else:
            yield each


def _place(id_: str, within: Mapping[str, Within], by_id: Mapping[str, Resource], seen: tuple[str, ...]) -> Value:
    if id_ not in within:
        resource = by_id[id_]
        return resource.inputs.get("location") or resource.outputs.get("location") or _ELSEWHERE
    if id_ in seen:
        return Unknown("its place is inherited in a circle of references")
    owners = _owners(by_id[id_], within[id_], by_id)
    places = [_place(each, within, by_id, (*seen, id_)) for each in owners]
    if not places:
        return _ELSEWHERE
    texts = [place.lower().replace(" ", "") if isinstance(place, str) else place for place in places]
    return (
        places[0]
        if all(text == texts[0] for text in texts)
        else Unknown(f"it is in one of {', '.join(f'`{each}`' for each in owners)}")
    )


def _owners(child: Resource, within: Within, by_id: Mapping[str, Resource]) -> Sequence[str]:
    """What its expression refers to; else what has the id or the name that it gives."""
    fitting = {id_: each for id_, each in by_id.items() if each.type == within.token}
    referred = {id_: fitting[id_] for id_ in sorted(within.ids & fitting.keys())}
    if not isinstance(within.named, str):
        return list(referred)
    named = [id_ for id_, each in (referred or fitting).items() if _is_named(each, within.named.lower(), child)]
    return named or list(referred)


def _is_named(owner: Resource, text: str, child: Resource) -> bool:
    """By an id; or by a name, which others in other groups may have as well."""
    if owner.cloud_id.lower() == text:
        return True
    groups = [each.inputs.get(_GROUP) or each.outputs.get(_GROUP) for each in (owner, child)]
    known = {each.lower() for each in groups if isinstance(each, str)}
    return "/" not in text and str(owner.outputs.get("name", "")).lower() == text and len(known) <= 1
