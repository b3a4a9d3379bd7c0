"""From a country to the one region that a cloud's components use there.

In:  ``data/regions.toml``, the reviewed choice, and the catalogue of places of ``residency``, which knows where each
     region is and whether it is released.
Out: region codes. A country that has no reviewed choice has no region, however many the cloud may have there.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.catalogue import places
from residency_components.errors import CloudWithoutCountryError, ComponentError

CLOUDS = ("aws", "azure", "gcp")
"""The clouds that the components can build in, as the catalogue of places names them."""
SITE = "site"
"""What stands in a cloud's place for a data centre of one's own, whose country the perimeter file declares."""
BUILT_IN = (*CLOUDS, SITE)
"""What components are built in, each a folder of this package."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a choice was read: a page, a package, or both."""

    title: str
    checked: dt.date
    url: str = ""
    package: str = ""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reviewed region of one cloud in one country, with the reason and the key of its source."""

    country: str
    cloud: str
    region: str
    reason: str
    source: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: dict[str, Source]
    choice: tuple[Choice, ...]


@functools.cache
def choices() -> tuple[Choice, ...]:
    """All reviewed choices, in the order of the file.

    Raises:
        ComponentError: a row names no source, two rows choose for the same cloud and country, or the catalogue of
            places does not know the region as one of the country.
    """
    path = Path(__file__).parent / "data" / "regions.toml"
    file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    check(file.choice, file.sources)
    return file.choice


def check(rows: tuple[Choice, ...], sources: Mapping[str, Source]) -> None:
    """Refuse rows that nothing supports; all rows at fault are named. Raises as ``choices`` does."""
    faults = [f"{row.cloud} {row.country}: no source `{row.source}`" for row in rows if row.source not in sources]
    keys = [(row.cloud, row.country) for row in rows]
    faults += [f"{cloud} {country}: chosen twice" for cloud, country in sorted({k for k in keys if keys.count(k) > 1})]
    faults += [
        f"{row.cloud} {row.country}: `{row.region}` is not a region in that country"
        for row in rows
        if (place := places.find(row.cloud, row.region)) is None or place.countries != (row.country,)
    ]
    if faults:
        raise ComponentError(f"region choices that are not valid: {'; '.join(faults)}", where="data/regions.toml")


def region_for(cloud: str, country: str) -> str:
    """The region that a cloud's components use in a country.

    Raises:
        CloudWithoutCountryError: there is none, or it is not released; the help names the clouds that have one.
    """
    name = places.country_name(country)
    for row in choices():
        if (row.cloud, row.country) == (cloud, country):
            if _released(row):
                return row.region
            raise CloudWithoutCountryError(
                f"`{cloud}` has announced `{row.region}` in {name} (`{country}`), and not released it",
                help=_elsewhere(country),
            )
    raise CloudWithoutCountryError(
        f"`{cloud}` has no reviewed region in {name} (`{country}`)", help=_elsewhere(country)
    )


def _released(row: Choice) -> bool:
    """Whether data can be put there today, by the catalogue of places."""
    return row.region in places.regions_in(row.cloud, frozenset({row.country}))


def clouds_in(country: str) -> tuple[str, ...]:
    """The clouds that have a reviewed and released region in a country, the preferred one first."""
    return tuple(row.cloud for row in choices() if row.country == country and _released(row))


def pair_outside(cloud: str, region: str, perimeter: tuple[str, ...]) -> places.Place | None:
    """The region that a cloud pairs with another, if there is one and it is not wholly inside the perimeter."""
    place = places.find(cloud, region)
    pair = places.find(cloud, place.paired) if place and place.paired else None
    return pair if pair and not (pair.countries and set(perimeter).issuperset(pair.countries)) else None


def _elsewhere(country: str) -> str:
    """Who has the country: first what the components can build, then what else the catalogue knows."""
    chosen = [f"`{row.cloud}` (`{row.region}`)" for row in choices() if row.country == country and _released(row)]
    if chosen:
        return f"{' and '.join(chosen)} can: choose that cloud, or a country of this one"
    known = [
        f"`{cloud}` ({', '.join(regions)})"
        for cloud in CLOUDS
        if (regions := places.regions_in(cloud, frozenset({country})))
    ]
    if known:
        return f"{' and '.join(known)} has regions there, but none is reviewed for these components"
    return "no cloud of the catalogue has a region there"
