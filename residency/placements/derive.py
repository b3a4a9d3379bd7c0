"""From each resource and its catalogue row to its placements.

In:  a graph, the declared sites and external resources.
Out: placements in the graph's order. A resource without a row gets its package's general one, and what its inputs name
     elsewhere; a package without rows gets an Unknown residence; a row whose value cannot be read gets an Unknown.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence

import msgspec

from residency.catalogue import resources
from residency.catalogue.own import Catalogue
from residency.catalogue.resources import Package, split
from residency.catalogue.rows import Data, PlacementRow, ResourceRow, ValueForm
from residency.model import (
    Choice,
    External,
    Location,
    Placement,
    PlacementKind,
    Resource,
    ResourceGraph,
    Site,
    Unknown,
)
from residency.placements.belongs import owners
from residency.placements.conditions import Holds, holds
from residency.placements.effects import Effects, Inheritance
from residency.placements.elsewhere import elsewhere, holds_no_data
from residency.placements.properties import Reading, asked_first, readings
from residency.placements.providers import site_of
from residency.placements.references import References
from residency.placements.spots import Spot
from residency.placements.unlisted import Unlisted

_CIRCLE = Spot(Unknown("its place is inherited in a circle of references", "name the place on one of them"))


def placements(
    graph: ResourceGraph, sites: Sequence[Site] = (), externals: Sequence[External] = ()
) -> Iterator[Placement]:
    """Every placement of every resource of the graph that is judged, in the graph's order."""
    deriver = Deriver(graph, tuple(sites), tuple(externals))
    for resource in graph.resources.values():
        if not (resource.is_context or resource.is_component):
            yield from deriver.of(resource)


class Deriver:
    """Derives placements over one graph, remembering each resource's residence."""

    def __init__(
        self,
        graph: ResourceGraph,
        sites: tuple[Site, ...] = (),
        externals: tuple[External, ...] = (),
        catalogue: Catalogue | None = None,
    ) -> None:
        self._graph = graph
        self._catalogue = catalogue or Catalogue()
        self._sites = sites
        # By a weak reference, so that a graph is freed with its last use and not by the garbage collector.
        this = weakref.proxy(self)

        def residence(resource: Resource) -> tuple[Spot, ...]:
            return this.residence(resource)

        self._references = References(graph, externals, self._catalogue)
        self._effects = Effects(graph, self._catalogue, self._references, residence)
        self._unlisted = Unlisted(graph, self._catalogue, residence, self._effects.referred)
        self._residences: dict[int, tuple[Spot, ...]] = {}
        self._reached: dict[tuple[str | None, str], Location | Unknown | None] = {}

    def of(self, resource: Resource) -> Iterator[Placement]:
        """All placements of one resource."""
        row = self._catalogue.row(resource.type)
        package = self._catalogue.package(resource.type.partition(":")[0])
        if package is None and holds_no_data(resource):
            return
        if row is None or row.data is Data.USER:
            for spot in self.residence(resource):
                yield _placement(resource, PlacementKind.RESIDENCE, spot)
        if package is not None and row is None:
            for spot in self._unlisted.named(resource, package):
                yield _placement(resource, PlacementKind.EXPORT, spot)
        elif package is not None and row is not None:
            yield from self._copies(resource, package, row)
            for spot in self._unlisted.of_other_versions(resource, package, row):
                yield _placement(resource, PlacementKind.EXPORT, spot)

    def _copies(self, resource: Resource, package: Package, row: ResourceRow) -> Iterator[Placement]:
        said: set[tuple[PlacementKind, str, Location | Choice | Unknown, bool]] = set()
        for placement_row in row.placement:
            if placement_row.kind is PlacementKind.RESIDENCE:
                continue
            for spot in self._spots(resource, package, placement_row):
                told = (placement_row.kind, spot.property or "", spot.location, spot.certain)
                # Several rows may read into one text; that it is not known is one finding.
                if not (spot.property and told in said):
                    said.add(told)
                    yield _placement(resource, placement_row.kind, spot)

    def residence(self, resource: Resource) -> tuple[Spot, ...]:
        """Where the resource itself is; never empty. Resources that inherit in a circle are Unknown."""
        key = id(resource)
        if key not in self._residences:
            self._residences[key] = (_CIRCLE,)
            try:
                found = tuple(self._residence(resource))
            except RecursionError:
                found = (Spot(Unknown("its place is inherited through too many references")),)
            self._residences[key] = found or (Spot(Unknown("nothing in the source says where it is")),)
        return self._residences[key]

    def _residence(self, resource: Resource) -> Iterator[Spot]:
        name, module, _ = split(resource.type)
        site = self._site(resource, module)
        package = self._catalogue.package(name)
        if package is None and not isinstance(site, Location):
            # An address of a server of its own is the rule there; what it reaches decides.
            yield from elsewhere(resource, self._graph, self.residence)
        elif site is not None:
            yield Spot(site)
        elif package is not None:
            yield from self._on_cloud(resource, package, self._catalogue.row(resource.type))

    def _site(self, resource: Resource, module: str) -> Location | Unknown | None:
        key = (resource.provider, module)
        if key not in self._reached:
            self._reached[key] = site_of(resource, self._graph, self._sites, module)
        return self._reached[key]

    def _on_cloud(self, resource: Resource, package: Package, row: ResourceRow | None) -> Iterator[Spot]:
        own = [each for each in (row.placement if row else ()) if each.kind is PlacementKind.RESIDENCE]
        for placement_row in own:
            yield from self._spots(resource, package, placement_row)
        if not own:
            yield from self._general(resource, package)

    def _general(self, resource: Resource, package: Package) -> Iterator[Spot]:
        given = False
        for row in package.file.general:
            for reading in readings(resource, row.path):
                if reading.leaf.value not in (None, ""):
                    given = True
                    yield from self._effects.value(resource, package, row, reading)
        if not given and resources.canonical(resource.type) in resources.unplaced(package.file.provider.package):
            yield from owners(resource, package, self._graph, self._references, self.residence)
        elif not given:
            file = package.file
            inheritance = Inheritance(file.inherit, file.target)
            yield from self._effects.omitted(resource, package, file.omitted, inheritance)

    def _spots(self, resource: Resource, package: Package, row: PlacementRow) -> Iterator[Spot]:
        if row.value is ValueForm.FIXED:
            yield from self._conditional(resource, package, row, None)
            return
        asked: set[Location | Choice | Unknown] = set()
        for reading in readings(resource, row.path):
            for spot in self._conditional(resource, package, row, reading):
                if reading.asked:
                    asked.add(spot.location)
                    yield spot
                elif spot.location not in asked:
                    yield spot

    def _conditional(
        self, resource: Resource, package: Package, row: PlacementRow, reading: Reading | None
    ) -> Iterator[Spot]:
        if not row.when:
            yield from self._effects.value(resource, package, row, reading)
            return
        get = reading.get if reading else asked_first(resource)
        state = holds(row.when, get, reading.leaf.indexes if reading else ())
        if state is Holds.NO:
            return
        for spot in self._effects.value(resource, package, row, reading):
            yield spot if state is Holds.YES else msgspec.structs.replace(spot, certain=False)


def _placement(resource: Resource, kind: PlacementKind, spot: Spot) -> Placement:
    return Placement(
        resource=resource,
        kind=kind,
        property=spot.property,
        location=spot.location,
        certain=spot.certain and resource.is_certain,
        evidence=spot.evidence,
        reason=spot.reason,
        fix=spot.fix,
    )
