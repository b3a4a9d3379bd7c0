"""Where the providers' places are: region, zone or multi-region code to countries.

In:  ``data/places/<provider>.toml``, one file a provider, read when that provider is first asked for.
Out: ``Place`` values. A code that no row names is None, never a guess from its spelling; a row whose
     country no source says has no countries.

A zone is known through its region where the provider documents how its name is made: AWS adds one letter to
the region's code, Google Cloud a hyphen and one letter. Local and Wavelength Zones have rows of their own,
because they may lie in another country than their region does.
"""

from __future__ import annotations

import difflib
import functools
import re

import msgspec

from residency.catalogue.countries import countries
from residency.catalogue.place import Place, PlaceKind, PlaceStatus
from residency.catalogue.places_file import DATA, PROVIDERS, Book, key, read

__all__ = [
    "Place",
    "PlaceKind",
    "PlaceStatus",
    "country_name",
    "find",
    "places",
    "regions_in",
    "suggest",
]


def find(provider: str, code: str, service: str | None = None) -> Place | None:
    """The place that a provider's code names, in any spelling that the provider accepts.

    Args:
        provider: ``aws``, ``gcp`` or ``azure``; any other has no places.
        code: region, zone, multi-region or geography.
        service: whose meaning of the code to use where services differ, by its name in resource types
            (``storage``, ``bigquery``). Without it, the countries of all meanings together: the worst case.
            For a service whose meaning was not read, no countries.

    Returns:
        The place, or None for a code that the catalogue does not know.

    Raises:
        CatalogueError: the provider's file is not valid.
    """
    return _find(provider, code, service) if provider in PROVIDERS else None


@functools.cache
def _find(provider: str, code: str, service: str | None) -> Place | None:
    book = _book(provider)
    spelling = key(provider, code)
    rows = tuple(row for row in book.by_key.get(spelling, ()) if row.code == code or row not in book.exact)
    if not rows:
        return _regional(provider, spelling, book) or _zone(provider, spelling, book)
    if service is None:
        return rows[0] if len(rows) == 1 else _union(rows)
    for wanted in (service, None):
        for row in rows:
            if row.service == wanted:
                return row
    return _unread(_union(rows), service)


def places(provider: str | None = None) -> tuple[Place, ...]:
    """All places that have a row, of one provider or of all, sorted by provider, code and service.

    Raises:
        CatalogueError: a provider's file is not valid.
    """
    chosen = PROVIDERS if provider is None else tuple(name for name in PROVIDERS if name == provider)
    return tuple(place for name in chosen for place in _book(name).places)


def regions_in(provider: str, countries: frozenset[str]) -> tuple[str, ...]:
    """Codes of a provider's released regions that lie wholly inside some countries, sorted."""
    return tuple(
        place.code
        for place in places(provider)
        if place.kind is PlaceKind.REGION
        and place.status is PlaceStatus.RELEASED
        and place.countries
        and countries.issuperset(place.countries)
    )


def suggest(provider: str, code: str) -> str | None:
    """The known code most like an unknown one, for "did you mean"; None if nothing is near."""
    if provider not in PROVIDERS:
        return None
    codes = {key(provider, place.code): place.code for place in places(provider)}
    near = difflib.get_close_matches(key(provider, code), sorted(codes), n=1, cutoff=0.75)
    return codes[near[0]] if near else None


def country_name(code: str) -> str:
    """The English short name of an ISO 3166-1 alpha-2 code; the code itself if ISO has no such country."""
    return countries().get(code, code)


@functools.cache
def _book(provider: str) -> Book:
    return read(DATA / "places" / f"{provider}.toml")


def _union(rows: tuple[Place, ...]) -> Place:
    """What a code means when the service is not known: wherever any service would put the data.

    One reading without known countries makes the countries of all unknown.
    """
    known = all(row.countries for row in rows)
    kinds = {row.kind for row in rows}
    return msgspec.structs.replace(
        rows[0],
        kind=rows[0].kind if len(kinds) == 1 else PlaceKind.MULTI_REGION,
        name="; ".join(dict.fromkeys(row.name for row in rows if row.name)),
        countries=tuple(sorted({code for row in rows for code in row.countries})) if known else (),
        unrestricted=any(row.unrestricted for row in rows),
        members=tuple(sorted({member for row in rows for member in row.members})),
        service=None,
        note="not every service means the same by it: " + ", ".join(row.service or "others" for row in rows),
        source="; ".join(dict.fromkeys(row.source for row in rows)),
        checked=min(row.checked for row in rows),
    )


def _unread(place: Place, service: str) -> Place:
    """A known code of a service whose meaning of it was not read."""
    note = f"what {service} means by it was not read"
    return msgspec.structs.replace(place, countries=(), members=(), service=service, note=note)


def _regional(provider: str, spelling: str, book: Book) -> Place | None:
    """The region in Spanner's name for a configuration of one region, ``regional-europe-west1``.

    Source: https://docs.cloud.google.com/spanner/docs/instance-configurations, read 2026-11-23.
    """
    prefix = "regional-"
    if provider != "gcp" or not spelling.startswith(prefix):
        return None
    return _region(spelling.removeprefix(prefix), book)


# How a provider makes a zone's name from its region's; the places files cite where it says so. Azure
# numbers its zones, and the numbers are no codes.
_ZONES = {"aws": re.compile(r"([a-z0-9-]+-[0-9]+)[a-z]"), "gcp": re.compile(r"([a-z0-9-]+[0-9])-[a-z]")}
_ZONE_ID = re.compile(r"([a-z0-9]+)-az[0-9]")


def _zone(provider: str, spelling: str, book: Book) -> Place | None:
    form = _ZONES.get(provider)
    if form is None:
        return None
    if (match := _ZONE_ID.fullmatch(spelling)) and match[1] in book.by_zone_id:
        return _zone_of(book.by_zone_id[match[1]], spelling, book.zone_ids)
    match = form.fullmatch(spelling)
    region = _region(match[1], book) if match else None
    return None if region is None else _zone_of(region, spelling, book.zone_names)


def _region(spelling: str, book: Book) -> Place | None:
    rows = book.by_key.get(spelling, ())
    return rows[0] if len(rows) == 1 and rows[0].kind is PlaceKind.REGION else None


def _zone_of(region: Place, code: str, source: str) -> Place:
    return msgspec.structs.replace(
        region,
        code=code,
        kind=PlaceKind.ZONE,
        parent=region.code,
        source=f"{region.source}; {source}",
    )
