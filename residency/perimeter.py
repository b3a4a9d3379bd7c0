"""Perimeters: the countries where data may be placed, with sites, externals, transfers and exemptions.

In:  a built-in name, or a ``residency.toml``; and the day on which it is asked.
Out: a frozen Perimeter that locates a Location: inside, outside or undetermined, with the countries and the reason.
"""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from residency.catalogue import membership, places
from residency.errors import PerimeterError
from residency.model import External, Location, Outcome, Site

FILE_NAME = "residency.toml"
BUILT_IN: Mapping[str, str] = {
    "eea": "the countries of the European Economic Area",
    "europe": "the European Economic Area, and European countries with an adequacy decision",
    "ireland-norway": "Ireland and Norway",
}
DEFAULT = "eea"
# European countries among those with an adequacy decision; the decision itself, with its dates, is in membership.toml.
_EUROPEAN = frozenset({"AD", "CH", "FO", "GB", "GG", "IM", "JE"})
_SHOWN_COUNTRIES = 3


class _Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the perimeter file; a misspelled key is an error."""


class Transfer(_Closed, frozen=True, kw_only=True):
    """A flow out of the perimeter that somebody approved.

    Attributes:
        name: how reports call it.
        resource: name, id or pattern (``*``) of the resource whose data flows.
        to: countries that it may flow to, ISO 3166-1 alpha-2.
        legal_basis, purpose, owner, approver: in words.
        expires: last day.
    """

    name: str
    resource: str
    to: tuple[str, ...]
    legal_basis: str
    purpose: str
    owner: str
    approver: str
    expires: datetime.date


class Exemption(_Closed, frozen=True, kw_only=True):
    """A finding accepted for a time.

    Attributes:
        rule: its id or name.
        resource: name, id or pattern (``*``).
        owner, reason, approver: in words.
        expires: last day.
    """

    rule: str
    resource: str
    owner: str
    reason: str
    approver: str
    expires: datetime.date


class _Header(_Closed, frozen=True, kw_only=True):
    name: str = ""
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    undetermined: Literal["block", "warn"] = "block"


class _File(_Closed, frozen=True, kw_only=True):
    perimeter: _Header
    site: tuple[Site, ...] = ()
    external: tuple[External, ...] = ()
    transfer: tuple[Transfer, ...] = ()
    exemption: tuple[Exemption, ...] = ()


class Located(msgspec.Struct, frozen=True):
    """Where a location is against a perimeter.

    Attributes:
        outcome: inside, outside or undetermined.
        countries: ISO codes, sorted; empty if unknown or anywhere.
        place: in words: ``us-east-1 (United States)``.
        reason: why it is undetermined, or outside for more than its country; may be empty.
        settle: what would settle it; may be empty.
    """

    outcome: Outcome
    countries: tuple[str, ...]
    place: str
    reason: str = ""
    settle: str = ""


class Perimeter(msgspec.Struct, frozen=True, kw_only=True):
    """Where data may be placed, on one day.

    Attributes:
        name: how messages call it.
        countries: ISO 3166-1 alpha-2 codes; never empty.
        on: the day for which memberships and expiries hold.
        undetermined_blocks: False only if the file says ``undetermined = "warn"``.
    """

    name: str
    countries: frozenset[str]
    on: datetime.date
    undetermined_blocks: bool = True
    sites: tuple[Site, ...] = ()
    externals: tuple[External, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    def with_undetermined(self, *, blocks: bool) -> Perimeter:
        """The same perimeter, in which an undetermined placement blocks or only warns."""
        return msgspec.structs.replace(self, undetermined_blocks=blocks)

    def locate(self, location: Location) -> Located:
        """Judge one location. A code that the catalogue does not know is undetermined, never guessed."""
        if location.provider == "site":
            return self._locate_site(location.code)
        place = places.find(location.provider, location.code, location.service or None)
        if place is None:
            near = places.suggest(location.provider, location.code)
            return Located(
                Outcome.UNDETERMINED,
                (),
                f"`{location.code}`",
                f"`{location.code}` is not a place of `{location.provider}` that the catalogue knows",
                f"did you mean `{near}`?" if near else "`residency places` lists the known ones",
            )
        if place.unrestricted:
            reason = "the cloud may place it in any country"
            return Located(Outcome.OUTSIDE, (), f"`{place.code}` (any country)", reason)
        if not place.countries:
            reason = f"the country of `{place.code}` is not known"
            return Located(Outcome.UNDETERMINED, (), f"`{place.code}`", reason, "choose a place whose country is known")
        return self._locate_place(place)

    def _locate_place(self, place: places.Place) -> Located:
        shown = f"`{place.code}` ({_names(place.countries)})"
        if not self.countries.issuperset(place.countries):
            return Located(Outcome.OUTSIDE, place.countries, shown)
        if place.status in (places.PlaceStatus.ANNOUNCED, places.PlaceStatus.UNLISTED):
            reason = f"`{place.code}` is {place.status.value}, not released, so its country is not proven"
            return Located(Outcome.UNDETERMINED, place.countries, shown, reason, "choose a released place")
        return Located(Outcome.INSIDE, place.countries, shown)

    def _locate_site(self, name: str) -> Located:
        country = next(site.country for site in self.sites if site.name == name)
        outcome = Outcome.INSIDE if country in self.countries else Outcome.OUTSIDE
        return Located(outcome, (country,), f"site `{name}` ({_names((country,))})")

    def example(self, provider: str) -> str:
        """A released region of the provider inside the perimeter, Ireland or Norway first; "" if it has none."""
        for preferred in (frozenset({"IE"}), frozenset({"NO"}), self.countries):
            regions = places.regions_in(provider, preferred & self.countries)
            open_regions = [each for each in regions if not _is_restricted(provider, each)]
            if open_regions:
                return open_regions[0]
        return ""


def _is_restricted(provider: str, code: str) -> bool:
    place = places.find(provider, code)
    return place is not None and place.restricted


def _names(countries: tuple[str, ...]) -> str:
    if len(countries) > _SHOWN_COUNTRIES:
        return f"{len(countries)} countries: {', '.join(countries)}"
    return ", ".join(places.country_name(code) for code in countries)


def load(name: str, on: datetime.date) -> Perimeter:
    """A perimeter by its built-in name, or from a file.

    Args:
        name: ``eea``, ``europe``, ``ireland-norway``, or the path of a ``residency.toml``.
        on: the day for which memberships and expiries hold.

    Raises:
        PerimeterError: an unknown name, or a file that is missing, malformed or names no country.
    """
    if name in BUILT_IN:
        return Perimeter(name=name, countries=_built_in(name, on), on=on)
    path = Path(name)
    if path.is_file():
        return _from_file(path, on)
    if path.is_dir() or "/" in name or name.endswith(".toml"):
        raise PerimeterError(f"no perimeter file at `{name}`", help=f"give a file, or one of {_listed(BUILT_IN)}")
    near = difflib.get_close_matches(name, BUILT_IN, 1)
    raise PerimeterError(
        f"unknown perimeter `{name}`",
        help=f"did you mean `{near[0]}`?" if near else f"one of {_listed(BUILT_IN)}, or a file",
    )


def _built_in(name: str, on: datetime.date) -> frozenset[str]:
    if name == "ireland-norway":
        return frozenset({"IE", "NO"})
    eea = membership.members("EEA", on)
    return eea | (membership.members("adequacy", on) & _EUROPEAN) if name == "europe" else eea


def _from_file(path: Path, on: datetime.date) -> Perimeter:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        file = msgspec.convert(content, _File)
    except UnicodeDecodeError:
        raise PerimeterError("the perimeter file is not UTF-8", where=str(path)) from None
    except OSError as error:
        raise PerimeterError(f"cannot read the perimeter file: {error.strerror}", where=str(path)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PerimeterError(f"the perimeter file is not TOML: {error}", where=str(path)) from None
    except msgspec.ValidationError as error:
        raise _invalid(str(error), path) from None
    _check(file, str(path))
    header = file.perimeter
    countries = frozenset(header.countries).union(*(membership.members(group, on) for group in header.groups))
    return Perimeter(
        name=header.name or path.stem,
        countries=countries,
        on=on,
        undetermined_blocks=header.undetermined == "block",
        sites=file.site,
        externals=file.external,
        transfers=file.transfer,
        exemptions=file.exemption,
    )


_FORMS: Mapping[str, type[msgspec.Struct]] = {
    "perimeter": _Header,
    "site": Site,
    "external": External,
    "transfer": Transfer,
    "exemption": Exemption,
}


def _invalid(message: str, path: Path) -> PerimeterError:
    unknown = message.partition("unknown field `")[2].partition("`")[0]
    form = message.rpartition("at `$.")[2].rstrip("`").partition("[")[0] if "at `$." in message else ""
    keys = _FORMS.get(form, _File).__struct_fields__
    near = difflib.get_close_matches(unknown, keys, 1) if unknown else []
    problem = message.replace("Object contains unknown field", "unknown key")
    problem = problem.replace("Object missing required field", "missing key")
    return PerimeterError(
        f"the perimeter file is not valid: {problem}",
        where=str(path),
        help=f"did you mean `{near[0]}`?" if near else "the README shows a whole example",
    )


def _check(file: _File, where: str) -> None:
    header = file.perimeter
    if not header.countries and not header.groups:
        raise PerimeterError(
            "the perimeter has no country, so nothing could be inside",
            where=f"{where}, [perimeter]",
            help='add countries = ["IE", "NO"], or groups = ["EEA"]',
        )
    for group in header.groups:
        if group not in membership.groups():
            near = difflib.get_close_matches(group.upper(), membership.groups(), 1)
            raise PerimeterError(
                f"unknown group `{group}`",
                where=f"{where}, [perimeter] groups",
                help=f"did you mean `{near[0]}`?" if near else f"one of {_listed(membership.groups())}",
            )
    _check_countries(header.countries, f"{where}, [perimeter] countries")
    for site in file.site:
        _check_countries((site.country,), f"{where}, [[site]] `{site.name}`")
        if not site.endpoints and not site.inputs:
            raise PerimeterError(
                f"nothing says how to recognise site `{site.name}`",
                where=f"{where}, [[site]]",
                help='add endpoints = ["s3.example.no"], or inputs = { context = "..." }',
            )
    for transfer in file.transfer:
        _check_countries(transfer.to, f"{where}, [[transfer]] `{transfer.name}`")
    _check_externals(file.external, where)


def _check_countries(codes: Iterable[str], where: str) -> None:
    known = places.countries()
    for code in codes:
        if code in known:
            continue
        by_name = {name.lower(): iso for iso, name in known.items()}
        near = by_name.get(code.lower()) or (code.upper() if code.upper() in known else "")
        raise PerimeterError(
            f"`{code}` is not an ISO 3166-1 alpha-2 country code",
            where=where,
            help=f"did you mean `{near}`?" if near else "write two capital letters, such as `IE`",
        )


def _check_externals(listed: Iterable[External], where: str) -> None:
    for external in listed:
        if places.find(external.provider, external.location) is None:
            near = places.suggest(external.provider, external.location)
            raise PerimeterError(
                f"`{external.location}` is not a place of `{external.provider}`",
                where=f"{where}, [[external]] `{external.name}`",
                help=f"did you mean `{near}`?" if near else "`residency places` lists the known ones",
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
