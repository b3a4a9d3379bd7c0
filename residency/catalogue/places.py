"""Where the providers' places are: region, zone or multi-region code to countries.

In:  ``data/places/<provider>.toml``, one file a provider, read when that provider is first asked for, and
     ``data/countries.tsv``.
Out: ``Place`` values. A code that no row names is None, never a guess from its spelling; a row whose country no source
     says has no countries.

A zone is known through its region where the provider documents how its name is made: AWS adds one letter to the
region's code, Google Cloud a hyphen and one letter. Local and Wavelength Zones have rows of their own, because they may
lie in another country than their region does.
"""

from __future__ import annotations

import datetime
import difflib
import enum
import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from residency.catalogue.membership import members
from residency.errors import CatalogueError

DATA = Path(__file__).parent / "data"
PROVIDERS = ("aws", "azure", "gcp")


class PlaceKind(enum.Enum):
    """What a code names."""

    REGION = "region"
    ZONE = "zone"
    LOCAL_ZONE = "local-zone"
    WAVELENGTH_ZONE = "wavelength-zone"
    MULTI_REGION = "multi-region"
    DUAL_REGION = "dual-region"
    GLOBAL = "global"


class PlaceStatus(enum.Enum):
    """Whether data can be put there.

    ``UNLISTED``: an SDK or an API document names the code, the provider's public list of regions does not.
    """

    RELEASED = "released"
    ANNOUNCED = "announced"
    RETIRED = "retired"
    UNLISTED = "unlisted"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place of one provider.

    Attributes:
        provider: ``aws``, ``gcp`` or ``azure``.
        code: as the provider's own list spells it.
        kind: region, zone, multi-region and so on.
        name: city or area as the source gives it; may be empty.
        countries: ISO 3166-1 alpha-2 codes, sorted, groups expanded. Empty where the catalogue does not know, and
            where the place is unrestricted. For a place of several regions: every country that data may be in.
        unrestricted: the cloud may choose anywhere.
        status: whether it is released.
        parent: the region of a zone.
        partition: AWS partition or Azure cloud; None where the provider has but one.
        paired: code of the region that Azure replicates to.
        members: codes of the regions of a place of several regions, where the source lists them.
        restricted: open only to customers that the provider approves.
        service: the one service for which the row holds; None for all.
        note: what a reader should know; may be empty.
        source: title, and address or package, of where it was read.
        checked: ISO date of that reading.
    """

    provider: str
    code: str
    kind: PlaceKind
    name: str
    countries: tuple[str, ...]
    unrestricted: bool = False
    status: PlaceStatus = PlaceStatus.RELEASED
    parent: str | None = None
    partition: str | None = None
    paired: str | None = None
    members: tuple[str, ...] = ()
    restricted: bool = False
    service: str | None = None
    note: str = ""
    source: str
    checked: str


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where facts were read: a page (``url``) or a package (``package`` and ``item``)."""

    title: str
    checked: datetime.date
    url: str = ""
    package: str = ""
    item: str = ""

    def __str__(self) -> str:
        """One line: title, and address or package."""
        where = self.url or " ".join(part for part in (self.package, self.item) if part)
        return f"{self.title} ({where})"


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One ``[[place]]`` of a file, as written.

    Attributes that ``Place`` does not have, or has otherwise:
        spellings: other names of the same place.
        zone_ids: what the ids of the region's zones begin with, before ``-az``.
        one_way_pair: why the pair's own pair is another region.
        services: services for which the row holds, by their name in resource types; none for all.
        exact: those services take the code in this case only.
        source: key in ``[sources]``.
    """

    code: str
    kind: PlaceKind = PlaceKind.REGION
    name: str = ""
    countries: tuple[str, ...] = ()
    unrestricted: bool = False
    status: PlaceStatus = PlaceStatus.RELEASED
    spellings: tuple[str, ...] = ()
    zone_ids: str = ""
    parent: str | None = None
    partition: str | None = None
    paired: str | None = None
    one_way_pair: str = ""
    members: tuple[str, ...] = ()
    restricted: bool = False
    services: tuple[str, ...] = ()
    exact: bool = False
    note: str = ""
    source: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A places file, as written."""

    provider: str
    sources: dict[str, Source]
    place: tuple[_Row, ...]
    zone_names: str = ""
    zone_ids: str = ""


