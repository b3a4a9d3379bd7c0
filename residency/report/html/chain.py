"""The way from a resource to a place, as links of a chain: bucket a (IE) -> rule r1 -> bucket b (US).

In:  a verdict, the origins, and the names of the resources.
Out: links, in order; the last one is the place itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from residency.check import CheckResult
from residency.judge import code_of
from residency.model import Resource, Verdict
from residency.report.html.origins import Origins


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One resource on the way, or the place at its end.

    Attributes:
        name: of the resource; the code of the place.
        type: of the resource; "" where it is not known, and for a place.
        countries: where its own data is, ISO codes; empty if it has none or they are not known.
        said: what leads to it, or what it says itself.
    """

    name: str
    type: str = ""
    countries: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class Chains:
    """Makes the chains of one result."""

    def __init__(self, result: CheckResult) -> None:
        self.origins = Origins(result)
        self._resources: Mapping[tuple[str, str], Resource] = {
            (verdict.target, verdict.placement.resource.id): verdict.placement.resource for verdict in result.verdicts
        }

    def of(self, verdict: Verdict) -> tuple[Link, ...]:
        """All links of one verdict; never empty."""
        placement = verdict.placement
        own, target = placement.resource.id, verdict.target
        origins = [each.placement.resource for each in self.origins.of(verdict)]
        links = [self._link(target, each.id) for each in origins[:1] if each.id != own]
        links.append(self._link(target, own))
        last = own
        for step in placement.evidence:
            if step.resource and step.resource != last:
                last = step.resource
                links.append(self._link(target, last))
            links[-1] = msgspec.structs.replace(links[-1], said=(*links[-1].said, step.text))
        if placement.reason and placement.reason not in links[-1].said:
            links[-1] = msgspec.structs.replace(links[-1], said=(*links[-1].said, placement.reason))
        return (*links, Link(name=code_of(placement) or "a place not known", countries=verdict.countries))

    def _link(self, target: str, resource: str) -> Link:
        """A provider instance has no verdict; its name is the last part of its id."""
        found = self._resources.get((target, resource))
        return Link(
            name=found.name if found else resource.rpartition("::")[2],
            type=found.type if found else "",
            countries=self.origins.residence(target, resource),
        )
