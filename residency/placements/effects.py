"""What a value, or its absence, means: the words of a catalogue row turned into places.

In:  a resource, a row, and a leaf of its properties.
Out: spots. Each value form and each effect of docs/catalogue.md is one small function here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec

from residency.catalogue import places
from residency.catalogue.own import Catalogue
from residency.catalogue.place import PlaceKind, PlaceStatus
from residency.catalogue.resources import Package, normalised, split
from residency.catalogue.rows import EFFECTS, PlacementRow, ValueForm, fixed_place
from residency.ingest.values import NOT_YET_KNOWN
from residency.model import Choice, Evidence, Location, PlacementKind, Resource, ResourceGraph, Secret, Unknown, Value
from residency.placements.origins import without_origins
from residency.placements.paths import leaves
from residency.placements.properties import Reading, asked_first
from residency.placements.providers import SITE, default_place
from residency.placements.references import Found, References, arn_region
from residency.placements.spots import Spot, one_of

_ANYWHERE = {"aws": "aws-global"}
"""How a provider's places spell "the cloud may choose"; ``global`` where not listed."""

_DATA_ZONES = ("datazone-eu", "datazone-us")

_SECRET = Unknown("its value is a secret, which is never read", "write the place as plain text; a place is no secret")


class Inheritance(msgspec.Struct, frozen=True):
    """What ``parent`` means: the path that names the parent, and the types it may have."""

    path: str = ""
    target: tuple[str, ...] = ()


