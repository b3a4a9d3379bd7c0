"""Where a resource is whose package has no catalogue of its own: in what its provider instance reaches, if known.

In:  a resource of such a package, and its graph.
Out: spots; Unknown with what would settle it where the provider instance names nothing of the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from residency.catalogue import others
from residency.catalogue.others import OtherProvider
from residency.catalogue.resources import canonical
from residency.model import Evidence, Resource, ResourceGraph, Unknown
from residency.placements.spots import Spot, one_of

Residence: TypeAlias = Callable[[Resource], Sequence[Spot]]


def holds_no_data(resource: Resource) -> bool:
    """Whether the resource's package was reviewed, and nothing of its type holds user data."""
    known = others.find(resource.type)
    return known is not None and not known.holds_data(resource.type)


def elsewhere(resource: Resource, graph: ResourceGraph, residence: Residence) -> Iterator[Spot]:
    """Where the resource is; never empty."""
    package = resource.type.partition(":")[0]
    known = others.find(resource.type)
    if known is None:
        settle = "declare the place that its instances reach: [[site]] in residency.toml"
        yield Spot(Unknown(f"the catalogue has no rows for the provider `{package}`", settle))
        return
    reached = _reached(resource, graph, known)
    if not reached:
        settle = known.fix or "declare the place that its instances reach: [[site]] in residency.toml"
        yield Spot(Unknown(known.reason, settle))
    elif len(reached) == 1:
        yield from (_within(reached[0], spot) for spot in residence(reached[0]))
    else:
        spots = [_within(each, spot) for each in reached for spot in residence(each)]
        yield one_of(spots, f"it is in one of {', '.join(f'`{each.name}`' for each in reached)}")


def _reached(resource: Resource, graph: ResourceGraph, known: OtherProvider) -> list[Resource]:
    """The resources of the graph that the provider instance says it connects to."""
    instance = graph.providers.get(resource.provider or "")
    if instance is None:
        return []
    urns = dict.fromkeys(urn for name in known.through for urn in instance.depends_on.get(name, ()))
    named = [graph.resources[urn] for urn in urns if urn in graph.resources]
    found = [one for each in named for one in (_children(each, graph) if each.is_component else (each,))]
    return [each for each in found if canonical(each.type) in known.targets]


def _children(component: Resource, graph: ResourceGraph) -> Iterator[Resource]:
    """What a component is made of, at any depth."""
    for each in graph.resources.values():
        if each.parent == component.id and each is not component:
            yield from _children(each, graph) if each.is_component else (each,)


def _within(reached: Resource, spot: Spot) -> Spot:
    step = Evidence(f"its provider reaches `{reached.name}` ({reached.type})", reached.id)
    return Spot(spot.location, None, (step, *spot.evidence), spot.certain, spot.reason, spot.fix)
