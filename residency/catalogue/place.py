"""The values of the places catalogue. See ``places`` for what is known and how it is looked up."""

from __future__ import annotations

import enum

import msgspec


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
        countries: ISO 3166-1 alpha-2 codes, sorted, groups expanded. Empty where the catalogue does not know,
            and where the place is unrestricted. For a place of several regions: every country that data may
            be in.
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
