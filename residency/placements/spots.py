"""A place found for a resource, before it becomes a Placement of some kind."""

from __future__ import annotations

import msgspec

from residency.model import Choice, Evidence, Location, Unknown


class Spot(msgspec.Struct, frozen=True):
    """Where, and how that is known.

    Attributes:
        location: the place; a Choice or an Unknown where it is not certain.
        property: path of the input that says so; None for an inherited place or a default.
        evidence: the steps, in order.
        certain: False if a condition that cannot be read decides whether this exists.
        reason: the catalogue's words for it.
        fix: the catalogue's advice.
    """

    location: Location | Choice | Unknown
    property: str | None = None
    evidence: tuple[Evidence, ...] = ()
    certain: bool = True
    reason: str = ""
    fix: str = ""


def one_of(spots: list[Spot], reason: str) -> Spot:
    """Several candidates as one spot: a place if all agree, Unknown if one is unknown, else a Choice."""
    locations: list[Location] = []
    for spot in spots:
        if isinstance(spot.location, Unknown):
            return spot
        found = spot.location.locations if isinstance(spot.location, Choice) else (spot.location,)
        locations.extend(found)
    distinct = tuple(sorted(set(locations), key=lambda each: (each.provider, each.code)))
    evidence = tuple(step for spot in spots for step in spot.evidence)
    certain = all(spot.certain for spot in spots)
    return Spot(distinct[0] if len(distinct) == 1 else Choice(distinct, reason), None, evidence, certain)
