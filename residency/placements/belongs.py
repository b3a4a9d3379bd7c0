"""Types without an input for a place: they are where the resource is to which they belong.

In:  a resource of such a type that no row places, and what references say.
Out: the spots of the resources that its inputs name; one Unknown where they name none of the stack.

The provider's own location says nothing about them: a rule of a workspace is in the workspace, in whatever region.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from residency.catalogue import resources as catalogue
from residency.catalogue.resources import Package
from residency.model import Evidence, Resource, ResourceGraph, Unknown
from residency.placements.references import Found, References
from residency.placements.spots import Spot

Residence: TypeAlias = Callable[[Resource], Sequence[Spot]]

_NOT_HERE = Spot(
    Unknown(
        "its type has no location: it is where the resource is that it belongs to, which is not in this stack",
        "give the state of the stack that has it with --with-state",
    )
)


def owners(
    resource: Resource, package: Package, graph: ResourceGraph, references: References, residence: Residence
) -> Iterator[Spot]:
    """The places of what a resource belongs to, each once; its own name and its resource group are passed over."""
    name, module, kind = catalogue.split(catalogue.canonical(resource.type))
    passed = {package.file.inherit.lower(), f"{kind}Name".lower()}
    found: dict[int, tuple[str, Resource]] = {}
    for key in sorted(resource.inputs):
        if key.lower() not in passed and key.endswith(("Name", "Id", "Uri", "scope")):
            for owner in _named(resource, key, graph, references, package):
                package_of, module_of, kind_of = catalogue.split(catalogue.canonical(owner.type))
                if package_of == name and (module_of == module or kind_of.lower().endswith(_stem(key))):
                    found[id(owner)] = (key, owner)
    spots = [_through(key, owner, spot) for key, owner in found.values() for spot in residence(owner)]
    yield from spots or [_NOT_HERE]


def _stem(key: str) -> str:
    """What kind of resource an input names: ``workspace`` for ``workspaceName``."""
    for end in ("Name", "Id", "Uri"):
        key = key.removesuffix(end)
    return key.lower()


def _named(
    resource: Resource, key: str, graph: ResourceGraph, references: References, package: Package
) -> Sequence[Resource]:
    value = resource.inputs.get(key)
    if isinstance(value, Unknown):
        sources = (graph.resources.get(urn) for urn in value.depends_on)
        return [source for source in sources if source is not None and source is not resource]
    if not isinstance(value, str) or not value:
        return ()
    answer: Found = references.find(value, (), package.file.provider.places, asking=resource)
    return answer.resources


def _through(key: str, owner: Resource, spot: Spot) -> Spot:
    step = Evidence(f"`{key}` names `{owner.name}`, which it belongs to", owner.id, key)
    return Spot(spot.location, None, (step, *spot.evidence), spot.certain, spot.reason)
