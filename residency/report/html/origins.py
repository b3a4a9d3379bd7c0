"""What a copy is a copy of, so that the way of the data can be drawn from where it begins.

In:  a CheckResult.
Out: for a verdict, the verdicts on where the copied data itself is; none where that is not known for certain.

A resource with data of its own copies that. One without, such as a replication rule, names what it copies: an origin is
a resource that holds data and that is named by another property than the one that leads to the copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from residency.catalogue.own import Catalogue
from residency.check import CheckResult
from residency.model import PlacementKind, Resource, Unknown, Verdict
from residency.placements.references import identities


class Origins:
    """Finds origins among the residences of one result."""

    def __init__(self, result: CheckResult) -> None:
        self._catalogue = Catalogue(result.perimeter.own_rows)
        self._residences: dict[tuple[str, str], list[Verdict]] = {}
        for verdict in result.verdicts:
            if verdict.placement.kind is PlacementKind.RESIDENCE:
                key = (verdict.target, verdict.placement.resource.id)
                self._residences.setdefault(key, []).append(verdict)
        self._index: Mapping[tuple[str, str], list[Resource]] | None = None

    def residence(self, target: str, resource: str) -> tuple[str, ...]:
        """The countries where a resource's own data is, sorted; none where it has none or they are not known."""
        found = self._residences.get((target, resource), ())
        return tuple(sorted({country for verdict in found for country in verdict.countries}))

    def of(self, verdict: Verdict) -> tuple[Verdict, ...]:
        """Where the data is that this placement is a copy of; nothing for a residence."""
        if verdict.placement.kind is PlacementKind.RESIDENCE:
            return ()
        own = self._residences.get((verdict.target, verdict.placement.resource.id))
        if own:
            return tuple(own)
        through = {step.resource for step in verdict.placement.evidence}
        named = {found.id for found in self._named(verdict) if found.id not in through}
        if len(named) != 1:
            return ()
        return tuple(self._residences[verdict.target, named.pop()])

    def _named(self, verdict: Verdict) -> Iterator[Resource]:
        """The resources with data that other properties of a resource name with their whole value."""
        resource = verdict.placement.resource
        own = (verdict.placement.property or "").partition(".")[0].partition("[")[0]
        for name, value in resource.inputs.items():
            if name == own:
                continue
            if isinstance(value, Unknown):
                for source in (*value.depends_on, *resource.depends_on.get(name, ())):
                    for held in self._residences.get((verdict.target, source), ())[:1]:
                        yield held.placement.resource
            elif isinstance(value, str) and value:
                found = self._by_name().get((verdict.target, value), ())
                yield from (each for each in found if each.id != resource.id)

    def _by_name(self) -> Mapping[tuple[str, str], list[Resource]]:
        """By every name that others may call it, each resource with data; made when it is first asked for."""
        if self._index is None:
            index: dict[tuple[str, str], list[Resource]] = {}
            for (target, _), held in self._residences.items():
                resource = held[0].placement.resource
                for name in identities(resource, self._catalogue):
                    index.setdefault((target, name), []).append(resource)
            self._index = index
        return self._index
