"""What a caller asked for, checked; every component checks here before it registers anything.

In:  a component's name and arguments, as the caller gave them.
Out: ``Asked``, whose countries are inside the perimeter and whose regions lie in those countries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import msgspec

from residency.catalogue import places
from residency.catalogue.countries import countries
from residency_components.arguments import Argument, label
from residency_components.errors import (
    ArgumentFaultError,
    ComponentError,
    NotACountryError,
    OutsidePerimeterError,
    RegionForCountryError,
    SelfReplicationError,
)
from residency_components.reach import kept_inside
from residency_components.regions import CLOUDS

PERIMETER = ("IE", "NO")
"""The perimeter of a caller who names none."""

COMMON = ("country", "owner", "data_class", "perimeter")
"""The arguments of every component."""
# Storage accounts take 24 lower-case letters and digits: 8 go to the provider's random suffix, 4 to `copy`.
# Source: pulumi-azure-native 3.29.0, storage.StorageAccount.account_name.
_NAME = re.compile(r"[a-z][a-z0-9]{2,11}")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A component as asked for, with its regions.

    Attributes:
        country: where the data is; ISO 3166-1 alpha-2.
        region: the cloud's region in that country.
        owner: who answers for the data.
        data_class: what kind of data it is.
        copy_country: where the copy is, or None.
        copy_region: the cloud's region in the copy's country, or None.
        perimeter: the countries that were allowed.
        values: the component's own arguments, checked, defaults filled in; None for what was left out.
    """

    country: str
    region: str
    owner: str
    data_class: str
    perimeter: tuple[str, ...]
    copy_country: str | None = None
    copy_region: str | None = None
    values: Mapping[str, Any] = {}

    def __getitem__(self, argument: str) -> Any:  # noqa: ANN401 - each argument has its own check, in the interface
        """The value of one of the component's own arguments."""
        return self.values[argument]

    @property
    def environment(self) -> Mapping[str, Any]:
        """The variables of a process, of a component that runs one; texts or outputs by name."""
        return self.values["environment"] or {}

    @property
    def tags(self) -> dict[str, str]:
        """The tags of every resource that can have tags."""
        return {"owner": self.owner, "data-class": self.data_class}

    @property
    def inputs(self) -> dict[str, object]:
        """What was asked for, as it is kept in the state beside the component."""
        own = {camel(key): value for key, value in self.values.items()}
        return {
            "country": self.country,
            "owner": self.owner,
            "dataClass": self.data_class,
            "perimeter": [*self.perimeter],
            **own,
        }


Region = Callable[[str], str]
"""Gives the one region of a country, or raises ``CloudWithoutCountryError``."""


def checked(region: Region, name: str, args: Mapping[str, object], own: Mapping[str, Argument]) -> Asked:
    """What a component's arguments ask for in a cloud.

    Args:
        region: where the cloud is in a country.
        name: the component's name.
        args: the arguments, as the interface's type describes them.
        own: the interface's own arguments. One named `replicate_to` is the country of a copy.

    Raises:
        ComponentError: a subclass that names the fault; nothing has been registered.
    """
    _name(name)
    _known(args, own)
    owner, data_class = label(args.get("owner"), "owner"), label(args.get("data_class"), "data_class")
    perimeter = _perimeter(args.get("perimeter"))
    country = _inside(args.get("country"), "country", perimeter)
    asked = Asked(
        country=country,
        region=region(country),
        owner=owner,
        data_class=data_class,
        perimeter=perimeter,
        values={
            key: kept_inside(_value(args.get(key), key, argument), key, perimeter) for key, argument in own.items()
        },
    )
    return _with_copy(region, asked)


def copied(value: object, where: str) -> str:
    """The country of a copy; that it is inside the perimeter and not the source is checked with the other arguments."""
    return country_of(value, where)