class _Book(msgspec.Struct, frozen=True):
    """One provider's places, and the rows that each spelling names (several only where services differ).

    Attributes:
        places: sorted by code and service.
        by_key: spelling to places.
        exact: places whose services take the code in its own case only.
        by_zone_id: what the ids of a region's zones begin with, to that region.
        zone_names: where it is said how a zone's name is made; empty where no name is made from a region's.
        zone_ids: where the beginnings of zone ids were read.
    """

    places: tuple[Place, ...]
    by_key: Mapping[str, tuple[Place, ...]]
    exact: frozenset[Place]
    by_zone_id: Mapping[str, Place]
    zone_names: str
    zone_ids: str


def find(provider: str, code: str, service: str | None = None) -> Place | None:
    """The place that a provider's code names, in any spelling that the provider accepts.

    Args:
        provider: ``aws``, ``gcp`` or ``azure``; any other has no places.
        code: region, zone, multi-region or geography.
        service: whose meaning of the code to use where services differ, by its name in resource types (``storage``,
            ``bigquery``). Without it, the countries of all meanings together: the worst case. For a service whose
            meaning was not read, no countries.

    Returns:
        The place, or None for a code that the catalogue does not know.

    Raises:
        CatalogueError: the provider's file is not valid.
    """
    return _find(provider, code, service) if provider in PROVIDERS else None


@functools.cache
def _find(provider: str, code: str, service: str | None) -> Place | None:
    book = _book(provider)
    key = _KEYS[provider](code)
    rows = tuple(row for row in book.by_key.get(key, ()) if row.code == code or row not in book.exact)
    if not rows:
        return _zone(provider, key, book)
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
    codes = {_KEYS[provider](place.code): place.code for place in places(provider)}
    near = difflib.get_close_matches(_KEYS[provider](code), sorted(codes), n=1, cutoff=0.75)
    return codes[near[0]] if near else None


def country_name(code: str) -> str:
    """The English short name of an ISO 3166-1 alpha-2 code; the code itself if ISO has no such country."""
    return countries().get(code, code)


@functools.cache
def countries() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 code to English short name, from ``data/countries.tsv``."""
    lines = (DATA / "countries.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if not line.startswith("#"))
    return {code: name for code, name in pairs}  # noqa: C416 - dict() would lose the pair's type


def load(path: Path) -> tuple[Place, ...]:
    """Read one places file.

    Returns:
        Its places, sorted by code and service.

    Raises:
        CatalogueError: not TOML, not of the format, or rows that contradict one another; all rows at fault are named.
    """
    return _read(path).places


@functools.cache
def _book(provider: str) -> _Book:
    return _read(DATA / "places" / f"{provider}.toml")


def _read(path: Path) -> _Book:
    where = f"{path.parent.name}/{path.name}"
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"a places file that cannot be read: {error}", where=where) from error
    if file.provider not in PROVIDERS:
        raise CatalogueError(f"unknown provider `{file.provider}`", where=where, help=f"one of {', '.join(PROVIDERS)}")
    faults = sorted(_faults(file))
    if faults:
        raise CatalogueError(f"rows that are not valid: {'; '.join(faults)}", where=where)
    return _bound(file)


def _bound(file: _File) -> _Book:
    """The places of a valid file, and its spellings."""
    by_key: dict[str, list[Place]] = defaultdict(list)
    by_zone_id: dict[str, Place] = {}
    exact: set[Place] = set()
    found: list[Place] = []
    for row in sorted(file.place, key=lambda row: (row.code, row.services)):
        for place in _places_of(file, row):
            found.append(place)
            for key in _spellings(file.provider, row):
                by_key[key].append(place)
            if row.exact:
                exact.add(place)
            if row.zone_ids:
                by_zone_id[row.zone_ids] = place
    return _Book(
        places=tuple(sorted(found, key=lambda place: (place.code, place.service or ""))),
        by_key={key: tuple(rows) for key, rows in by_key.items()},
        exact=frozenset(exact),
        by_zone_id=by_zone_id,
        zone_names=str(file.sources[file.zone_names]) if file.zone_names else "",
        zone_ids=str(file.sources[file.zone_ids]) if file.zone_ids else "",
    )


def _places_of(file: _File, row: _Row) -> Iterable[Place]:
    """A row's place: one for all services, or one for each that it names."""
    source = file.sources[row.source]
    place = Place(
        provider=file.provider,
        code=row.code,
        kind=row.kind,
        name=row.name,
        countries=_expanded(row.countries, source.checked),
        unrestricted=row.unrestricted,
        status=row.status,
        parent=row.parent,
        partition=row.partition,
        paired=row.paired,
        members=row.members,
        restricted=row.restricted,
        note=row.note or row.one_way_pair,
        source=str(source),
        checked=source.checked.isoformat(),
    )
    if not row.services:
        return (place,)
    return tuple(msgspec.structs.replace(place, service=service) for service in row.services)


_GROUPS = {"EU27": "EU"}