class Effects:
    """Turns values and omissions into spots, over one graph."""

    def __init__(
        self,
        graph: ResourceGraph,
        catalogue: Catalogue,
        references: References,
        residence: Callable[[Resource], Sequence[Spot]],
    ) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._references = references
        self._residence = residence

    def value(self, resource: Resource, package: Package, row: PlacementRow, reading: Reading | None) -> Iterator[Spot]:
        """The spots of one leaf under one row; of a row without a path if ``reading`` is None."""
        value = reading.leaf.value if reading else None
        inheritance = Inheritance(row.inherit, row.target)
        if row.value is ValueForm.FIXED:
            found = self.effect(row.place, resource, package, inheritance, row)
        elif value is None or value == "":
            found = self.omitted(resource, package, row.effects_if_omitted, inheritance, row)
        else:
            found = self._given(value, resource, package, row)
        path = reading.leaf.path if reading and reading.asked and value not in (None, "") else None
        for spot in found:
            evidence = _said(resource, reading, value) + spot.evidence
            reason, fix = row.reason, row.fix
            if reason and _is_said(row, value, spot):
                reason = fix = ""  # they are about the default
            yield Spot(spot.location, path, evidence, spot.certain, spot.reason or reason, spot.fix or fix)

    def _given(self, value: Value, resource: Resource, package: Package, row: PlacementRow) -> Iterator[Spot]:
        if isinstance(value, Secret):
            yield Spot(_SECRET)
        elif isinstance(value, (str, Unknown)):
            yield from self._text(value, resource, package, row)
        elif row.value is ValueForm.MAP and isinstance(value, (bool, int, float)):
            yield from self._text(str(value).lower(), resource, package, row)
        elif isinstance(value, Sequence):
            for item in value:
                yield from self._given(item, resource, package, row)
        else:
            yield Spot(Unknown("the value is not text, so it names no place"))

    def _text(self, value: str | Unknown, resource: Resource, package: Package, row: PlacementRow) -> Iterator[Spot]:
        if row.value is ValueForm.MAP:
            yield from self._mapped(value, resource, package, row)
        elif row.value is ValueForm.ARN and arn_region(value if isinstance(value, str) else None):
            yield Spot(location("aws", arn_region(value if isinstance(value, str) else None)))
        elif row.value in (ValueForm.REFERENCE, ValueForm.ARN) or isinstance(value, Unknown):
            yield from self._referred(value, resource, package, row)
        else:
            yield from self._code(value, resource, package, row)

    def _code(self, value: str, resource: Resource, package: Package, row: PlacementRow) -> Iterator[Spot]:
        """The place of a code, also at the end of a path or URL that names a zone, a region or a configuration."""
        provider, service = package.file.provider.places, row.service or split(resource.type)[1]
        code = value.rstrip("/").rpartition("/")[2] if provider == "gcp" else value
        code = code.removeprefix(row.strip_prefix)
        if row.target and row.value is ValueForm.LOCATION and places.find(provider, code, service) is None:
            found = self._references.find(value, row.target, provider, asking=resource)
            if found.resources:
                yield from self.found(found)
                return
        yield Spot(location(provider, code, service))

    def _mapped(self, value: str | Unknown, resource: Resource, package: Package, row: PlacementRow) -> Iterator[Spot]:
        if isinstance(value, Unknown):
            yield Spot(value)
            return
        effect = _effect_of(value, row.values)
        if effect is None:
            known = ", ".join(f"`{literal}`" for literal in sorted(row.values))
            yield Spot(Unknown(f"`{value}` is not a value that the catalogue knows", f"use one of {known}"))
            return
        if effect == "own" and arn_region(value):
            yield Spot(location("aws", arn_region(value)))
            return
        yield from self.effect(effect, resource, package, Inheritance(row.inherit, row.target), row)

    def _referred(
        self, value: str | Unknown, resource: Resource, package: Package, row: PlacementRow
    ) -> Iterator[Spot]:
        target = row.target
        if isinstance(value, Unknown) and row.kind is not PlacementKind.RESIDENCE:
            value = without_origins(value, resource, row.path, self._catalogue.row(resource.type))
        if isinstance(value, Unknown) and not target:
            target = package.file.target
            if row.value not in (ValueForm.REFERENCE, ValueForm.ARN) and not target:
                yield Spot(value)
                return
        yield from self.found(self._references.find(value, target, package.file.provider.places, asking=resource))

    def referred(self, value: str, resource: Resource, package: Package, target: Sequence[str]) -> Iterator[Spot]:
        """The spots of a value that names another resource, without a row that says so."""
        yield from self.found(self._references.find(value, target, package.file.provider.places, asking=resource))

    def found(self, found: Found) -> Iterator[Spot]:
        """The spots of a resolved reference: the residences of what it names."""
        if found.location is not None:
            yield Spot(location(found.location.provider, found.location.code))
        elif found.unknown is not None or not found.resources:
            yield Spot(found.unknown or Unknown("the reference names nothing"))
        elif len(found.resources) == 1:
            for spot in self._residence(found.resources[0]):
                yield _through(found.resources[0], spot)
        else:
            names = ", ".join(f"`{each.name}`" for each in found.resources)
            all_spots = [_through(each, spot) for each in found.resources for spot in self._residence(each)]
            yield one_of(all_spots, f"it is one of {names}; the source does not say which")

    def omitted(
        self,
        resource: Resource,
        package: Package,
        effects: Sequence[str],
        inheritance: Inheritance,
        row: PlacementRow | None = None,
    ) -> Iterator[Spot]:
        """What absence means: the first effect of the list that says anything decides; the last one in any case."""
        for effect in effects[:-1]:
            spots = list(self.effect(effect, resource, package, inheritance, row))
            if spots and not all(isinstance(spot.location, Unknown) for spot in spots):
                yield from spots
                return
        yield from self.effect(effects[-1], resource, package, inheritance, row)

    def effect(
        self,
        effect: str,
        resource: Resource,
        package: Package,
        inheritance: Inheritance,
        row: PlacementRow | None = None,
    ) -> Iterator[Spot]:
        """The spots of one effect of the catalogue."""
        named = fixed_place(effect) or ("" if effect in EFFECTS else effect)
        if named:
            service = (row.service if row else "") or split(resource.type)[1]
            yield Spot(location(package.file.provider.places, named, service))
        elif effect == "own":
            yield from self._residence(resource)
        elif effect == "provider":
            zonal = row is not None and row.value is ValueForm.ZONE
            found, evidence = _by_arn(resource) or default_place(resource, self._graph, package, zonal=zonal)
            place = location(found.provider, found.code) if isinstance(found, Location) else found
            yield Spot(place, evidence=(evidence,))
        elif effect == "parent":
            yield from self._parent(resource, package, inheritance)
        elif effect == "paired":
            yield from (_paired(spot) for spot in self._residence(resource))
        elif effect == "paired-if-any":
            yield from (_paired(spot) for spot in self._residence(resource) if not _has_no_pair(spot))
        elif effect == "data-zone":
            yield from (_data_zone(spot) for spot in self._residence(resource))
        elif effect == "unrestricted":
            code = _ANYWHERE.get(package.file.provider.places, "global")
            yield Spot(Location(package.file.provider.places, code), evidence=(Evidence("no place is set"),))
        elif effect == "unknown":
            yield Spot(Unknown((row.reason if row else "") or "the catalogue cannot say", row.fix if row else ""))

    def _parent(self, resource: Resource, package: Package, inheritance: Inheritance) -> Iterator[Spot]:
        named = False
        for leaf in leaves(asked_first(resource), inheritance.path):
            if isinstance(leaf.value, (str, Unknown)) and leaf.value != "":
                named = True
                found = self._references.find(
                    leaf.value, inheritance.target, package.file.provider.places, asking=resource
                )
                yield from self.found(found)
        if not named:
            yield Spot(Unknown(f"`{inheritance.path}` does not name the resource that it belongs to"))