def _with_copy(region: Region, asked: Asked) -> Asked:
    if asked.values.get("replicate_to") is None:
        return asked
    copy = _inside(asked["replicate_to"], "replicate_to", asked.perimeter)
    if copy == asked.country:
        raise SelfReplicationError(
            f"the copy would go to `{copy}`, where the data already is",
            where="replicate_to",
            help="name another country; the data is already kept in several zones of its region",
        )
    return msgspec.structs.replace(asked, copy_country=copy, copy_region=_copy_region(region, copy))


def _value(value: object, where: str, argument: Argument) -> Any:  # noqa: ANN401 - as `Asked.values`
    if value is not None:
        return argument.check(value, where)
    if argument.required:
        raise ArgumentFaultError(f"`{where}` is missing", where=where, help="it has no default: say what you want")
    return argument.default


def country_of(value: object, where: str) -> str:
    """A country code that a caller gave.

    Raises:
        RegionForCountryError: it is a provider's region.
        NotACountryError: it is no text known now, or no ISO 3166-1 alpha-2 code.
    """
    if not isinstance(value, str):
        raise NotACountryError(
            "a country must be a text that is known when the program is written",
            where=where,
            help="pass an ISO 3166-1 alpha-2 code such as `IE`, not an output of another resource",
        )
    if value in countries():
        return value
    region = _region_countries(value)
    if region is not None:
        meant = f"; did you mean country `{region}`?" if region else ""
        raise RegionForCountryError(
            f"`{value}` is a region, and a component is asked for by country{meant}",
            where=where,
            help=f"pass {f'`{region}`' if region else 'a country'}: the component chooses the region",
        )
    raise NotACountryError(f"`{value}` is not a country", where=where, help=_meant(value))


def _name(name: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ArgumentFaultError(
            f"`{name}` cannot be the name of a component",
            where="name",
            help="use 3 to 12 lower-case letters and digits, a letter first: storage accounts allow no more",
        )


def _known(args: Mapping[str, object], own: Mapping[str, Argument]) -> None:
    known = [*COMMON, *own]
    unknown = sorted(str(key) for key in args if key not in known)
    if unknown:
        raise ArgumentFaultError(
            f"unknown argument `{unknown[0]}`",
            where=unknown[0],
            help=f"it takes {', '.join(known)}; the region follows from the country",
        )


def _perimeter(value: object) -> tuple[str, ...]:
    if value is None:
        return PERIMETER
    if not isinstance(value, list | tuple) or not value:
        raise ArgumentFaultError(
            "a perimeter must be a list of at least one country", where="perimeter", help='for example ["IE", "NO"]'
        )
    return tuple(country_of(country, f"perimeter[{at}]") for at, country in enumerate(cast("Sequence[object]", value)))


def _inside(value: object, where: str, perimeter: tuple[str, ...]) -> str:
    country = country_of(value, where)
    if country not in perimeter:
        inside = ", ".join(f"`{code}`" for code in perimeter)
        raise OutsidePerimeterError(
            f"{places.country_name(country)} (`{country}`) is outside the perimeter",
            where=where,
            help=f"choose one of {inside}, or widen `perimeter` if that was approved",
        )
    return country


def _copy_region(region: Region, country: str) -> str:
    try:
        return region(country)
    except ComponentError as error:
        raise type(error)(f"no copy can go there: {error.what}", where="replicate_to", help=error.help) from error


def _region_countries(value: str) -> str | None:
    """The country of a region code of any cloud; empty if it has several or none; None if no cloud has such a code."""
    for cloud in CLOUDS:
        place = places.find(cloud, value)
        if place is not None:
            return place.countries[0] if len(place.countries) == 1 else ""
    return None


def _meant(value: str) -> str:
    """Advice for a text that is no country: the code in capitals, or the code of a country's name."""
    if value.strip().upper() in countries():
        return f"did you mean `{value.strip().upper()}`?"
    named = [code for code, name in countries().items() if name.casefold() == value.strip().casefold()]
    return f"did you mean `{named[0]}`?" if named else "pass an ISO 3166-1 alpha-2 code such as `IE` or `NO`"


def camel(name: str) -> str:
    """A Python name as other languages and the state spell it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