def _expanded(codes: Iterable[str], on: datetime.date) -> tuple[str, ...]:
    """Country codes with the groups among them replaced by their members."""
    found: set[str] = set()
    for code in codes:
        found |= members(_GROUPS[code], on) if code in _GROUPS else {code}
    return tuple(sorted(found))


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


# How a provider makes a zone's name from its region's; the places files cite where it says so. Azure numbers its zones,
# and the numbers are no codes.
_ZONES = {"aws": re.compile(r"([a-z0-9-]+-[0-9]+)[a-z]"), "gcp": re.compile(r"([a-z0-9-]+[0-9])-[a-z]")}
_ZONE_ID = re.compile(r"([a-z0-9]+)-az[0-9]")


def _zone(provider: str, key: str, book: _Book) -> Place | None:
    form = _ZONES.get(provider)
    if form is None:
        return None
    if (match := _ZONE_ID.fullmatch(key)) and match[1] in book.by_zone_id:
        return _zone_of(book.by_zone_id[match[1]], key, book.zone_ids)
    match = form.fullmatch(key)
    regions = book.by_key.get(match[1], ()) if match else ()
    if len(regions) != 1 or regions[0].kind is not PlaceKind.REGION:
        return None
    return _zone_of(regions[0], key, book.zone_names)


def _zone_of(region: Place, code: str, source: str) -> Place:
    return msgspec.structs.replace(
        region,
        code=code,
        kind=PlaceKind.ZONE,
        parent=region.code,
        source=f"{region.source}; {source}",
    )


def _as_written(code: str) -> str:
    return code


def _without_case(code: str) -> str:
    return code.casefold()


def _without_case_or_spaces(code: str) -> str:
    return code.replace(" ", "").casefold()


# AWS: codes are lower case. Google Cloud: Cloud Storage and BigQuery write `EU` and `EUROPE-WEST1`, other APIs lower case.
# Azure: `North Europe` and `northeurope` are the display name and the name of one location.
_KEYS: Mapping[str, Callable[[str], str]] = {
    "aws": _as_written,
    "azure": _without_case_or_spaces,
    "gcp": _without_case,
}


def _spellings(provider: str, row: _Row) -> set[str]:
    return {_KEYS[provider](spelling) for spelling in (row.code, *row.spellings)}


def _faults(file: _File) -> Iterable[str]:
    """Every contradiction in a file, each with its row."""
    codes = {row.code: row for row in file.place}
    for row in file.place:
        for fault in (*_own_faults(file, row), *_link_faults(row, codes)):
            yield f"`{row.code}`: {fault}"
    yield from _duplicates(file)
    for source in filter(None, (file.zone_names, file.zone_ids)):
        if source not in file.sources:
            yield f"zone_names or zone_ids: source `{source}` is not in [sources]"


def _own_faults(file: _File, row: _Row) -> Iterable[str]:
    if not row.source:
        yield "no source"
    elif row.source not in file.sources:
        yield f"source `{row.source}` is not in [sources]"
    elif not (file.sources[row.source].url or file.sources[row.source].package):
        yield f"source `{row.source}` has neither url nor package"
    for country in row.countries:
        if country not in _GROUPS and country not in countries():
            yield f"unknown country `{country}`"
    if row.unrestricted and row.countries:
        yield "unrestricted, yet with countries"
    if row.kind is PlaceKind.GLOBAL and not row.unrestricted:
        yield "global, yet not unrestricted"


def _link_faults(row: _Row, codes: Mapping[str, _Row]) -> Iterable[str]:
    for link in filter(None, (row.parent, row.paired, *row.members)):
        if link not in codes:
            yield f"`{link}` has no row"
    if row.kind in {PlaceKind.LOCAL_ZONE, PlaceKind.WAVELENGTH_ZONE} and row.parent is None:
        yield "a zone without parent"
    pair = codes.get(row.paired or "")
    if pair is not None and pair.paired != row.code and not row.one_way_pair:
        yield f"paired with `{pair.code}`, which is paired with `{pair.paired}`; say why in one_way_pair"


def _duplicates(file: _File) -> Iterable[str]:
    """Spellings that two rows claim for one service; rows of different services may share a code."""
    claims: dict[tuple[str, str], _Row] = {}
    for row in file.place:
        keys = [(f"spelling `{key}`", service) for key in _spellings(file.provider, row) for service in row.services or ("",)]
        if row.zone_ids:
            keys.append((f"zone ids `{row.zone_ids}`", ""))
        for what, service in sorted(keys):
            other = claims.setdefault((what, service), row)
            if other is not row:
                yield f"`{row.code}`: {what} also in `{other.code}`"