def location(provider: str, code: str, service: str = "") -> Location:
    """A location in the catalogue's own spelling; a code that the catalogue does not know stays as it is."""
    place = places.find(provider, code, service or None)
    return Location(provider, place.code if place else code, service)


def _by_arn(resource: Resource) -> tuple[Location, Evidence] | None:
    """Where the resource is by the ARN that the provider reports for it; what it reports is where it really is."""
    arn = resource.outputs.get("arn")
    region = arn_region(arn)
    if not region or "arn" in resource.inputs:
        return None
    return Location("aws", region), Evidence(f"the provider reports `arn` as `{arn}`", resource.id)


def _effect_of(value: str, values: Mapping[str, str]) -> str | None:
    """The effect of a word: its own, else the first whose pattern it fits, whole or after its last slash."""
    word = value.lower()
    by_lower = {literal.lower(): effect for literal, effect in values.items()}
    if word in by_lower:
        return by_lower[word]
    for each in (word, word.rpartition("/")[2]):
        for literal, effect in by_lower.items():
            if "*" in literal and fnmatchcase(each, literal):
                return effect
    return None


def _said(resource: Resource, reading: Reading | None, value: Value) -> tuple[Evidence, ...]:
    """The step from the resource to a value that it has, asked for or reported; none where it has no value."""
    if reading is None or value in (None, ""):
        return ()
    path = reading.leaf.path
    if not reading.asked:
        return (Evidence(f"the provider reports `{path}` as `{value}`", resource.id),)
    return (Evidence(f"`{path}` is {_shown(value)}", resource.id, path),)


def _is_said(row: PlacementRow, value: Value, spot: Spot) -> bool:
    """Whether the value is the code of the place itself, so that there is no default to be explained."""
    given = isinstance(value, str) and value != "" and isinstance(spot.location, Location)
    return given and row.value in (ValueForm.REGION, ValueForm.ZONE, ValueForm.LOCATION)


def _shown(value: Value) -> str:
    if isinstance(value, Secret):
        return "a secret"
    if isinstance(value, Unknown):
        return NOT_YET_KNOWN if value.reason == NOT_YET_KNOWN else "not known"
    return f"`{value}`"


def _through(resource: Resource, spot: Spot) -> Spot:
    step = Evidence(f"it names `{resource.name}` ({normalised(resource.type)})", resource.id)
    return Spot(spot.location, None, (step, *spot.evidence), spot.certain, spot.reason)


def _data_zone(spot: Spot) -> Spot:
    """The data zone of Azure that a region is in: of the EU, of the US, or none that is known."""
    if isinstance(spot.location, Unknown):
        return spot
    place = places.find(spot.location.provider, spot.location.code) if isinstance(spot.location, Location) else None
    for code in _DATA_ZONES:
        zone = places.find("azure", code)
        if place and zone and place.countries and set(place.countries) <= set(zone.countries):
            step = Evidence(f"`{place.code}` is in the data zone `{code}`", source=zone.source)
            return Spot(Location("azure", code), None, (*spot.evidence, step), spot.certain)
    return Spot(Unknown("its region is in no data zone that is known"))


def _has_no_pair(spot: Spot) -> bool:
    """Whether it is a released region to which Azure's list of regions gives no pair."""
    if not isinstance(spot.location, Location):
        return False
    place = places.find(spot.location.provider, spot.location.code)
    return (
        place is not None
        and place.kind is PlaceKind.REGION
        and place.status is PlaceStatus.RELEASED
        and place.paired is None
    )


def _paired(spot: Spot) -> Spot:
    if isinstance(spot.location, Unknown):
        return spot
    if isinstance(spot.location, Choice) or spot.location.provider == SITE:
        return Spot(Unknown("its region is not certain, so neither is the paired one"))
    place = places.find(spot.location.provider, spot.location.code)
    if place is None or place.paired is None:
        return Spot(
            Unknown(
                f"no paired region of `{spot.location.code}` is known",
                "choose a redundancy that stays in the region",
            )
        )
    step = Evidence(f"the paired region of `{spot.location.code}` is `{place.paired}`", source=place.source)
    return Spot(Location(place.provider, place.paired), None, (*spot.evidence, step), spot.certain)
