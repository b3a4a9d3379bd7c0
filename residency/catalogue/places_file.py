"""The form of a places file, ``data/places/<provider>.toml``: read, checked, and bound to spellings.

In:  a file. A row that names no source, an unknown country, a spelling of another row, or a parent, pair or
     member without a row is an error; all rows at fault are named in one message.
Out: ``Book``: the places, and which spelling names which.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from residency.catalogue.countries import countries
from residency.catalogue.membership import members
from residency.catalogue.place import Place, PlaceKind, PlaceStatus
from residency.errors import CatalogueError

DATA = Path(__file__).parent / "data"
PROVIDERS = ("aws", "azure", "gcp")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where facts were read: a page (``url``) or a package (``package`` and ``item``)."""

    title: str
    checked: dt.date
    url: str = ""
    package: str = ""
    item: str = ""

    def __str__(self) -> str:
        """One line: title, and address or package."""
        where = self.url or " ".join(part for part in (self.package, self.item) if part)
        return f"{self.title} ({where})"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
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


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A places file, as written."""

    provider: str
    sources: dict[str, Source]
    place: tuple[Row, ...]
    zone_names: str = ""
    zone_ids: str = ""


class Book(msgspec.Struct, frozen=True):
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


def key(provider: str, code: str) -> str:
    """What a code is looked up by: equal for all spellings that the provider takes for one place."""
    return _KEYS[provider](code)


def read(path: Path) -> Book:
    """Read one places file.

    Raises:
        CatalogueError: not TOML, not of the format, or rows that contradict one another; all rows at fault
        are named.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"a places file that cannot be read: {error}", where=where) from error
    if file.provider not in PROVIDERS:
        raise CatalogueError(f"unknown provider `{file.provider}`", where=where, help=f"one of {', '.join(PROVIDERS)}")
    faults = sorted(_faults(file))
    if faults:
        raise CatalogueError(f"rows that are not valid: {'; '.join(faults)}", where=where)
    return _bound(file)


def _bound(file: File) -> Book:
    """The places of a valid file, and its spellings."""
    by_key: dict[str, list[Place]] = defaultdict(list)
    by_zone_id: dict[str, Place] = {}
    exact: set[Place] = set()
    found: list[Place] = []
    for row in sorted(file.place, key=lambda row: (row.code, row.services)):
        for place in _places_of(file, row):
            found.append(place)
            for spelling in _spellings(file.provider, row):
                by_key[spelling].append(place)
            if row.exact:
                exact.add(place)
            if row.zone_ids:
                by_zone_id[row.zone_ids] = place
    return Book(
        places=tuple(sorted(found, key=lambda place: (place.code, place.service or ""))),
        by_key={spelling: tuple(rows) for spelling, rows in by_key.items()},
        exact=frozenset(exact),
        by_zone_id=by_zone_id,
        zone_names=str(file.sources[file.zone_names]) if file.zone_names else "",
        zone_ids=str(file.sources[file.zone_ids]) if file.zone_ids else "",
    )


def _places_of(file: File, row: Row) -> Iterable[Place]:
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


def _expanded(codes: Iterable[str], on: dt.date) -> tuple[str, ...]:
    """Country codes with the groups among them replaced by their members."""
    found: set[str] = set()
    for code in codes:
        found |= members(_GROUPS[code], on) if code in _GROUPS else {code}
    return tuple(sorted(found))


def _as_written(code: str) -> str:
    return code


def _without_case(code: str) -> str:
    return code.casefold()


def _without_case_or_spaces(code: str) -> str:
    return code.replace(" ", "").casefold()


# AWS: codes are lower case. Google Cloud: Cloud Storage and BigQuery write `EU` and `EUROPE-WEST1`, other
# APIs in lower case. Azure: `North Europe` and `northeurope` are the display name and the name of one
# location.
_KEYS: Mapping[str, Callable[[str], str]] = {
    "aws": _as_written,
    "azure": _without_case_or_spaces,
    "gcp": _without_case,
}


def _spellings(provider: str, row: Row) -> set[str]:
    return {key(provider, spelling) for spelling in (row.code, *row.spellings)}


def _faults(file: File) -> Iterable[str]:
    """Every contradiction in a file, each with its row."""
    codes = {row.code: row for row in file.place}
    for row in file.place:
        for fault in (*_own_faults(file, row), *_link_faults(row, codes)):
            yield f"`{row.code}`: {fault}"
    yield from _duplicates(file)
    used = {row.source for row in file.place} | {file.zone_names, file.zone_ids}
    yield from (f"source `{name}` is used by no row" for name in file.sources.keys() - used)
    for source in filter(None, (file.zone_names, file.zone_ids)):
        if source not in file.sources:
            yield f"zone_names or zone_ids: source `{source}` is not in [sources]"


def _own_faults(file: File, row: Row) -> Iterable[str]:
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


def _link_faults(row: Row, codes: Mapping[str, Row]) -> Iterable[str]:
    for link in filter(None, (row.parent, row.paired, *row.members)):
        if link not in codes:
            yield f"`{link}` has no row"
    if row.kind in {PlaceKind.LOCAL_ZONE, PlaceKind.WAVELENGTH_ZONE} and row.parent is None:
        yield "a zone without parent"
    pair = codes.get(row.paired or "")
    if pair is not None and pair.paired != row.code and not row.one_way_pair:
        other = f"`{pair.paired}`" if pair.paired else "no region"
        yield f"paired with `{pair.code}`, which is paired with {other}; say why in one_way_pair"


def _duplicates(file: File) -> Iterable[str]:
    """Spellings that two rows claim for one service; rows of different services may share a code."""
    claims: dict[tuple[str, str], Row] = {}
    for row in file.place:
        spellings = _spellings(file.provider, row)
        keys = [(f"spelling `{it}`", service) for it in spellings for service in row.services or ("",)]
        if row.zone_ids:
            keys.append((f"zone ids `{row.zone_ids}`", ""))
        for what, service in sorted(keys):
            other = claims.setdefault((what, service), row)
            if other is not row:
                yield f"`{row.code}`: {what} also in `{other.code}`"
